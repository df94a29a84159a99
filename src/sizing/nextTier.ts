import type { Blueprint, Headroom } from "./blueprint.ts";
import type { Case } from "./case.ts";
import { tidy } from "./text.ts";

/** The limit that is met first as the load grows in equal measure. */
export interface FirstLimit {
	/** `clients`, or role and metric such as `database.storageGb`. */
	readonly metric: string;
	/** Value of that metric at which the limit is met. */
	readonly at: number;
	/** The same moment in units of the ladder's measure. */
	readonly atMeasure: number;
}

/** The range's top, or a warning level that is met before it. */
export function firstLimit(each: Case, headroom: readonly Headroom[]): FirstLimit | null {
	const top = each.tier.upTo ?? null;
	const limits = headroom.flatMap((line) => {
		if (line.used <= 0 || line.used >= line.warnAt) return [];
		return [
			{
				metric: `${line.role}.${line.metric}`,
				at: line.warnAt,
				atMeasure: tidy((each.load.equivalent * line.warnAt) / line.used),
			},
		];
	});
	const first = limits.toSorted((left, right) => left.atMeasure - right.atMeasure)[0] ?? null;
	if (top === null) return first;
	return first !== null && first.atMeasure < top ? first : { metric: each.ladder.measure, at: top, atMeasure: top };
}

/** Which tier comes next, and what makes it due. */
export function planNextTier(each: Case, headroom: readonly Headroom[]): Blueprint["nextTier"] {
	const index = each.ladder.tiers.findIndex((tier) => tier.id === each.tier.id);
	const next = each.ladder.tiers[index + 1];
	const limit = firstLimit(each, headroom);
	return next === undefined || limit === null ? null : { tier: next.id, metric: limit.metric, at: limit.at };
}
