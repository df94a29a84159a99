/**
 * How much of a document is told. A comment holds 65,536 characters, so a document that is too long is told again one
 * step down, as a whole: nothing is ever cut off in the middle of a table or a fold.
 */
export interface Level {
	readonly number: 0 | 1 | 2 | 3 | 4;
	/** Longest property value, in letters. */
	readonly valueLength: number;
	/** Longest sentence, in letters. */
	readonly proseLength: number;
	/** One row for each change that matters, one for each role, one for each risk, or no rows at all. */
	readonly rows: "change" | "role" | "risk" | "none";
	/** Whether every change and the cost of each role stand in a fold. */
	readonly detail: boolean;
	/** What this level drops, for the line that says so; null when it drops nothing. */
	readonly leftOut: string | null;
}

export const LEVELS: readonly Level[] = [
	{ number: 0, valueLength: 400, proseLength: 600, rows: "change", detail: true, leftOut: null },
	{ number: 1, valueLength: 40, proseLength: 200, rows: "change", detail: true, leftOut: "long values" },
	{
		number: 2,
		valueLength: 40,
		proseLength: 200,
		rows: "role",
		detail: false,
		leftOut: "single changes (they are summed by role) and property values",
	},
	{
		number: 3,
		valueLength: 40,
		proseLength: 120,
		rows: "risk",
		detail: false,
		leftOut: "everything without a risk, and the steps to do by hand",
	},
	{ number: 4, valueLength: 40, proseLength: 80, rows: "none", detail: false, leftOut: "everything but the verdicts" },
];

/** GitHub takes 65,536 characters; the rest is for what the posting job adds. Counted in bytes, which are never fewer. */
export const LARGEST_BYTES = 60_000;

export function byteLength(text: string): number {
	return Buffer.byteLength(text, "utf8");
}
