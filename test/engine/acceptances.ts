/** Risk and resource of each exception: `["one-way", "data"]`. */
export type Accepted = readonly [risk: string, resource: string];

/** Entries of `tierstack:accept` for one move. Far enough away that no test runs into their end. */
export function accepts(from: string, to: string, ...risks: readonly Accepted[]) {
	return risks.map(([risk, resource]) => {
		return { risk, resource, from, to, by: "ops", reason: "a test of the engine", until: "2099-12-31" };
	});
}

/** What the sample dev stack does not tolerate by itself when it goes from starter to small. */
export const DEV_TO_SMALL: readonly Accepted[] = [
	["one-way", "data"],
	["recovery-gap", "stack"],
];
