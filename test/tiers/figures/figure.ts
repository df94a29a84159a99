import { catalogFor } from "../../../src/catalog/catalog.ts";
import type { Catalog } from "../../../src/catalog/rows.ts";
import type { Blueprint } from "../../../src/sizing/blueprint.ts";
import type { Ladder, Tier } from "../../../src/tiers/ladder.ts";
import { findTier } from "../../../src/tiers/ladder.ts";
import { PROVIDERS, type Provider } from "../../../src/words.ts";
import { ladder as ladderOf, size } from "../../sizing/requests.ts";

/*
 * Every figure of the five plans, one row each. A row says in which file and section the figure stands, and how it is
 * read off what sizing answers; the plan's own value is what must be found there. Figures that no ladder takes are rows
 * too: their ladder says in its notes why.
 */

/** What a row may look at: the ladder as it is checked in, one tier, and that tier's blueprint on one provider. */
export interface Seen {
	readonly ladder: Ladder;
	readonly tier: Tier;
	readonly blueprint: Blueprint;
	readonly catalog: Catalog;
}
export type Reader<Found> = (seen: Seen) => Found;

/** What a plan demands of a value, and how to say it when it is not so. */
export interface Demand<Found> {
	readonly says: string;
	readonly holds: (found: Found) => boolean;
}

export interface Row {
	/** The figure in the plan's words. */
	readonly figure: string;
	/** Tiers whose blueprints are read; null = any of the ladder will do. */
	readonly tiers: readonly string[] | null;
	readonly providers: readonly Provider[];
	/** Measured figures; null = the top of the tier's range. */
	readonly workload: Readonly<Record<string, number>> | null;
	/** One sentence about what is wrong; null = the figure is met. */
	readonly miss: (seen: Seen) => string | null;
}

/** All figures of one plan: file, then section, in the plan's order. */
export interface PlanFigures {
	readonly ladder: string;
	readonly file: string;
	/** Tiers that a provider cannot carry, and what it says of it: their figures are read on the other one. */
	readonly refused?: readonly { readonly tier: string; readonly provider: Provider; readonly because: string }[];
	readonly sections: Readonly<Record<string, readonly Row[]>>;
}

export interface Circumstances {
	/** Provider the figure is about. Default: both. */
	readonly on?: Provider;
	readonly workload?: Readonly<Record<string, number>>;
}

/** One figure, read in one tier or the same way in several. */
export function row<Found>(
	tiers: string | readonly string[],
	figure: string,
	read: Reader<Found>,
	demand: Demand<Found>,
	{ on, workload }: Circumstances = {},
): Row {
	return {
		figure,
		tiers: typeof tiers === "string" ? [tiers] : tiers,
		providers: on === undefined ? PROVIDERS : [on],
		workload: workload ?? null,
		miss: (seen) => {
			const found = read(seen);
			return demand.holds(found) ? null : `found ${JSON.stringify(found)}, the plan says ${demand.says}`;
		},
	};
}

/** A column of a plan's table: the same figure of several tiers, in the order of `values`. */
export function column<Value extends string | number, Found>(
	what: string,
	read: Reader<Found>,
	demand: (value: Value) => Demand<Found>,
	values: Readonly<Record<string, Value>>,
	circumstances: Circumstances = {},
): Row[] {
	return Object.entries(values).map(([tier, value]) =>
		row(tier, `${what} ${value}`, read, demand(value), circumstances),
	);
}

/** A figure that is not taken, or taken in one of several readings: the notes of these tiers say why. */
export function told(figure: string, words: string, tiers: readonly string[] | null = null): Row {
	return {
		figure,
		tiers,
		providers: PROVIDERS,
		workload: null,
		miss: ({ tier, ladder, blueprint }) => {
			const notes = tiers === null ? ladder.tiers.flatMap((each) => each.notes) : blueprint.notes;
			return notes.some((note) => note.includes(words)) ? null : `no note of ${tier.id} says "${words}"`;
		},
	};
}

/** Sections of a plan, each row of each tier and provider a case of its own. */
export interface FigureCase {
	readonly name: string;
	readonly ladder: string;
	readonly tier: string;
	readonly miss: () => string | null;
}

export function casesOf({ ladder, file, refused = [], sections }: PlanFigures): FigureCase[] {
	return Object.entries(sections).flatMap(([section, rows]) =>
		rows.flatMap((each) => {
			const tiers = each.tiers ?? [ladderOf(ladder).tiers[0]?.id ?? ""];
			return tiers.flatMap((tier) => {
				const carriers = each.providers.filter(
					(provider) => !refused.some((other) => other.tier === tier && other.provider === provider),
				);
				return carriers.map((provider) => ({
					name: `${file}, ${section}: ${each.figure} (${each.tiers === null ? "ladder" : tier}, ${provider})`,
					ladder,
					tier,
					miss: () => each.miss(see(ladder, tier, provider, each.workload)),
				}));
			});
		}),
	);
}

const sized = new Map<string, Seen>();

/** One tier of a ladder as sizing answers it; each once a test file. */
function see(name: string, tier: string, provider: Provider, workload: Row["workload"]): Seen {
	const key = JSON.stringify([name, tier, provider, workload]);
	const known = sized.get(key);
	if (known !== undefined) return known;
	const ladder = ladderOf(name);
	const found = findTier(ladder, tier);
	if (found === undefined) throw new Error(`${name} has no tier ${tier}`);
	const catalog = catalogFor(provider);
	const seen = { ladder, tier: found, blueprint: size(name, tier, { provider, workload }), catalog };
	sized.set(key, seen);
	return seen;
}
