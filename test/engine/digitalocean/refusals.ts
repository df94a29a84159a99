import { ACCESS_REFUSALS } from "./refusals/access.ts";
import { COMPUTE_REFUSALS } from "./refusals/compute.ts";
import { DATABASE_REFUSALS } from "./refusals/databases.ts";
import { FILE_REFUSALS } from "./refusals/files.ts";
import { NAME_REFUSALS } from "./refusals/names.ts";
import { NETWORK_REFUSALS } from "./refusals/network.ts";
import type { Attempt, Refusal } from "./refusals/refusal.ts";
import { shortName } from "./schema.ts";

/** Everything the emulated API refuses at apply. */
export const REFUSALS: readonly Refusal[] = [
	...ACCESS_REFUSALS,
	...NAME_REFUSALS,
	...COMPUTE_REFUSALS,
	...DATABASE_REFUSALS,
	...NETWORK_REFUSALS,
	...FILE_REFUSALS,
];

/** The API's answer when it refuses, such as `422 The version cannot be downgraded`; null when it agrees. */
export function refusal(attempt: Attempt): string | null {
	const name = shortName(attempt.type);
	for (const row of REFUSALS) {
		if (!row.on.includes(attempt.operation) || (row.types.length > 0 && !row.types.includes(name))) continue;
		const sentence = row.refuses(attempt);
		if (sentence !== null) return `${row.status} ${sentence}`;
	}
	return null;
}
