import { catalogFor } from "../../../src/catalog/catalog.ts";
import type { DesiredState } from "../../../src/changes/desired.ts";
import { splitKept } from "../../../src/changes/kept.ts";
import type { StackConfig } from "../../../src/config/stackConfig.ts";
import { UserError } from "../../../src/errors.ts";
import { buildModel } from "../../../src/model/buildModel.ts";
import type { Blueprint, Component } from "../../../src/sizing/blueprint.ts";
import { plainRequest } from "../../../src/sizing/request.ts";
import { sizeTier } from "../../../src/sizing/sizeTier.ts";
import type { Ladder } from "../../../src/tiers/ladder.ts";
import { ladderNames, loadLadder } from "../../../src/tiers/load.ts";
import { NAMES, stackInput } from "../../builders/config.ts";

const TIERS = `${import.meta.dirname}/../../../tiers`;
const catalog = catalogFor("aws");

/** Every tier of every ladder that AWS can carry; sizing says what it cannot, and other tests hold that. */
export const LADDERS: readonly { readonly name: string; readonly sized: readonly Blueprint[] }[] = ladderNames(
	TIERS,
).map((name) => {
	const ladder = loadLadder(TIERS, name);
	return { name, sized: ladder.tiers.flatMap(({ id }) => sizedOrNone(ladder, id)) };
});

function sizedOrNone(ladder: Ladder, tier: string): Blueprint[] {
	try {
		return [sizeTier(plainRequest({ ladder, tier, catalog, region: ladder.regions.aws }))];
	} catch (error) {
		if (error instanceof UserError) return [];
		throw error;
	}
}

/** One tier as it is shipped. */
export function tierOf(ladder: string, tier: string): Blueprint {
	const found = LADDERS.find(({ name }) => name === ladder)?.sized.find((each) => each.tier === tier);
	if (found === undefined) throw new Error(`no tier ${tier} of ${ladder} on AWS`);
	return found;
}

/** What the program declares for a tier, with a domain of the stack's own. */
export function build(
	blueprint: Blueprint,
	rest: {
		readonly config?: Partial<StackConfig>;
		readonly kept?: readonly Component[];
		readonly retiring?: readonly Component[];
	} = {},
): Promise<DesiredState> {
	const config = { domains: ["example.com", "www.example.com"], provider: blueprint.provider, ...rest.config };
	return buildModel(stackInput(blueprint, { ...rest, config }), NAMES);
}

/** A ladder climbed from its first tier to its last: what each tier leaves behind comes along. */
export async function climb(
	sized: readonly Blueprint[],
): Promise<readonly { readonly tier: string; readonly state: DesiredState }[]> {
	const states: { tier: string; state: DesiredState }[] = [];
	let previous: { blueprint: Blueprint; kept: readonly Component[] } | null = null;
	for (const blueprint of sized) {
		const { kept }: { kept: readonly Component[] } = splitKept(previous, blueprint, []);
		states.push({ tier: blueprint.tier, state: await build(blueprint, { kept }) });
		previous = { blueprint, kept };
	}
	return states;
}
