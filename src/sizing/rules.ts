import type { CacheRow, Catalog, DatabaseRow, MachineRow } from "../catalog/rows.ts";
import type { Engine } from "../words.ts";
import type { Setting } from "./blueprint.ts";
import type { Item } from "./part.ts";
import type { RecoveryRow } from "./recovery.ts";

/*
 * What differs by provider, as data and small functions: one folder a provider, the same file names in each. Shared
 * sizing asks here and never names a cloud.
 */

export interface HostRules {
	/** Image of an operating system, as the provider's API calls it. */
	readonly images: Readonly<Record<string, string>>;
	/** Architecture of hosts: the same in every tier, since a change of it replaces the machine. */
	readonly arch: MachineRow["arch"];
	/** Families that are never chosen unasked. */
	readonly shunned: readonly string[];
	/** Size of a root disk that is bought apart; null = it comes with the machine. */
	readonly rootDiskGb: number | null;
	readonly autoscale: { readonly cooldownMinutes: number; readonly source: string };
}

/** Storage of a managed database: how much is bought, and what beside the node it costs. */
export interface DatabaseStorage {
	/** null = the plan's own, amount not known. */
	readonly storageGb: number | null;
	/** Per node, standbys priced by the caller. */
	readonly items: readonly Item[];
	readonly settings: Readonly<Record<string, Setting>>;
	readonly notes: readonly string[];
}

export interface DatabaseRules {
	/** Default major version. */
	readonly versions: Readonly<Record<Exclude<Engine, "sqlite">, string>>;
	/** Engines the provider pools connections for, with how. */
	readonly pools: Readonly<Partial<Record<Engine, string>>>;
	/** Storage for a need, or a clause that says why this row cannot have it. */
	readonly storage: (
		row: DatabaseRow,
		needGb: number,
		iops: number | null,
		catalog: Catalog,
	) => DatabaseStorage | string;
}

export interface CacheRules {
	readonly versions: Readonly<Record<CacheRow["engine"], string>>;
	/** Engine that is bought when a plan asks for one. */
	readonly engine: Readonly<Record<CacheRow["engine"], CacheRow["engine"]>>;
	/** Most standbys; the plan's own limit beside the row's. */
	readonly maxStandbyNodes: number;
	readonly maxShards: number;
	/** An eviction policy in the provider's spelling: ladders write `allkeys-lru`. */
	readonly eviction: (policy: string) => string;
}

export interface EdgeRules {
	/** Price lines of a load balancer of one node. */
	readonly loadBalancer: (
		catalog: Catalog,
		load: { transferGb: number; requestsPerSecond: number; waf: boolean },
	) => readonly Item[];
	readonly cdn: (catalog: Catalog, viewTransferGb: number) => readonly Item[];
	/** Largest number of nodes of one load balancer, each with a limit of requests a second; null = it grows by itself. */
	readonly loadBalancerNodes: { readonly max: number; readonly requestsPerSecond: number } | null;
	readonly waf: boolean;
}

export interface ProviderRules {
	readonly host: HostRules;
	readonly database: DatabaseRules;
	readonly cache: CacheRules;
	readonly edge: EdgeRules;
	/** Where copies go that must outlive a region. */
	readonly copyRegions: Readonly<Record<string, string>>;
	/** Zones a tier can be spread over; 1 = a region is one datacentre. */
	readonly zones: boolean;
	readonly recovery: readonly RecoveryRow[];
	/** Whether the provider sells a queue, or a persistent cache serves as one. */
	readonly queue: "managed" | "cache";
}
