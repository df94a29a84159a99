import { all, beside, condition, not, numberOf, otherMembers, shrinks } from "../conditions.ts";
import { down, quiet, refused } from "../effects.ts";
import type { Condition, Effect, PropertyRule } from "../rule.ts";
import { from, PROVIDER, SDK, token } from "./source.ts";

/* What rules of managed databases share: how long each kind of change takes, and when AWS makes it. */

export const DATABASE = "rds.Instance";
export const CLUSTER = "rds.Cluster";
export const MEMBER = "rds.ClusterInstance";
export const INSTANCE = `${PROVIDER}/rds/instance.go`;

/** "Failover times are typically 60-120 seconds" (AWS RDS user guide, Multi-AZ DB instance deployments). */
export const failover = down(
	"brief",
	[1, 2],
	"the standby takes over; open connections drop and are made again",
	"documented",
);
/** No figure is documented: the machine behind a single-zone database is exchanged. */
const exchange = down("outage", null, "the database's machine is exchanged; until the new one runs nobody can connect");
export const reboot = down("restart", [1, 10], "the database restarts; open connections drop");

const now = beside("applyImmediately", true);
export const twoZones = beside("multiAz", true);
/** Everything that AWS keeps for the maintenance window unless it is told to go at once. */
const inWindow = not(now);

function late(effect: Effect): Effect {
	return {
		...effect,
		outcome: "deferred",
		downtime: { ...effect.downtime, why: `in the next maintenance window: ${effect.downtime.why || "applied"}` },
	};
}

/** One rule for a change at once, and one for the same change in the window. */
export function timed(
	short: string,
	paths: readonly string[],
	when: Condition,
	effect: Effect,
	source: ReturnType<typeof from>,
	told: Pick<PropertyRule, "coolDown"> = {},
): PropertyRule[] {
	return [
		{ type: token(short), paths, when: all(when, now), effect, ...told, ...source },
		{ type: token(short), paths, when: all(when, inWindow), effect: late(effect), ...told, ...source },
	];
}

/** Statistics of statements keep the key they were begun with, as long as they are kept. */
export function sealedStatistics(short: string): PropertyRule {
	return {
		type: token(short),
		paths: ["performanceInsightsKmsKeyId"],
		when: condition(
			"while statistics are kept",
			({ oldInputs, newInputs }) =>
				oldInputs.performanceInsightsEnabled === true && newInputs.performanceInsightsEnabled === true,
		),
		effect: refused("statistics of statements keep the key they were begun with: only a new database has another"),
		...from(`${SDK} rds/instance.d.ts: "once KMS key is set, it can never be changed"`),
	};
}

export const any = condition("changes", () => true);
export const sized: Effect = {
	outcome: "interrupts",
	downtime: exchange,
	data: "kept",
	undo: "yes",
	undoWhy: "change it back, with the same pause",
	route: "replica-promote",
};
export const storage: Effect = {
	...quiet,
	data: "kept",
	undo: "no",
	undoWhy: "storage never shrinks: dump and load into a smaller database",
};
export const sixHours = "one change of storage, then six hours none, or longer while it is being optimised";
export const upgraded: Effect = {
	outcome: "interrupts",
	downtime: down("outage", null, "the database is not reachable while it is upgraded; how long depends on its data"),
	data: "kept",
	undo: "no",
	undoWhy: "a version never goes back; only a snapshot from before does",
	route: "fork-upgrade-switch",
};
export const off = condition(
	"from or to none",
	({ old, new: next }) => ((numberOf(old) ?? 0) === 0) !== ((numberOf(next) ?? 0) === 0),
);
export const lessBackup = condition("to fewer days", (step) => shrinks.holds(step));
export const gap = (why: string) => [{ risk: "recovery-gap" as const, why }];

/** Other security groups: other rules say who may connect. */
export function guarded(short: string): PropertyRule[] {
	const why = "other security groups say who may connect";
	const effect: Effect = { ...quiet, risks: [{ risk: "exposure", why }] };
	return [{ type: token(short), paths: ["vpcSecurityGroupIds"], when: otherMembers, effect, ...from(INSTANCE, 47) }];
}
