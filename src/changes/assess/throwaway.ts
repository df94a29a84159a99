import { componentOf } from "../carriers.ts";
import { componentsOf } from "../cost.ts";
import type { ComparisonSide } from "../input.ts";
import type { Assessment } from "./assessment.ts";
import { withEffect } from "./pools.ts";

/**
 * The blueprint knows what its data is worth: a store whose loss counts for nothing (a cache that fills again) is no
 * data loss when it goes, though its type could hold data.
 */
export function withoutThrowaways(
	assessments: readonly Assessment[],
	from: ComparisonSide | null,
): readonly Assessment[] {
	if (from === null) return assessments;
	const components = componentsOf(from);
	return assessments.map((each) => {
		const { old } = each.pair;
		const loses = each.effect.data === "lost" || each.effect.data === "lost-unless-snapshot";
		if (old === null || !loses || each.rule?.kind !== "data") return each;
		if (componentOf(old, components, from.state)?.stateful !== false) return each;
		const { route: _, ...effect } = each.effect;
		return withEffect(
			{ ...each, effect },
			{ data: "none", undo: "yes", undoWhy: "it holds copies only, and fills again by itself" },
		);
	});
}
