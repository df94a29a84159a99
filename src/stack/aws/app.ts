import type { Group } from "@pulumi/aws/autoscaling/group.js";
import { Snapshot } from "@pulumi/aws/ebs/snapshot.js";
import { Volume } from "@pulumi/aws/ebs/volume.js";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import { VolumeAttachment } from "@pulumi/aws/ec2/volumeAttachment.js";
import type { AccessKey } from "@pulumi/aws/iam/accessKey.js";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import type { Pool } from "../../host/plan.ts";
import type { Served } from "../../words.ts";
import { declareWorkloads, type WorkloadArgs } from "../kubernetes/workloads.ts";
import { numbered } from "../numbered.ts";
import { isProtected } from "../protection.ts";
import { appKey } from "./appKey.ts";
import { type ClusterArgs, ClusterComponent, type MadeCluster } from "./cluster.ts";
import { type ElasticArgs, elasticGroup } from "./elastic.ts";
import { DATA_DEVICE, type MachineArgs, METADATA, type Placement, rootDisk, stableDevice } from "./machine.ts";
import { type Password, password } from "./password.ts";
import type { Statement } from "./policyDocument.ts";
import { bornImage, identityOf, type PoolIdentity, type PublishArgs, publish } from "./pool.ts";
import { named, type Site } from "./site.ts";

export interface HostArgs extends MachineArgs {
	/**
	 * Whether hosts get a public address from the provider at birth, because no gateway takes them out. Slot 1 of the
	 * serving hosts has the stack's own. Only read when a host is born.
	 */
	readonly direct: boolean;
	/** Number of hosts. The last one goes first. */
	readonly count: number;
}

export interface VolumeArgs {
	/** Size in GB. Grow only, once in six hours; the file system follows on the host. */
	readonly storageGb: number;
	/** False while it is being retired: then a snapshot stands beside it and outlives it. */
	readonly guarded: boolean;
}

export interface AppArgs extends Placement {
	readonly site: Site;
	/** What answers; in no resource that a person could read, and so told by the component itself. In place. */
	readonly serves: Served;
	/** First zone of the network, where the data volume and slot 1 stand. */
	readonly firstZone: Input<string>;
	/**
	 * Where the machine image's id is found, one place for all tiers of a ladder. The id that stood there at the stack's
	 * birth is kept; a change of the place is a new image, and replaces hosts one by one.
	 */
	readonly image: string;
	/** Beginning of the names of the stack's settings, such as `tierstack/prod`. */
	readonly prefix: string;
	/** Pools of machines that read settings. */
	readonly pools: readonly Pool[];
	/** Database file, uploads, images and logs, on a disk that outlives its host; null = the tier keeps nothing there. */
	readonly data: VolumeArgs | null;
	/** Whether losing the stack's seed loses data: dumps are encrypted with what is made of it. */
	readonly seedOpensData: boolean;
}

/** What a running host was born with is not taken back: each of these would replace it for nothing. */
const BORN_WITH = ["userData", "subnetId", "associatePublicIpAddress"];

/**
 * Where the application runs: numbered hosts, a group that follows the load, or a cluster; the data volume; and the
 * settings hosts read by their role.
 *
 * Hosts carry no data of their own: the volume holds what counts, and their user data is the same in every tier.
 */
export class App extends ClusterComponent {
	/** Hosts that serve traffic, slot 1 first. */
	hosts: readonly Instance[] = [];
	/** Hosts that only work through queues, slot 1 first. */
	workers: readonly Instance[] = [];
	/** The group that follows the load; null = hosts have numbers, or there is a cluster. */
	group: Group | null = null;
	/** null = the tier has none. */
	made: MadeCluster | null = null;
	readonly volume: Volume | null;
	/** Stable name of the data volume's device; null without one. */
	readonly device: Output<string> | null;
	/** Random word of the stack, drawn once: passwords that nobody types are made of it. */
	readonly seed: Password;
	/** Key the application on hosts reaches the stack's services by; null = it has none, or a role of its own. */
	accessKey: AccessKey | null = null;
	readonly #args: AppArgs;
	readonly #identities: ReadonlyMap<Pool, PoolIdentity>;
	readonly #image: Output<string> | null;

	constructor(args: AppArgs) {
		super("app", "app", args.site, { serves: args.serves });
		this.#args = args;
		const declare = this.declare.bind(this);
		this.seed = password(declare, "app-seed", {
			user: "tierstack",
			description: "Random word that the stack's own passwords are made of",
			guard: { protect: args.seedOpensData && isProtected("data", args.site.protect) },
		});
		this.#identities = new Map(args.pools.map((pool) => [pool, identityOf(declare, pool)]));
		this.#image = args.pools.length === 0 ? null : bornImage(declare, this, args.image);
		this.volume = args.data === null ? null : this.#volume(args.site, args.firstZone, args.data);
		this.device = this.volume === null ? null : stableDevice(this.volume.id);
		this.registerOutputs({});
	}

	/**
	 * Gives the application on hosts a key of its own. Not the machines' role: the metadata service answers root alone
	 * there, so that no request a visitor forges can fetch that role's keys.
	 */
	allow(grants: readonly Statement[]): void {
		if (grants.length > 0) this.accessKey = appKey(this.declare.bind(this), grants);
	}

	/** Writes a pool's documents; what is returned has to stand before a host of the pool is born. */
	publish(args: Omit<PublishArgs, "prefix" | "identity">): readonly Resource[] {
		const identity = this.#identityOf(args.pool);
		return publish(this.declare.bind(this), { ...args, prefix: this.#args.prefix, identity });
	}

	/** Declares numbered hosts, one after the other, so that the others serve while one is stopped. */
	slots(pool: Pool, hosts: HostArgs, birth: (slot: number) => Output<string>, ready: readonly Resource[]): void {
		const { site, groupId } = this.#args;
		const made: Instance[] = [];
		for (const slot of numbered(hosts.count)) {
			const name = `${pool}-${slot}`;
			made.push(
				this.declare(
					"instance",
					Instance,
					name,
					{
						instanceType: hosts.sku,
						ami: this.#imageId(),
						subnetId: this.#subnetOf(slot, hosts.zones),
						...(hosts.direct && name !== "app-1" ? { associatePublicIpAddress: true } : {}),
						vpcSecurityGroupIds: [groupId],
						iamInstanceProfile: this.#identityOf(pool).profile.name,
						metadataOptions: METADATA,
						// Tags of the root disk alone: `volumeTags` would take the data volume's for its own at every look.
						rootBlockDevice: { ...rootDisk(hosts.rootDiskGb), tags: named(site, name) },
						ebsOptimized: true,
						userData: birth(slot),
						userDataReplaceOnChange: false,
						tags: named(site, name),
					},
					{
						protect: name === "app-1" && isProtected("entry", site.protect),
						ignoreChanges: BORN_WITH,
						dependsOn: [...ready, ...made.slice(-1)],
					},
				),
			);
		}
		if (pool === "worker") this.workers = made;
		if (pool !== "app") return;
		this.hosts = made;
		const [holder] = made;
		if (holder !== undefined && this.volume !== null) this.#attach(holder, this.volume);
	}

	/** Declares the group that follows the load. */
	elastic(elastic: ElasticArgs, userData: Output<string>, ready: readonly Resource[]): void {
		const { site, groupId, subnetIds } = this.#args;
		const identity = this.#identityOf("app");
		const birth = { site, groupId, subnetIds, imageId: this.#imageId(), identity, userData, ready };
		this.group = elasticGroup(this.declare.bind(this), elastic, birth);
	}

	/** Declares the cluster with its nodes. */
	clustered(args: Omit<ClusterArgs, "site" | keyof Placement>, targetGroupArn: Input<string> | null): void {
		const { site, groupId, subnetIds } = this.#args;
		this.made = this.cluster({ ...args, site, groupId, subnetIds });
		if (targetGroupArn !== null) this.nodesServe(this.made, targetGroupArn);
	}

	/** Runs the application's processes in the cluster. */
	run(args: Omit<WorkloadArgs, "kubeconfig" | "clusterId" | "ready">): void {
		if (this.made === null) throw new BugError("there is no cluster to run processes in");
		declareWorkloads(this, (type, name, inputs, options) => this.add(type, name, inputs, options), {
			...args,
			kubeconfig: this.access(this.made),
			clusterId: this.made.cluster.id,
			ready: this.made.ready,
		});
	}

	#identityOf(pool: Pool): PoolIdentity {
		const found = this.#identities.get(pool);
		if (found === undefined) throw new BugError(`the pool ${pool} has no role`);
		return found;
	}

	#imageId(): Output<string> {
		if (this.#image === null) throw new BugError("no pool of machines was announced, so no image was chosen");
		return this.#image;
	}

	/** Hosts go round the zones by their number; slot 1 is in the first, beside its volume. */
	#subnetOf(slot: number, zones: number): Input<string> {
		const { subnetIds } = this.#args;
		const subnet = subnetIds[(slot - 1) % Math.min(Math.max(1, zones), subnetIds.length)];
		if (subnet === undefined) throw new BugError("the network has no subnets for hosts");
		return subnet;
	}

	#volume(site: Site, availabilityZone: Input<string>, data: VolumeArgs): Volume {
		const volume = this.declare(
			"volume",
			Volume,
			"data",
			{ availabilityZone, size: data.storageGb, type: "gp3", encrypted: true, tags: named(site, "data") },
			{ protect: data.guarded && isProtected("data", site.protect) },
		);
		if (!data.guarded) {
			this.declare(
				"volumeSnapshot",
				Snapshot,
				"data-snapshot",
				{ volumeId: volume.id, description: "Last state before retirement", tags: named(site, "data") },
				{ retainOnDelete: true },
			);
		}
		return volume;
	}

	#attach(holder: Instance, volume: Volume): void {
		this.declare(
			"volumeAttachment",
			VolumeAttachment,
			"data-attachment",
			{ deviceName: DATA_DEVICE, instanceId: holder.id, volumeId: volume.id, stopInstanceBeforeDetaching: true },
			// A volume hangs on one host only: it must let go before it can be attached again.
			{ deleteBeforeReplace: true },
		);
	}
}
