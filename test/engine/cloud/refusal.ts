import type { AccountData, CloudResource } from "./account.ts";
import { shortName } from "./schema.ts";
import type { Properties } from "./values.ts";

export type Operation = "create" | "update" | "delete";

/** What somebody tries to do to the cloud. */
export interface Attempt {
	readonly operation: Operation;
	readonly type: string;
	/** Inputs to take effect; on a delete those in effect. */
	readonly inputs: Properties;
	/** The resource as it really is; null on a create. */
	readonly previous: CloudResource | null;
	readonly data: AccountData;
	readonly credentials: Readonly<Record<string, boolean>>;
}

/** Something the real API says no to although the plan was fine. */
export interface Refusal {
	/** Number of the trap, as in the labelled changes; null = found in the source named below. */
	readonly trap: number | null;
	/** S: provider source. D: provider's documents or API specification. C: third party. K: general knowledge. */
	readonly mark: "S" | "D" | "C" | "K";
	readonly source: string;
	readonly types: readonly string[];
	readonly on: readonly Operation[];
	readonly status: number;
	/** The API's sentence, or null when it has nothing against it. */
	readonly refuses: (attempt: Attempt) => string | null;
}

/** All others of a type (the resource itself left out). */
export function others(attempt: Attempt, type = shortName(attempt.type)): CloudResource[] {
	return attempt.data.resources.filter(
		(other) => shortName(other.type) === type && !(other.type === attempt.type && other.id === attempt.previous?.id),
	);
}

export function byId(attempt: Attempt, type: string, id: string): CloudResource | undefined {
	return attempt.data.resources.find((other) => shortName(other.type) === type && other.id === id);
}

/** The API's answer when it refuses, such as `422 The version cannot be downgraded`; null when it agrees. */
export function refusal(refusals: readonly Refusal[], attempt: Attempt): string | null {
	const name = shortName(attempt.type);
	for (const row of refusals) {
		if (!row.on.includes(attempt.operation) || (row.types.length > 0 && !row.types.includes(name))) continue;
		const sentence = row.refuses(attempt);
		if (sentence !== null) return `${row.status} ${sentence}`;
	}
	return null;
}
