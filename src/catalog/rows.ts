import type { Engine, Provider } from "../words.ts";

/**
 * How sure a figure is (marks of the fact sheets): A = the provider's own text or API output, B = output generated
 * from the provider's price API, C = a third party's document, ? = not confirmed. A, B and C count as priced; a row is
 * marked ? exactly when its price is null.
 */
export type Mark = "A" | "B" | "C" | "?";

/** Where a row's figures come from. Every row has one. */
export interface Provenance {
	readonly mark: Mark;
	/**
	 * Document, page or API the figures were read from: first the price's, then after "; " each other figure's with its
	 * name. A number in brackets is a third party's document without an address of its own: its id in the index of
	 * public source files it was found in.
	 */
	readonly source: string;
	/** ISO date the source was read or is dated. */
	readonly readAt: string;
	/** A limit of the figure a reader must know, such as "limits are per node". Region: see `priceNote`. */
	readonly note?: string;
}

/** USD a month for one unit; null = not confirmed, so totals read "at least". */
export type MonthlyUsd = number | null;

export interface MachineRow extends Provenance {
	readonly sku: string;
	readonly provider: Provider;
	/** Provider's family, such as `basic`, `cpu-optimized`, `t3`. */
	readonly family: string;
	readonly arch: "x86_64" | "arm64";
	readonly vcpu: number;
	readonly memoryGib: number;
	/** Local root disk in GB; null where the disk is a volume of its own (EC2). */
	readonly diskGb: number | null;
	readonly diskKind: "ssd" | "nvme" | null;
	/** Whether vCPUs are shared with other customers (baseline below 100 %). */
	readonly sharedCpu: boolean;
	/** Outbound transfer included, in GB a month; null = not known. */
	readonly transferGb: number | null;
	/** Regions the SKU was seen in; null = not known, `doctor` asks the API. */
	readonly regions: readonly string[] | null;
	readonly monthlyUsd: MonthlyUsd;
}

export interface DatabaseRow extends Provenance {
	readonly sku: string;
	readonly provider: Provider;
	readonly engine: Exclude<Engine, "sqlite">;
	/** `instance` = one managed server; `aurora` = member of a cluster with shared storage. */
	readonly kind: "instance" | "aurora";
	readonly arch: "x86_64" | "arm64" | null;
	readonly vcpu: number;
	readonly memoryGib: number;
	/** Smallest and largest storage the plan takes, in GB; null = not known. */
	readonly storageGb: { readonly min: number | null; readonly max: number | null };
	/** Storage the price of a node includes, in GB: 0 where storage is paid apart; null = not known. */
	readonly includedGb: number | null;
	/** USD a GB-month for storage beyond `includedGb`, on every node; null = not confirmed. */
	readonly storageUsdPerGb: MonthlyUsd;
	/** Client connections the plan allows by default; null = not known. */
	readonly connections: number | null;
	/** Nodes (primary and standbys) the plan can be created with. */
	readonly nodes: { readonly min: number; readonly max: number };
	readonly regions: readonly string[] | null;
	/** Price of one node, its included storage with it. */
	readonly monthlyUsd: MonthlyUsd;
}

export interface CacheRow extends Provenance {
	readonly sku: string;
	readonly provider: Provider;
	readonly engine: "valkey" | "redis";
	readonly arch: "x86_64" | "arm64" | null;
	readonly vcpu: number;
	readonly memoryGib: number;
	/** Memory left for data after the service's own overhead, in GiB; null = not known. */
	readonly usableGib: number | null;
	readonly nodes: { readonly min: number; readonly max: number };
	readonly regions: readonly string[] | null;
	readonly monthlyUsd: MonthlyUsd;
}

/** Anything priced by unit: load balancers, buckets, volumes, transfer, control planes, backups. */
export interface ServiceRow extends Provenance {
	/** What it is for, the same word on every provider: `bucket`, `volume`, `load-balancer`, `backup-daily` ... */
	readonly id: string;
	readonly provider: Provider;
	/**
	 * What one unit is: `month` and `node-month` (flat), `hour` (`monthlyUnitUsd` turns it into a month), `gb-month`,
	 * `gb`, `million-requests`, `ten-thousand-requests`, `thousand-requests`, `iops-month`, `mibps-month`, `vcpu-hour`,
	 * `gb-hour`, `percent-of-machine`.
	 */
	readonly unit: string;
	/** USD for one unit (or the percentage for `percent-of-machine`); null = not confirmed. */
	readonly usd: number | null;
	/** Quantities the price includes, by metric: `{ storageGb: 250, transferGb: 1024 }`. */
	readonly includes: Readonly<Record<string, number>>;
	/** Limits of the service, by metric: `{ minGb: 1, maxGb: 16384 }`. */
	readonly limits: Readonly<Record<string, number>>;
	/** Version that new stacks begin with, where the service has versions: `1.35`. */
	readonly version?: string;
	/** Last day the provider supports that version; `catalog check` tells when it is over. */
	readonly versionUntil?: string;
	readonly regions: readonly string[] | null;
}

export interface RegionRow extends Provenance {
	readonly region: string;
	readonly provider: Provider;
	readonly zones: number;
	/** Services whose offer differs by region, where the region has them: `bucket`, `valkey`, `postgres`, `mysql` ... */
	readonly services: readonly string[];
}

/** Everything sizing may choose from on one provider. Plain data, sorted by price, never mutated. */
export interface Catalog {
	readonly provider: Provider;
	readonly machines: readonly MachineRow[];
	readonly databases: readonly DatabaseRow[];
	readonly caches: readonly CacheRow[];
	readonly services: readonly ServiceRow[];
	readonly regions: readonly RegionRow[];
}
