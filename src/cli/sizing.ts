import { catalogFor } from "../catalog/catalog.ts";
import { BugError } from "../errors.ts";
import type { Blueprint } from "../sizing/blueprint.ts";
import { plainRequest } from "../sizing/request.ts";
import { sizeTier } from "../sizing/sizeTier.ts";
import { findTier, type Ladder, type Tier } from "../tiers/ladder.ts";
import type { Provider } from "../words.ts";

/** A ladder's tier by itself, nothing measured: on the plan's own provider and region unless told otherwise. */
export function sizeLadderTier(ladder: Ladder, id: string, provider?: Provider, region?: string): Blueprint {
	const chosen = provider ?? tierOf(ladder, id).provider;
	return sizeTier(
		plainRequest({ ladder, tier: id, catalog: catalogFor(chosen), region: region ?? ladder.regions[chosen] }),
	);
}

/** The tier with a checked id. */
export function tierOf(ladder: Ladder, id: string): Tier {
	const tier = findTier(ladder, id);
	if (tier === undefined) throw new BugError(`tier ${id} of ${ladder.name} passed the checks and is not there`);
	return tier;
}

/** The tier above; null for the last. */
export function nextTierOf(ladder: Ladder, id: string): Tier | null {
	return ladder.tiers[ladder.tiers.indexOf(tierOf(ladder, id)) + 1] ?? null;
}
