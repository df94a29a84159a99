import { type Problem, problem } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import type { Ladder, Metric } from "../tiers/ladder.ts";
import { number } from "./text.ts";

/*
 * A workload may count customers by the plan they are on: `clients.essential=500`. What such a customer's own plan
 * allows then stands in the place of the ladder's usual figures.
 */

/** Name of a metric's group: `clients.essential` is `clients` on the plan `essential`. */
const GROUP = /^([^.]+)\.(.+)$/;

export interface Expanded {
	/** By metric, no groups left. */
	readonly figures: Readonly<Record<string, number>>;
	readonly notes: readonly string[];
}

/** The measure and the plan a name stands for; null when it is a plain metric. */
function groupOf(name: string): { readonly metric: string; readonly plan: string } | null {
	const [, metric, plan] = GROUP.exec(name) ?? [];
	return metric === undefined || plan === undefined ? null : { metric, plan };
}

/** Whether a name counts customers by plan. */
export function isGroup(name: string): boolean {
	return groupOf(name) !== null;
}

/** What is wrong with the groups of a workload: only the measure is counted by plan, and only by plans there are. */
export function checkGroups(ladder: Ladder, workload: Readonly<Record<string, unknown>>): Problem[] {
	const plans = Object.keys(ladder.plans);
	return Object.keys(workload).flatMap((name) => {
		const group = groupOf(name);
		if (group === null) return [];
		const key = `workload.${name}`;
		if (plans.length === 0)
			return [problem(`ladder ${ladder.name} names no plans of customers; count all together`, { key })];
		if (group.metric !== ladder.measure) {
			return [problem(`only ${ladder.measure} are counted by plan, found "${group.metric}"`, { key })];
		}
		if (Object.hasOwn(workload, ladder.measure)) {
			return [problem(`stands beside ${ladder.measure} as one figure; give the one or the other`, { key })];
		}
		return plans.includes(group.plan) ? [] : [problem(unknownWord("plan", group.plan, plans), { key })];
	});
}

/** A checked workload with its groups summed up, and what their plans allow added where nobody measured. */
export function expandGroups(ladder: Ladder, workload: Readonly<Record<string, number>>): Expanded {
	const groups = Object.entries(workload).flatMap(([name, count]) => {
		const group = groupOf(name);
		return group === null ? [] : [{ plan: group.plan, count }];
	});
	if (groups.length === 0) return { figures: workload, notes: [] };
	const measured = Object.fromEntries(Object.entries(workload).filter(([name]) => !isGroup(name)));
	const allowed: Record<string, number> = {};
	for (const { plan, count } of groups) {
		for (const [metric, value] of Object.entries(allowedFor(ladder, plan, count))) {
			allowed[metric] = (allowed[metric] ?? 0) + value;
		}
	}
	return { figures: followMeasured(ladder, allowed, measured), notes: notesOf(ladder, groups, measured) };
}

/** What follows from a measured figure follows the measurement, in the proportion the plans allow. */
function followMeasured(
	ladder: Ladder,
	allowed: Readonly<Record<string, number>>,
	measured: Readonly<Record<string, number>>,
): Record<string, number> {
	const figures: Record<string, number> = { ...allowed, ...measured };
	for (const { name, per } of ladder.metrics) {
		const most = allowed[name];
		if (per === null || most === undefined || measured[name] !== undefined) continue;
		const mostParents = allowed[per.metric] ?? 0;
		const parents = figures[per.metric] ?? mostParents;
		if (parents !== mostParents && mostParents > 0) figures[name] = (most * parents) / mostParents;
	}
	return figures;
}

/** The measure and every metric that plans speak of, directly or through another one, for so many customers. */
function allowedFor(ladder: Ladder, plan: string, count: number): Record<string, number> {
	const figures: Record<string, number> = { [ladder.measure]: count };
	for (const metric of ladder.metrics) {
		const parent = metric.per === null ? undefined : figures[metric.per.metric];
		if (metric.per === null || parent === undefined || metric.allowance === null) continue;
		figures[metric.name] = parent * (allowance(ladder, plan, metric) ?? metric.per.count);
	}
	return figures;
}

/** What a plan allows for one; without a limit the most generous limited plan counts, never the usual if that is more. */
function allowance(ladder: Ladder, plan: string, metric: Metric): number | null {
	const key = metric.allowance ?? "";
	const own = ladder.plans[plan]?.[key];
	if (typeof own === "number") return own;
	const limited = Object.values(ladder.plans).flatMap((each) => each[key] ?? []);
	return limited.length === 0 ? null : Math.max(metric.per?.count ?? 0, ...limited);
}

function notesOf(
	ladder: Ladder,
	groups: readonly { readonly plan: string; readonly count: number }[],
	measured: Readonly<Record<string, number>>,
): string[] {
	const counted = groups.map(({ plan, count }) => `${number(count)} on ${plan}`).join(", ");
	const derived = ladder.metrics
		.filter(({ name, allowance: key }) => key !== null && measured[name] === undefined)
		.map(({ name }) => name);
	const open = groups
		.filter(({ plan, count }) => count > 0 && Object.values(ladder.plans[plan] ?? {}).includes(null))
		.map(({ plan }) => plan);
	return [
		...(derived.length === 0
			? [`${ladder.measure} by plan: ${counted}.`]
			: [`${ladder.measure} by plan: ${counted}; ${derived.join(", ")} are what those plans allow at most.`]),
		...open.map(
			(plan) =>
				`Plan ${plan} has no limits: it counts like the largest plan that has; measure its customers to be sure.`,
		),
	];
}
