import type { DatabaseRow } from "../catalog/rows.ts";
import { BugError } from "../errors.ts";
import { type Case, pinned, pinnedNumber } from "./case.ts";
import { type DatabaseChoice, priceDatabase } from "./chooseDatabase.ts";
import { versionOf } from "./chosen.ts";
import { type Connections, countConnections } from "./connections.ts";
import { databaseHeadroom, databaseNeed } from "./databaseNeed.ts";
import { archiveMajor } from "./hostEngines.ts";
import type { Pool } from "./hosts.ts";
import { ON_HOST, type Part, skuItem, toPart } from "./part.ts";
import { pickDatabase } from "./pickDatabase.ts";
import type { PlannedProcess } from "./processes.ts";
import { counted, number } from "./text.ts";

/** Sizes the database of a tier: on the host's volume, or managed, with its read replicas. */
export function sizeDatabase(each: Case, pools: readonly Pool[], planned: readonly PlannedProcess[]): Part[] {
	return each.tier.database.place === "host"
		? [hostDatabase(each, planned, pools)]
		: managedDatabase(each, planned, pools);
}

function hostDatabase(each: Case, planned: readonly PlannedProcess[], pools: readonly Pool[]): Part {
	const { engine, connections } = each.tier.database;
	const needed = countConnections(each, planned, pools).clients;
	const major = archiveMajor(each.ladder.os, engine);
	return toPart({
		role: "database",
		name: "database",
		sku: ON_HOST,
		why: `the plan keeps ${engine} on the application's machine; its files are on the data volume`,
		settings: {
			engine,
			// The host installs what its system's archive has: it changes with the image alone, which is chosen once.
			version:
				major === null
					? each.tier.database.version
					: versionOf(each.request.chosen, "database/database", {
							pinned: null,
							plan: null,
							fallback: major,
							engine,
							onHost: true,
						}),
			storageGb: each.demand.databaseGb,
			connections: engine === "sqlite" ? null : needed,
			maxConnections: connections,
			standbyNodes: 0,
			poolSize: null,
		},
		stateful: true,
		items: [],
		notes: archiveNotes(each, major),
	});
}

function archiveNotes({ ladder, tier }: Case, major: string | null): string[] {
	const { engine, version } = tier.database;
	if (major === null || version === null || version === major) return [];
	return [
		`database: the plan names ${engine} ${version}; on the host it is ${major}, the one that ${ladder.os} installs.`,
	];
}

function managedDatabase(each: Case, planned: readonly PlannedProcess[], pools: readonly Pool[]): Part[] {
	const floors = each.tier.database;
	const { engine } = floors;
	if (engine === "sqlite") throw new BugError("sqlite is never managed");
	const connections = countConnections(each, planned, pools);
	const need = databaseNeed(each, connections);
	const choice = pickDatabase(each, need);
	const { row, storage } = choice;
	const poolPin = pinnedNumber(each.request, "database", "poolSize");
	const version = versionOf(each.request.chosen, "database/database", {
		pinned: pinned(each.request, "database", "version"),
		plan: floors.version,
		fallback: each.rules.database.versions[engine],
		engine,
	});
	const settings = {
		engine,
		version,
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
		...poolerOf(each, row, settings.poolSize),
		...(readers === 0
			? []
			: [replica("replica", readers, `${counted(readers, "read replica")} of the plan`, choice, settings)]),
		...secondRegion(each, choice, settings),
	];
}

/** A pool of connections that is bought beside the database, so that its price is a line of its own. */
function poolerOf(each: Case, row: DatabaseRow, poolSize: number | null): Part[] {
	const items = poolSize === null ? [] : each.rules.database.poolItems(each.catalog, row.vcpu);
	if (items.length === 0) return [];
	return [
		toPart({
			role: "database",
			name: "proxy",
			sku: "database-proxy",
			why: `a pool of ${counted(poolSize ?? 0, "connection")} before the database`,
			settings: { poolSize },
			stateful: false,
			items,
		}),
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
