import type { Refusal } from "../cloud/refusal.ts";
import { ACCESS_REFUSALS } from "./refusals/access.ts";
import { COMPUTE_REFUSALS } from "./refusals/compute.ts";
import { DATABASE_REFUSALS } from "./refusals/databases.ts";
import { FILE_REFUSALS } from "./refusals/files.ts";
import { NAME_REFUSALS } from "./refusals/names.ts";
import { NETWORK_REFUSALS } from "./refusals/network.ts";

/** Everything the emulated API refuses at apply. */
export const REFUSALS: readonly Refusal[] = [
	...ACCESS_REFUSALS,
	...NAME_REFUSALS,
	...COMPUTE_REFUSALS,
	...DATABASE_REFUSALS,
	...NETWORK_REFUSALS,
	...FILE_REFUSALS,
];
