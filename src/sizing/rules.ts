import type { CacheRow, Catalog, DatabaseRow, MachineRow } from "../catalog/rows.ts";
import type { Engine, Layout } from "../words.ts";
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
	/** Services that copy a machine's whole disk, priced in percent of the machine; null = none is sold by the machine. */
	readonly machineBackups: Readonly<Record<"weekly" | "daily", string>> | null;
	/** What shared vCPUs mean for the bill; null = nothing. */
	readonly sharedCpuNote: ((sku: string) => string) | null;
}

/** Storage of a managed database: how much is bought, and what beside the node it costs. */
export interface DatabaseStorage {
	/** null = the plan's own, amount not known. */
	readonly storageGb: number | null;
	readonly items: readonly Item[];
	/** Whether every node has its own; a shared volume is paid once. */
	readonly perNode: boolean;
	readonly settings: Readonly<Record<string, Setting>>;
	readonly notes: readonly string[];
}

export interface DatabaseRules {
	/** Default major version. */
	readonly versions: Readonly<Record<Exclude<Engine, "sqlite">, string>>;
	/** Engines the provider pools connections for, with how. */
	readonly pools: Readonly<Partial<Record<Engine, string>>>;
	/** What a pool of connections before a database of so many vCPUs costs; empty = it comes with the database. */
	readonly poolItems: (catalog: Catalog, vcpu: number) => readonly Item[];
	/** Whether a read replica takes no smaller plan; those of a database have its plan. */
	readonly replicasOnlyGrow: boolean;
	/** Kinds of managed database on sale, and what to say of the others. */
	readonly kinds: Readonly<Record<DatabaseRow["kind"], true | string>>;
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
	/** Whether a cache can have clients speak the cluster protocol. */
	readonly clusterMode: boolean;
	/** An eviction policy in the provider's spelling: ladders write `allkeys-lru`. */
	readonly eviction: (policy: string) => string;
}

/** Traffic of a month. */
export interface Traffic {
	readonly transferGb: number;
	readonly millionRequests: number;
	readonly requestsPerSecond: number;
}

export interface EdgeRules {
	/** Price lines of a load balancer of one node, with a firewall where one is asked for and sold. */
	readonly loadBalancer: (
		catalog: Catalog,
		asked: { readonly kinds: readonly string[]; readonly waf: boolean },
		traffic: Traffic,
	) => readonly Item[];
	/** Nodes a load balancer is made of, each with a limit; null = it grows by itself. */
	readonly loadBalancerNodes: { readonly max: number; readonly requestsPerSecond: number } | null;
	/** Kinds of load balancer on sale: `http`, `tcp`. */
	readonly kinds: readonly string[];
	readonly waf: boolean;
	readonly cdn: (catalog: Catalog, viewTransferGb: number) => readonly Item[];
	/** Private network, addresses and gateways a layout needs; `balancers` is how many load balancers stand in front. */
	readonly network: (
		catalog: Catalog,
		asked: { readonly layout: Layout; readonly zones: number; readonly balancers: number },
	) => { readonly items: readonly Item[]; readonly settings: Readonly<Record<string, Setting>> };
	/** A second region's door, made before it is needed; empty where there is none or it costs nothing. */
	readonly standbyDoor: (catalog: Catalog) => readonly Item[];
	/** Secrets a stack keeps at the provider: settings and keys by pool of hosts, passwords by service, keys of databases. */
	readonly secrets: (
		catalog: Catalog,
		asked: {
			readonly pools: number;
			readonly cluster: boolean;
			readonly passwords: number;
			/** Places where a managed database stores something: its region, and the one that its copy is in. */
			readonly databases: number;
		},
	) => readonly Item[];
	/** So many alarms, sent from this region, and a log of who did what where one is asked for. */
	readonly alarms: (
		catalog: Catalog,
		asked: { readonly count: number; readonly region: string; readonly audit: boolean },
	) => readonly Item[];
}

export interface CopyRules {
	/**
	 * Who decides that copies lie in a second region: each `tier` for itself, where the provider copies a bucket that
	 * stays; the whole `ladder`, where the one bucket would have to move.
	 */
	readonly place: "tier" | "ladder";
	/** Where copies go that must outlive a region. */
	readonly regions: Readonly<Record<string, string>>;
	/** How a copy's transfer is paid: with all that leaves the hosts, or by a price of its own. */
	readonly transfer: "egress" | "region-transfer";
	/** Whether the provider itself copies disks and databases to a vault that is paid by the GB. */
	readonly vault: boolean;
}

export interface ProviderRules {
	readonly host: HostRules;
	readonly database: DatabaseRules;
	readonly cache: CacheRules;
	readonly edge: EdgeRules;
	readonly copies: CopyRules;
	/** Whether a region has several zones a tier can be spread over. */
	readonly zones: boolean;
	/** Whether the provider sells a queue; else a persistent cache serves as one. */
	readonly queue: "managed" | "cache";
	/** Whether the provider can tell that a month's bill passes a limit: then the estimate is that limit. */
	readonly budgets: boolean;
	readonly recovery: readonly RecoveryRow[];
}
