import { interpolate } from "@pulumi/pulumi";

import type { StackInput } from "../input.ts";
import { numbered } from "../numbered.ts";
import { findCloudPart, flagIn, numberIn, type Part } from "../parts.ts";
import { secretNamed } from "../secrets.ts";
import { INSIDE_HOSTS, NEEDS_BALANCER, NEVER_WATCHED } from "./alarms.ts";
import { cacheSpecs, databaseSpec } from "./dataSpecs.ts";
import type { MonitoringArgs, Probe } from "./monitoring.ts";
import type { Components } from "./outputs.ts";
import { metricsOf, type Thresholds, type Watched } from "./watched.ts";

type Parts = readonly Part[];

export function monitoringSpec(
	input: StackInput,
): Pick<MonitoringArgs, "receivers" | "thresholds" | "budgetUsd" | "audit"> {
	const { slack, webhook, email } = input.config.alerts;
	const { settings } = input.blueprint;
	return {
		receivers: {
			email,
			hooks: [
				...(slack === null
					? []
					: [{ name: "slack" as const, url: secretNamed(slack.urlSecret), fields: { channel: slack.channel } }]),
				...(webhook === null ? [] : [{ name: "webhook" as const, url: secretNamed(webhook.urlSecret), fields: {} }]),
			],
		},
		thresholds: thresholdsOf(input),
		budgetUsd: numberIn(settings, "monitoring.budgetDollars"),
		audit: flagIn(settings, "monitoring.audit") ?? false,
	};
}

/** `thresholds.<metric>.warning` and `.critical` among the blueprint's settings. */
function thresholdsOf({ blueprint: { settings } }: StackInput): Thresholds {
	const metrics = Object.keys(settings)
		.map((key) => /^thresholds\.(\w+)\.warning$/.exec(key)?.[1])
		.filter((metric) => metric !== undefined);
	return Object.fromEntries(
		metrics.flatMap((metric) => {
			const warning = numberIn(settings, `thresholds.${metric}.warning`);
			const critical = numberIn(settings, `thresholds.${metric}.critical`);
			return warning === null || critical === null ? [] : [[metric, { warning, critical }]];
		}),
	);
}

/** What there is to watch: each host, server and node by its name, services by theirs. */
export function monitoringTargets(input: StackInput, declared: Components, parts: Parts): readonly Watched[] {
	const { balancer, files } = declared;
	const stored = findCloudPart(parts, "files", "files")?.component;
	return [
		...hostsWatched(declared),
		...databaseWatched(input, declared, parts),
		...cacheWatched(input, declared, parts),
		...(balancer === null
			? []
			: [
					{
						target: "balancer" as const,
						name: "load-balancer",
						dimensions: { LoadBalancer: balancer.balancer.arnSuffix },
						capacity: {},
					},
				]),
		...(files.files === null || stored === undefined
			? []
			: [
					{
						target: "files" as const,
						name: "files",
						dimensions: { BucketName: files.files.bucket.bucket, StorageType: "StandardStorage" },
						capacity: { storageGb: numberIn(stored.settings, "storageGb") },
					},
				]),
	];
}

function hostsWatched({ app }: Pick<Components, "app">): Watched[] {
	const host = (pool: string, ids: readonly { readonly id: Watched["dimensions"][string] }[]) =>
		ids.map(
			({ id }, index): Watched => ({
				target: "host",
				name: `${pool}-${index + 1}`,
				dimensions: { InstanceId: id },
				capacity: {},
			}),
		);
	const group = (name: string, groupName: Watched["dimensions"][string]): Watched => ({
		target: "group",
		name,
		dimensions: { AutoScalingGroupName: groupName },
		capacity: {},
	});
	const { made } = app;
	return [
		...host("app", app.hosts),
		...host("worker", app.workers),
		...(app.group === null ? [] : [group("app", app.group.name)]),
		...(made === null
			? []
			: [
					group(
						"nodes",
						made.nodes.resources.apply((found) => found[0]?.autoscalingGroups?.[0]?.name ?? ""),
					),
				]),
	];
}

function databaseWatched(input: StackInput, { database }: Pick<Components, "database">, parts: Parts): Watched[] {
	const spec = databaseSpec(input, parts);
	if (database === null || spec === null) return [];
	const { server, cluster } = database;
	const servers = (name: string, instance: { readonly identifier: Watched["dimensions"][string] }): Watched[] =>
		spec.server === null
			? []
			: [
					{
						target: "server",
						name,
						dimensions: { DBInstanceIdentifier: instance.identifier },
						capacity: {
							memoryGib: spec.server.memoryGib,
							storageGb: spec.server.storage.storageGb,
							connections: spec.server.maxConnections,
						},
					},
				];
	return [
		...(server === null
			? []
			: [
					...servers("database", server.primary),
					...server.replicas.flatMap((replica, index) => servers(`database-replica-${index + 1}`, replica)),
				]),
		...(cluster === null || spec.cluster === null
			? []
			: [
					{
						target: "volume" as const,
						name: "database-aurora",
						dimensions: { DBClusterIdentifier: cluster.cluster.clusterIdentifier },
						capacity: {},
					},
					...cluster.members.map(
						({ identifier }, index): Watched => ({
							target: "member",
							name: `database-aurora-${index + 1}`,
							dimensions: { DBInstanceIdentifier: identifier },
							capacity: {
								memoryGib: spec.cluster?.memoryGib ?? null,
								connections: spec.cluster?.maxConnections ?? null,
							},
						}),
					),
				]),
	];
}

/** Nodes are named after their group by the service: `<group>-001`, in cluster mode `<group>-0001-001`. */
function cacheWatched(
	input: StackInput,
	{ cache, formerCache }: Pick<Components, "cache" | "formerCache">,
	parts: Parts,
): Watched[] {
	const { used, former } = cacheSpecs(input, parts);
	const three = (slot: number) => String(slot).padStart(3, "0");
	const nodesOf = (made: Components["cache"], spec: typeof used): Watched[] => {
		if (made === null || spec === null) return [];
		const nodes = numbered(spec.shards).flatMap((shard) =>
			numbered(1 + spec.standbyNodes).map((node) =>
				spec.clusterMode
					? { name: `${spec.name}-${shard}-${node}`, end: `-0${three(shard)}-${three(node)}` }
					: { name: `${spec.name}-${node}`, end: `-${three(node)}` },
			),
		);
		return nodes.map(({ name, end }) => ({
			target: "cache",
			name,
			dimensions: { CacheClusterId: interpolate`${made.group.replicationGroupId}${end}` },
			capacity: {},
		}));
	};
	return [...nodesOf(cache, used), ...nodesOf(formerCache, former)];
}

/** What is asked for from outside: the first domain, else the balancer's name, else the host's address. */
export function probeOf({ config }: StackInput, { network, balancer }: Components, tls: boolean): Probe {
	const name = config.domains[0] ?? balancer?.balancer.dnsName ?? null;
	return {
		name,
		address: name === null ? (network.address?.publicIp ?? null) : null,
		path: config.app.healthPath,
		tls,
	};
}

/** Metrics the plan has thresholds for and nobody is told about, each with the reason. */
export function notWatched(input: StackInput, parts: Parts): readonly string[] {
	const { email, slack, webhook } = input.config.alerts;
	if (email.length === 0 && slack === null && webhook === null) {
		return ["everything: no receiver of alarms is set (tierstack:alerts)"];
	}
	const thresholds = thresholdsOf(input);
	const watched = metricsOf(kindsOf(input, parts), thresholds);
	const hosts = ["app", "worker", "workers"].some((name) => findCloudPart(parts, "app", name) !== null);
	const inside = hosts && ("memoryPercent" in thresholds || "diskPercent" in thresholds) ? [INSIDE_HOSTS] : [];
	return [
		...inside,
		...Object.keys(thresholds).flatMap((metric) =>
			watched.has(metric) ? [] : (reasonFor(metric, hosts && inside.length > 0) ?? []),
		),
	];
}

function reasonFor(metric: string, told: boolean): string | null {
	if (told && (metric === "memoryPercent" || metric === "diskPercent")) return null;
	return (
		NEVER_WATCHED[metric] ??
		NEEDS_BALANCER[metric] ??
		NOT_HERE[metric] ??
		`${metric}: CloudWatch has no figure for it in this tier`
	);
}

/** Metrics that only some tiers have anything for. */
const NOT_HERE: Readonly<Record<string, string>> = {
	connectionsPercent: "database connections: this tier's database has no figure of them, or no known limit",
	databaseGb: "database size in GB: its disk is smaller than the level, and watched in percent, or it is on the host",
	filesPercent: "bucket storage: the plan gives no size for the bucket, or files are on the host",
	memoryPercent: "memory: nothing in this tier tells it",
	diskPercent: "disk: nothing in this tier tells it",
};

/** What a tier has to watch, by kind and capacity alone. */
function kindsOf(input: StackInput, parts: Parts): readonly Watched[] {
	const has = (role: Part["component"]["role"], name: string) => findCloudPart(parts, role, name)?.component;
	const database = databaseSpec(input, parts);
	const of = (target: Watched["target"], capacity: Watched["capacity"] = {}): Watched => ({
		target,
		name: target,
		dimensions: {},
		capacity,
	});
	const files = has("files", "files");
	return [
		...(has("app", "app") === undefined && has("app", "workers") === undefined ? [] : [of("host")]),
		...(database?.server ? [of("server", serverCapacity(database.server))] : []),
		...(database?.cluster ? [of("member", { memoryGib: database.cluster.memoryGib }), of("volume")] : []),
		...(has("cache", "cache") === undefined ? [] : [of("cache")]),
		...(has("load-balancer", "load-balancer") === undefined ? [] : [of("balancer")]),
		...(files === undefined ? [] : [of("files", { storageGb: numberIn(files.settings, "storageGb") })]),
	];
}

function serverCapacity(server: NonNullable<NonNullable<ReturnType<typeof databaseSpec>>["server"]>) {
	return {
		memoryGib: server.memoryGib,
		storageGb: server.storage.storageGb,
		connections: server.maxConnections,
	};
}
