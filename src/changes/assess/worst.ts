import { DATA_CLASSES, type DataClass, DOWNTIMES, type DowntimeClass, type Outcome, UNDOS } from "../changeSet.ts";
import { NO_DOWNTIME } from "../impact/effects.ts";
import type { Downtime, Effect } from "../impact/rule.ts";

/** Least to worst: one property that is refused stops the whole update. */
const OUTCOME_ORDER: readonly Outcome[] = [
	"applied",
	"no-effect",
	"deferred",
	"interrupts",
	"replaced",
	"unknown",
	"refused",
];

function later<T>(order: readonly T[], left: T, right: T): T {
	return order.indexOf(right) > order.indexOf(left) ? right : left;
}

export function worstDowntimeClass(classes: readonly DowntimeClass[]): DowntimeClass {
	return classes.reduce((left, right) => later(DOWNTIMES, left, right), "none");
}

export function worstData(classes: readonly DataClass[]): DataClass {
	return classes.reduce((left, right) => later(DATA_CLASSES, left, right), "none");
}

/**
 * What happens side by side, as one: the worst class with its reason, minutes that span all of it. Unknown minutes
 * anywhere that count make the whole unknown.
 */
export function worstDowntime(parts: readonly Downtime[]): Downtime {
	const kind = worstDowntimeClass(parts.map((part) => part.class));
	const counting = parts.filter((part) => part.class !== "none");
	const [first] = counting.filter((part) => part.class === kind);
	if (first === undefined) return parts[0] ?? NO_DOWNTIME;
	const ranges = counting.filter((part) => part.class !== "rolling" || kind === "rolling").map((part) => part.minutes);
	const known = ranges.filter((range) => range !== null);
	if (known.length < ranges.length || known.length === 0) return { ...first, minutes: null };
	const low = Math.max(...known.map(([from]) => from));
	const high = Math.max(...known.map(([, to]) => to));
	return { ...first, minutes: [low, high] };
}

/** All effects of one update as one: worst of each, reasons of the worst. */
export function worstEffect(effects: readonly Effect[]): Effect | null {
	const [first, ...rest] = effects;
	if (first === undefined) return null;
	const refusal = effects.find((effect) => effect.outcome === "refused");
	if (refusal !== undefined) return refusal;
	const merged = rest.reduce<Effect>((left, right) => {
		const undo = later(UNDOS, left.undo, right.undo);
		const undoWhys = [left, right].filter((effect) => effect.undo === undo).map((effect) => effect.undoWhy);
		const both = [...(left.risks ?? []), ...(right.risks ?? [])];
		const risks = both.filter((each, index) => both.findIndex(({ why }) => why === each.why) === index);
		const worse = later(OUTCOME_ORDER, left.outcome, right.outcome) === left.outcome ? left : right;
		const route = worse.route ?? left.route ?? right.route;
		return {
			outcome: worse.outcome,
			downtime: worstDowntime([left.downtime, right.downtime]),
			data: worstData([left.data, right.data]),
			undo,
			undoWhy: [...new Set(undoWhys)].join("; "),
			risks,
			...(route === undefined ? {} : { route }),
		};
	}, first);
	return merged;
}
