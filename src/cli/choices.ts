import { type Problem, problem } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { echo } from "../secretText.ts";
import type { Ladder } from "../tiers/ladder.ts";
import { PROVIDERS, type Provider } from "../words.ts";

/*
 * Words of the command line against the words there are. Each check adds its problem to a list and answers with what
 * it could make out, so that one run tells all of them.
 */

export function chooseProvider(word: string | undefined, problems: Problem[]): Provider | undefined {
	if (word === undefined) return undefined;
	const found = PROVIDERS.find((provider) => provider === word);
	if (found === undefined) {
		problems.push(problem(unknownWord("provider", echo(word), PROVIDERS), { key: "--provider" }));
	}
	return found;
}

export function chooseTier(word: string, ladder: Ladder, key: string, problems: Problem[]): string {
	const tiers = ladder.tiers.map(({ id }) => id);
	if (!tiers.includes(word)) problems.push(problem(unknownWord("tier", echo(word), tiers), { key }));
	return word;
}

export function chooseRegion(
	word: string | undefined,
	provider: Provider | undefined,
	regions: Readonly<Record<Provider, readonly string[]>>,
	problems: Problem[],
): string | undefined {
	if (word === undefined || provider === undefined || regions[provider].includes(word)) return word;
	problems.push(problem(unknownWord(`${provider} region`, echo(word), regions[provider]), { key: "--region" }));
	return word;
}

/** A whole number of months, 0 to 120. */
export function chooseMonths(word: string | undefined, problems: Problem[]): number | null {
	if (word === undefined) return null;
	if (/^\d{1,3}$/.test(word) && Number(word) <= 120) return Number(word);
	problems.push(problem(`must be a whole number from 0 to 120, found "${echo(word)}"`, { key: "--months" }));
	return null;
}

export function chooseFloors(word: string | undefined, problems: Problem[]): "tier" | "ignore" {
	if (word === "tier" || word === "ignore" || word === undefined) return word ?? "tier";
	problems.push(problem(unknownWord("value", echo(word), ["tier", "ignore"]), { key: "--floors" }));
	return "tier";
}
