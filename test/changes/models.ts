import { readFileSync } from "node:fs";
import { catalogFor } from "../../src/catalog/catalog.ts";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import { compareStates } from "../../src/changes/compareStates.ts";
import type { ComparisonInput, ComparisonSide } from "../../src/changes/input.ts";
import { splitKept } from "../../src/changes/kept.ts";
import { plainConfig } from "../../src/cli/plainConfig.ts";
import type { StackConfig } from "../../src/config/stackConfig.ts";
import { UserError } from "../../src/errors.ts";
import { knownWords, ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { parseLadder } from "../../src/tiers/load.ts";
import type { Provider } from "../../src/words.ts";

/* Real ladders, sized and built under the mocks, as the command line does it. */

const ladders = ladderFolder("tiers");
const words = knownWords(ladders);

/** One tier of a shipped ladder on a provider. */
export interface RealTier {
	readonly ladder: string;
	readonly tier: string;
	readonly config: StackConfig;
	readonly blueprint: Blueprint;
	/** The tier by itself, nothing kept. */
	readonly side: ComparisonSide;
}

/** What a shipped ladder's tiers are on a provider; tiers the provider cannot meet are named with the reason. */
export async function realTiers(
	ladder: string,
	provider: Provider = "digitalocean",
): Promise<{ tiers: readonly RealTier[]; impossible: readonly string[] }> {
	const tiers: RealTier[] = [];
	const impossible: string[] = [];
	for (const { id } of ladders.load(ladder).tiers) {
		try {
			tiers.push(await realTier(ladder, id, provider));
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			impossible.push(`${ladder} ${id}: ${error.message}`);
		}
	}
	return { tiers, impossible };
}

async function realTier(ladder: string, tier: string, provider: Provider): Promise<RealTier> {
	const home = { ladder, tier, provider, region: ladders.load(ladder).regions[provider] } as const;
	const catalog = catalogFor(provider);
	const blueprint = sizeTier(plainRequest({ ladder: ladders.load(ladder), tier, catalog, region: home.region }));
	const config = plainConfig(home, words);
	const state = await buildModel({ blueprint, kept: [], retiring: [], config }, names(ladder));
	return { ladder, tier, config, blueprint, side: { state, blueprint, kept: [] } };
}

function names(ladder: string) {
	return { stack: ladder, project: "tierstack" };
}

/** What a team wrote into its files beside the four keys. */
export interface Written {
	/** Keys of the stack file. Default: none. */
	readonly stack?: Partial<StackConfig>;
	/** The ladder's own file, edited. Default: as shipped. */
	readonly ladder?: (shipped: string) => string;
	/** Text of the compose file that the stack file names. */
	readonly compose?: string;
}

/** A stack of a shipped ladder as its files say. */
export async function writtenSide(
	home: { readonly ladder: string; readonly tier: string; readonly provider: Provider },
	{ stack = {}, ladder: edit = (shipped) => shipped, compose }: Written = {},
): Promise<ComparisonSide> {
	const file = `tiers/${home.ladder}.yaml`;
	const ladder = parseLadder(edit(readFileSync(file, "utf8")), file);
	const place = { ...home, region: ladder.regions[home.provider] };
	const config = { ...plainConfig(place, words), ...stack };
	const request = { ladder, tier: home.tier, catalog: catalogFor(home.provider), region: place.region };
	const blueprint = sizeTier({ ...plainRequest(request), processes: config.app.processes });
	const input = { blueprint, kept: [], retiring: [], config, ...(compose === undefined ? {} : { compose }) };
	return { state: await buildModel(input, names(home.ladder)), blueprint, kept: [] };
}

export const LADDERS: readonly string[] = ladders.names;

/** The new side of a move from a stack born at `from`: what holds data is kept. */
export async function sideAfter(from: RealTier, to: RealTier): Promise<ComparisonSide> {
	const { kept, retiring } = splitKept(from.side, to.blueprint, []);
	const { blueprint, config } = to;
	const state = await buildModel({ blueprint, kept, retiring, config }, names(to.ladder));
	return { state, blueprint, kept };
}

export function compareSides(
	from: ComparisonSide | null,
	to: ComparisonSide,
	told: Partial<ComparisonInput> = {},
): ChangeSet {
	return compareStates({
		stack: null,
		base: { kind: "tier", ref: from?.blueprint.tier ?? null },
		from,
		to,
		layer: "model",
		tolerate: { downtimeMinutes: 0, monthlyUsd: 0 },
		accept: [],
		today: "2026-11-21",
		...told,
	});
}
