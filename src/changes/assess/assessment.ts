import type { Op, PropertyChange } from "../changeSet.ts";
import type { Pair } from "../diff/pairs.ts";
import type { Effect, TypeRule } from "../impact/rule.ts";

/** What happens to one resource, before prices and explanations. */
export interface Assessment {
	readonly urn: string;
	readonly pair: Pair;
	readonly rule: TypeRule | null;
	readonly op: Op;
	readonly order: null | "create-first" | "delete-first";
	readonly props: readonly PropertyChange[];
	readonly effect: Effect;
	/** How sure a replacement is; `may` = only when a value that is known later really differs. */
	readonly replaced: "no" | "may" | "yes";
	readonly security: "same" | "wider" | "narrower";
}
