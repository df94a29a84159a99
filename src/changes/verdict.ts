import { type Retirement, WHOLE_STACK } from "../config/stackConfig.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";
import type { Risk } from "../words.ts";
import type { Assessment } from "./assess/assessment.ts";
import type { Change, ChangeSet, ChangeSetCost, Verdict } from "./changeSet.ts";
import type { ComparisonInput } from "./input.ts";
import { worseScenarios } from "./recovery.ts";
import { retires } from "./retires.ts";

/** Why a change set is not simply safe. */
export type Reason = ChangeSet["reasons"][number];

/** What a verdict is made of. */
export interface Judged {
	readonly input: ComparisonInput;
	readonly changes: readonly Change[];
	/** URNs whose protection is lifted. */
	readonly unprotected: readonly string[];
	/** In the order of `changes`. */
	readonly assessments: readonly Assessment[];
	readonly downtime: ChangeSet["downtime"];
	readonly cost: ChangeSetCost;
}

export interface Judgement {
	readonly verdict: Verdict;
	/** What is left after acceptances. */
	readonly reasons: readonly Reason[];
	readonly accepted: ChangeSet["accepted"];
}

/** Name an acceptance of this reason has to give as its `resource`. */
export function acceptanceResource({ urn }: Pick<Reason, "urn">): string {
	return urn?.split("::").at(-1) ?? WHOLE_STACK;
}

/** What opens nothing: the provider or the engine refuses, or the move is no change at all. */
const BLOCKING: ReadonlySet<Reason["risk"]> = new Set(["refused", "blocked", "data-loss"]);

/** The verdict after acceptances: what blocks, what needs somebody's word, and what was accepted. */
export function judge(judged: Judged): Judgement {
	const { input, changes, unprotected } = judged;
	const found = reasonsOf(judged);
	const ended = new Set(changes.filter(({ op }) => op === "delete").map(({ urn }) => urn));
	const used: ChangeSet["accepted"][number][] = [];
	const reasons = found.filter((reason) => {
		const acceptance = acceptanceOf(reason, input, ended);
		if (acceptance === null) return true;
		used.push(acceptance);
		return false;
	});
	return { verdict: verdictOf({ changes, unprotected }, reasons), reasons, accepted: unique(used) };
}

/** A protection that is lifted takes an update, although the engine counts no change. */
export function verdictOf(
	{ changes, unprotected = [] }: Pick<ChangeSet, "changes" | "unprotected">,
	reasons: readonly Reason[],
): Verdict {
	if (reasons.some(({ risk }) => BLOCKING.has(risk))) return "blocked";
	if (reasons.length > 0) return "needs-acceptance";
	return changes.length === 0 && unprotected.length === 0 ? "none" : "safe";
}

function reasonsOf(judged: Judged): readonly Reason[] {
	const { input, changes, assessments } = judged;
	if (input.from === null) return [];
	const moved = movedHome(input.from.blueprint, input.to.blueprint, input.stack);
	if (moved !== null) return [moved];
	const gone = new Set(changes.filter(({ op }) => op === "delete" || op === "replace").map(({ urn }) => urn));
	const own = changes.flatMap((change, index) => {
		const assessment = assessments[index];
		return assessment === undefined ? [] : reasonsFor(change, assessment, input, within(assessment, assessments, gone));
	});
	const whole = wholeStack(judged, own);
	return [...own, ...whole].sort(byWeight);
}

/** A deployed stack stays where it is: another ladder, provider or region is another stack. */
function movedHome(from: Blueprint, to: Blueprint, stack: string | null): Reason | null {
	if (stack === null) return null;
	const moved = (["ladder", "provider", "region"] as const).filter((key) => from[key] !== to[key]);
	if (moved.length === 0) return null;
	const steps = moved.map((key) => `${key} ${from[key]} -> ${to[key]}`).join(", ");
	return {
		risk: "blocked",
		urn: null,
		text: `a deployed stack cannot change this: ${steps}; make a new stack, move the data, retire this one`,
	};
}

/** Whether the thing it belongs to goes as well: then the loss is told once, there. */
function within({ rule, pair }: Assessment, all: readonly Assessment[], gone: ReadonlySet<string>): boolean {
	const type = pair.old?.type ?? "";
	if (all.some(({ urn, rule: its }) => gone.has(urn) && its?.holds !== undefined && type.startsWith(its.holds)))
		return true;
	if (rule?.within == null || pair.old === null) return false;
	const holder = pair.old.inputs[rule.within];
	return all.some(
		({ urn, pair: { old } }) =>
			old !== null && gone.has(urn) && typeof holder === "string" && holder.startsWith(`\${${old.name}.`),
	);
}

function reasonsFor(change: Change, assessment: Assessment, input: ComparisonInput, told: boolean): readonly Reason[] {
	const { urn, outcome, downtime, data, undo, undoWhy } = change;
	const reason = (risk: Reason["risk"], text: string): Reason => ({ risk, urn, text });
	if (outcome === "refused") return [reason("refused", downtime.why)];
	const loses = data === "lost" || data === "lost-unless-snapshot";
	const unknown = outcome === "unknown" || downtime.class === "unknown" || data === "unknown" || undo === "unknown";
	const found: Reason[] = [];
	if (loses && !told) found.push(reason("data-loss", undoWhy));
	if (unknown)
		found.push(
			reason(
				"unknown",
				downtime.class === "unknown" ? downtime.why : `${downtime.why || undoWhy}: not known beforehand`,
			),
		);
	if (downtime.class !== "unknown" && exceeds(downtime, input) && !(told && change.op === "delete"))
		found.push(reason("downtime", downtime.why));
	if (undo === "no" && !loses) found.push(reason("one-way", undoWhy));
	const listed = assessment.effect.risks ?? [];
	if (change.security === "wider" && !listed.some(({ risk }) => risk === "exposure")) {
		found.push(reason("exposure", openingText(change)));
	}
	return [...found, ...listed.map(({ risk, why }) => reason(risk, why))];
}

function openingText({ op, props }: Change): string {
	if (op === "create") return "it opens what was closed before";
	if (op === "delete") return "what it closed is open without it";
	return `more may come in by ${[...new Set(props.map(({ path }) => path.split(/[.[]/)[0] ?? path))].join(", ")}`;
}

/** Rolling counts as no downtime; unknown minutes count as too many. */
function exceeds({ class: kind, minutes }: ChangeSet["downtime"], { tolerate }: ComparisonInput): boolean {
	if (kind === "none" || kind === "rolling") return false;
	return minutes === null || minutes[1] > tolerate.downtimeMinutes;
}

function wholeStack({ input, downtime, cost }: Judged, own: readonly Reason[]): readonly Reason[] {
	const { from, to, tolerate } = input;
	if (from === null) return [];
	const found: Reason[] = [];
	const whole = (risk: Risk, text: string) => found.push({ risk, urn: null, text });
	if (exceeds(downtime, input) && !own.some(({ risk }) => risk === "downtime" || risk === "unknown")) {
		const long = downtime.minutes === null ? "a time that is not known" : `${downtime.minutes[1]} minutes`;
		whole("downtime", `all interruptions together may take ${long}`);
	}
	if (cost.delta === null) whole("cost", "what it costs a month more or less is not known");
	else if (cost.delta > tolerate.monthlyUsd) whole("cost", `${cost.delta.toFixed(2)} USD a month more`);
	const unpriced = newlyUnpriced(from.blueprint.components, [...to.blueprint.components, ...to.kept]);
	if (unpriced.length > 0) whole("cost", `no confirmed price: ${unpriced.join(", ")}`);
	const worse = worseScenarios(from.blueprint, to.blueprint);
	if (worse.length > 0 && !own.some(({ risk }) => risk === "recovery-gap")) whole("recovery-gap", worse.join("; "));
	return found;
}

/** What is added or resized without a price. */
function newlyUnpriced(before: readonly Component[], after: readonly Component[]): readonly string[] {
	return after
		.filter(({ role, name, sku, unitMonthlyUsd }) => {
			const same = before.some((old) => old.role === role && old.name === name && old.sku === sku);
			return unitMonthlyUsd === null && sku !== "on-host" && !same;
		})
		.map(({ role, name }) => `${role}/${name}`);
}

/**
 * Matched on meaning: risk, resource, tier left and tier entered; losing data also takes the id of a backup. A retirement
 * answers for the end of what it names, never for a replacement: that would give an empty one.
 */
function acceptanceOf(
	reason: Reason,
	input: ComparisonInput,
	ended: ReadonlySet<string>,
): ChangeSet["accepted"][number] | null {
	const { risk } = reason;
	if (risk === "refused" || risk === "blocked" || input.from === null) return null;
	const resource = acceptanceResource(reason);
	if (risk === "data-loss" && reason.urn !== null && ended.has(reason.urn)) {
		const retired = (input.retire ?? []).find((each) => covers(each, resource));
		if (retired !== undefined) return { risk, resource, until: null };
	}
	const [from, to] = [input.from.blueprint.tier, input.to.blueprint.tier];
	const found = input.accept.find(
		(each) =>
			each.risk === risk &&
			each.resource === resource &&
			each.from === from &&
			each.to === to &&
			each.until >= input.today &&
			(risk !== "data-loss" || each.backup !== null),
	);
	return found === undefined ? null : { risk, resource, until: found.until };
}

/** A retirement with a real backup covers what it names and what belongs to that. */
function covers({ resource, backup }: Retirement, name: string): boolean {
	return backup !== null && backup !== "none" && retires(resource, name);
}

const WEIGHT: readonly Reason["risk"][] = [
	"blocked",
	"refused",
	"data-loss",
	"exposure",
	"unknown",
	"downtime",
	"one-way",
	"recovery-gap",
	"cost",
];

function byWeight(left: Reason, right: Reason): number {
	const weight = WEIGHT.indexOf(left.risk) - WEIGHT.indexOf(right.risk);
	if (weight !== 0) return weight;
	return (left.urn ?? "") < (right.urn ?? "") ? -1 : 1;
}

function unique(entries: ChangeSet["accepted"]): ChangeSet["accepted"] {
	const byText = new Map(entries.map((entry) => [`${entry.risk} ${entry.resource}`, entry]));
	return [...byText.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
}
