import type { Provider } from "../words.ts";

/**
 * The words a stack file may use that come from data outside this room: ladders from `tiers/`, regions from the
 * catalog. Handed in, so that checking a stack file stays a pure function.
 */
export interface KnownWords {
	readonly ladders: Readonly<
		Record<
			string,
			{
				/** Tier ids, smallest first. */
				readonly tiers: readonly string[];
				/** Names a workload may measure; absent = sizing checks them. */
				readonly metrics?: readonly string[];
				/** Plans that customers may be counted by; absent = sizing checks them. */
				readonly plans?: readonly string[];
			}
		>
	>;
	readonly regions: Readonly<Record<Provider, readonly string[]>>;
}
