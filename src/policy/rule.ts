import { WHOLE_STACK } from "../config/stackConfig.ts";
import type { Subject } from "./subject.ts";

/** What the rules need to know beside the resources. */
export interface RuleContext {
	/** Names that the stack file retires, logical ones or the whole stack's: their protection is lifted on purpose. */
	readonly retiring: readonly string[];
	/** USD a month that a stack may cost at the top of its ranges. */
	readonly ceilingUsd: number;
}

/** What is wrong, each as one sentence that can follow the resource's name. */
export type Check = (subject: Subject, context: RuleContext) => readonly string[];

export interface StackComplaint {
	/** null = the stack as a whole. */
	readonly urn: string | null;
	readonly message: string;
}

export type StackCheck = (subjects: readonly Subject[], context: RuleContext) => readonly StackComplaint[];

/** How one type of resource keeps a rule. */
export interface ResourceRow {
	readonly rule: RuleName;
	readonly type: string;
	readonly check: Check;
	/** The same control in published scanners, for whoever has to show compliance; null = none has it. */
	readonly like: string | null;
}

/** What can only be seen with the whole stack in view. */
export interface StackRow {
	readonly rule: RuleName;
	readonly check: StackCheck;
}

export const RULE_NAMES = [
	"database-not-public",
	"bucket-private",
	"ssh-not-wide",
	"encrypted-at-rest",
	"encrypted-in-transit",
	"backed-up",
	"protected",
	"tagged",
	"cost-ceiling",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** `complain(broken, "says so")`: the sentence when the condition holds. */
export function complain(broken: boolean, sentence: string): readonly string[] {
	return broken ? [sentence] : [];
}

/** Tag that everything this project makes carries, so that a bill or a console can be sorted by it. */
export const PROJECT_TAG = "tierstack";

/** Whether the stack file retires a resource, by its name or with the whole stack. */
export function isRetired(name: string, retiring: RuleContext["retiring"]): boolean {
	return retiring.includes(name) || retiring.includes(WHOLE_STACK);
}

/** For whatever holds data: the engine must refuse to delete it, unless the stack file retires it. */
export const checkProtect: Check = ({ name, protect }, { retiring }) =>
	complain(!protect && !isRetired(name, retiring), "holds data and is not protected against deletion");
