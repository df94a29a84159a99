import type { Owners } from "../carriers.ts";
import { created } from "../impact/effects.ts";
import type { Assessment } from "./assessment.ts";
import { withEffect } from "./pools.ts";

/**
 * The blueprint knows what its data is worth: a store whose loss counts for nothing (a cache that fills again) is no
 * data loss when it goes, though its type could hold data, and is not kept when it came.
 */
export function withoutThrowaways(
	assessments: readonly Assessment[],
	owners: { readonly from: Owners; readonly to: Owners },
): readonly Assessment[] {
	return assessments.map((each) => {
		const { old, new: next } = each.pair;
		if (each.rule?.kind !== "data") return each;
		if (each.op === "create" && isThrowaway(next?.urn, owners.to)) return { ...each, effect: created };
		const loses = each.effect.data === "lost" || each.effect.data === "lost-unless-snapshot";
		if (!loses || !isThrowaway(old?.urn, owners.from)) return each;
		const { route: _, ...effect } = each.effect;
		const undoWhy = "it holds copies only, and fills again by itself";
		return withEffect({ ...each, effect }, { data: "none", undo: "yes", undoWhy });
	});
}

function isThrowaway(urn: string | undefined, owners: Owners): boolean {
	return urn !== undefined && owners.get(urn)?.stateful === false;
}
