import type { Layout, Provider, Role } from "../words.ts";

/** A SKU that was looked at and not taken. */
export interface Rejected {
	readonly sku: string;
	/** One clause: "1 GiB is less than the 2 GiB required". */
	readonly because: string;
}

/** Setting of a component: what the stack needs beside the SKU. Plain, so that the lock can hold it. */
export type Setting = string | number | boolean | null | readonly string[] | readonly number[];

/**
 * One thing the tier asks for: machines, a managed database, a volume, a bucket, a load balancer ...
 * `name` is the logical name the stack builds on: it never holds tier, size or region.
 */
export interface Component {
	readonly role: Role;
	readonly name: string;
	/** The provider's own id of the size, or `on-host` for what runs on the application's machine. */
	readonly sku: string;
	readonly count: { readonly min: number; readonly max: number };
	readonly vcpu: number | null;
	readonly memoryGib: number | null;
	readonly diskGb: number | null;
	/** USD a month for one; null = no confirmed price. */
	readonly unitMonthlyUsd: number | null;
	/** unit x count.min. */
	readonly monthlyUsd: number | null;
	/** unit x count.max. */
	readonly maxMonthlyUsd: number | null;
	/** Why this one, with the requirement in figures. */
	readonly why: string;
	readonly rejected: readonly Rejected[];
	/** `engine, version, image, zones, workers, maxConnections, swapGib, storageGb, standbyNodes ...` */
	readonly settings: Readonly<Record<string, Setting>>;
	/** Whether data lives here: kept when a later tier no longer declares it, never replaced silently. */
	readonly stateful: boolean;
	/** Whether the price above rests on the catalog row's mark; shown as a footnote. null = unpriced or free. */
	readonly priceMark: "A" | "B" | "C" | null;
}

/** A process of the application: where it runs follows from the layout. */
export interface Process {
	readonly name: string;
	readonly kind: "web" | "worker" | "scheduler" | "timer";
	/** Start command inside the image; null = the image's own. */
	readonly command: string | null;
	readonly memoryMib: number;
	readonly cpu: number | null;
	readonly replicas: { readonly min: number; readonly max: number };
	/** systemd calendar expression of a timer; null otherwise. */
	readonly schedule: string | null;
}

export interface Headroom {
	readonly role: Role;
	/** Metric with its unit, such as `memoryGib`, `storageGb`, `connections`. */
	readonly metric: string;
	readonly used: number;
	readonly capacity: number;
	/** Absolute values in the metric's unit. */
	readonly warnAt: number;
	readonly criticalAt: number;
}

export interface Cost {
	readonly currency: "USD";
	readonly base: number;
	readonly usage: number;
	/** base + usage at count.min. */
	readonly monthly: number;
	readonly maxMonthly: number;
	/** True when something is unpriced: the total reads "at least". */
	readonly atLeast: boolean;
	readonly byRole: Readonly<Partial<Record<Role, number>>>;
	/** The plan's own range; `max` null = open ended. */
	readonly documented: {
		readonly min: number;
		readonly max: number | null;
		readonly currency: "USD" | "EUR";
		/** USD for one unit of `currency`, with its date. */
		readonly rate: number;
		readonly rateDate: string;
		/** `unknown` = not over so far, with parts that have no confirmed price. */
		readonly fit: "under" | "within" | "over" | "unknown";
		/** Where it is over: what the plan left out, and what the month's largest items are. */
		readonly because?: string;
	} | null;
	readonly coverage: {
		readonly priced: number;
		readonly free: number;
		readonly unpriced: number;
		readonly unpricedIds: readonly string[];
	};
	/** Date of the oldest price used. */
	readonly pricesAsOf: string | null;
}

export interface RecoveryCell {
	readonly scenario: "process-or-node" | "zone" | "region" | "human-error";
	/** Minutes until service is back; null = not known. */
	readonly rtoMinutes: number | null;
	/** Minutes of data lost at most; null = not known. */
	readonly rpoMinutes: number | null;
	readonly mechanism: string;
	readonly basis: "measured" | "documented" | "estimate";
	/** Whether the tier's promise is met; null = the tier promises nothing. */
	readonly met: boolean | null;
	/** Why the ladder takes an unmet promise; absent = it is met, or nobody acknowledged the gap. */
	readonly acknowledged?: string;
}

/** The provider-specific answer of sizing. Data, not resources; the same request gives the same bytes. */
export interface Blueprint {
	readonly schema: "tierstack.blueprint/1";
	readonly ladder: string;
	readonly tier: string;
	readonly provider: Provider;
	readonly region: string;
	readonly layout: Layout;
	readonly workload: Readonly<Record<string, number>>;
	readonly workloadSource: "measured" | "top-of-range";
	readonly demand: Readonly<Record<string, number>>;
	readonly components: readonly Component[];
	readonly processes: readonly Process[];
	/** Ladder settings the stack and host need: body size, timeouts, thresholds ... by dotted name. */
	readonly settings: Readonly<Record<string, Setting>>;
	readonly cost: Cost;
	readonly headroom: readonly Headroom[];
	readonly recovery: readonly RecoveryCell[];
	readonly nextTier: { readonly tier: string; readonly metric: string; readonly at: number } | null;
	readonly notes: readonly string[];
}
