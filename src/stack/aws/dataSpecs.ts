import type { Component } from "../../sizing/blueprint.ts";
import type { StackInput } from "../input.ts";
import { findCloudPart, flagIn, need, numberIn, oneOf, type Part, textIn } from "../parts.ts";
import type { BackupArgs, CopiesArgs } from "./backup.ts";
import { type BucketArgs, OWN_CONTENT } from "./bucket.ts";
import type { CacheArgs, Eviction } from "./cache.ts";
import type { CdnArgs } from "./cdn.ts";
import type { ClusterArgs, DatabaseArgs, ServerArgs } from "./databaseArgs.ts";
import type { DatabaseStorage } from "./databaseStorage.ts";
import type { FilesArgs } from "./files.ts";
import type { QueueArgs } from "./queue.ts";

/*
 * Blueprint -> arguments of this provider's components, for what holds data. Pure reading of plain data: what each
 * component needs, and whether the tier has it at all (null = it does not).
 */

type Parts = readonly Part[];

/** An edge copy lives an hour; the application names its files by content. */
const CDN_TTL_SECONDS = 3600;
/** Most days of point-in-time recovery (@pulumi/aws 7.48.0, rds/instance.d.ts, `backupRetentionPeriod`), and the least here. */
const RETENTION_DAYS = { min: 7, max: 35 };
/** Days a cache's daily snapshot is kept: sessions and queues are worth little after that. */
const SNAPSHOT_DAYS = 7;
const EVICTIONS: readonly Eviction[] = [
	"noeviction",
	"allkeys-lru",
	"allkeys-lfu",
	"allkeys-random",
	"volatile-lru",
	"volatile-lfu",
	"volatile-random",
	"volatile-ttl",
];

/** A database whose members share one volume. */
const SHARED = "aurora";

function isShared({ settings }: Component): boolean {
	return textIn(settings, "kind") === SHARED;
}

/**
 * The managed databases: the one the tier asks for, and one of the other kind that an earlier tier left. Replicas
 * belong to what the tier asks for.
 */
export function databaseSpec(
	input: StackInput,
	parts: Parts,
): Pick<DatabaseArgs, "engine" | "server" | "cluster" | "used" | "retentionDays" | "slowQueryMs" | "applyNow"> | null {
	const found = parts.filter(
		({ component }) => component.role === "database" && component.name === "database" && component.sku !== "on-host",
	);
	const first = found.find(({ wanted }) => wanted) ?? found[0];
	if (first === undefined) return null;
	const server = found.find(({ component }) => !isShared(component));
	const cluster = found.find(({ component }) => isShared(component));
	const keepDays = numberIn(findCloudPart(parts, "backup", "backup")?.component.settings ?? {}, "keepDays");
	return {
		engine: need(oneOf(textIn(first.component.settings, "engine"), ["postgres", "mysql"]), first.component, "engine"),
		server: server === undefined ? null : serverOf(server, parts),
		cluster: cluster === undefined ? null : clusterOf(cluster, parts),
		used: isShared(first.component) ? "cluster" : "server",
		retentionDays: Math.min(RETENTION_DAYS.max, Math.max(RETENTION_DAYS.min, keepDays ?? RETENTION_DAYS.min)),
		slowQueryMs: numberIn(input.blueprint.settings, "thresholds.queryMs.warning"),
		applyNow: input.config.apply === "now",
	};
}

function serverOf(part: Part, parts: Parts): ServerArgs {
	const { component } = part;
	return {
		...serviceOf(part),
		multiAz: (numberIn(component.settings, "standbyNodes") ?? 0) > 0,
		storage: storageOf(component),
		...followersOf(part, parts),
	};
}

function clusterOf(part: Part, parts: Parts): ClusterArgs {
	const standby = numberIn(part.component.settings, "standbyNodes") ?? 0;
	const { replicas, secondary } = followersOf(part, parts);
	return { ...serviceOf(part), readers: standby + replicas, secondary };
}

/** Readers and the copy in a second region, of the database the tier asks for and of its kind. */
function followersOf(part: Part, parts: Parts): { replicas: number; secondary: boolean } {
	const kind = isShared(part.component);
	const of = (name: string) => {
		const found = part.wanted ? findCloudPart(parts, "database", name)?.component : undefined;
		return found !== undefined && isShared(found) === kind ? found : undefined;
	};
	return { replicas: of("replica")?.count.max ?? 0, secondary: of("secondary") !== undefined };
}

function serviceOf({ component, guarded }: Part) {
	const { settings } = component;
	return {
		version: need(textIn(settings, "version"), component, "version"),
		sku: component.sku,
		memoryGib: component.memoryGib,
		maxConnections: numberIn(settings, "maxConnections"),
		poolSize: numberIn(settings, "poolSize"),
		guarded,
	};
}

function storageOf(component: Component): DatabaseStorage {
	const { settings } = component;
	return {
		storageGb: need(numberIn(settings, "storageGb"), component, "storageGb"),
		storageType: oneOf(textIn(settings, "storageType"), ["gp3", "io1", "io2"]) ?? "gp3",
		iops: numberIn(settings, "iops"),
	};
}

type CacheSpec = Omit<CacheArgs, "site" | "ground">;

/** The managed caches: the one the application is to use, and one of the other kind that an earlier tier left. */
export function cacheSpecs(
	input: StackInput,
	parts: Parts,
): { readonly used: CacheSpec | null; readonly former: CacheSpec | null } {
	const found = parts.filter(
		({ component }) => component.role === "cache" && component.name === "cache" && component.sku !== "on-host",
	);
	const used = found.find(({ wanted }) => wanted) ?? found[0];
	const former = found.find((part) => part !== used);
	return {
		used: used === undefined ? null : cacheSpec(input, used),
		former: former === undefined ? null : cacheSpec(input, former),
	};
}

function cacheSpec(input: StackInput, part: Part): CacheSpec {
	const { component } = part;
	const { settings } = component;
	const persists = oneOf(textIn(settings, "persistence"), ["rdb", "off"]) === "rdb";
	const kind = oneOf(textIn(settings, "kind"), ["cluster"]);
	const shards = numberIn(settings, "shards") ?? 1;
	return {
		name: kind === null ? "cache" : "cache-cluster",
		clusterMode: kind !== null || shards > 1,
		engine: need(oneOf(textIn(settings, "engine"), ["valkey", "redis"]), component, "engine"),
		version: need(textIn(settings, "version"), component, "version"),
		sku: component.sku,
		standbyNodes: numberIn(settings, "standbyNodes") ?? 0,
		shards,
		multiAz: (numberIn(settings, "zones") ?? 1) > 1,
		eviction: oneOf(textIn(settings, "eviction"), EVICTIONS) ?? "noeviction",
		snapshotDays: persists ? SNAPSHOT_DAYS : 0,
		stateful: component.stateful,
		guarded: part.guarded,
		applyNow: input.config.apply === "now",
	};
}

export function queueSpec(parts: Parts): Pick<QueueArgs, "guarded"> | null {
	const part = findCloudPart(parts, "queue", "queue");
	return part === null ? null : { guarded: part.guarded };
}

export function filesSpec(parts: Parts, domains: readonly string[]): Pick<FilesArgs, "files" | "copyRegion"> {
	const part = findCloudPart(parts, "files", "files");
	if (part === null) return { files: null, copyRegion: null };
	const { settings } = part.component;
	return {
		files: {
			versioning: flagIn(settings, "versioning") ?? false,
			supersededDays: numberIn(settings, "lifecycleDays"),
			origins: domains.map((domain) => `https://${domain}`),
			guarded: part.guarded,
			expireDays: null,
			forceDestroy: false,
			outlives: false,
		},
		copyRegion: copyRegionOf(parts),
	};
}

/** Region that copies of everything go to; null = the tier keeps them where the stack is. */
function copyRegionOf(parts: Parts): string | null {
	const backup = findCloudPart(parts, "backup", "backup")?.component;
	return backup === undefined ? null : textIn(backup.settings, "region");
}

export function backupSpec(parts: Parts): Pick<BackupArgs, "dumps" | "dumpsCopyRegion" | "copies" | "guarded"> {
	const part = findCloudPart(parts, "backup", "backup");
	if (part === null) return { dumps: null, dumpsCopyRegion: null, copies: null, guarded: true };
	const guarded = part.guarded;
	return {
		dumps: dumpsOf(part.component, guarded),
		dumpsCopyRegion: copyRegionOf(parts),
		copies: copiesOf(part.component, parts),
		guarded,
	};
}

/**
 * The hosts forget what is older than `keepDays` themselves, and a lifecycle rule would tear holes into the repository
 * that the dumps are kept in.
 */
function dumpsOf({ settings }: Component, guarded: boolean): BucketArgs | null {
	return numberIn(settings, "dumpDays") === null ? null : { ...OWN_CONTENT, guarded };
}

/** Copies by the provider, where there is a database or a disk to copy. */
function copiesOf(component: Component, parts: Parts): CopiesArgs | null {
	const copied = findCloudPart(parts, "database", "database") !== null || findCloudPart(parts, "app", "data") !== null;
	if (!copied) return null;
	return {
		everyHours: need(numberIn(component.settings, "everyHours"), component, "everyHours"),
		keepDays: need(numberIn(component.settings, "keepDays"), component, "keepDays"),
		copyRegion: textIn(component.settings, "region"),
	};
}

export function cdnSpec(input: StackInput, parts: Parts): Pick<CdnArgs, "ttlSeconds" | "alias"> | null {
	if (findCloudPart(parts, "cdn", "cdn") === null) return null;
	const { domains, edge } = input.config;
	const [first] = domains;
	// The provider proves a name by its own DNS, so the edge has a name of the stack's only where that is served there.
	return { ttlSeconds: CDN_TTL_SECONDS, alias: first === undefined || edge !== "provider" ? null : `cdn.${first}` };
}
