import {
	all,
	alongside,
	beside,
	biggerSize,
	capacityOf,
	condition,
	grows,
	isSet,
	isUnset,
	newer,
	numberOf,
	older,
	shrinks,
	smallerSize,
} from "../conditions.ts";
import { down, quiet, refused, unknownEffect } from "../effects.ts";
import type { Effect, PropertyRule } from "../rule.ts";
import { API, from, PROVIDER, token } from "./source.ts";

const CLUSTER = token("DatabaseCluster");

/** What a change of plan does to connections. */
export const reconnect = down(
	"brief",
	[0, 2],
	"a node of the new size takes over; open connections drop and are made again",
);
const LIMITS = "DigitalOcean PostgreSQL limits page";

const resized: Effect = {
	outcome: "interrupts",
	downtime: reconnect,
	data: "kept",
	undo: "partial",
	undoWhy: "a smaller plan may be refused; otherwise dump and load into a smaller one",
};

/** The plan's memory after the change. */
const onSmallestPlan = condition("on a 1 GiB plan", ({ newInputs: { size }, facts }) => {
	const memory = capacityOf(size, facts)?.memoryGib ?? null;
	return memory === null ? typeof size === "string" && size.endsWith("-1gb") : memory === 1;
});
const withStandby = condition("with a standby", ({ newInputs }) => (numberOf(newInputs.nodeCount) ?? 1) > 1);
const SMALLEST_REFUSES = refused("1 GiB plans come with one node only; a standby needs the next plan");

export const DATABASE_RULES: readonly PropertyRule[] = [
	{
		type: CLUSTER,
		paths: ["size", "nodeCount"],
		when: all(onSmallestPlan, withStandby),
		effect: SMALLEST_REFUSES,
		...from(`${API} options.yml: layouts`, 7),
	},
	{
		type: CLUSTER,
		paths: ["version"],
		when: all(older, beside("engine", "valkey", "redis")),
		effect: { ...quiet, outcome: "no-effect", undoWhy: "the provider leaves an older version out of the plan" },
		...from(`${PROVIDER} database/resource_database_cluster.go:71`, 11),
	},
	{
		type: CLUSTER,
		paths: ["version"],
		when: older,
		effect: refused("the provider's API refuses an older version", "fork-upgrade-switch"),
		...from(`${PROVIDER} database/resource_database_cluster.go:71`, 11),
	},
	{
		type: CLUSTER,
		paths: ["version"],
		when: all(newer, alongside("size", "nodeCount", "storageSizeMib")),
		effect: refused(
			"a cluster cannot be resized while it is being upgraded: one after the other",
			"fork-upgrade-switch",
		),
		...from(`${PROVIDER} database/resource_database_cluster.go:535; ${LIMITS}`, 11),
	},
	{
		type: CLUSTER,
		paths: ["version"],
		when: newer,
		effect: {
			outcome: "interrupts",
			downtime: down("restart", null, "the upgrade is started and not waited for; how long it takes is not announced"),
			data: "kept",
			undo: "no",
			undoWhy: "an older version is refused",
			route: "fork-upgrade-switch",
		},
		...from(`${PROVIDER} database/resource_database_cluster.go:535`, 11),
	},
	{
		type: CLUSTER,
		paths: ["size"],
		when: biggerSize,
		effect: resized,
		...from(`${PROVIDER} database/resource_database_cluster.go:81 and 441; doctl databases resize, 2025-06-23`, 6),
	},
	{
		type: CLUSTER,
		paths: ["size"],
		when: smallerSize,
		effect: {
			...resized,
			outcome: "unknown",
			downtime: { ...reconnect, why: `${reconnect.why}; refused when its storage cannot hold the data, or at all` },
			undo: "yes",
			undoWhy: "resize it back",
			route: "side-by-side",
		},
		...from(`${PROVIDER} database/resource_database_cluster.go:81; doctl databases resize, 2025-06-23; ${LIMITS}`, 6),
	},
	{
		type: CLUSTER,
		paths: ["size"],
		effect: {
			...resized,
			outcome: "unknown",
			undo: "unknown",
			undoWhy: "the catalog does not say which plan is larger",
		},
		...from(`${PROVIDER} database/resource_database_cluster.go:81`, 6),
	},
	{
		type: CLUSTER,
		paths: ["nodeCount"],
		when: grows,
		effect: { ...quiet, data: "kept", undoWhy: "take the standby away again" },
		...from(`${PROVIDER} database/resource_database_cluster.go:97`, 6),
	},
	{
		type: CLUSTER,
		paths: ["nodeCount"],
		when: shrinks,
		effect: {
			...quiet,
			data: "kept",
			risks: [{ risk: "recovery-gap", why: "no standby takes over: a failure lasts until a new node is there" }],
			undoWhy: "add a standby again",
		},
		...from(`${PROVIDER} database/resource_database_cluster.go:97`, 6),
	},
	{
		type: CLUSTER,
		paths: ["storageSizeMib"],
		when: shrinks,
		effect: {
			...unknownEffect("storage goes down only to what the last backup needs, with growth and a quarter more"),
			downtime: down("none", null, "online where it is allowed"),
			data: "kept",
			undo: "yes",
			undoWhy: "let it grow again",
			route: "keep-size",
		},
		...from(`${LIMITS}; doctl databases resize, 2025-06-23: never`, 6, 12),
	},
	{
		type: CLUSTER,
		paths: ["storageSizeMib"],
		when: condition("grows or is set", (step) => grows.holds(step) || isSet.holds(step)),
		effect: {
			...quiet,
			data: "kept",
			undo: "partial",
			undoWhy: "less storage may be refused; otherwise dump and load into a smaller one",
		},
		...from(`${PROVIDER} database/resource_database_cluster.go:441; ${LIMITS}`, 6, 12),
	},
	{
		type: CLUSTER,
		paths: ["region"],
		effect: unknownEffect("the provider migrates the data to the other region; how long it takes is not announced"),
		...from(`${PROVIDER} database/resource_database_cluster.go:87 and 474`, 10),
	},
	{
		type: CLUSTER,
		paths: ["storageAutoscale"],
		when: isUnset,
		effect: { ...quiet, outcome: "no-effect", undoWhy: "leaving the block out does nothing: set enabled to false" },
		...from(`${PROVIDER} database/resource_database_cluster.go:550`, 12),
	},
	{
		type: CLUSTER,
		paths: ["tags", "maintenanceWindows", "storageAutoscale", "evictionPolicy"],
		effect: quiet,
		...from(`${PROVIDER} database/resource_database_cluster.go: in place`, 12),
	},
	{
		type: CLUSTER,
		paths: ["backupRestore"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at birth" },
		...from(`${PROVIDER} database/resource_database_cluster.go: create only`),
	},
	{
		type: token("DatabasePostgresqlConfig"),
		paths: ["logMinDurationStatement"],
		effect: quiet,
		...from("postgresql.org, error reporting and logging: log_min_duration_statement takes effect on reload"),
	},
	{
		type: token("DatabaseMysqlConfig"),
		paths: ["slowQueryLog", "longQueryTime"],
		effect: quiet,
		...from("dev.mysql.com, server system variables: slow_query_log and long_query_time are dynamic"),
	},
];
