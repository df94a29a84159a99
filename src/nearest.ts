import { distance } from "fastest-levenshtein";

/** Two letters swapped count as one slip, not as two: `dve` for `dev`. */
function slips(found: string, word: string): number {
	const sameLetters = [...found].sort().join("") === [...word].sort().join("");
	return sameLetters ? Math.min(1, distance(found, word)) : distance(found, word);
}

/**
 * The allowed word closest to what was typed, when it is close enough to be a likely slip
 * (at most a third of the longer word's letters differ, and always within 3).
 */
export function nearestMatch(found: string, allowed: readonly string[]): string | null {
	const ranked = allowed
		.map((word) => ({ word, edits: slips(found.toLowerCase(), word.toLowerCase()) }))
		.sort((left, right) => left.edits - right.edits || left.word.localeCompare(right.word));
	const best = ranked[0];
	if (best === undefined) return null;
	const limit = Math.min(3, Math.ceil(Math.max(found.length, best.word.length) / 3));
	return best.edits <= limit ? best.word : null;
}

/** `unknown tier "startr"; allowed: starter, small; did you mean "starter"?` */
export function unknownWord(what: string, found: string, allowed: readonly string[]): string {
	const nearest = nearestMatch(found, allowed);
	const hint = nearest === null ? "" : `; did you mean "${nearest}"?`;
	return `unknown ${what} "${found}"; allowed: ${allowed.join(", ")}${hint}`;
}
