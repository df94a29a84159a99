import { type Problem, problem, UserError } from "../../errors.ts";
import type { Ladder } from "../../tiers/ladder.ts";
import { chooseTier } from "../choices.ts";
import { nextTierOf } from "../sizing.ts";

/** The tier a stack is to be on. */
export interface Target {
	readonly tier: string;
	/** Tiers that are passed over, in the ladder's order. */
	readonly skipped: readonly string[];
	readonly up: boolean;
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
		return betweenTiers(ladder, from, tier);
	}
	const next = nextTierOf(ladder, from);
	if (next === null) throw new UserError([problem(`${from} is the last tier of ${ladder.name}; name a lower one`)]);
	return { tier: next.id, skipped: [], up: true };
}

function betweenTiers(ladder: Ladder, from: string, to: string): Target {
	const tiers = ladder.tiers.map(({ id }) => id);
	const [here, there] = [tiers.indexOf(from), tiers.indexOf(to)];
	const skipped = tiers.slice(Math.min(here, there) + 1, Math.max(here, there));
	return { tier: to, skipped, up: there > here };
}
