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
import { NAME_RULES, named, nameOf, type Site } from "./site.ts";

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

/** Logical names by kind: two kinds stand beside each other, since the mode of one cannot be switched and back. */
export type CacheName = "cache" | "cache-cluster";

export interface CacheArgs {
	readonly site: Site;
	readonly ground: Ground;
	/** What its resources' names begin with. Never changed: it is another cache. */
	readonly name: CacheName;
	/** Redis to Valkey: in place. Back: a replacement, so never a step of a ladder. */
	readonly engine: "valkey" | "redis";
	/** Version, such as "8.0"; "7" is taken as its last minor one. Down: a replacement. */
	readonly version: string;
	/** Class of each node, such as `cache.t4g.small`. In place, with a short failover. */
	readonly sku: string;
	/** Copies of each shard that take over, 0 to 5. In place. */
	readonly standbyNodes: number;
	/** Parts the keys are spread over. In cluster mode shards come and go while it serves. */
	readonly shards: number;
	/**
	 * Whether clients speak the cluster protocol, to the configuration endpoint, in database 0 alone. From disabled it
	 * only goes over compatible to enabled, and never back, so between tiers it is another cache instead.
	 * Source: docs.aws.amazon.com, AmazonElastiCache, modify-cluster-mode (read 2026-11-21).
	 */
	readonly clusterMode: boolean;
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
 * shards of such in cluster mode, encrypted on disk and on the wire from birth (a change would replace it), and reached
 * with a token.
 */
export class Cache extends AwsComponent {
	readonly group: ReplicationGroup;
	/** Whether its clients must speak the cluster protocol. */
	readonly clusterMode: boolean;
	/** Connection string inside the network, TLS; secret. */
	readonly url: Output<string>;

	constructor(args: CacheArgs) {
		super("cache", args.name, args.site);
		const { site, ground, name, clusterMode } = args;
		this.clusterMode = clusterMode;
		const protect = args.stateful && args.guarded && isProtected("data", site.protect);
		const access = this.#access(args);
		const token = password(this.declare.bind(this), `${name}-token`, {
			user: USER,
			description: "Token of the cache",
			guard: { protect },
		});
		const subnets = this.declare("cacheSubnetGroup", SubnetGroup, `${name}-subnets`, {
			description: "Subnets without a way to the internet",
			subnetIds: [...ground.isolatedSubnetIds],
		});
		const parameters = this.declare("cacheParameterGroup", ParameterGroup, `${name}-parameters`, {
			family: cacheFamily(args.engine, args.version),
			description: "What goes when memory is full",
			parameters: [
				{ name: "maxmemory-policy", value: args.eviction },
				...(clusterMode ? [{ name: "cluster-enabled", value: "yes" }] : []),
			],
		});
		const standby = args.standbyNodes > 0;
		this.group = this.declare(
			"replicationGroup",
			ReplicationGroup,
			name,
			{
				// A made-up name would leave a stack's own only eight characters of the forty.
				...(name === "cache" ? {} : { replicationGroupId: nameOf(site, NAME_RULES.cache, name) }),
				description: `Cache of ${site.owner.join("-")}`,
				engine: args.engine,
				engineVersion: cacheVersion(args.engine, args.version),
				// A minor version that came by itself would look like a wish to go back, and going back replaces.
				autoMinorVersionUpgrade: false,
				nodeType: args.sku,
				...(clusterMode
					? { clusterMode: "enabled", numNodeGroups: args.shards, replicasPerNodeGroup: args.standbyNodes }
					: { numCacheClusters: 1 + args.standbyNodes }),
				automaticFailoverEnabled: standby || clusterMode,
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
				tags: named(site, name),
			},
			{ protect },
		);
		const host = clusterMode ? this.group.configurationEndpointAddress : this.group.primaryEndpointAddress;
		this.url = interpolate`rediss://:${token.value}@${host}:${PORT}`;
		this.registerOutputs({ host, port: PORT });
	}

	/** The application's group reaches it, nobody else. */
	#access({ site, ground, name }: CacheArgs): SecurityGroup {
		const group = this.declare("securityGroup", SecurityGroup, `${name}-access`, {
			vpcId: ground.vpcId,
			description: "The cache",
			tags: named(site, name),
		});
		this.declare("securityGroupIngressRule", SecurityGroupIngressRule, `${name}-from-app`, {
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
