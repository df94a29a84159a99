import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { ParameterGroup } from "@pulumi/aws/elasticache/parameterGroup.js";
import { ReplicationGroup } from "@pulumi/aws/elasticache/replicationGroup.js";
import { SubnetGroup } from "@pulumi/aws/elasticache/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { interpolate, type Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { cacheFamily, cacheVersion } from "./cacheVersions.ts";
import { AwsComponent } from "./child.ts";
import type { Ground } from "./ground.ts";
import { password } from "./password.ts";
import { named, type Site } from "./site.ts";

/** What happens when memory is full: a cache drops what is used least, sessions and queues must never be dropped. */
export type Eviction =
	| "noeviction"
	| "allkeys-lru"
	| "allkeys-lfu"
	| "allkeys-random"
	| "volatile-lru"
	| "volatile-lfu"
	| "volatile-random"
	| "volatile-ttl";

export interface CacheArgs {
	readonly site: Site;
	readonly ground: Ground;
	/** Redis to Valkey: in place. Back: a replacement, so never a step of a ladder. */
	readonly engine: "valkey" | "redis";
	/** Version, such as "8.0"; "7" is taken as its last minor one. Down: a replacement. */
	readonly version: string;
	/** Class of each node, such as `cache.t4g.small`. In place, with a short failover. */
	readonly sku: string;
	/** Copies of each shard that take over, 0 to 5. In place. */
	readonly standbyNodes: number;
	/** Parts the keys are spread over; more than one is cluster mode, and clients must know it. */
	readonly shards: number;
	/** Whether a copy stands in another zone. In place; needs a standby. */
	readonly multiAz: boolean;
	/** In place. */
	readonly eviction: Eviction;
	/** Days a daily snapshot is kept; 0 = none, for what can be made again. In place. */
	readonly snapshotDays: number;
	/** Whether deleting it loses something that counts. */
	readonly stateful: boolean;
	/** False while it is being retired. */
	readonly guarded: boolean;
	/** Whether changes that interrupt happen at `up`, or in the weekly window. */
	readonly applyNow: boolean;
}

const PORT = 6379;
/** User of a cache that knows only a token. */
const USER = "default";
/** UTC; after the database's own hours. */
const SNAPSHOT_WINDOW = "05:30-06:30";
const MAINTENANCE_WINDOW = "sun:07:00-sun:08:00";

/**
 * Answers kept close to the application, and sessions where `eviction` is `noeviction`: a primary with its copies, or
 * shards of such, encrypted on disk and on the wire from birth (a change would replace it), and reached with a token.
 */
export class Cache extends AwsComponent {
	readonly group: ReplicationGroup;
	/** Connection string inside the network, TLS; secret. */
	readonly url: Output<string>;

	constructor(args: CacheArgs) {
		super("cache", "cache", args.site);
		const { site, ground } = args;
		const protect = args.stateful && args.guarded && isProtected("data", site.protect);
		const access = this.#access(site, ground);
		const token = password(this.declare.bind(this), "cache-token", {
			user: USER,
			description: "Token of the cache",
			guard: { protect },
		});
		const subnets = this.declare("cacheSubnetGroup", SubnetGroup, "cache-subnets", {
			description: "Subnets without a way to the internet",
			subnetIds: [...ground.isolatedSubnetIds],
		});
		const parameters = this.declare("cacheParameterGroup", ParameterGroup, "cache-parameters", {
			family: cacheFamily(args.engine, args.version),
			description: "What goes when memory is full",
			parameters: [
				{ name: "maxmemory-policy", value: args.eviction },
				...(args.shards > 1 ? [{ name: "cluster-enabled", value: "yes" }] : []),
			],
		});
		const standby = args.standbyNodes > 0;
		this.group = this.declare(
			"replicationGroup",
			ReplicationGroup,
			"cache",
			{
				description: `Cache of ${site.owner.join("-")}`,
				engine: args.engine,
				engineVersion: cacheVersion(args.engine, args.version),
				// A minor version that came by itself would look like a wish to go back, and going back replaces.
				autoMinorVersionUpgrade: false,
				nodeType: args.sku,
				...(args.shards > 1
					? { clusterMode: "enabled", numNodeGroups: args.shards, replicasPerNodeGroup: args.standbyNodes }
					: { numCacheClusters: 1 + args.standbyNodes }),
				automaticFailoverEnabled: standby || args.shards > 1,
				multiAzEnabled: standby && args.multiAz,
				parameterGroupName: parameters.name,
				subnetGroupName: subnets.name,
				securityGroupIds: [access.id],
				port: PORT,
				atRestEncryptionEnabled: true,
				transitEncryptionEnabled: true,
				authToken: token.value,
				snapshotRetentionLimit: args.snapshotDays,
				...(args.snapshotDays > 0 ? { snapshotWindow: SNAPSHOT_WINDOW } : {}),
				...(args.stateful ? { finalSnapshotIdentifier: interpolate`${subnets.name}-final` } : {}),
				maintenanceWindow: MAINTENANCE_WINDOW,
				applyImmediately: args.applyNow,
				tags: named(site, "cache"),
			},
			{ protect },
		);
		const host = args.shards > 1 ? this.group.configurationEndpointAddress : this.group.primaryEndpointAddress;
		this.url = interpolate`rediss://:${token.value}@${host}:${PORT}`;
		this.registerOutputs({ host, port: PORT });
	}

	/** The application's group reaches it, nobody else. */
	#access(site: Site, ground: Ground): SecurityGroup {
		const group = this.declare("securityGroup", SecurityGroup, "cache-access", {
			vpcId: ground.vpcId,
			description: "The cache",
			tags: named(site, "cache"),
		});
		this.declare("securityGroupIngressRule", SecurityGroupIngressRule, "cache-from-app", {
			securityGroupId: group.id,
			referencedSecurityGroupId: ground.clientGroupId,
			ipProtocol: "tcp",
			fromPort: PORT,
			toPort: PORT,
			description: "What runs the application",
		});
		return group;
	}
}
