import type { Owners } from "../carriers.ts";
import type { Assessment } from "./assessment.ts";
import { withEffect } from "./pools.ts";

/**
 * The blueprint knows what its data is worth: a store whose loss counts for nothing (a cache that fills again) is no
 * data loss when it goes, though its type could hold data.
 */
export function withoutThrowaways(assessments: readonly Assessment[], before: Owners): readonly Assessment[] {
	return assessments.map((each) => {
		const { old } = each.pair;
		const loses = each.effect.data === "lost" || each.effect.data === "lost-unless-snapshot";
		if (old === null || !loses || each.rule?.kind !== "data") return each;
		if (before.get(old.urn)?.stateful !== false) return each;
		const { route: _, ...effect } = each.effect;
		return withEffect(
			{ ...each, effect },
			{ data: "none", undo: "yes", undoWhy: "it holds copies only, and fills again by itself" },
		);
	});
}
