import type { CacheRules } from "../rules.ts";

/** Redis clusters cannot be made since 2025-04-30; Valkey takes their place, with one standby and no shards. */
export const cache: CacheRules = {
	versions: { valkey: "8", redis: "7" },
	engine: { valkey: "valkey", redis: "valkey" },
	maxStandbyNodes: 1,
	maxShards: 1,
	clusterMode: false,
	eviction: (policy) => policy.replaceAll("-", "_"),
};
