import type { Input, Output } from "@pulumi/pulumi";
import type { Pool } from "../../host/plan.ts";
import type { Served } from "../../words.ts";
import type { Site } from "./site.ts";

/** Machine backups by the provider: whole disks, restored as a whole. In place. */
export type MachineBackups = "none" | "weekly" | "daily";

/** Hosts with numbers. */
export interface HostArgs {
	/** Droplet size, such as `s-2vcpu-4gb`. In place: power-off of minutes, CPU and memory only, so reversible. */
	readonly sku: string;
	/** Number of hosts. The last one goes first. */
	readonly count: number;
	readonly backups: MachineBackups;
}

/** Hosts the provider adds and removes by their load. */
export interface ElasticArgs {
	/** Droplet size of new members. Running members keep theirs until they are replaced. */
	readonly sku: string;
	readonly min: number;
	readonly max: number;
	/** Average CPU the pool is held at, in percent of all members. In place. */
	readonly cpuTargetPercent: number;
	/** Minutes between two scalings. In place. */
	readonly cooldownMinutes: number;
}

/** A cluster: its control plane, and the pool of nodes that takes the application. */
export interface ClusterArgs {
	/** Version at birth; then upgrades come by themselves. */
	readonly version: Output<string>;
	/** Whether the control plane survives a failure. Cannot be turned off again. */
	readonly highAvailability: boolean;
	/** Droplet size of the workers. A change replaces the worker pool, never the cluster. */
	readonly workerSku: string;
	readonly workers: { readonly min: number; readonly max: number };
}

/** The disk that outlives its host. */
export interface VolumeArgs {
	/** Size in GB. Grow only; the filesystem follows on the host. */
	readonly storageGb: number;
	/** False while it is being retired: then a snapshot stands beside it and outlives it. */
	readonly guarded: boolean;
}

/** Where the application runs, and what is the same wherever it does. */
export interface AppArgs {
	readonly site: Site;
	/** What answers; in no resource that a person could read, and so told by the component itself. In place. */
	readonly serves: Served;
	readonly networkId: Input<string>;
	readonly hostTag: Input<string>;
	readonly webTag: Input<string>;
	/** Fingerprints of keys in the account, for the provider's console login. Only read when a host is born. */
	readonly sshFingerprints: readonly string[];
	/** Image of every host, one for all tiers of a ladder. Only read when a host is born. */
	readonly image: string;
	/** First boot of a host, the same bytes in every tier; secret. Only read when a host is born. */
	readonly birth: (pool: Pool, slot: number | null) => Output<string>;
	/** Hosts that serve traffic; null where the provider scales them. */
	readonly hosts: HostArgs | null;
	/** Hosts that only work through queues; null = the serving hosts do it. */
	readonly workerHosts: HostArgs | null;
	/** Hosts the provider adds and removes by load. */
	readonly elastic: ElasticArgs | null;
	readonly cluster: ClusterArgs | null;
	/** Database file, uploads, images and logs, on a disk that outlives its host; null = the tier keeps nothing there. */
	readonly data: VolumeArgs | null;
}
