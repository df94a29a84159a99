import type { Change, ChangeSet, Op, SideRef, Verdict } from "../changes/changeSet.ts";
import { partsOfChange } from "./parts.ts";
import { count, minutesRange, money, moneyDelta, range, value } from "./words.ts";

/*
 * The words of a change set, shared by the terminal and Markdown renderers: plain text, no layout, no markup.
 */

const VERDICTS: Readonly<Record<Verdict, string>> = {
	none: "NOTHING TO CHANGE",
	safe: "SAFE",
	"needs-acceptance": "NEEDS ACCEPTANCE",
	blocked: "BLOCKED",
};

export function verdictWord(verdict: Verdict): string {
	return VERDICTS[verdict];
}

/** `dev: wizamart starter -> small (digitalocean fra1)`. */
export function moveText({ stack, from, to }: ChangeSet): string {
	const before = stack === null ? "" : `${stack}: `;
	if (from === null && to === null) return `${before}nothing`;
	if (to === null) return `${before}${sideText(from)} is removed`;
	if (from === null) return `${before}${sideText(to)} is new`;
	const sameHome = from.provider === to.provider && from.region === to.region && from.ladder === to.ladder;
	if (!sameHome) return `${before}${sideText(from)} -> ${sideText(to)}`;
	const tiers = from.tier === to.tier ? to.tier : `${from.tier} -> ${to.tier}`;
	return `${before}${to.ladder} ${tiers} (${to.provider} ${to.region})`;
}

function sideText(side: SideRef | null): string {
	return side === null ? "nothing" : `${side.ladder} ${side.tier} (${side.provider} ${side.region})`;
}

/** What the change set is measured against, so that nobody takes it for the cloud's own state. */
export function baseText({ base, layer }: ChangeSet): string {
	switch (base.kind) {
		case "git":
			return `against git ${base.ref ?? "HEAD"}, not against what is deployed`;
		case "deployed":
			return `against what is deployed${base.ref === null ? "" : ` (${base.ref})`}, by the ${layer} layer`;
		case "tier":
			return "tier against tier, not against what is deployed";
		case "none":
			return "against nothing, as no earlier version is in git: all creates";
	}
}

const OPS: readonly Op[] = ["create", "update", "replace", "delete"];

/** `4 create, 3 update, 1 replace, 0 delete, 12 unchanged`: replacements are counted apart. */
export function totalsText({ totals }: ChangeSet): string {
	return [...OPS.map((op) => `${totals[op]} ${op}`), `${totals.same} unchanged`].join(", ");
}

export function downtimeText({ downtime }: ChangeSet): string {
	if (downtime.class === "none") return "no downtime";
	if (downtime.class === "rolling") return "no downtime (rolling)";
	if (downtime.class === "unknown") return "downtime not known";
	return `downtime ${minutesRange(downtime.minutes)} (${downtime.class})`;
}

/** `+$24.00 a month ($24.00 -> $48.00, +100 %)`. */
export function costText({ cost }: ChangeSet): string {
	const atLeast = cost.coverage.unpriced > 0 ? "at least " : "";
	if (cost.delta === null) {
		return cost.after === null ? "cost not known" : `${atLeast}${money(cost.after)} a month`;
	}
	if (Math.abs(cost.delta) < 0.005)
		return `cost unchanged${cost.after === null ? "" : ` (${money(cost.after)} a month)`}`;
	const percent = cost.before === null || cost.before < 0.005 ? null : Math.round((cost.delta / cost.before) * 100);
	const sides = cost.before === null || cost.after === null ? "" : `${money(cost.before)} -> ${money(cost.after)}`;
	const share = percent === null ? "" : `${percent > 0 ? "+" : ""}${percent} %`;
	const detail = [sides, share].filter((part) => part !== "").join(", ");
	return `${atLeast}${moneyDelta(cost.delta)} a month${detail === "" ? "" : ` (${detail})`}`;
}

/** What the plan itself says a month costs, beside what was worked out; empty when it says nothing. */
export function planText({ cost: { plan } }: ChangeSet): string {
	if (plan === undefined || plan.after === null) return "";
	const { before, after } = plan;
	const told = (figure: typeof after) => range(figure.min, figure.max, figure.currency);
	const step = before === null || told(before) === told(after) ? told(after) : `${told(before)} -> ${told(after)}`;
	const fits = {
		under: "this is under it",
		within: "this is within it",
		over: "this is over it",
		unknown: "whether this fits is not known",
	} as const;
	return `The plan's own figure: ${step} a month; ${fits[after.fit]}`;
}

export function downtimeCell({ downtime }: Change): string {
	if (downtime.class === "none") return "none";
	if (downtime.class === "rolling" || downtime.minutes === null) return downtime.class;
	const estimate = downtime.basis === "estimate" ? " est." : "";
	return `${downtime.class} ${minutesRange(downtime.minutes)}${estimate}`;
}

/** What happens, in words: the operation, and the outcome where it tells more. */
export function actionText({ op, outcome, order }: Change): string {
	const told = outcome === "applied" || (op === "replace" && outcome === "replaced") ? "" : ` (${outcome})`;
	return `${op}${order === null ? "" : ` ${order}`}${told}`;
}

/** `size: s-1vcpu-2gb -> s-2vcpu-4gb (replaces)`. */
export function propTexts({ props, op }: Change): string[] {
	if (op === "create" || op === "delete") return [];
	return props.flatMap(partsOfChange).map(({ path, old, new: next, replaces }) => {
		const forced = replaces === "yes" ? " (replaces)" : replaces === "may" ? " (may replace)" : "";
		return `${path}: ${value(old)} -> ${value(next)}${forced}`;
	});
}

export function costCell({ cost }: Change): string {
	if (cost.delta !== null) return Math.abs(cost.delta) < 0.005 ? "" : moneyDelta(cost.delta);
	return cost.before === null && cost.after === null ? "" : "not priced";
}

/** Whether a reader has to know of this change one by one; the rest is counted. */
export function matters(change: Change): boolean {
	return (
		change.op === "replace" ||
		change.op === "delete" ||
		change.outcome !== "applied" ||
		!(change.downtime.class === "none" || change.downtime.class === "rolling") ||
		!(change.data === "none" || change.data === "kept") ||
		change.undo === "no" ||
		change.undo === "unknown" ||
		change.security === "wider" ||
		(change.cost.delta !== null && Math.abs(change.cost.delta) >= 0.005) ||
		change.join === "missing" ||
		change.join === "unexplained"
	);
}

/** `7 more changes: create 5 (a, b, ...), update 2 (c, d)`. */
export function restText(changes: readonly Change[], most = 8): string {
	const rest = changes.filter((change) => !matters(change));
	if (rest.length === 0) return "";
	const groups = OPS.flatMap((op) => {
		const names = rest.filter((change) => change.op === op).map((change) => change.name);
		if (names.length === 0) return [];
		const shown = names.slice(0, most).join(", ");
		return [`${op} ${shown}${names.length > most ? ` and ${names.length - most} more` : ""}`];
	});
	return `${count(rest.length, "more change")} without downtime or cost of its own: ${groups.join("; ")}`;
}

/** Things that share an explanation on one line: `a, b: why`. */
export function together(lines: readonly (readonly [name: string, text: string])[]): string[] {
	const names = new Map<string, string[]>();
	for (const [name, text] of lines) names.set(text, [...(names.get(text) ?? []), name]);
	return [...names].map(([text, named]) => `${named.join(", ")}: ${text}`);
}

const UNUSED_WORDS = {
	lapsed: "its last day is over: take it out, or agree anew",
	"another-move": "it is for another move",
	"not-needed": "this move does not need it: take it out",
} as const;

/** Exceptions that the change set does not rest on: `downtime of app-1, small -> medium until 2027-01-15: ...`. */
export function unusedTexts({ unused = [] }: ChangeSet): string[] {
	return unused.map(({ risk, resource, from, to, until, why }) => {
		return `${risk} of ${resource}, ${from} -> ${to} until ${until}: ${UNUSED_WORDS[why]}`;
	});
}

/** What nothing keeps from being deleted any more, as one line; empty when there is none. */
export function unprotectedTexts({ unprotected = [] }: ChangeSet): string[] {
	if (unprotected.length === 0) return [];
	return [`${unprotected.map(lastName).join(", ")}: nothing keeps a delete from happening any more`];
}

export function lastName(urn: string): string {
	return urn.split("::").at(-1) ?? urn;
}
