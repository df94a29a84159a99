import type { Catalog } from "../catalog/rows.ts";
import type { Pin, StackConfig } from "../config/stackConfig.ts";
import type { Ladder } from "../tiers/ladder.ts";
import type { Plain } from "../words.ts";
import type { Chosen } from "./chosen.ts";

/** Everything sizing answers from. The same request gives the same blueprint, byte by byte. */
export interface SizingRequest {
	readonly ladder: Ladder;
	/** Id of a tier of the ladder. */
	readonly tier: string;
	/** What can be bought: it also says which provider. */
	readonly catalog: Catalog;
	readonly region: string;
	/** Measured figures by metric; null = the top of the tier's range. */
	readonly workload: Readonly<Record<string, number>> | null;
	/** `tier` = never less than the plan's floors; `ignore` = floors shrink with the workload. */
	readonly floors: "tier" | "ignore";
	/** Months of growth to size for; null = the ladder's own. */
	readonly months: number | null;
	readonly pins: readonly Pin[];
	/** Who serves at the edge: `cloudflare` and `none` buy no CDN from the provider. */
	readonly edge: StackConfig["edge"];
	/** Overrides of the ladder's processes, by name. */
	readonly processes: Readonly<Record<string, Plain>>;
	/** What the stack chose on an earlier tier and keeps; null or absent = sized afresh. */
	readonly chosen?: Chosen | null;
}

/** A request with nothing measured, pinned or overridden: what a ladder's own figures give. */
export function plainRequest(parts: Pick<SizingRequest, "ladder" | "tier" | "catalog" | "region">): SizingRequest {
	return {
		...parts,
		workload: null,
		floors: "tier",
		months: null,
		pins: [],
		edge: "provider",
		processes: {},
	};
}
