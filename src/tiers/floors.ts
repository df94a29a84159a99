import type { Engine, Provider } from "../words.ts";

/* What a plan asks of each role in a tier: the least that sizing may take. null = the plan gives no figure. */

/** The SKU a plan names, by provider. */
export type NamedSku = Readonly<Partial<Record<Provider, string>>>;

export interface HostFloors {
	readonly hosts: { readonly min: number; readonly max: number };
	/** Sum over all hosts, reached with `hosts.max` at the latest; null = the plan gives none. */
	readonly vcpu: number | null;
	readonly memoryGib: number | null;
	/** Of each single host. */
	readonly host: { readonly vcpu: number | null; readonly memoryGib: number | null };
	readonly machine: NamedSku;
	readonly source: string;
}

/** What no host may fall below, whatever the workload and the floors. */
export interface LeastHost {
	readonly vcpu: number;
	readonly memoryGib: number;
}

export interface DatabaseFloors {
	readonly engine: Engine;
	readonly version: string | null;
	readonly place: "host" | "managed";
	readonly kind: "instance" | "aurora";
	readonly vcpu: number | null;
	readonly memoryGib: number | null;
	readonly storageGb: number | null;
	readonly connections: number | null;
	readonly iops: number | null;
	readonly standbyNodes: number;
	readonly replicas: number;
	/** Clients that share one server connection through a pool; null = every client has its own. */
	readonly clientsPerConnection: number | null;
	/** Memory of the server as the plan budgets it; null = only the floor and the demand count. */
	readonly memoryBudget: MemoryBudget | null;
	readonly machine: NamedSku;
	readonly source: string;
}

/** PostgreSQL's memory: a fixed part, a part a connection, a share of the whole for shared buffers. */
export interface MemoryBudget {
	readonly fixedMib: number;
	readonly perConnectionMib: number;
	readonly sharedBuffersShare: number;
}

export interface CacheFloors {
	readonly engine: "valkey" | "redis";
	readonly version: string | null;
	/** Memory for data, of one shard. */
	readonly memoryGib: number;
	readonly shards: number;
	/** Whether clients speak the cluster protocol; always with several shards, and with one so that more can come. */
	readonly clusterMode: boolean;
	readonly standbyNodes: number;
	readonly eviction: string;
	readonly persistence: boolean;
	readonly machine: NamedSku;
	readonly source: string;
}

export interface ClusterFloors {
	readonly nodes: { readonly min: number; readonly max: number };
	readonly node: { readonly vcpu: number | null; readonly memoryGib: number | null };
	readonly highlyAvailable: boolean;
	readonly machine: NamedSku;
	readonly source: string;
}

export interface LoadBalancerFloors {
	readonly nodes: number;
	/** `http`, `tcp`. */
	readonly kinds: readonly string[];
	/** Whether a web application firewall stands in front. */
	readonly waf: boolean;
	readonly source: string;
}

export interface BackupSpec {
	/** Hours between two dumps of the database and two syncs of files that live on the host. */
	readonly everyHours: number;
	readonly keepDays: number;
	/** Whether a copy goes to a second region. */
	readonly copyRegion: boolean;
	/** Whether the bucket keeps old versions of a file. */
	readonly versioning: boolean;
	/** How often the provider copies the hosts' whole disks; where it sells no such thing, the blueprint says so. */
	readonly machines: (typeof MACHINE_BACKUPS)[number];
	readonly source: string;
}

/** Rhythms of such copies. */
export const MACHINE_BACKUPS = ["none", "weekly", "daily"] as const;
