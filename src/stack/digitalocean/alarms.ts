import type { Role } from "../../words.ts";

/** What an alarm is about. Hosts are found by tag, services by id. */
export type AlarmTarget = "hosts" | "database" | "cache" | "queue" | "load-balancer";

/** One metric the provider can watch. */
export interface Alarm {
	/** Frozen part of the logical name. */
	readonly name: string;
	readonly target: AlarmTarget;
	/** Metric of the plan whose thresholds apply. */
	readonly metric: string;
	/** The provider's alert type; list: @pulumi/digitalocean 4.80.1, monitorAlert.d.ts. */
	readonly type: string;
	/** Provider's unit per unit of the plan; 1 when absent. Response times are seconds there (pydo docs, 2025-06-30). */
	readonly scale?: number;
	/** What the mail says. */
	readonly says: string;
}

const DATABASES = ["database", "cache", "queue"] as const;

/** Everything the provider can raise an alarm for and the plans ask about. */
export const ALARMS: readonly Alarm[] = [
	{
		name: "host-cpu",
		target: "hosts",
		metric: "cpuPercent",
		type: "v1/insights/droplet/cpu",
		says: "hosts are short of CPU",
	},
	{
		name: "host-memory",
		target: "hosts",
		metric: "memoryPercent",
		type: "v1/insights/droplet/memory_utilization_percent",
		says: "hosts are short of memory",
	},
	{
		name: "host-disk",
		target: "hosts",
		metric: "diskPercent",
		type: "v1/insights/droplet/disk_utilization_percent",
		says: "a disk of the hosts fills up",
	},
	...DATABASES.flatMap((target): Alarm[] => [
		{
			name: `${target}-cpu`,
			target,
			metric: "cpuPercent",
			type: "v1/dbaas/alerts/cpu_alerts",
			says: `the ${target} is short of CPU`,
		},
		{
			name: `${target}-memory`,
			target,
			metric: "memoryPercent",
			type: "v1/dbaas/alerts/memory_utilization_alerts",
			says: `the ${target} is short of memory`,
		},
		{
			name: `${target}-disk`,
			target,
			metric: "diskPercent",
			type: "v1/dbaas/alerts/disk_utilization_alerts",
			says: `the ${target}'s disk fills up`,
		},
	]),
	{
		name: "load-balancer-connections",
		target: "load-balancer",
		metric: "connectionsPercent",
		type: "v1/insights/lbaas/connection_utilization_percent",
		says: "the load balancer nears its connections",
	},
	{
		name: "load-balancer-cpu",
		target: "load-balancer",
		metric: "cpuPercent",
		type: "v1/insights/lbaas/avg_cpu_utilization_percent",
		says: "the load balancer nears its capacity",
	},
	{
		name: "load-balancer-p95",
		target: "load-balancer",
		metric: "responseMs",
		type: "v1/insights/lbaas/high_http_request_response_time_95p",
		scale: 1 / 1000,
		says: "one response in twenty is slow",
	},
	{
		name: "load-balancer-5xx",
		target: "load-balancer",
		metric: "errorPercent",
		type: "v1/insights/lbaas/increase_in_http_error_rate_percentage_5xx",
		says: "the application answers with errors",
	},
];

/** Why a metric of the plans is not watched here, whatever the tier. */
export const NEVER_WATCHED: Readonly<Record<string, string>> = {
	connectionsPercent: "database connections: no alarm for them exists; scrape the database's metrics endpoint",
	queryMs: "database query time: no alarm for it exists; slower statements are in its log",
	responseAverageMs:
		"average response time: the 95th percentile is watched in its place where a load balancer measures it",
	filesPercent: "bucket storage: no alarm for it exists; the invoice shows it",
	databaseGb: "database size in GB: its disk is watched in percent",
};

/** Metrics that only the load balancer measures. */
export const NEEDS_BALANCER: Readonly<Record<string, string>> = {
	responseMs: "response time: only a load balancer measures it, and this tier has none",
	errorPercent: "error rate: only a load balancer measures it, and this tier has none",
};

/** Metrics the provider has an alarm for, and what is said where a plan names no level of them. */
export const WITHOUT_LEVEL: Readonly<Record<string, string>> = {
	responseMs: "response time: the plan names no level for it",
	errorPercent: "error rate: the plan names no level for it",
};

/** What is left unwatched of a part, where a tier has it. */
export const UNWATCHED_PARTS: readonly {
	readonly role: Role;
	/** Any of these names. */
	readonly names: readonly string[];
	readonly says: string;
}[] = [
	{
		role: "app",
		names: ["app", "worker", "workers"],
		says: "load of the hosts: no plan names a level for it; their CPU is watched",
	},
	{
		role: "database",
		names: ["replica", "secondary"],
		says: "replica lag: no alarm for it exists; scrape the replica's metrics endpoint",
	},
	{
		role: "cache",
		names: ["cache"],
		says: "cache hits: no alarm for them exists; scrape the cache's metrics endpoint",
	},
];
