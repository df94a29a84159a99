import type { Properties } from "./values.ts";

/** What a rule looks at: the deployed state (null on create) and the new inputs. */
export interface PlanContext {
	readonly old: Properties | null;
	readonly news: Properties;
}

/** A rule of the provider's own code (CustomizeDiff), which no schema shows. Trap 97. */
export interface PlanRule {
	readonly trap: number | null;
	/** File of the provider's source the rule stands in. */
	readonly source: string;
	/** Property that replaces although the schema does not say so, or null. */
	readonly replaces?: (context: PlanContext) => string | null;
	/** Sentence with which the plan itself fails, or null. */
	readonly fails?: (context: PlanContext) => string | null;
	/** Property whose change the provider leaves out of the plan, or null. */
	readonly ignores?: (context: PlanContext) => string | null;
}
