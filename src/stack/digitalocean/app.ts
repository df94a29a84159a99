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
import type { AppArgs, ClusterArgs, ElasticArgs, HostArgs, MachineBackups, VolumeArgs } from "./appArgs.ts";
import { DigitalOceanComponent } from "./child.ts";
import { NAME_RULES, type Site } from "./site.ts";

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
		super("app", "app", { serves: args.serves });
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
				nodePool: {
					name: "system",
					size: SYSTEM_POOL_SKU,
					nodeCount: SYSTEM_POOL_NODES,
					tags: [...site.tags, args.hostTag],
				},
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
