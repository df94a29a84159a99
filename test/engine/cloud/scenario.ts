import type { CloudLab } from "./lab.ts";

/** What somebody does, the row that must refuse it (by its source), and what the API says. */
export interface Scenario<Lab = CloudLab> {
	readonly does: string;
	readonly source: RegExp;
	readonly says: RegExp;
	readonly act: (lab: Lab) => Promise<unknown>;
}
