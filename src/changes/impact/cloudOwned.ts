import type { Plain } from "../../words.ts";
import { compareVersions } from "../versions.ts";
import type { Source } from "./rule.ts";

/** An input that the cloud moves by itself, so that another value is no drift. */
export interface CloudOwned extends Source {
	readonly type: string;
	/** Input without list indices. */
	readonly path: string;
	/** What the cloud does, for a reader. */
	readonly says: string;
	/** When it is the cloud's doing; default: always. */
	readonly when?: (was: Plain, is: Plain) => boolean;
}

const grew = (was: Plain, is: Plain) => Number(is) > Number(was);
/** Same parts of a version down to a depth, and not older. */
const sameVersion =
	(depth: number): NonNullable<CloudOwned["when"]> =>
	(was, is) => {
		const [before, after] = [String(was), String(is)];
		const head = (version: string) => version.split(/[.-]/).slice(0, depth).join(".");
		return head(before) === head(after) && (compareVersions(before, after) ?? 1) <= 0;
	};

const DO = "terraform-provider-digitalocean v2.99.1";
const AWS = "terraform-provider-aws, as pulumi-aws 7.48.0 documents it";
const fact = (source: string, ...traps: readonly number[]): Source => ({ source, traps, readAt: "2026-11-21" });

/** What autoscaling, maintenance and renewal move, one row an input. A count without autoscaling is the program's. */
export const CLOUD_OWNED: readonly CloudOwned[] = [
	{
		type: "digitalocean:index/databaseCluster:DatabaseCluster",
		path: "storageSizeMib",
		says: "storage grew by itself",
		when: grew,
		...fact(`${DO} database/resource_database_cluster.go:550`, 12),
	},
	{
		type: "digitalocean:index/databaseReplica:DatabaseReplica",
		path: "storageSizeMib",
		says: "storage grew by itself",
		when: grew,
		...fact(`${DO} database/resource_database_replica.go:54`, 12),
	},
	{
		type: "digitalocean:index/databaseCluster:DatabaseCluster",
		path: "version",
		says: "a minor version was applied in a maintenance window",
		when: sameVersion(1),
		...fact(`${DO} database/resource_database_cluster.go:535`, 11, 63),
	},
	{
		type: "digitalocean:index/kubernetesCluster:KubernetesCluster",
		path: "version",
		says: "a patch was applied in a maintenance window",
		when: sameVersion(2),
		...fact(`${DO} kubernetes/resource_kubernetes_cluster.go: autoUpgrade`, 27),
	},
	{
		type: "digitalocean:index/kubernetesNodePool:KubernetesNodePool",
		path: "nodeCount",
		says: "the pool was autoscaled",
		...fact(`${DO} kubernetes/resource_kubernetes_node_pool.go: node_count is not compared while auto_scale is on`),
	},
	{
		type: "digitalocean:index/kubernetesCluster:KubernetesCluster",
		path: "nodePool.nodeCount",
		says: "the pool was autoscaled",
		...fact(`${DO} kubernetes/resource_kubernetes_cluster.go: default node pool`),
	},
	{
		type: "digitalocean:index/loadBalancer:LoadBalancer",
		path: "forwardingRules.certificateId",
		says: "the certificate was renewed",
		...fact(`${DO} loadbalancer/resource_loadbalancer.go; certificate documentation`, 23),
	},
	{
		type: "digitalocean:index/cdn:Cdn",
		path: "certificateId",
		says: "the certificate was renewed",
		...fact(`${DO} cdn/resource_cdn.go`, 23),
	},
	{
		type: "kubernetes:apps/v1:Deployment",
		path: "spec.replicas",
		says: "pods were autoscaled",
		...fact("kubernetes.io, horizontal pod autoscaling: it writes the scale of the deployment"),
	},
	{
		type: "aws:rds/instance:Instance",
		path: "allocatedStorage",
		says: "storage grew by itself",
		when: grew,
		...fact(AWS, 54),
	},
	...["aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:rds/clusterInstance:ClusterInstance"].map(
		(type): CloudOwned => ({
			type,
			path: "engineVersion",
			says: "a minor version was applied in a maintenance window",
			when: sameVersion(1),
			...fact(AWS, 63),
		}),
	),
	{
		type: "aws:elasticache/replicationGroup:ReplicationGroup",
		path: "engineVersion",
		says: "a minor version was applied in a maintenance window",
		when: sameVersion(1),
		...fact(AWS, 74),
	},
	{
		type: "aws:autoscaling/group:Group",
		path: "desiredCapacity",
		says: "the group was autoscaled",
		...fact(AWS, 41),
	},
	{
		type: "aws:eks/nodeGroup:NodeGroup",
		path: "scalingConfig.desiredSize",
		says: "the group was autoscaled",
		...fact(AWS, 80),
	},
];
