import { getKubernetesVersionsOutput } from "@pulumi/digitalocean/getKubernetesVersions.js";
import type { StackConfig } from "../../config/stackConfig.ts";
import type { Pool } from "../../host/plan.ts";
import type { Component } from "../../sizing/blueprint.ts";
import type { StackInput } from "../input.ts";
import { findCloudPart, findPart, flagIn, need, numberIn, oneOf, type Part, textIn } from "../parts.ts";
import { OWN_CERTIFICATE, secretNamed } from "../secrets.ts";
import type { ClusterArgs, ElasticArgs, HostArgs, MachineBackups, VolumeArgs } from "./appArgs.ts";
import type { BucketArgs } from "./bucket.ts";
import type { CdnArgs } from "./cdn.ts";
import type { DatabaseArgs, SecondaryArgs } from "./database.ts";
import type { LoadBalancerArgs, Tls } from "./loadBalancer.ts";
import type { Eviction, ValkeyArgs } from "./valkey.ts";

/*
 * Blueprint -> arguments of this provider's components. Pure reading of plain data: what each component needs, and
 * whether the tier has it at all (null = it does not).
 */

/** Port of a host that takes traffic: its own proxy's. */
const HOST_PORT = 80;
/** Port of every node of a cluster that takes traffic. */
export const NODE_PORT = 30080;
/**
 * What the provider's own 1-Click installs, two of them as there: no cluster is born with one. Source:
 * docs.digitalocean.com, marketplace catalogue, Kubernetes Metrics Server (chart 3.12.2, by Helm, in kube-system),
 * generated 2025-07-08, read 2026-11-21. The chart: kubernetes-sigs/metrics-server, charts/metrics-server, CHANGELOG
 * (3.12.2 of 2024-10-07), values.yaml (`replicas: 1`), templates/deployment.yaml (takes it); that `replicas: 2` is what the
 * 1-Click sets: digitalocean/marketplace-kubernetes, stacks/metrics-server/values.yml; all read 2026-11-21. Never pulled here.
 */
export const METRICS_SERVER = {
	name: "metrics-server",
	namespace: "kube-system",
	chart: "metrics-server",
	version: "3.12.2",
	repositoryOpts: { repo: "https://kubernetes-sigs.github.io/metrics-server/" },
	values: { replicas: 2 },
};
/** An edge copy lives an hour; the application names its files by content. */
const CDN_TTL_SECONDS = 3600;
/** Default of the provider's load balancer, in seconds. */
const IDLE_SECONDS = 60;

/** Ubuntu 24.04 LTS, what every ladder asks for unless it says otherwise. */
const DEFAULT_IMAGE = "ubuntu-24-04-x64";

type Parts = readonly Part[];

/** Hosts with numbers that serve; null where the provider scales them, or in a cluster. */
export function hostsSpec(input: StackInput, parts: Parts): HostArgs | null {
	const app = findCloudPart(parts, "app", "app")?.component;
	return app === undefined || input.blueprint.layout === "autoscaled" ? null : slotsOf(app, parts);
}

/** Image of the hosts; kept hosts and new ones share it. */
export function imageOf(parts: Parts): string {
	const app = findPart(parts, "app", "app")?.component;
	return (app === undefined ? null : textIn(app.settings, "image")) ?? DEFAULT_IMAGE;
}

/** Pools of hosts that want settings: a cluster has none. */
export function poolsOf({ blueprint }: StackInput): readonly Pool[] {
	const pools: readonly Pool[] = ["app", "worker"];
	return pools.filter((pool) => blueprint.components.some(({ role, name }) => role === "app" && name === pool));
}

/** Hosts with numbers that only work through queues. */
export function workerHostsSpec(parts: Parts): HostArgs | null {
	const worker = findCloudPart(parts, "app", "worker")?.component;
	return worker === undefined ? null : slotsOf(worker, parts);
}

function slotsOf(component: Component, parts: Parts): HostArgs {
	return { sku: component.sku, count: component.count.max, backups: machineBackups(parts) };
}

function machineBackups(parts: Parts): MachineBackups {
	const backup = findCloudPart(parts, "backup", "backup")?.component;
	return backup === undefined
		? "none"
		: (oneOf(textIn(backup.settings, "machines"), ["none", "weekly", "daily"]) ?? "none");
}

/** Hosts the provider scales. */
export function elasticSpec(input: StackInput, parts: Parts): ElasticArgs | null {
	const app = findCloudPart(parts, "app", "app")?.component;
	if (app === undefined || input.blueprint.layout !== "autoscaled") return null;
	return {
		sku: app.sku,
		min: app.count.min,
		max: app.count.max,
		cpuTargetPercent: need(numberIn(app.settings, "cpuTargetPercent"), app, "cpuTargetPercent"),
		cooldownMinutes: need(numberIn(app.settings, "cooldownMinutes"), app, "cooldownMinutes"),
	};
}

/** The cluster and its workers. */
export function clusterSpec(parts: Parts): ClusterArgs | null {
	const cluster = findCloudPart(parts, "app", "cluster")?.component;
	const workers = findCloudPart(parts, "app", "workers")?.component;
	if (cluster === undefined || workers === undefined) return null;
	const version = textIn(cluster.settings, "version");
	return {
		version: getKubernetesVersionsOutput(version === null ? {} : { versionPrefix: `${version}.` }).latestVersion,
		highAvailability: flagIn(cluster.settings, "highAvailability") ?? false,
		workerSku: workers.sku,
		workers: workers.count,
	};
}

/** The data volume. */
export function dataSpec(parts: Parts): VolumeArgs | null {
	const data = findCloudPart(parts, "app", "data");
	if (data === null) return null;
	const storageGb = need(numberIn(data.component.settings, "storageGb"), data.component, "storageGb");
	return { storageGb, guarded: data.guarded };
}

/** The managed database with its replicas; null when it is on the host. */
export function databaseSpec(
	input: StackInput,
	parts: Parts,
): Pick<
	DatabaseArgs,
	"engine" | "version" | "sku" | "standbyNodes" | "storageGb" | "poolSize" | "slowQueryMs" | "replicas" | "guarded"
> | null {
	const part = findCloudPart(parts, "database", "database");
	if (part === null) return null;
	const { component } = part;
	const { settings } = component;
	const replica = findCloudPart(parts, "database", "replica")?.component;
	return {
		engine: need(oneOf(textIn(settings, "engine"), ["postgres", "mysql"]), component, "engine"),
		version: need(textIn(settings, "version"), component, "version"),
		sku: component.sku,
		standbyNodes: numberIn(settings, "standbyNodes") ?? 0,
		storageGb: numberIn(settings, "storageGb"),
		poolSize: numberIn(settings, "poolSize"),
		slowQueryMs: numberIn(input.blueprint.settings, "thresholds.queryMs.warning"),
		replicas:
			replica === undefined
				? null
				: { count: replica.count.max, sku: replica.sku, storageGb: numberIn(replica.settings, "storageGb") },
		guarded: part.guarded,
	};
}

/** The copy of the database in a second region; null = the tier has none. */
export function secondarySpec(parts: Parts): Pick<SecondaryArgs, "region" | "sku" | "storageGb"> | null {
	const component = findCloudPart(parts, "database", "secondary")?.component;
	if (component === undefined) return null;
	return {
		region: need(textIn(component.settings, "region"), component, "region"),
		sku: component.sku,
		storageGb: numberIn(component.settings, "storageGb"),
	};
}

const EVICTIONS: readonly Eviction[] = [
	"noeviction",
	"allkeys_lru",
	"allkeys_random",
	"volatile_lru",
	"volatile_random",
	"volatile_ttl",
];

/** The cache, or the queue. */
export function valkeySpec(
	parts: Parts,
	role: "cache" | "queue",
): Pick<ValkeyArgs, "sku" | "standbyNodes" | "eviction" | "persistence" | "stateful" | "guarded"> | null {
	const part = findCloudPart(parts, role, role);
	if (part === null) return null;
	const { component } = part;
	return {
		sku: component.sku,
		standbyNodes: numberIn(component.settings, "standbyNodes") ?? 0,
		eviction: oneOf(textIn(component.settings, "eviction"), EVICTIONS) ?? "noeviction",
		persistence: oneOf(textIn(component.settings, "persistence"), ["rdb", "off"]) ?? "rdb",
		stateful: component.stateful,
		guarded: part.guarded,
	};
}

/** The bucket of uploads; browsers may put files into it from the names that are served. */
export function filesSpec(parts: Parts, domains: readonly string[]): BucketArgs | null {
	const part = findCloudPart(parts, "files", "files");
	if (part === null) return null;
	return {
		versioning: flagIn(part.component.settings, "versioning") ?? false,
		supersededDays: numberIn(part.component.settings, "lifecycleDays"),
		origins: domains.map((domain) => `https://${domain}`),
		keyOpensData: false,
		guarded: part.guarded,
	};
}

/** The bucket of dumps. `home` is the stack's own region, where they lie unless the plan says another. */
export function dumpsSpec(parts: Parts, home: string): (BucketArgs & { readonly region: string }) | null {
	const part = findCloudPart(parts, "backup", "backup");
	const days = part === null ? null : numberIn(part.component.settings, "dumpDays");
	if (part === null || days === null) return null;
	return {
		// The hosts forget what is older than `keepDays` themselves, and a lifecycle rule would tear holes into the
		// repository that the dumps are kept in.
		region: textIn(part.component.settings, "region") ?? home,
		versioning: false,
		supersededDays: null,
		origins: [],
		keyOpensData: true,
		guarded: part.guarded,
	};
}

/** The edge before the bucket of uploads. */
export function cdnSpec(parts: Parts): Pick<CdnArgs, "ttlSeconds"> | null {
	return findCloudPart(parts, "cdn", "cdn") === null ? null : { ttlSeconds: CDN_TTL_SECONDS };
}

/** The door of several hosts, or of a cluster's nodes. */
export function balancerSpec(
	input: StackInput,
	parts: Parts,
): Pick<LoadBalancerArgs, "units" | "tls" | "targetPort" | "healthPath" | "sticky" | "idleSeconds"> | null {
	const component = findCloudPart(parts, "load-balancer", "load-balancer")?.component;
	if (component === undefined) return null;
	return {
		units: component.count.min,
		tls: tlsOf(input.config),
		targetPort: input.blueprint.layout === "kubernetes" ? NODE_PORT : HOST_PORT,
		healthPath: input.config.app.healthPath,
		sticky: input.config.app.sticky,
		idleSeconds: numberIn(input.blueprint.settings, "web.idleSeconds") ?? IDLE_SECONDS,
	};
}

/** Where HTTPS of the balancer comes from: one's own certificate first. */
export function tlsOf(config: StackConfig): Tls {
	const has = (name: string) => config.secretNames.includes(name);
	if (has(OWN_CERTIFICATE.certificate) && has(OWN_CERTIFICATE.privateKey)) {
		return {
			kind: "own",
			certificate: secretNamed(OWN_CERTIFICATE.certificate),
			privateKey: secretNamed(OWN_CERTIFICATE.privateKey),
			chain: has(OWN_CERTIFICATE.chain) ? secretNamed(OWN_CERTIFICATE.chain) : null,
		};
	}
	// The provider proves a domain by its own DNS, so it can make certificates only for what it serves.
	const managed = config.domains.length > 0 && config.edge === "provider";
	return managed ? { kind: "managed", domains: config.domains } : { kind: "none" };
}
