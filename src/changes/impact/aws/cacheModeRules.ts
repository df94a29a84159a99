import type { PlainRecord } from "../../../words.ts";
import { all, becomesValue, beside, condition, grows, not, numberOf, shrinks } from "../conditions.ts";
import { down, quiet, refused, unknownEffect } from "../effects.ts";
import type { PropertyRule } from "../rule.ts";
import { from, PROVIDER, token } from "./source.ts";

/*
 * Whether clients of a cache speak the cluster protocol, and its shards. No tier switches it on a cache that is there:
 * these are for a hand's edit or a transform.
 */

const CACHE = token("elasticache.ReplicationGroup");
const MODE_GUIDE = "AWS ElastiCache guide, modify-cluster-mode (docs.aws.amazon.com)";
const RESIZE_GUIDE = "AWS ElastiCache guide, scaling-redis-cluster-mode-enabled, online resizing (docs.aws.amazon.com)";
const WAY = "the way goes from disabled over compatible to enabled, each in an update of its own, and not back";

type Mode = "disabled" | "compatible" | "enabled";

/** Shards without a word about the mode: a group of parameters may have switched it on. null = it cannot be told. */
function modeOf({ clusterMode, numNodeGroups, numCacheClusters }: PlainRecord): Mode | null {
	if (clusterMode === "disabled" || clusterMode === "compatible" || clusterMode === "enabled") return clusterMode;
	if (typeof numCacheClusters === "number") return "disabled";
	return typeof numNodeGroups === "number" && numNodeGroups > 1 ? "enabled" : null;
}

const goes = (before: Mode, after: Mode) =>
	condition(
		`goes from ${before} to ${after}`,
		({ oldInputs, newInputs }) => modeOf(oldInputs) === before && modeOf(newInputs) === after,
	);

const goesBack = condition("goes back", ({ oldInputs, newInputs }) => {
	const order: readonly (Mode | null)[] = ["disabled", "compatible", "enabled"];
	const [before, after] = [modeOf(oldInputs), modeOf(newInputs)];
	return before !== null && after !== null && order.indexOf(after) < order.indexOf(before);
});

const takesOver = condition(
	"fails over to a replica",
	({ newInputs }) =>
		newInputs.automaticFailoverEnabled === true &&
		((numberOf(newInputs.numCacheClusters) ?? 0) > 1 || (numberOf(newInputs.replicasPerNodeGroup) ?? 0) > 0),
);

const MODE_PATHS = ["clusterMode", "numNodeGroups", "numCacheClusters", "replicasPerNodeGroup"];

export const CACHE_MODE_RULES: readonly PropertyRule[] = [
	{
		type: CACHE,
		paths: MODE_PATHS,
		when: goes("disabled", "enabled"),
		effect: refused(`cluster mode cannot be switched on at once: ${WAY}`, "side-by-side-cache"),
		...from(MODE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: MODE_PATHS,
		when: goesBack,
		effect: refused(`cluster mode cannot be taken back: ${WAY}`, "side-by-side-cache"),
		...from(MODE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["clusterMode"],
		when: all(becomesValue("compatible"), not(takesOver)),
		effect: refused("cluster mode needs failover and a replica to fail over to first"),
		...from(MODE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["engine", "engineVersion", "nodeType", "numCacheClusters", "numNodeGroups", "replicasPerNodeGroup"],
		when: beside("clusterMode", "compatible"),
		effect: refused("while cluster mode is compatible, and as it becomes so, nothing else of the cache may change"),
		...from(MODE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["clusterMode"],
		when: goes("disabled", "compatible"),
		effect: {
			...quiet,
			data: "kept",
			undo: "no",
			undoWhy: `${WAY}; while it is compatible nothing else of the cache can be changed`,
		},
		...from(MODE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["clusterMode"],
		when: goes("compatible", "enabled"),
		effect: {
			outcome: "interrupts",
			downtime: down("outage", null, "clients that do not speak the cluster protocol are refused from then on"),
			data: "kept",
			undo: "no",
			undoWhy: WAY,
		},
		...from(MODE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["numNodeGroups"],
		when: grows,
		effect: {
			...quiet,
			downtime: {
				...quiet.downtime,
				why: "it serves while keys move to the new shards, slower than else; how long depends on what it holds",
			},
			data: "kept",
			undoWhy: "take the shards away again: their keys move back",
		},
		...from(RESIZE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["numNodeGroups"],
		when: shrinks,
		effect: {
			...quiet,
			downtime: {
				...quiet.downtime,
				why: "it serves while keys move to the shards that stay, which need room for them; how long depends on what it holds",
			},
			data: "kept",
			undoWhy: "add the shards again: keys move there",
		},
		...from(RESIZE_GUIDE, 77),
	},
	{
		type: CACHE,
		paths: ["numNodeGroups", "clusterMode"],
		effect: {
			...unknownEffect("what mode the cache is in now is not written down, and the mode decides what this does"),
			data: "kept",
			undo: "no",
			undoWhy: WAY,
		},
		...from(`${PROVIDER}/elasticache/replication_group.go: resharding in place`, 77),
	},
];
