import type { CacheRules } from "../rules.ts";

/**
 * ElastiCache replication groups: up to 5 replicas a shard, up to 500 nodes in all
 * (docs.aws.amazon.com, ElastiCache, replication). Versions: docs.aws.amazon.com, ElastiCache, engine versions.
 */
export const cache: CacheRules = {
	versions: { valkey: "8.0", redis: "7.1" },
	engine: { valkey: "valkey", redis: "redis" },
	maxStandbyNodes: 5,
	maxShards: 90,
	clusterMode: true,
	eviction: (policy) => policy,
};
