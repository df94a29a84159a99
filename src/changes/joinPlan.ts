import type { Change, ChangeSet, Op } from "./changeSet.ts";
import { knowledgeOf } from "./impact/catalogue.ts";
import { unknownEffect } from "./impact/effects.ts";
import type { Reason } from "./verdict.ts";
import { withJoin } from "./withJoin.ts";

/** One operation that the engine plans. */
export interface PlannedStep {
	readonly urn: string;
	readonly type: string;
	readonly op: Exclude<Op, "same">;
	readonly order: Change["order"];
	/** Property path -> the engine's kind of difference. */
	readonly detailedDiff: Readonly<Record<string, string>>;
}

/** The engine's preview of the same move. */
export interface Plan {
	readonly steps: readonly PlannedStep[];
	/** Why the plan is not the whole: the preview failed by these. */
	readonly errors: readonly string[];
}

/** How much an operation takes: what the engine does may be less than the model says, never more. */
const WEIGHT: Readonly<Record<Op, number>> = { same: 0, create: 1, update: 1, replace: 2, delete: 3 };

/**
 * Holds the model's change set against the engine's plan, by URN: `explained` = both say the same; `missing` = the
 * model expects it and the engine plans nothing; `unexplained` = the engine plans more than the model knows of.
 */
export function joinPlan(changes: ChangeSet, plan: Plan): ChangeSet {
	const steps = new Map(plan.steps.map((step) => [step.urn, step]));
	const known = new Map(changes.changes.map((change) => [change.urn, change]));
	const joined: Record<string, NonNullable<Change["join"]>> = {};
	for (const change of changes.changes) {
		const join = joinOf(change, steps.get(change.urn), plan);
		if (join !== null) joined[change.urn] = join;
	}
	const found = plan.steps.filter(({ urn }) => !known.has(urn)).map(onlyPlanned);
	for (const { urn } of found) joined[urn] = "unexplained";
	// Where the engine does more than was foreseen, its word counts.
	const worse = changes.changes.map((change) => {
		const step = steps.get(change.urn);
		if (step === undefined) return change;
		return joined[change.urn] === "unexplained" ? raisedTo(change, step) : inOrderOf(change, step);
	});
	const refused = plan.errors.map(
		(text): Reason => ({ risk: "refused", urn: null, text: `the engine's preview fails: ${text}` }),
	);
	return withJoin({ ...changes, changes: worse }, joined, found, refused);
}

/** A plan that broke off tells nothing of what it did not come to. */
function joinOf(change: Change, step: PlannedStep | undefined, { errors }: Plan): Change["join"] {
	if (step === undefined) return errors.length > 0 ? null : "missing";
	return WEIGHT[step.op] > WEIGHT[change.op] ? "unexplained" : "explained";
}

/** Which half of a replacement comes first is the engine's to say. */
function inOrderOf(change: Change, { op, order }: PlannedStep): Change {
	return op === "replace" && change.op === "replace" && order !== null ? { ...change, order } : change;
}

function raisedTo(change: Change, { op, order }: PlannedStep): Change {
	const { outcome, downtime, data, undo, undoWhy } = unknownOf(op, change.type);
	return { ...change, op, order, outcome, downtime, data, undo, undoWhy };
}

function onlyPlanned({ urn, type, op, order, detailedDiff }: PlannedStep): Change {
	return {
		urn,
		type,
		name: urn.split("::").at(-1) ?? "",
		role: null,
		op,
		order,
		// Values are not read from the engine: they may hold secrets.
		props: Object.entries(detailedDiff).map(([path, kind]) => {
			return { path, old: null, new: null, replaces: kind.endsWith("-replace") ? "yes" : "no" };
		}),
		...unknownOf(op, type),
		cost: { before: null, after: null, delta: null },
		security: "same",
		explainedBy: null,
		join: "unexplained",
	};
}

function unknownOf(op: Op, type: string): Pick<Change, "outcome" | "downtime" | "data" | "undo" | "undoWhy"> {
	const why = "the engine plans it, and the model knows of no reason";
	const { rule } = knowledgeOf(type);
	const told = op === "replace" ? rule?.replace : op === "delete" ? rule?.remove : undefined;
	const { outcome, downtime, data, undo } = told ?? unknownEffect(why);
	return { outcome, downtime, data, undo, undoWhy: told?.undoWhy ?? why };
}
