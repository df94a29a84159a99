import { catalogFor } from "./catalog/catalog.ts";
import type { KnownWords } from "./config/known.ts";
import type { Ladder } from "./tiers/ladder.ts";
import { ladderNames, loadLadder } from "./tiers/load.ts";
import { PROVIDERS } from "./words.ts";

/** Where ladders come from: a folder, or a commit. */
export interface LadderSource {
	/** Sorted. */
	readonly names: readonly string[];
	/** @throws UserError when there is no such ladder, or with every problem in it. */
	load(name: string): Ladder;
}

/** The ladders of a folder, each read once and only when it is asked for. */
export function ladderFolder(dir: string): LadderSource {
	return remembering({ names: ladderNames(dir), load: (name) => loadLadder(dir, name) });
}

/** A source that reads each ladder once. */
export function remembering(source: LadderSource): LadderSource {
	const read = new Map<string, Ladder>();
	return {
		names: source.names,
		load(name) {
			const known = read.get(name);
			if (known !== undefined) return known;
			const ladder = source.load(name);
			read.set(name, ladder);
			return ladder;
		},
	};
}

/**
 * The words stack files may use. A ladder is read only when a stack file names it, a catalog only when its regions are
 * looked at, so that a check costs what the file at hand needs.
 */
export function knownWords(source: LadderSource): KnownWords {
	const ladders: Record<string, KnownWords["ladders"][string]> = {};
	for (const name of source.names) {
		Object.defineProperty(ladders, name, { enumerable: true, get: () => wordsOf(source.load(name)) });
	}
	return { ladders, regions: regionWords() };
}

function wordsOf(ladder: Ladder): KnownWords["ladders"][string] {
	return {
		tiers: ladder.tiers.map(({ id }) => id),
		metrics: ladder.metrics.map(({ name }) => name),
		plans: Object.keys(ladder.plans),
	};
}

function regionWords(): KnownWords["regions"] {
	const regions: KnownWords["regions"] = { digitalocean: [], aws: [] };
	for (const provider of PROVIDERS) {
		const get = () => catalogFor(provider).regions.map(({ region }) => region);
		Object.defineProperty(regions, provider, { enumerable: true, get });
	}
	return regions;
}
