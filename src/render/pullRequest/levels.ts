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
	/** Longest list and longest table; what is beyond is counted. A table nobody reads to its end helps nobody. */
	readonly mostLines: number;
	/** One row for each change that matters, one for each role, one for each risk, or no rows at all. */
	readonly rows: "change" | "role" | "risk" | "none";
	/** Whether every change and the cost of each role stand in a fold. */
	readonly detail: boolean;
	/** All that is missing at this level, for the line that says so; null when nothing is. */
	readonly leftOut: string | null;
}

/** The last step: one row a stack. */
export const SHORTEST: Level = {
	number: 4,
	valueLength: 40,
	proseLength: 80,
	mostLines: 0,
	rows: "none",
	detail: false,
	leftOut: "everything but the verdicts",
};

/** Longest first. */
export const LEVELS: readonly Level[] = [
	{ number: 0, valueLength: 400, proseLength: 600, mostLines: 60, rows: "change", detail: true, leftOut: null },
	{ number: 1, valueLength: 40, proseLength: 200, mostLines: 60, rows: "change", detail: true, leftOut: "long values" },
	{
		number: 2,
		valueLength: 40,
		proseLength: 200,
		mostLines: 20,
		rows: "role",
		detail: false,
		leftOut: "single changes, which are summed by role, and their properties",
	},
	{
		number: 3,
		valueLength: 40,
		proseLength: 120,
		mostLines: 8,
		rows: "risk",
		detail: false,
		leftOut: "whatever carries no risk, properties, what is kept or accepted, and how the steps by hand go",
	},
	SHORTEST,
];

/** GitHub takes 65,536 characters; the rest is for what the posting job adds. Counted in bytes, which are never fewer. */
export const LARGEST_BYTES = 60_000;

export function byteLength(text: string): number {
	return Buffer.byteLength(text, "utf8");
}
