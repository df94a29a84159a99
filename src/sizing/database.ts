import type { DatabaseRow } from "../catalog/rows.ts";
import { BugError, problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import type { Headroom } from "./blueprint.ts";
import { type Case, headroomLine, pinned, pinnedNumber, warnShare } from "./case.ts";
import {
	chooseDatabase,
	type DatabaseChoice,
	type DatabaseNeed,
	databaseShortfall,
	priceDatabase,
} from "./chooseDatabase.ts";
import { beyond, type Pool } from "./hosts.ts";
import { ON_HOST, type Part, skuItem, toPart } from "./part.ts";
import { isWeb, type PlannedProcess } from "./processes.ts";
import { counted, cover, number, tidy } from "./text.ts";

/** Connections: what clients open, and what the server must hold behind a pool. */
interface Connections {
	readonly clients: number;
	readonly server: number;
	readonly pooled: boolean;
}

/** Sizes the database of a tier: on the host's volume, or managed, with its read replicas. */
export function sizeDatabase(each: Case, pools: readonly Pool[], planned: readonly PlannedProcess[]): Part[] {
	return each.tier.database.place === "host"
		? [hostDatabase(each, planned, pools)]
		: managedDatabase(each, planned, pools);
}

function hostDatabase(each: Case, planned: readonly PlannedProcess[], pools: readonly Pool[]): Part {
	const { engine, connections } = each.tier.database;
	const needed = connectionsOf(each, planned, pools).clients;
	return toPart({
		role: "database",
		name: "database",
		sku: ON_HOST,
		why: `the plan keeps ${engine} on the application's machine; its files are on the data volume`,
		settings: {
			engine,
			version: each.tier.database.version,
			storageGb: each.demand.databaseGb,
			connections: engine === "sqlite" ? null : needed,
			maxConnections: connections,
			standbyNodes: 0,
			poolSize: null,
		},
		stateful: true,
		items: [],
	});
}

function managedDatabase(each: Case, planned: readonly PlannedProcess[], pools: readonly Pool[]): Part[] {
	const floors = each.tier.database;
	const { engine } = floors;
	if (engine === "sqlite") throw new BugError("sqlite is never managed");
	const connections = connectionsOf(each, planned, pools);
	const need = databaseNeed(each, connections);
	const choice = pickDatabase(each, need);
	const { row, storage } = choice;
	const poolPin = pinnedNumber(each.request, "database", "poolSize");
	const version = pinned(each.request, "database", "version") ?? floors.version ?? each.rules.database.versions[engine];
	const settings = {
		engine,
		version: String(version),
		storageGb: storage.storageGb,
		connections: connections.clients,
		maxConnections: row.connections,
		poolSize: poolPin ?? (connections.pooled ? connections.server : null),
		...storage.settings,
	};
	const primary = toPart({
		role: "database",
		name: "database",
		sku: row.sku,
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		diskGb: storage.storageGb,
		why: choice.why,
		rejected: choice.rejected,
		settings: {
			...settings,
			standbyNodes: need.standbyNodes,
			zones: each.rules.zones ? Math.max(each.tier.zones, need.standbyNodes > 0 ? 2 : 1) : 1,
		},
		stateful: true,
		items: priceDatabase(row, storage, 1 + need.standbyNodes),
		headroom: databaseHeadroom(each, choice, connections),
		notes: [
			...choice.notes,
			...storage.notes,
			...unknownLimits(row, connections),
			...unknownSize(each, storage.storageGb),
		],
	});
	const readers = floors.replicas;
	return [
		primary,
		...(readers === 0
			? []
			: [replica("replica", readers, `${counted(readers, "read replica")} of the plan`, choice, settings)]),
		...secondRegion(each, choice, settings),
	];
}

/** The database's copy in the second region, which is promoted when the first is lost. */
function secondRegion(each: Case, choice: DatabaseChoice, settings: Part["component"]["settings"]): Part[] {
	const region = each.rules.copies.regions[each.request.region];
	if (!each.tier.secondRegion || region === undefined) return [];
	const why = `a copy in ${region}, to be promoted when the region is lost`;
	return [replica("secondary", 1, why, choice, { ...settings, region })];
}

function replica(
	name: "replica" | "secondary",
	count: number,
	why: string,
	{ row, storage }: DatabaseChoice,
	settings: Part["component"]["settings"],
): Part {
	// Readers of a shared volume bring none of their own.
	const items = storage.perNode || name === "secondary" ? priceDatabase(row, storage, 1) : [skuItem(row)];
	return toPart({
		role: "database",
		name,
		sku: row.sku,
		count: { min: count, max: count },
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		diskGb: storage.storageGb,
		why: `${why}; no smaller than the primary`,
		settings: { ...settings, poolSize: null },
		// A replica can be made again from the primary.
		stateful: false,
		items,
	});
}

/** One connection a web worker and a background process, or the plan's own formula; a pool shares them out. */
function connectionsOf(each: Case, planned: readonly PlannedProcess[], pools: readonly Pool[]): Connections {
	const byFormula = each.demand.databaseConnections;
	const web = pools.reduce(
		(sum, pool) => sum + (pool.part.component.name === "app" ? pool.workers * pool.count.max : 0),
		0,
	);
	const background = planned.filter((process) => !isWeb(process)).reduce((sum, process) => sum + process.copies.max, 0);
	const pods = pools.length === 0 ? planned.filter(isWeb).reduce((sum, process) => sum + process.copies.max, 0) : 0;
	const clients = Math.ceil(tidy(byFormula > 0 ? byFormula : web + pods + background));
	const sharing = each.tier.database.clientsPerConnection;
	const canPool = each.rules.database.pools[each.tier.database.engine] !== undefined;
	if (sharing === null || !canPool) return { clients, server: clients, pooled: false };
	return { clients, server: cover(clients, sharing), pooled: true };
}

function databaseNeed(each: Case, connections: Connections): DatabaseNeed {
	const { demand, floorScale: scale } = each;
	const floors = each.tier.database;
	const memory = warnShare(each, "memoryPercent");
	const standby = pinnedNumber(each.request, "database", "standbyNodes") ?? floors.standbyNodes;
	const storagePin = pinnedNumber(each.request, "database", "storageGb");
	if (floors.engine === "sqlite") throw new BugError("sqlite is never managed");
	return {
		engine: floors.engine,
		kind: floors.kind,
		vcpu: tidy((floors.vcpu ?? 0) * scale),
		memoryGib: tidy(
			Math.max((floors.memoryGib ?? 0) * scale, demand.databaseMemoryGib / memory, budgetGib(each, connections)),
		),
		storageGb:
			storagePin ??
			Math.ceil(tidy(Math.max((floors.storageGb ?? 0) * scale, demand.databaseGb / warnShare(each, "diskPercent")))),
		connections: Math.ceil(
			tidy(Math.max(grantedConnections(each, connections), connections.server / warnShare(each, "connectionsPercent"))),
		),
		iops: floors.iops,
		standbyNodes: standby,
		region: each.request.region,
	};
}

/** Connections the plan grants: of the server, or of the pool in front of it. */
function grantedConnections(each: Case, { pooled }: Connections): number {
	const { connections, clientsPerConnection } = each.tier.database;
	const granted = (connections ?? 0) * each.floorScale;
	return pooled && clientsPerConnection !== null ? cover(granted, clientsPerConnection) : granted;
}

/** Memory that keeps fixed part, connections and shared buffers below the warning. */
function budgetGib(each: Case, connections: Connections): number {
	const budget = each.tier.database.memoryBudget;
	if (budget === null) return 0;
	const share = warnShare(each, "memoryPercent") - budget.sharedBuffersShare;
	return (budget.fixedMib + budget.perConnectionMib * connections.server) / 1024 / share;
}

interface Picked extends DatabaseChoice {
	readonly why: string;
	readonly notes: readonly string[];
}

function pickDatabase(each: Case, need: DatabaseNeed): Picked {
	const { catalog, rules } = each;
	const sold = rules.database.kinds[need.kind];
	if (sold !== true)
		throw new UserError([problem(`${catalog.provider} cannot carry the database of tier ${each.tier.id}: ${sold}`)]);
	const pin = pinned(each.request, "database", "sku");
	const chosen = pin ?? each.tier.database.machine[catalog.provider] ?? null;
	if (chosen !== null)
		return takeDatabase(each, String(chosen), pin === null ? "the plan names it" : "a pin holds it", need);
	const choice = chooseDatabase(catalog, rules.database, need);
	if (choice !== null) return { ...choice, why: `the cheapest with ${describe(need)}`, notes: [] };
	throw new UserError([
		problem(`${beyond(each)}: ${catalog.provider} has no ${need.engine} plan with ${describe(need)}`),
	]);
}

function takeDatabase(each: Case, sku: string, who: string, need: DatabaseNeed): Picked {
	const offered = each.catalog.databases.filter((row) => row.engine === need.engine && row.kind === need.kind);
	const row = offered.find((candidate) => candidate.sku === sku);
	if (row === undefined) {
		const skus = offered.map((candidate) => candidate.sku);
		throw new UserError([
			problem(unknownWord(`${each.catalog.provider} ${need.engine} plan`, sku, skus.slice(0, 12)), {
				key: "database.sku",
			}),
		]);
	}
	const missing = databaseShortfall(row, need);
	const storage = each.rules.database.storage(row, need.storageGb, need.iops, each.catalog);
	if (typeof storage === "string")
		throw new UserError([problem(`database: ${who}, but ${storage}`, { key: "database.sku" })]);
	const note = missing === null ? [] : [`database: ${who}, though ${missing}.`];
	return { row, storage, rejected: [], why: `${row.sku}: ${who}`, notes: note };
}

function describe(need: DatabaseNeed): string {
	const parts = [
		need.vcpu > 0 ? `${number(need.vcpu)} vCPU` : null,
		need.memoryGib > 0 ? `${number(need.memoryGib)} GiB` : null,
		need.storageGb > 0 ? `${number(need.storageGb)} GB of storage` : null,
		need.connections > 0 ? counted(need.connections, "connection") : null,
		need.iops === null ? null : `${number(need.iops)} IOPS`,
		need.standbyNodes > 0 ? counted(need.standbyNodes, "standby node") : null,
	];
	return parts.filter((part) => part !== null).join(", ");
}

function databaseHeadroom(each: Case, { row, storage }: DatabaseChoice, connections: Connections): Headroom[] {
	const lines: Headroom[] = [];
	const budget = each.tier.database.memoryBudget;
	const usedGib =
		budget === null
			? each.demand.databaseMemoryGib
			: (budget.fixedMib + budget.perConnectionMib * connections.server) / 1024 +
				budget.sharedBuffersShare * row.memoryGib;
	if (usedGib > 0) {
		lines.push(
			headroomLine(each, {
				role: "database",
				metric: "memoryGib",
				used: usedGib,
				capacity: row.memoryGib,
				threshold: "memoryPercent",
			}),
		);
	}
	if (storage.storageGb !== null && each.demand.databaseGb > 0) {
		lines.push(
			headroomLine(each, {
				role: "database",
				metric: "storageGb",
				used: each.demand.databaseGb,
				capacity: storage.storageGb,
				threshold: "diskPercent",
			}),
		);
	}
	if (row.connections !== null && connections.server > 0) {
		lines.push(
			headroomLine(each, {
				role: "database",
				metric: "connections",
				used: connections.server,
				capacity: row.connections,
				threshold: "connectionsPercent",
			}),
		);
	}
	return lines;
}

function unknownLimits(row: DatabaseRow, connections: Connections): string[] {
	if (row.connections !== null) return [];
	return [`database: how many connections ${row.sku} allows is not known; ${number(connections.server)} are needed.`];
}

function unknownSize(each: Case, storageGb: number | null): string[] {
	if (each.demand.databaseGb > 0 || each.tier.database.storageGb !== null || storageGb === null) return [];
	return [
		`database: the plan gives no figure for its size; ${number(storageGb)} GB are what the provider begins with.`,
	];
}
