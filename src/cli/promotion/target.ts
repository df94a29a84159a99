import { type Problem, problem, UserError } from "../../errors.ts";
import type { Ladder } from "../../tiers/ladder.ts";
import { chooseTier } from "../choices.ts";
import { nextTierOf } from "../sizing.ts";

/** The tier a stack is to be on. */
export interface Target {
	readonly tier: string;
	/** Tiers that are passed over, in the ladder's order. */
	readonly skipped: readonly string[];
}

/**
 * The tier that was named, else the next one up.
 *
 * @throws UserError when there is no such tier, or none above.
 */
export function chooseTarget(ladder: Ladder, from: string, word: string | undefined): Target {
	const problems: Problem[] = [];
	if (word !== undefined) {
		const tier = chooseTier(word, ladder, "tier", problems);
		if (problems.length > 0) throw new UserError(problems);
		return { tier, skipped: between(ladder, from, tier) };
	}
	const next = nextTierOf(ladder, from);
	if (next === null) throw new UserError([problem(`${from} is the last tier of ${ladder.name}; name a lower one`)]);
	return { tier: next.id, skipped: [] };
}

function between(ladder: Ladder, from: string, to: string): readonly string[] {
	const tiers = ladder.tiers.map(({ id }) => id);
	const [low = 0, high = 0] = [tiers.indexOf(from), tiers.indexOf(to)].toSorted((left, right) => left - right);
	return tiers.slice(low + 1, high);
}
