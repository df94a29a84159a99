import { type Problem, problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { findTier, SIZING_THRESHOLDS, THRESHOLDS } from "../tiers/ladder.ts";
import { birthDiskGb } from "./birthDisk.ts";
import type { Blueprint, Process, Setting } from "./blueprint.ts";
import { sizeCache } from "./cache.ts";
import type { Case } from "./case.ts";
import { sizeCluster } from "./cluster.ts";
import { sumCost } from "./cost.ts";
import { sizeDatabase } from "./database.ts";
import { sizeEdge, sizeMonitoring } from "./edge.ts";
import { sizeFiles } from "./files.ts";
import { zonesOf } from "./hostNeed.ts";
import { type Pool, sizeHosts } from "./hosts.ts";
import { planNextTier } from "./nextTier.ts";
import type { Part } from "./part.ts";
import { checkPins, idlePins } from "./pins.ts";
import { prepare } from "./prepare.ts";
import { splitProcesses, toPods, toProcesses } from "./processes.ts";
import { overrideProcesses } from "./processOverrides.ts";
import { sizeQueue } from "./queue.ts";
import { planRecovery } from "./recovery.ts";
import { checkRegionServices } from "./regionServices.ts";
import type { SizingRequest } from "./request.ts";
import { sizeStorage } from "./storage.ts";
import { checkWorkload } from "./workload.ts";

/**
 * The blueprint of a tier: for each role the cheapest SKU that meets the greater of the plan's floor and the demand
 * with headroom, with reasons and price. Pure: the same request gives the same bytes.
 *
 * @throws UserError with every problem: unknown words, workloads that nothing can carry.
 */
export function sizeTier(request: SizingRequest): Blueprint {
	const problems = checkRequest(request);
	if (problems.length > 0) throw new UserError(problems);
	const each = prepare(request);
	const { planned } = each;
	const split = splitProcesses(planned, each.tier.worker !== null);
	const cluster = each.tier.layout === "kubernetes" ? sizeCluster(each, planned) : null;
	const pools = cluster === null ? sizePools(each, split) : [];
	const parts = gather([
		() => cluster?.parts ?? pools.map((pool) => pool.part),
		() => sizeStorage(each),
		() => sizeDatabase(each, pools, planned),
		() => sizeCache(each),
		() => sizeFiles(each),
		() => sizeEdge(each, cluster === null ? pools : [cluster.nodes]),
		() => sizeQueue(each),
	]);
	const processes = cluster === null ? processesOf(pools, split) : toPods(planned);
	return assemble(each, [...parts, sizeMonitoring(each, parts)], processes);
}

/** What is wrong with a request before anything is sized. */
export function checkRequest(request: SizingRequest): Problem[] {
	const { ladder, tier, catalog, region, months } = request;
	const regions = catalog.regions.map((row) => row.region);
	const ids = ladder.tiers.map((each) => each.id);
	const known = findTier(ladder, tier);
	return [
		...(known === undefined ? [problem(unknownWord("tier", tier, ids), { key: "tier" })] : []),
		...(known === undefined ? [] : checkRegionServices(catalog, region, known)),
		...(regions.includes(region)
			? []
			: [problem(unknownWord(`${catalog.provider} region`, region, regions), { key: "region" })]),
		...(months === null || (Number.isInteger(months) && months >= 0)
			? []
			: [problem(`must be a whole number of at least 0, found ${months}`, { key: "months" })]),
		...checkWorkload(ladder, request.workload),
		...checkPins(request),
		...checkProcesses(request),
	];
}

function checkProcesses({ ladder, tier, processes }: SizingRequest): readonly Problem[] {
	const found = findTier(ladder, tier);
	return found === undefined ? [] : overrideProcesses(found, processes).problems;
}

function sizePools(each: Case, split: ReturnType<typeof splitProcesses>): Pool[] {
	const app = sizeHosts(each, {
		name: "app",
		floors: each.tier.app,
		planned: split.app,
		birthDiskGb: birthDiskGb(each),
	});
	if (each.tier.worker === null) return [app];
	return [app, sizeHosts(each, { name: "worker", floors: each.tier.worker, planned: split.worker, birthDiskGb: 0 })];
}

/** Runs every role and tells all their problems at once. */
function gather(roles: readonly (() => readonly Part[])[]): Part[] {
	const parts: Part[] = [];
	const problems: Problem[] = [];
	for (const role of roles) {
		try {
			parts.push(...role());
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			problems.push(...error.problems);
		}
	}
	if (problems.length > 0) throw new UserError(problems);
	return parts;
}

function processesOf(pools: readonly Pool[], split: ReturnType<typeof splitProcesses>): Process[] {
	return pools.flatMap((pool) => {
		const planned = pool.part.component.name === "app" ? split.app : split.worker;
		return toProcesses(planned, { memoryGib: pool.row.memoryGib, workers: pool.workers, hosts: pool.count.max });
	});
}

function assemble(each: Case, parts: readonly Part[], processes: readonly Process[]): Blueprint {
	const { request, ladder, tier, load } = each;
	const components = parts.map((part) => part.component);
	const headroom = parts.flatMap((part) => part.headroom);
	return {
		schema: "tierstack.blueprint/1",
		ladder: ladder.name,
		tier: tier.id,
		provider: each.catalog.provider,
		region: request.region,
		layout: tier.layout,
		workload: load.figures,
		workloadSource: load.source,
		demand: each.demand,
		components,
		processes,
		settings: settingsOf(each, headroom),
		cost: sumCost(ladder, tier, parts),
		headroom,
		recovery: recoveryOf(each, components),
		nextTier: planNextTier(each, headroom),
		notes: [
			...tier.notes,
			...load.notes,
			...parts.flatMap((part) => part.notes),
			...edgeNotes(each),
			...placeNotes(each),
			...idlePins(request, components),
		],
	};
}

/** The plan's settings and promises, where uploads live, and the levels alarms start at. */
function settingsOf(each: Case, headroom: Blueprint["headroom"]): Record<string, Setting> {
	const { promises } = each.tier;
	const settings: Record<string, Setting> = {
		...each.tier.settings,
		uploads: each.tier.uploads,
		"promises.availabilityPercent": promises.availabilityPercent,
		"promises.rtoMinutes": promises.rtoMinutes,
		"promises.rpoMinutes": promises.rpoMinutes,
	};
	for (const name of THRESHOLDS) {
		const level = each.ladder.thresholds[name];
		if (level === undefined) continue;
		settings[`thresholds.${name}.warning`] = isPassed(name, headroom) ? level.critical : level.warning;
		settings[`thresholds.${name}.critical`] = level.critical;
	}
	return settings;
}

/** An alarm that would ring from the first day on is started at its critical level. */
function isPassed(name: (typeof THRESHOLDS)[number], headroom: Blueprint["headroom"]): boolean {
	if (!SIZING_THRESHOLDS.some((each) => each === name)) return false;
	const metric = { cpuPercent: "vcpu", memoryPercent: "memoryGib", diskPercent: "storageGb" }[String(name)];
	return headroom.some((line) => line.role === "app" && line.metric === metric && line.used > line.warnAt * (1 + 1e-9));
}

function recoveryOf(each: Case, components: Blueprint["components"]): Blueprint["recovery"] {
	const { tier, demand, rules } = each;
	const app = components.find(
		(component) => component.role === "app" && (component.name === "app" || component.name === "workers"),
	);
	const database = components.find((component) => component.role === "database" && component.name === "database");
	const backup = components.find((component) => component.role === "backup");
	const standby = database?.settings.standbyNodes;
	return planRecovery(
		rules.recovery,
		{
			hosts: app?.count.min ?? 0,
			database: tier.database.place,
			standbyNodes: typeof standby === "number" ? standby : 0,
			replicas: tier.database.replicas,
			globalDatabase: tier.database.kind === "aurora" && tier.secondRegion,
			databaseGb: demand.databaseGb,
			uploads: tier.uploads,
			versioning: tier.backup.versioning,
			copyMinutes: tier.backup.everyHours * 60,
			copyRegion: typeof backup?.settings.region === "string",
			zones: zonesOf(each, app?.count.min ?? 1),
			secondRegion: tier.secondRegion,
		},
		tier.promises,
	);
}

/** What the plan asks of a region, where the provider cannot give it or leaves it to the user. */
function placeNotes(each: Case): string[] {
	const { tier, rules, catalog } = each;
	return [
		...(tier.zones > 1 && !rules.zones
			? [`${catalog.provider} has one datacentre a region: the plan's ${tier.zones} zones cannot be had.`]
			: []),
		...(tier.secondRegion
			? ["The second region holds a copy of the data; its hosts are a stack of their own, made from the same ladder."]
			: []),
	];
}

function edgeNotes(each: Case): string[] {
	if (!each.tier.cdn || each.request.edge === "provider") return [];
	return [
		each.request.edge === "cloudflare"
			? "cdn: Cloudflare serves; nothing is bought from the provider."
			: "cdn: the stack file says edge: none; every view leaves from the origin.",
	];
}
