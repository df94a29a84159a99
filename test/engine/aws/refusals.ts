import type { Refusal } from "../cloud/refusal.ts";
import { COMPUTE_REFUSALS } from "./refusals/compute.ts";
import { DATABASE_REFUSALS } from "./refusals/databases.ts";
import { NAME_REFUSALS } from "./refusals/names.ts";
import { NETWORK_REFUSALS } from "./refusals/network.ts";
import { STORAGE_REFUSALS } from "./refusals/storage.ts";

/** Everything the emulated API refuses at apply. */
export const REFUSALS: readonly Refusal[] = [
	...NAME_REFUSALS,
	...NETWORK_REFUSALS,
	...COMPUTE_REFUSALS,
	...STORAGE_REFUSALS,
	...DATABASE_REFUSALS,
];
