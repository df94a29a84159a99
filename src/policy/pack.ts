import {
	PolicyPack as Pack,
	type PolicyPack,
	type PolicyResource,
	type ResourceValidationArgs,
	type ResourceValidationPolicy,
	type StackValidationPolicy,
} from "@pulumi/policy";
import config from "./config.json" with { type: "json" };
import { retiringIn, type StackFolders, stackOf } from "./retiring.ts";
import { RULE_NAMES, type RuleContext, type RuleName } from "./rule.ts";
import { checkResource, checkStack, RESOURCE_ROWS, RULES, STACK_ROWS } from "./rules.ts";
import { type Inputs, numberAt, type Subject } from "./subject.ts";

/** Where the ceiling stands when no `--policy-pack-config` says otherwise. */
const CEILING_RULE = "cost-ceiling";
const CEILING_KEY = "monthlyUsd";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * Starts the pack: the engine asks it about every resource and, at the end, about the whole stack.
 *
 * @param folders where the stack files are.
 */
export function startPack(folders: StackFolders): PolicyPack {
	return new Pack("tierstack", { policies: [...policies(folders)], enforcementLevel: "mandatory" });
}

/** One policy a rule for single resources, one more where the rule needs the whole stack. */
export function policies(folders: StackFolders): readonly Policy[] {
	return RULE_NAMES.flatMap((rule): Policy[] => [
		...(RESOURCE_ROWS.some((row) => row.rule === rule) ? [resourcePolicy(rule, folders)] : []),
		...(STACK_ROWS.some((row) => row.rule === rule) ? [stackPolicy(rule, folders)] : []),
	]);
}

function resourcePolicy(rule: RuleName, folders: StackFolders): ResourceValidationPolicy {
	return {
		...told(rule),
		name: rule,
		validateResource: (args, report) => {
			for (const sentence of checkResource(rule, subjectOf(args), contextOf(folders, args.urn, {}))) report(sentence);
		},
	};
}

function stackPolicy(rule: RuleName, folders: StackFolders): StackValidationPolicy {
	const asked = rule === CEILING_RULE;
	return {
		...told(rule),
		name: asked ? rule : `${rule}-in-stack`,
		...(asked ? { configSchema: { properties: { [CEILING_KEY]: { type: "number", minimum: 0 } } } } : {}),
		validateStack: (args, report) => {
			const context = contextOf(folders, args.resources[0]?.urn ?? "", args.getConfig<Inputs>());
			for (const { urn, message } of checkStack(rule, args.resources.map(memberOf), context)) {
				report(message, urn ?? undefined);
			}
		},
	};
}

function told(rule: RuleName) {
	const { description, severity, mend } = RULES[rule];
	return { description, severity, remediationSteps: mend };
}

/** What the stack file retires has lost its protection on purpose. */
function contextOf(folders: StackFolders, urn: string, policyConfig: Inputs): RuleContext {
	return {
		retiring: retiringIn(folders, stackOf(urn)),
		ceilingUsd: numberAt(policyConfig, CEILING_KEY) ?? config["cost-ceiling"].monthlyUsd,
	};
}

function subjectOf({ urn, type, name, props, provider, opts }: ResourceValidationArgs): Subject {
	return { urn, type, name, inputs: props, provider: provider?.props ?? null, protect: opts.protect, references: {} };
}

function memberOf({ urn, type, name, props, provider, opts, propertyDependencies }: PolicyResource): Subject {
	const references = Object.fromEntries(
		Object.entries(propertyDependencies).map(([input, resources]) => [input, resources.map((each) => each.urn)]),
	);
	return { urn, type, name, inputs: props, provider: provider?.props ?? null, protect: opts.protect, references };
}
