import type { Problem } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import {
	DEMANDS,
	type Formula,
	type HostFloors,
	type Ladder,
	type Metric,
	type ProcessSpec,
	SIZING_THRESHOLDS,
	THRESHOLDS,
	type Threshold,
	type Tier,
} from "./ladder.ts";
import type { WrittenLadder, WrittenProcess, WrittenTier } from "./schema.ts";

/** Tells a problem at a path of the written ladder. */
export type Tell = (path: readonly (string | number)[], message: string) => void;

/**
 * Fills the defaults of a written ladder and checks what one key cannot show: that metrics, tiers and processes are
 * known where they are named, that ranges rise, that alarms have an order.
 *
 * @returns null when something was told.
 */
export function normalise(written: WrittenLadder, fileName: string, tell: Tell): Ladder | null {
	const told: Problem["message"][] = [];
	const say: Tell = (path, message) => {
		told.push(message);
		tell(path, message);
	};
	checkName(written, fileName, say);
	const metrics = toMetrics(written, say);
	const names = metrics.map((metric) => metric.name);
	checkFormulas(written, names, say);
	checkThresholds(written, say);
	checkNotes(written, say);
	const processes = toProcesses(written.processes, names, ["processes"], say);
	const tiers = written.tiers.map((tier, index) => toTier(written, tier, index, processes, names, say));
	const thresholds = toThresholds(written);
	if (told.length > 0 || thresholds === null) return null;
	return {
		name: written.ladder,
		title: written.title,
		source: written.source,
		measure: written.measure,
		metrics,
		demand: toFormulas(written.demand),
		growth: toFormulas(written.growth ?? {}),
		growthMonths: written.growthMonths ?? 0,
		thresholds,
		os: written.host.os,
		swapGib: written.host.swapGib,
		leastHost: { vcpu: written.host.least?.vcpu ?? 0, memoryGib: written.host.least?.memoryGib ?? 0 },
		plans: written.plans ?? {},
		money: written.money
			? {
					currency: written.money.currency,
					rate: written.money.rate,
					rateDate: written.money.date,
					rateSource: written.money.source,
				}
			: null,
		regions: written.regions,
		tiers,
	};
}

function checkName(written: WrittenLadder, fileName: string, say: Tell): void {
	const expected = fileName
		.split(/[/\\]/)
		.at(-1)
		?.replace(/\.ya?ml$/, "");
	if (expected !== written.ladder)
		say(["ladder"], `must be the file's own name, "${expected}", found "${written.ladder}"`);
}

function toMetrics(written: WrittenLadder, say: Tell): Metric[] {
	const metrics: Metric[] = [];
	if (Object.keys(written.metrics)[0] !== written.measure) {
		say(["measure"], `must be the first of the metrics, found "${written.measure}"`);
	}
	for (const [name, metric] of Object.entries(written.metrics)) {
		const parent = metrics.find((each) => each.name === metric.per?.metric);
		if (metric.per && parent === undefined) {
			const earlier = metrics.map((each) => each.name);
			say(["metrics", name, "per", "metric"], unknownWord("earlier metric", metric.per.metric, earlier));
		}
		const own = name === written.measure ? 1 : null;
		const derived = metric.per && parent?.perMeasure != null ? metric.per.count * parent.perMeasure : null;
		metrics.push({
			name,
			unit: metric.unit,
			meaning: metric.meaning,
			per: metric.per ?? null,
			perMeasure: own ?? derived,
			source: metric.source,
		});
	}
	return metrics;
}

function checkFormulas(written: WrittenLadder, names: readonly string[], say: Tell): void {
	for (const part of ["demand", "growth"] as const) {
		for (const [demand, formula] of Object.entries(written[part] ?? {})) {
			for (const metric of Object.keys(formula.per ?? {})) {
				if (!names.includes(metric)) say([part, demand, "per", metric], unknownWord("metric", metric, names));
			}
		}
	}
}

function toFormulas(written: NonNullable<WrittenLadder["growth"]>): Formula[] {
	return DEMANDS.flatMap((demand) => {
		const formula = written[demand];
		if (formula === undefined) return [];
		return [{ demand, fixed: formula.fixed ?? 0, per: formula.per ?? {}, source: formula.source }];
	});
}

function checkThresholds(written: WrittenLadder, say: Tell): void {
	for (const name of SIZING_THRESHOLDS) {
		const found = written.thresholds[name];
		if (found === undefined) say(["thresholds"], `${name} is missing; sizing needs it`);
		else if (found.critical > 100) say(["thresholds", name, "critical"], "must be at most 100 percent");
	}
	for (const name of THRESHOLDS) {
		const found = written.thresholds[name];
		if (found !== undefined && found.warning >= found.critical) {
			say(["thresholds", name], `warning (${found.warning}) must be below critical (${found.critical})`);
		}
	}
}

function toThresholds(written: WrittenLadder): Ladder["thresholds"] | null {
	const plain = (name: (typeof THRESHOLDS)[number]): Threshold | undefined => {
		const found = written.thresholds[name];
		return found && { warning: found.warning, critical: found.critical };
	};
	const cpuPercent = plain("cpuPercent");
	const memoryPercent = plain("memoryPercent");
	const diskPercent = plain("diskPercent");
	const connectionsPercent = plain("connectionsPercent");
	const filesPercent = plain("filesPercent");
	if (!cpuPercent || !memoryPercent || !diskPercent || !connectionsPercent || !filesPercent) return null;
	const others = THRESHOLDS.flatMap((name) => {
		const found = plain(name);
		return found === undefined ? [] : [[name, found] as const];
	});
	return {
		...Object.fromEntries(others),
		cpuPercent,
		memoryPercent,
		diskPercent,
		connectionsPercent,
		filesPercent,
	};
}

function checkNotes(written: WrittenLadder, say: Tell): void {
	const ids = written.tiers.map((tier) => tier.id);
	written.notes?.forEach((note, index) => {
		note.tiers?.forEach((tier, at) => {
			if (!ids.includes(tier)) say(["notes", index, "tiers", at], unknownWord("tier", tier, ids));
		});
	});
}

function toProcesses(
	written: Readonly<Record<string, WrittenProcess | null>>,
	metrics: readonly string[],
	path: readonly (string | number)[],
	say: Tell,
): ProcessSpec[] {
	return Object.entries(written).flatMap(([name, process]) => {
		if (process === null) return [];
		const at = [...path, name];
		const memory = toMemory(process);
		if (memory === null) say(at, "must state either memoryMib or memoryShare");
		if (process.per && !metrics.includes(process.per.metric)) {
			say([...at, "per", "metric"], unknownWord("metric", process.per.metric, metrics));
		}
		if (process.kind === "timer" && process.schedule === undefined) say(at, "is a timer and needs a schedule");
		const replicas = process.replicas ?? { min: 1, max: 1 };
		if (replicas.min > replicas.max) say([...at, "replicas"], `min (${replicas.min}) is above max (${replicas.max})`);
		return [
			{
				name,
				kind: process.kind,
				command: process.command ?? null,
				memory: memory ?? { mib: 0 },
				cpu: process.cpu ?? null,
				replicas,
				replicaPer: process.per ?? null,
				schedule: process.schedule ?? null,
				source: process.source,
			},
		];
	});
}

function toMemory(process: WrittenProcess): ProcessSpec["memory"] | null {
	if (process.memoryMib !== undefined && process.memoryShare === undefined) return { mib: process.memoryMib };
	if (process.memoryShare !== undefined && process.memoryMib === undefined) return { hostShare: process.memoryShare };
	return null;
}

function toTier(
	ladder: WrittenLadder,
	written: WrittenTier,
	index: number,
	processes: readonly ProcessSpec[],
	metrics: readonly string[],
	say: Tell,
): Tier {
	const at = (...rest: (string | number)[]) => ["tiers", index, ...rest];
	const above = index === 0 ? 0 : (ladder.tiers[index - 1]?.upTo ?? 0);
	checkRange(ladder, written, index, above, say);
	if (ladder.tiers.findIndex((each) => each.id === written.id) !== index)
		say(at("id"), `"${written.id}" is written twice`);
	if (written.cost && ladder.money === undefined) say(at("cost"), "needs the ladder's money, for its currency");
	if (written.layout === "kubernetes" && !written.cluster) say(at("layout"), 'needs "cluster" with its nodes');
	if (written.database.engine === "sqlite" && written.database.place !== "host") {
		say(at("database", "place"), "sqlite lives on the host; write place: host");
	}
	checkHosts(written.app, at("app"), say);
	if (written.worker) checkHosts(written.worker, at("worker"), say);
	return {
		id: written.id,
		above,
		upTo: written.upTo,
		sizeFor: written.sizeFor?.value ?? written.upTo ?? 0,
		sizeForReason: written.sizeFor?.reason ?? null,
		provider: written.provider ?? ladder.provider,
		layout: written.layout,
		uploads: written.uploads,
		zones: written.zones ?? 1,
		secondRegion: written.secondRegion ?? false,
		promises: {
			availabilityPercent: written.promises?.availabilityPercent ?? null,
			rtoMinutes: written.promises?.rtoMinutes ?? null,
			rpoMinutes: written.promises?.rpoMinutes ?? null,
			source: written.promises?.source ?? "the plan promises nothing",
		},
		backup: {
			everyHours: written.backup.everyHours,
			keepDays: written.backup.keepDays,
			copyRegion: written.backup.copyRegion ?? false,
			versioning: written.backup.versioning ?? false,
			source: written.backup.source,
		},
		app: toHosts(written.app),
		worker: written.worker ? toHosts(written.worker) : null,
		cluster: written.cluster
			? {
					nodes: written.cluster.nodes,
					node: toFloor(written.cluster.node),
					highlyAvailable: written.cluster.highlyAvailable ?? true,
					machine: toSku(written.cluster.machine),
					source: written.cluster.source,
				}
			: null,
		dataGb: written.dataGb ?? null,
		database: toDatabase(written.database),
		cache: written.cache ? toCache(written.cache) : null,
		filesGb: written.filesGb ?? null,
		loadBalancer: written.loadBalancer
			? {
					nodes: written.loadBalancer.nodes ?? 1,
					kinds: written.loadBalancer.kinds ?? ["http"],
					waf: written.loadBalancer.waf ?? false,
					source: written.loadBalancer.source,
				}
			: null,
		cdn: written.cdn ?? false,
		queue: written.queue ?? false,
		cost: written.cost ?? null,
		settings: { ...ladder.settings, ...written.settings },
		processes: overrideProcesses(processes, written, metrics, at("processes"), say),
		notes: (ladder.notes ?? []).filter((note) => note.tiers?.includes(written.id) ?? true).map((note) => note.text),
	};
}

function checkRange(ladder: WrittenLadder, tier: WrittenTier, index: number, above: number, say: Tell): void {
	const last = index === ladder.tiers.length - 1;
	const at = (key: string) => ["tiers", index, key];
	if (!last && tier.upTo === null) say(at("upTo"), "only the last tier may be open (null)");
	if (last && tier.upTo !== null) say(at("upTo"), "the last tier takes every larger workload; write null");
	if (tier.upTo === null && tier.sizeFor === undefined)
		say(at("sizeFor"), "is missing; an open tier says what it is sized for");
	if (tier.upTo !== null && tier.sizeFor !== undefined)
		say(at("sizeFor"), "is only for the open tier; the top of the range counts");
	const top = tier.upTo ?? tier.sizeFor?.value;
	if (top !== undefined && top <= above)
		say(at("upTo"), `must be above ${above}, the top of the tier below, found ${top}`);
}

function checkHosts(written: WrittenTier["app"], path: (string | number)[], say: Tell): void {
	const { min, max } = written.hosts ?? { min: 1, max: 1 };
	if (min > max) say([...path, "hosts"], `min (${min}) is above max (${max})`);
}

function toFloor(written: { vcpu?: number | undefined; memoryGib?: number | undefined } | undefined) {
	return { vcpu: written?.vcpu ?? null, memoryGib: written?.memoryGib ?? null };
}

function toSku(written: { digitalocean?: string | undefined; aws?: string | undefined } | undefined) {
	return {
		...(written?.digitalocean === undefined ? {} : { digitalocean: written.digitalocean }),
		...(written?.aws === undefined ? {} : { aws: written.aws }),
	};
}

function toHosts(written: WrittenTier["app"]): HostFloors {
	return {
		hosts: written.hosts ?? { min: 1, max: 1 },
		...toFloor(written),
		host: toFloor(written.host),
		machine: toSku(written.machine),
		source: written.source,
	};
}

function toDatabase(written: WrittenTier["database"]): Tier["database"] {
	const budget = written.memoryBudget;
	return {
		engine: written.engine,
		version: written.version ?? null,
		place: written.place,
		kind: written.kind ?? "instance",
		...toFloor(written),
		storageGb: written.storageGb ?? null,
		connections: written.connections ?? null,
		iops: written.iops ?? null,
		standbyNodes: written.standbyNodes ?? 0,
		replicas: written.replicas ?? 0,
		clientsPerConnection: written.pool?.clientsPerConnection ?? null,
		memoryBudget: budget
			? {
					fixedMib: budget.fixedMib,
					perConnectionMib: budget.perConnectionMib,
					sharedBuffersShare: budget.sharedBuffersShare,
				}
			: null,
		machine: toSku(written.machine),
		source: written.source,
	};
}

function toCache(written: NonNullable<WrittenTier["cache"]>): Tier["cache"] {
	return {
		engine: written.engine ?? "valkey",
		version: written.version ?? null,
		memoryGib: written.memoryGib,
		shards: written.shards ?? 1,
		standbyNodes: written.standbyNodes ?? 0,
		eviction: written.eviction ?? "allkeys-lru",
		persistence: written.persistence ?? false,
		machine: toSku(written.machine),
		source: written.source,
	};
}

/** A tier's word on a process replaces the ladder's; null ends it, a new name adds one. */
function overrideProcesses(
	base: readonly ProcessSpec[],
	written: WrittenTier,
	metrics: readonly string[],
	path: readonly (string | number)[],
	say: Tell,
): ProcessSpec[] {
	const own = written.processes ?? {};
	return [...base.filter((process) => !(process.name in own)), ...toProcesses(own, metrics, path, say)];
}
