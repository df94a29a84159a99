/** What an alarm is about. */
export type AlarmTarget = "host" | "group" | "server" | "member" | "volume" | "cache" | "balancer" | "files";

/** What a target has of each thing, as sized; null = not known. */
export interface Capacity {
	readonly memoryGib?: number | null;
	readonly storageGb?: number | null;
	readonly connections?: number | null;
}

/** One metric of the plan that the provider measures. */
export interface Alarm {
	/** Frozen end of the logical name, after the target's. */
	readonly name: string;
	readonly targets: readonly AlarmTarget[];
	/** Metric of the plan whose thresholds apply. */
	readonly metric: string;
	readonly namespace: string;
	readonly metricName: string;
	/** `Average`, or a percentile. */
	readonly stat: string;
	/** `below` for what is still free. */
	readonly rings: "above" | "below";
	/** Seconds between two figures; five minutes unless the provider measures less often. */
	readonly periodSeconds: number;
	/** Level in the provider's unit; null = cannot be said of this target. */
	readonly level: (level: number, capacity: Capacity) => number | null;
	/** What the mail says. */
	readonly says: string;
}

const GIB = 2 ** 30;
const FIVE_MINUTES = 300;
const A_DAY = 86_400;

const asItIs = (level: number) => level;

/** What is left of a thing when so many percent of it are used. */
function leftOf(whole: number | null | undefined, percent: number): number | null {
	return whole === null || whole === undefined || whole === 0 ? null : Math.round(whole * GIB * (1 - percent / 100));
}

function shareOf(whole: number | null | undefined, percent: number): number | null {
	return whole === null || whole === undefined || whole === 0 ? null : Math.floor((whole * percent) / 100);
}

/**
 * Everything the provider measures and the plans ask about.
 * Source: CloudWatch metrics in the user guides of EC2, Auto Scaling, RDS, Aurora, ElastiCache, S3 and Elastic Load
 * Balancing (docs.aws.amazon.com, read 2026-11-21).
 */
export const ALARMS: readonly Alarm[] = [
	{
		name: "cpu",
		targets: ["host", "group"],
		metric: "cpuPercent",
		namespace: "AWS/EC2",
		metricName: "CPUUtilization",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: asItIs,
		says: "hosts are short of CPU",
	},
	{
		name: "cpu",
		targets: ["server", "member"],
		metric: "cpuPercent",
		namespace: "AWS/RDS",
		metricName: "CPUUtilization",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: asItIs,
		says: "the database is short of CPU",
	},
	{
		name: "memory",
		targets: ["server", "member"],
		metric: "memoryPercent",
		namespace: "AWS/RDS",
		metricName: "FreeableMemory",
		stat: "Average",
		rings: "below",
		periodSeconds: FIVE_MINUTES,
		level: (percent, { memoryGib }) => leftOf(memoryGib, percent),
		says: "the database is short of memory",
	},
	{
		name: "disk",
		targets: ["server"],
		metric: "diskPercent",
		namespace: "AWS/RDS",
		metricName: "FreeStorageSpace",
		stat: "Average",
		rings: "below",
		periodSeconds: FIVE_MINUTES,
		level: (percent, { storageGb }) => leftOf(storageGb, percent),
		says: "the database's disk fills up",
	},
	{
		name: "size",
		targets: ["server"],
		metric: "databaseGb",
		namespace: "AWS/RDS",
		metricName: "FreeStorageSpace",
		stat: "Average",
		rings: "below",
		periodSeconds: FIVE_MINUTES,
		// A level beyond the disk is reached by its own alarm first.
		level: (gb, { storageGb }) =>
			storageGb === null || storageGb === undefined || gb >= storageGb ? null : Math.round((storageGb - gb) * GIB),
		says: "the database nears the size its tier is made for",
	},
	{
		name: "size",
		targets: ["volume"],
		metric: "databaseGb",
		namespace: "AWS/RDS",
		metricName: "VolumeBytesUsed",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: (gb) => gb * GIB,
		says: "the database nears the size its tier is made for",
	},
	{
		name: "connections",
		targets: ["server", "member"],
		metric: "connectionsPercent",
		namespace: "AWS/RDS",
		metricName: "DatabaseConnections",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: (percent, { connections }) => shareOf(connections, percent),
		says: "the database runs out of connections",
	},
	{
		name: "cpu",
		targets: ["cache"],
		metric: "cpuPercent",
		namespace: "AWS/ElastiCache",
		metricName: "EngineCPUUtilization",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: asItIs,
		says: "the cache is short of CPU",
	},
	{
		name: "memory",
		targets: ["cache"],
		metric: "memoryPercent",
		namespace: "AWS/ElastiCache",
		metricName: "DatabaseMemoryUsagePercentage",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: asItIs,
		says: "the cache is short of memory",
	},
	{
		name: "p95",
		targets: ["balancer"],
		metric: "responseMs",
		namespace: "AWS/ApplicationELB",
		metricName: "TargetResponseTime",
		stat: "p95",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: (ms) => ms / 1000,
		says: "one response in twenty is slow",
	},
	{
		name: "average",
		targets: ["balancer"],
		metric: "responseAverageMs",
		namespace: "AWS/ApplicationELB",
		metricName: "TargetResponseTime",
		stat: "Average",
		rings: "above",
		periodSeconds: FIVE_MINUTES,
		level: (ms) => ms / 1000,
		says: "responses are slow",
	},
	{
		name: "size",
		targets: ["files"],
		metric: "filesPercent",
		namespace: "AWS/S3",
		metricName: "BucketSizeBytes",
		stat: "Average",
		rings: "above",
		periodSeconds: A_DAY,
		level: (percent, { storageGb }) => {
			const gb = shareOf(storageGb, percent);
			return gb === null ? null : gb * GIB;
		},
		says: "the bucket of files nears the size its tier is made for",
	},
];

/** Metric of the plan that two metrics of the provider make: responses with an error, of all. */
export const ERRORS = {
	name: "5xx",
	metric: "errorPercent",
	namespace: "AWS/ApplicationELB",
	errors: ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"],
	all: "RequestCount",
	says: "the application answers with errors",
} as const;

/** Why a metric of the plans is not watched here, whatever the tier. */
export const NEVER_WATCHED: Readonly<Record<string, string>> = {
	queryMs: "database query time: no metric of it exists; slower statements are in its log and its insights",
	products: "products: the application alone can count them",
};

/** What only a machine itself can tell; CloudWatch sees it from outside. */
export const INSIDE_HOSTS =
	"memory and disk of hosts: CloudWatch does not see inside a machine; the host itself tells when its disk fills up";

/** Metrics that only the load balancer measures. */
export const NEEDS_BALANCER: Readonly<Record<string, string>> = {
	responseMs: "response time: only a load balancer measures it, and this tier has none",
	responseAverageMs: "average response time: only a load balancer measures it, and this tier has none",
	errorPercent: "error rate: only a load balancer measures it, and this tier has none",
};
