import type { Tell } from "./checkLadder.ts";
import type { HostFloors } from "./floors.ts";
import type { ProcessSpec, Tier } from "./ladder.ts";
import { overrideProcesses } from "./normaliseProcess.ts";
import type { WrittenLadder, WrittenTier } from "./schema.ts";

/** A tier with every default filled; the range begins where the tier below ends. */
export function toTier(
	ladder: WrittenLadder,
	written: WrittenTier,
	index: number,
	processes: readonly ProcessSpec[],
	metrics: readonly string[],
	say: Tell,
): Tier {
	const at = (...rest: (string | number)[]) => ["tiers", index, ...rest];
	const above = index === 0 ? 0 : (ladder.tiers[index - 1]?.upTo ?? 0);
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
		gaps: (ladder.acknowledgeGaps ?? [])
			.filter(({ tiers }) => tiers.includes(written.id))
			.map(({ scenario, providers, reason }) => ({ scenario, providers: providers ?? null, reason })),
		backup: {
			everyHours: written.backup.everyHours,
			keepDays: written.backup.keepDays,
			copyRegion: written.backup.copyRegion ?? false,
			versioning: written.backup.versioning ?? false,
			machines: written.backup.machines ?? "none",
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
		cost: written.cost ? { ...written.cost, over: written.cost.over ?? null } : null,
		settings: { ...ladder.settings, ...written.settings },
		processes: overrideProcesses(processes, written, metrics, at("processes"), say),
		notes: (ladder.notes ?? []).filter((note) => note.tiers?.includes(written.id) ?? true).map((note) => note.text),
	};
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
		clusterMode: written.clusterMode ?? (written.shards ?? 1) > 1,
		standbyNodes: written.standbyNodes ?? 0,
		eviction: written.eviction ?? "allkeys-lru",
		persistence: written.persistence ?? false,
		machine: toSku(written.machine),
		source: written.source,
	};
}
