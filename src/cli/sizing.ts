import { catalogFor } from "../catalog/catalog.ts";
import { stackFields } from "../config/schema.ts";
import type { StackConfig } from "../config/stackConfig.ts";
import { BugError, type Problem, UserError } from "../errors.ts";
import type { LadderSource } from "../knownWords.ts";
import type { Blueprint } from "../sizing/blueprint.ts";
import { plainRequest } from "../sizing/request.ts";
import { sizeTier } from "../sizing/sizeTier.ts";
import { findTier, type Ladder, type Tier } from "../tiers/ladder.ts";
import type { Provider } from "../words.ts";

/**
 * The blueprint a stack file asks for.
 *
 * @throws UserError naming the file and its keys when nothing can meet it.
 */
export function sizeStack(config: StackConfig, ladders: LadderSource): Blueprint {
	try {
		return sizeConfig(config, ladders);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		throw new UserError(error.problems.map((each) => inFile(each, config.stack)));
	}
}

/** Sizing knows keys and no files; here the file is known. */
function inFile(found: Problem, stack: string): Problem {
	if (found.file !== null) return found;
	const first = found.key?.split(".")[0] ?? "";
	const key = Object.hasOwn(stackFields, first) ? `tierstack:${found.key}` : found.key;
	return { ...found, file: `Pulumi.${stack}.yaml`, key };
}

function sizeConfig(config: StackConfig, ladders: LadderSource): Blueprint {
	const { tier, region, workload, floors, months, pins, edge } = config;
	return sizeTier({
		ladder: ladders.load(config.ladder),
		tier,
		catalog: catalogFor(config.provider),
		region,
		workload,
		floors,
		months,
		pins,
		edge,
		processes: config.app.processes,
	});
}

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
