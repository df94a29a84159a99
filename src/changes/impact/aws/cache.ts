import {
	all,
	alongside,
	becomes,
	becomesValue,
	beside,
	condition,
	grows,
	newer,
	numberOf,
	older,
	otherMembers,
	shrinks,
} from "../conditions.ts";
import { down, lost, quiet, refused, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CACHE_MODE_RULES } from "./cacheModeRules.ts";
import { CACHE_GUIDE, CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const CACHE = "elasticache.ReplicationGroup";
const SOURCE = `${PROVIDER}/elasticache/replication_group.go`;
const gone = down("outage", null, "whoever is connected loses the cache, with sessions and waiting jobs in it");
const empty = replaced({
	downtime: gone,
	data: "lost",
	undo: "no",
	undoWhy: "the new one is empty; the old one is deleted",
	route: "snapshot-restore",
});
const dropped = down("brief", [0, 2], "nodes of the new kind take over; open connections drop and are made again");
const late = "in the next maintenance window: ";

export const CACHE_TYPES: readonly TypeRule[] = [
	part(CACHE, "cache", from(SOURCE, 74, 75, 79, 95), {
		kind: "data",
		remove: {
			...lost("lost-unless-snapshot", "what it holds is gone, but for a last snapshot where one is named", gone),
			route: "keep-then-retire",
		},
		replace: empty,
		uniqueBy: ["replicationGroupId"],
		capacity: [
			"engine",
			"nodeType",
			"numCacheClusters",
			"clusterMode",
			"numNodeGroups",
			"replicasPerNodeGroup",
			"automaticFailoverEnabled",
			"multiAzEnabled",
		],
	}),
	part("elasticache.ServerlessCache", "cache without nodes", from(`${PROVIDER}/elasticache/serverless_cache.go`, 79), {
		kind: "data",
		remove: { ...lost("lost", "what it holds is gone", gone), route: "keep-then-retire" },
		replace: empty,
		uniqueBy: ["name"],
		capacity: [],
	}),
	part("elasticache.SubnetGroup", "subnets of the cache", from(`${CFN} AWS::ElastiCache::SubnetGroup`, 75), {
		heldBy: "a subnet group cannot be deleted while a cache stands in it",
		uniqueBy: ["name"],
	}),
	part("elasticache.ParameterGroup", "cache settings", from(`${CFN} AWS::ElastiCache::ParameterGroup`, 75), {
		heldBy: "a parameter group cannot be deleted while a cache uses it: the new one needs another name",
		uniqueBy: ["name"],
		remove: removed,
	}),
	part("elasticache.User", "user of the cache", from(`${CFN} AWS::ElastiCache::User`), {
		kind: "grant",
		remove: {
			...removed,
			downtime: down("outage", null, "whoever logs in as this user is refused"),
			route: "second-credential",
		},
		replace: replaced({
			downtime: down("outage", null, "whoever logs in as this user is refused until the new one is there"),
			data: "none",
			undo: "partial",
			undoWhy: "the old password does not come back",
			route: "second-credential",
		}),
		uniqueBy: ["userId"],
	}),
	part("elasticache.UserGroup", "group of users of the cache", from(`${CFN} AWS::ElastiCache::UserGroup`), {
		remove: { ...removed, downtime: down("outage", null, "its users are refused") },
		uniqueBy: ["userGroupId"],
	}),
];

/** Down to one node while the failover, which needs two, stays on. */
const toOneWithFailover = all(
	condition("to one node", ({ new: next }) => (numberOf(next) ?? 1) < 2),
	beside("automaticFailoverEnabled", true),
);

export const CACHE_RULES: readonly PropertyRule[] = [
	...CACHE_MODE_RULES,
	{
		type: token(CACHE),
		paths: ["engine"],
		when: becomesValue("valkey"),
		effect: {
			outcome: "interrupts",
			downtime: dropped,
			data: "kept",
			undo: "no",
			undoWhy: "from valkey nothing leads back but a new, empty cache",
		},
		...from(`${SOURCE}: redis to valkey in place`, 74),
	},
	{
		type: token(CACHE),
		paths: ["engine"],
		effect: empty,
		...from(`${SOURCE}: customizeDiffEngineForceNewOnDowngrade`, 74, 97),
	},
	{
		type: token(CACHE),
		paths: ["engineVersion"],
		when: all(
			older,
			condition("of the same engine", ({ oldInputs, newInputs }) => oldInputs.engine === newInputs.engine),
		),
		effect: empty,
		...from(`${SOURCE}: customizeDiffEngineVersionForceNewOnDowngrade`, 74, 97),
	},
	{
		type: token(CACHE),
		paths: ["engineVersion"],
		when: condition("newer, or of another engine", (step) => newer.holds(step) || alongside("engine").holds(step)),
		effect: {
			outcome: "interrupts",
			downtime: dropped,
			data: "kept",
			undo: "no",
			undoWhy: "an older version is another, empty cache",
		},
		...from(SOURCE, 74),
	},
	{
		type: token(CACHE),
		paths: ["nodeType"],
		when: beside("applyImmediately", true),
		effect: {
			outcome: "interrupts",
			downtime: dropped,
			data: "kept",
			undo: "yes",
			undoWhy: "change it back, as long as the smaller node holds what it stores",
		},
		...from(CACHE_GUIDE, 78),
	},
	{
		type: token(CACHE),
		paths: ["nodeType"],
		effect: {
			outcome: "deferred",
			downtime: { ...dropped, why: `${late}${dropped.why}` },
			data: "kept",
			undo: "yes",
			undoWhy: "change it back, as long as the smaller node holds what it stores",
		},
		...from(`${CACHE_GUIDE}; ${SDK} elasticache/replicationGroup.d.ts: applyImmediately`, 78),
	},
	{
		type: token(CACHE),
		paths: ["numCacheClusters", "replicasPerNodeGroup"],
		when: toOneWithFailover,
		effect: refused("failover needs two nodes: switch it off first"),
		...from(`${SOURCE}: CustomizeDiff`, 76),
	},
	{
		type: token(CACHE),
		paths: ["numCacheClusters", "replicasPerNodeGroup"],
		when: shrinks,
		effect: {
			...quiet,
			data: "kept",
			risks: [{ risk: "recovery-gap", why: "fewer nodes are left to take over" }],
			undoWhy: "add the node again",
		},
		...from(SOURCE, 76),
	},
	{
		type: token(CACHE),
		paths: ["numCacheClusters", "replicasPerNodeGroup"],
		when: grows,
		effect: { ...quiet, data: "kept", undoWhy: "take the node away again" },
		...from(SOURCE, 76),
	},
	{
		type: token(CACHE),
		paths: ["automaticFailoverEnabled", "multiAzEnabled"],
		when: becomes(false),
		effect: {
			...quiet,
			data: "kept",
			risks: [{ risk: "recovery-gap", why: "no node takes over by itself" }],
			undoWhy: "switch it on again",
		},
		...from(SOURCE, 76),
	},
	{
		type: token(CACHE),
		paths: ["automaticFailoverEnabled", "multiAzEnabled"],
		effect: { ...quiet, data: "kept", undoWhy: "switch it off again" },
		...from(SOURCE, 76),
	},
	{
		type: token(CACHE),
		paths: ["transitEncryptionEnabled", "transitEncryptionMode"],
		effect: {
			outcome: "interrupts",
			downtime: down(
				"outage",
				null,
				"clients that do not speak as the cache does are refused: go over preferred to required",
			),
			data: "kept",
			undo: "partial",
			undoWhy: "back over preferred, in two steps",
		},
		...from(`${SOURCE}: in place from 7.0.5 on`, 75),
	},
	{
		type: token(CACHE),
		paths: ["authToken", "authTokenUpdateStrategy", "userGroupIds"],
		effect: {
			outcome: "interrupts",
			downtime: down(
				"outage",
				null,
				"whoever logs in with the old token is refused, but for the strategy that keeps both",
			),
			data: "kept",
			undo: "partial",
			undoWhy: "the old token must be known to be set again",
			route: "second-credential",
		},
		...from(SOURCE, 75),
	},
	{
		type: token(CACHE),
		paths: ["snapshotRetentionLimit"],
		when: shrinks,
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "fewer days to go back to" }],
			undo: "partial",
			undoWhy: "older snapshots do not come back",
		},
		...from(SOURCE, 79),
	},
	{
		type: token(CACHE),
		paths: ["parameterGroupName"],
		effect: { ...quiet, undoWhy: "the older group again" },
		...from(`${SOURCE}: in place`, 75),
	},
	{
		type: token(CACHE),
		paths: ["applyImmediately", "finalSnapshotIdentifier"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only says how later changes or the delete are made" },
		...from(`${SDK} elasticache/replicationGroup.d.ts`, 78, 79),
	},
	{
		type: token(CACHE),
		paths: ["securityGroupIds"],
		when: otherMembers,
		effect: { ...quiet, risks: [{ risk: "exposure", why: "other security groups say who may connect" }] },
		...from(`${SOURCE}: in place`, 47),
	},
	inPlace(
		CACHE,
		[
			"autoMinorVersionUpgrade",
			"description",
			"ipDiscovery",
			"logDeliveryConfigurations",
			"maintenanceWindow",
			"notificationTopicArn",
			"preferredCacheClusterAzs",
			"securityGroupIds",
			"snapshotRetentionLimit",
			"snapshotWindow",
			"tags",
		],
		from(`${SOURCE}: in place`),
	),
	inPlace("elasticache.SubnetGroup", ["subnetIds", "description", "tags"], from(`${SDK} elasticache/subnetGroup.d.ts`)),
	{
		type: token("elasticache.ParameterGroup"),
		paths: ["parameters"],
		effect: { ...quiet, undoWhy: "set them back" },
		...from(`${CFN} AWS::ElastiCache::ParameterGroup: in place`),
	},
	inPlace("elasticache.ParameterGroup", ["tags"], from(`${SDK}: tags are changed in place`)),
	{
		type: token("elasticache.User"),
		paths: ["accessString", "authenticationMode", "passwords", "noPasswordRequired"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "what this user may do, or how it logs in, changes" }] },
		...from(`${CFN} AWS::ElastiCache::User: in place`),
	},
	inPlace("elasticache.User", ["tags"], from(`${SDK}: tags are changed in place`)),
	inPlace("elasticache.UserGroup", ["userIds", "tags"], from(`${CFN} AWS::ElastiCache::UserGroup: in place`)),
	inPlace(
		"elasticache.ServerlessCache",
		[
			"cacheUsageLimits",
			"dailySnapshotTime",
			"description",
			"securityGroupIds",
			"snapshotRetentionLimit",
			"tags",
			"userGroupId",
		],
		from(`${PROVIDER}/elasticache/serverless_cache.go: in place`, 79),
	),
];
