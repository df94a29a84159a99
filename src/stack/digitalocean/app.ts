import { Droplet } from "@pulumi/digitalocean/droplet.js";
import { DropletAutoscale } from "@pulumi/digitalocean/dropletAutoscale.js";
import { getKubernetesClusterOutput } from "@pulumi/digitalocean/getKubernetesCluster.js";
import { KubernetesCluster } from "@pulumi/digitalocean/kubernetesCluster.js";
import { KubernetesNodePool } from "@pulumi/digitalocean/kubernetesNodePool.js";
import { Volume } from "@pulumi/digitalocean/volume.js";
import { VolumeAttachment } from "@pulumi/digitalocean/volumeAttachment.js";
import { VolumeSnapshot } from "@pulumi/digitalocean/volumeSnapshot.js";
import type { Input, Output } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import type { Pool } from "../../host/plan.ts";
import { NODE_LABEL } from "../kubernetes/pods.ts";
import { declareWorkloads, type WorkloadArgs } from "../kubernetes/workloads.ts";
import { physicalName } from "../names.ts";
import { numbered } from "../numbered.ts";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import { NAME_RULES, type Site } from "./site.ts";

/** Machine backups by the provider: whole disks, restored as a whole. In place. */
export type MachineBackups = "none" | "weekly" | "daily";

export interface HostArgs {
	/** Droplet size, such as `s-2vcpu-4gb`. In place: power-off of minutes, CPU and memory only, so reversible. */
	readonly sku: string;
	/** Number of hosts. The last one goes first. */
	readonly count: number;
	readonly backups: MachineBackups;
}

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

export interface ClusterArgs {
	/** Version at birth; then upgrades come by themselves. */
	readonly version: Output<string>;
	/** Whether the control plane survives a failure. Cannot be turned off again. */
	readonly highAvailability: boolean;
	/** Droplet size of the workers. A change replaces the worker pool, never the cluster. */
	readonly workerSku: string;
	readonly workers: { readonly min: number; readonly max: number };
}

export interface VolumeArgs {
	/** Size in GB. Grow only; the filesystem follows on the host. */
	readonly storageGb: number;
	/** False while it is being retired: then a snapshot stands beside it and outlives it. */
	readonly guarded: boolean;
}

export interface AppArgs {
	readonly site: Site;
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

/** What a running host was born with is not taken back: each of these would replace it for nothing. */
const BORN_WITH = ["image", "sshKeys", "userData"];
/** The cluster's own pool holds system pods only: its size may never change, as that would replace the cluster. */
const SYSTEM_POOL_SKU = "s-2vcpu-4gb";
const SYSTEM_POOL_NODES = 2;

/**
 * Where the application runs: numbered hosts, hosts the provider scales, or a cluster; and the data volume.
 *
 * Hosts carry no data of their own: root disks stay as they were born, the volume holds what counts.
 */
export class App extends DigitalOceanComponent {
	/** Hosts that serve traffic, slot 1 first. */
	readonly hosts: readonly Droplet[];
	readonly volume: Volume | null;
	readonly cluster: KubernetesCluster | null;

	constructor(args: AppArgs) {
		super("app", "app");
		this.hosts = args.hosts === null ? [] : this.#slots("app", args, args.hosts, [args.hostTag, args.webTag]);
		if (args.workerHosts !== null) this.#slots("worker", args, args.workerHosts, [args.hostTag]);
		if (args.elastic !== null) this.#elastic(args, args.elastic);
		this.cluster = args.cluster === null ? null : this.#cluster(args, args.cluster);
		this.volume = args.data === null ? null : this.#volume(args.site, args.data);
		this.registerOutputs({});
	}

	#slots(name: Pool, args: AppArgs, hosts: HostArgs, tags: readonly Input<string>[]): Droplet[] {
		const { site } = args;
		const made: Droplet[] = [];
		for (const slot of numbered(hosts.count)) {
			const first = name === "app" && slot === 1;
			made.push(
				this.declare(
					"droplet",
					Droplet,
					`${name}-${slot}`,
					{
						name: physicalName(NAME_RULES.droplet, [...site.owner, `${name}-${slot}`]),
						region: site.region,
						size: hosts.sku,
						image: args.image,
						resizeDisk: false,
						gracefulShutdown: true,
						monitoring: true,
						dropletAgent: true,
						ipv6: true,
						vpcUuid: args.networkId,
						tags: [...site.tags, ...tags],
						backups: hosts.backups !== "none",
						...(hosts.backups === "none" ? {} : { backupPolicy: backupPolicy(hosts.backups) }),
						...(args.sshFingerprints.length === 0 ? {} : { sshKeys: [...args.sshFingerprints] }),
						userData: args.birth(name, slot),
					},
					{
						protect: first && isProtected("entry", site.protect),
						ignoreChanges: BORN_WITH,
						// One at a time, so that the others serve while one is powered off.
						dependsOn: made.slice(-1),
					},
				),
			);
		}
		return made;
	}

	#elastic(args: AppArgs, elastic: ElasticArgs): void {
		const { site } = args;
		this.declare("dropletAutoscale", DropletAutoscale, "app-pool", {
			config: {
				minInstances: elastic.min,
				maxInstances: elastic.max,
				targetCpuUtilization: elastic.cpuTargetPercent / 100,
				cooldownMinutes: elastic.cooldownMinutes,
			},
			dropletTemplate: {
				region: site.region,
				size: elastic.sku,
				image: args.image,
				withDropletAgent: true,
				ipv6: true,
				vpcUuid: args.networkId,
				sshKeys: [...args.sshFingerprints],
				tags: [...site.tags, args.hostTag, args.webTag],
				userData: args.birth("app", null),
			},
		});
	}

	#cluster(args: AppArgs, cluster: ClusterArgs): KubernetesCluster {
		const { site } = args;
		const made = this.declare(
			"kubernetesCluster",
			KubernetesCluster,
			"app-cluster",
			{
				region: site.region,
				version: cluster.version,
				vpcUuid: args.networkId,
				ha: cluster.highAvailability,
				autoUpgrade: true,
				surgeUpgrade: true,
				maintenancePolicy: { day: "sunday", startTime: "03:00" },
				tags: [...site.tags],
				nodePool: { name: "system", size: SYSTEM_POOL_SKU, nodeCount: SYSTEM_POOL_NODES, tags: [args.hostTag] },
			},
			// Upgrades come by themselves; taking the version back would replace the cluster.
			{ protect: isProtected("entry", site.protect), ignoreChanges: ["version"] },
		);
		this.declare("kubernetesNodePool", KubernetesNodePool, "app-workers", {
			clusterId: made.id,
			size: cluster.workerSku,
			autoScale: true,
			minNodes: cluster.workers.min,
			maxNodes: cluster.workers.max,
			labels: NODE_LABEL,
			tags: [...site.tags, args.hostTag, args.webTag],
		});
		return made;
	}

	/** Runs the application's processes in the cluster. */
	run(args: Omit<WorkloadArgs, "kubeconfig" | "clusterId">): void {
		if (this.cluster === null) throw new BugError("there is no cluster to run processes in");
		// Asked for in each run: what the cluster's own outputs keep expires after a week.
		const found = getKubernetesClusterOutput({ name: this.cluster.name }, { parent: this });
		declareWorkloads(this, (type, name, inputs, options) => this.add(type, name, inputs, options), {
			...args,
			kubeconfig: found.kubeConfigs.apply(([config]) => config?.rawConfig ?? ""),
			clusterId: this.cluster.id,
		});
	}

	#volume(site: Site, data: VolumeArgs): Volume {
		const volume = this.declare(
			"volume",
			Volume,
			"data",
			{
				region: site.region,
				size: data.storageGb,
				initialFilesystemType: "ext4",
				initialFilesystemLabel: "data",
				description: "Data of the application: database file, uploads, images, logs",
				tags: [...site.tags],
			},
			{ protect: data.guarded && isProtected("data", site.protect) },
		);
		const holder = this.hosts[0];
		if (holder !== undefined) {
			this.declare(
				"volumeAttachment",
				VolumeAttachment,
				"data-attachment",
				{ dropletId: dropletNumber(holder), volumeId: volume.id },
				// A volume hangs on one host only: it must let go before it can be attached again.
				{ deleteBeforeReplace: true },
			);
		}
		if (!data.guarded) {
			this.declare(
				"volumeSnapshot",
				VolumeSnapshot,
				"data-snapshot",
				{ volumeId: volume.id, tags: [...site.tags] },
				{ retainOnDelete: true },
			);
		}
		return volume;
	}
}

/** A droplet's id as the number other resources want. */
export function dropletNumber(droplet: Droplet): Output<number> {
	return droplet.id.apply(Number);
}

function backupPolicy(plan: Exclude<MachineBackups, "none">) {
	return plan === "weekly" ? { plan, weekday: "SUN", hour: 0 } : { plan, hour: 0 };
}
