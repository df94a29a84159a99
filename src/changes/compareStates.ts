import { routeFor } from "./advice/routes.ts";
import { manualSteps } from "./advice/steps.ts";
import { assessAll } from "./assess/assessAll.ts";
import type { Assessment } from "./assess/assessment.ts";
import { withSurroundings } from "./assess/surroundings.ts";
import { withoutThrowaways } from "./assess/throwaway.ts";
import { worstDowntimeClass } from "./assess/worst.ts";
import { carriersOf, type Owners, ownersOf } from "./carriers.ts";
import type { Change, ChangeSet, Op, SaferRoute, SideRef } from "./changeSet.ts";
import { componentsOf, costOf, type Prices, pricesOf, totalCost } from "./cost.ts";
import { explain } from "./explain.ts";
import { hashChanges } from "./hash.ts";
import type { Capacities } from "./impact/rule.ts";
import type { ComparisonInput, ComparisonSide } from "./input.ts";
import { nextCommand } from "./next.ts";
import { unusedAcceptances } from "./unused.ts";
import { judge } from "./verdict.ts";

export type { ComparisonInput, ComparisonSide } from "./input.ts";

/**
 * What the move from one side to the other does: operation by operation, with what it means for users, data, money
 * and the way back. Pure: no clock, no network; the same input gives the same bytes.
 */
export function compareStates(input: ComparisonInput): ChangeSet {
	const { stack, base, layer, from, to } = input;
	const owners = { from: ownersIn(from), to: ownersIn(to) };
	const found = assessAll(from?.state ?? null, to.state, factsOf(input));
	const all = withoutThrowaways(withSurroundings(found, new Set(input.begun ?? [])), owners);
	const assessments = all.filter(({ op }) => op !== "same");
	const prices = { before: pricesOf(from), after: pricesOf(to) };
	const changes = assessments.map((assessment) => changeOf(assessment, prices, explain(assessment, input, owners)));
	const cost = totalCost(from, to);
	const downtime = wholeDowntime(changes);
	const unprotected = unprotectedIn(all);
	const { verdict, reasons, accepted } = judge({ input, changes, unprotected, assessments, downtime, cost });
	const name = stack ?? "<stack>";
	return {
		schema: "tierstack.changes/1",
		stack,
		base,
		from: sideRef(from),
		to: sideRef(to),
		layer,
		totals: totalsOf(all),
		changes,
		...(unprotected.length === 0 ? {} : { unprotected }),
		kept: keptOf(to, prices.after),
		steps: manualSteps(from?.blueprint ?? null, to.blueprint, name),
		routes: reasons.some(({ risk }) => risk === "blocked")
			? [routeFor("new-stack", { stack: name, resource: name, role: null })]
			: routesOf(assessments, name),
		cost,
		downtime,
		verdict,
		reasons,
		accepted,
		unused: unusedAcceptances(input.accept, { from: sideRef(from), to: sideRef(to), accepted, changes }, input.today),
		next: nextCommand(input, verdict, reasons),
		hash: hashChanges(changes, unprotected),
	};
}

function factsOf({ from, to, capacities = {}, diskGbByUrn = {} }: ComparisonInput) {
	const components = [...(from === null ? [] : componentsOf(from)), ...componentsOf(to)];
	const own: Capacities = Object.fromEntries(
		components.map(({ sku, vcpu, memoryGib, diskGb }) => [sku, { vcpu, memoryGib, diskGb }]),
	);
	return { capacities: { ...own, ...capacities }, diskGbByUrn };
}

function changeOf(
	assessment: Assessment,
	prices: { before: Prices; after: Prices },
	explainedBy: string | null,
): Change {
	const { urn, pair, op, order, props, effect, security } = assessment;
	const { type = "", name = "", role = null } = pair.new ?? pair.old ?? {};
	return {
		urn,
		type,
		name,
		role,
		op,
		outcome: effect.outcome,
		order,
		props,
		downtime: effect.downtime,
		data: effect.data,
		undo: effect.undo,
		undoWhy: effect.undoWhy,
		cost: costOf(pair.old?.urn ?? null, pair.new?.urn ?? null, prices.before, prices.after),
		security: effect.risks?.some(({ risk }) => risk === "exposure") ? "wider" : security,
		explainedBy,
		join: null,
	};
}

function unprotectedIn(assessments: readonly Assessment[]): readonly string[] {
	const lifted = assessments.filter(({ pair }) => pair.old?.protect === true && pair.new?.protect === false);
	return lifted.map(({ urn }) => urn).sort();
}

function ownersIn(side: ComparisonSide | null): Owners {
	return side === null ? new Map() : ownersOf(componentsOf(side), side.state);
}

function totalsOf(assessments: readonly Assessment[]): ChangeSet["totals"] {
	const count = (op: Op) => assessments.filter((each) => each.op === op).length;
	return {
		create: count("create"),
		update: count("update"),
		replace: count("replace"),
		delete: count("delete"),
		same: count("same"),
	};
}

/** Worst class; at least as long as the longest one, at most as long as one role after the other. */
function wholeDowntime(changes: readonly Change[]): ChangeSet["downtime"] {
	const counting = changes.filter(({ downtime }) => downtime.class !== "none" && downtime.class !== "rolling");
	const kind = worstDowntimeClass(changes.map(({ downtime }) => downtime.class));
	if (counting.length === 0) return { class: kind, minutes: null };
	const ranges = counting.map(({ downtime }) => downtime.minutes);
	const known = ranges.filter((range) => range !== null);
	if (known.length < ranges.length) return { class: kind, minutes: null };
	const roles = [...new Set(counting.map(({ role }) => role))];
	const longest = roles.map((role) =>
		Math.max(...counting.filter((change) => change.role === role).map(({ downtime }) => downtime.minutes?.[1] ?? 0)),
	);
	return {
		class: kind,
		minutes: [Math.max(...known.map(([low]) => low)), longest.reduce((sum, each) => sum + each, 0)],
	};
}

function keptOf(to: ComparisonSide, prices: Prices): ChangeSet["kept"] {
	return to.kept
		.flatMap((component) => carriersOf(component, to.state))
		.map(({ urn }) => ({ urn, monthlyUsd: prices.get(urn) ?? null }))
		.sort((left, right) => (left.urn < right.urn ? -1 : 1));
}

/** Offered where something is refused, unknown, lost, or away for longer than a moment. */
function routesOf(assessments: readonly Assessment[], stack: string): readonly SaferRoute[] {
	return assessments
		.filter(({ effect }) => {
			const lasting = !["none", "rolling", "brief"].includes(effect.downtime.class);
			const loses = effect.data === "lost" || effect.data === "lost-unless-snapshot";
			return (
				loses ||
				lasting ||
				effect.outcome === "refused" ||
				effect.outcome === "unknown" ||
				effect.outcome === "no-effect"
			);
		})
		.flatMap(({ effect, pair }) => {
			const resource = (pair.new ?? pair.old)?.name ?? "";
			const role = (pair.new ?? pair.old)?.role ?? null;
			return effect.route === undefined ? [] : [routeFor(effect.route, { stack, resource, role })];
		})
		.sort((left, right) => (left.resource < right.resource ? -1 : 1));
}

function sideRef(side: ComparisonSide | null): SideRef | null {
	if (side === null) return null;
	const { ladder, tier, provider, region } = side.blueprint;
	return { ladder, tier, provider, region };
}
