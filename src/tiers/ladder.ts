import type { Layout, Provider } from "../words.ts";
import type {
	BackupSpec,
	CacheFloors,
	ClusterFloors,
	DatabaseFloors,
	HostFloors,
	LeastHost,
	LoadBalancerFloors,
} from "./floors.ts";

/*
 * A ladder as sizing sees it: checked, every default filled, lists in the order they were written. The written form
 * (what a YAML file may say) is another type: see `schema.ts`.
 */

/** What a plan measures: clients, products, orders ... */
export interface Metric {
	readonly name: string;
	/** What one of it is, such as "orders a month". */
	readonly unit: string;
	readonly meaning: string;
	/** How many come with one unit of another metric, when nobody has measured; null = only what is measured counts. */
	readonly per: { readonly metric: string; readonly count: number } | null;
	/** How many there are for one unit of the ladder's measure; null = not derived from it. */
	readonly perMeasure: number | null;
	/** Key in `plans` of what a customer's own plan grants in the place of `per.count`; null = plans say nothing of it. */
	readonly allowance: string | null;
	readonly source: string;
}

/**
 * What a workload can ask for. Units are in the names. `...Gb` is what is stored; `viewTransferGb` leaves in a month
 * with the uploads (from the bucket where they live there), `transferGb` is all other outbound transfer of a month.
 * `requestsPerSecond` is what must be answered at once, `millionRequests` and `queueMillionRequests` are sums of a month.
 */
export const DEMANDS = [
	"uploadsGb",
	"hostGb",
	"databaseGb",
	"databaseMemoryGib",
	"databaseConnections",
	"cacheGib",
	"transferGb",
	"viewTransferGb",
	"requestsPerSecond",
	"millionRequests",
	"queueMillionRequests",
] as const;
export type DemandName = (typeof DEMANDS)[number];

/** Linear: fixed + sum of coefficient x metric. Coefficients are never negative, so more load never asks for less. */
export interface Formula {
	readonly demand: DemandName;
	readonly fixed: number;
	readonly per: Readonly<Record<string, number>>;
	readonly source: string;
}

/**
 * Where an alarm starts. The unit is in the name; percentages are of the capacity; `queryMs` and `responseMs` are the
 * slowest of twenty (p95).
 */
export const THRESHOLDS = [
	"cpuPercent",
	"memoryPercent",
	"diskPercent",
	"connectionsPercent",
	"filesPercent",
	"errorPercent",
	"queryMs",
	"responseMs",
	"responseAverageMs",
	"databaseGb",
	"products",
] as const;
export type ThresholdName = (typeof THRESHOLDS)[number];
export interface Threshold {
	readonly warning: number;
	readonly critical: number;
}
export const SIZING_THRESHOLDS = [
	"cpuPercent",
	"memoryPercent",
	"diskPercent",
	"connectionsPercent",
	"filesPercent",
] as const;
export type SizingThreshold = (typeof SIZING_THRESHOLDS)[number];

/** What may be lost at once: recovery is told for each. */
export const SCENARIOS = ["process-or-node", "zone", "region", "human-error"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** A promise that is known not to be kept in a scenario, and why the tier is offered all the same. */
export interface AcknowledgedGap {
	readonly scenario: Scenario;
	/** null = on every provider. */
	readonly providers: readonly Provider[] | null;
	readonly reason: string;
}

export type LadderSetting = string | number | boolean | null;

/** A process of the application. Memory is either stated in MiB or a share of the host's memory. */
export interface ProcessSpec {
	readonly name: string;
	readonly kind: "web" | "worker" | "scheduler" | "timer";
	readonly command: string | null;
	readonly memory: { readonly mib: number } | { readonly hostShare: number };
	readonly cpu: number | null;
	readonly replicas: { readonly min: number; readonly max: number };
	/** One more replica for so many units of a metric; null = fixed. */
	readonly replicaPer: { readonly metric: string; readonly count: number } | null;
	readonly schedule: string | null;
	readonly source: string;
}

export interface Promises {
	readonly availabilityPercent: number | null;
	readonly rtoMinutes: number | null;
	readonly rpoMinutes: number | null;
	readonly source: string;
}

export interface Tier {
	readonly id: string;
	/** Where the range begins: the top of the tier below; 0 for the first. */
	readonly above: number;
	/** Top of the range, inclusive; null = open. */
	readonly upTo: number | null;
	/** What the tier is sized for when nothing is measured: the top, or the reasoned figure of an open range. */
	readonly sizeFor: number;
	readonly sizeForReason: string | null;
	readonly provider: Provider;
	readonly layout: Layout;
	readonly uploads: "volume" | "bucket";
	/** Zones the tier is spread over at least. */
	readonly zones: number;
	/** Whether a second region stands by. */
	readonly secondRegion: boolean;
	readonly promises: Promises;
	readonly gaps: readonly AcknowledgedGap[];
	readonly backup: BackupSpec;
	readonly app: HostFloors;
	readonly worker: HostFloors | null;
	readonly cluster: ClusterFloors | null;
	/** Floor of the data volume; null = the demand alone. */
	readonly dataGb: number | null;
	readonly database: DatabaseFloors;
	readonly cache: CacheFloors | null;
	/** Floor of the bucket; null = the demand alone. */
	readonly filesGb: number | null;
	readonly loadBalancer: LoadBalancerFloors | null;
	readonly cdn: boolean;
	readonly queue: boolean;
	readonly cost: {
		readonly min: number;
		readonly max: number | null;
		/** Why the tier costs more than that on the plan's own provider; null = it does not, or nobody knows. */
		readonly over: string | null;
		readonly source: string;
	} | null;
	readonly settings: Readonly<Record<string, LadderSetting>>;
	readonly processes: readonly ProcessSpec[];
	readonly notes: readonly string[];
}

export interface Money {
	readonly currency: "USD" | "EUR";
	/** USD for one unit. */
	readonly rate: number;
	readonly rateDate: string;
	readonly rateSource: string;
}

export interface Ladder {
	readonly name: string;
	readonly title: string;
	/** The plan the figures come from. */
	readonly source: string;
	/** Metric the tiers' ranges count. */
	readonly measure: string;
	readonly metrics: readonly Metric[];
	readonly demand: readonly Formula[];
	/** What is added with every month. */
	readonly growth: readonly Formula[];
	readonly growthMonths: number;
	readonly thresholds: Readonly<Record<SizingThreshold, Threshold>> &
		Readonly<Partial<Record<ThresholdName, Threshold>>>;
	readonly os: string;
	readonly swapGib: number;
	readonly leastHost: LeastHost;
	/** What a customer's own plan allows, by plan and metric; null = unlimited. */
	readonly plans: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
	readonly money: Money | null;
	readonly regions: Readonly<Record<Provider, string>>;
	readonly tiers: readonly Tier[];
}

/** The metric with this name; undefined when the ladder has none. */
export function findMetric(ladder: Ladder, name: string): Metric | undefined {
	return ladder.metrics.find((metric) => metric.name === name);
}

/** The tier with this id; undefined when the ladder has none. */
export function findTier(ladder: Ladder, id: string): Tier | undefined {
	return ladder.tiers.find((tier) => tier.id === id);
}
