import type { AccountData, CloudResource } from "./account.ts";
import type { PlanRule } from "./planRule.ts";
import type { Attempt, Refusal } from "./refusal.ts";
import type { ProviderFacts, ResourceSchema } from "./schema.ts";
import { DEFAULTS_KEY, type Properties, UNKNOWN, type Value } from "./values.ts";

/** What an output is computed from. */
export interface OutputContext {
	readonly id: string;
	readonly number: number;
	readonly inputs: Properties;
	readonly data: AccountData;
}

/** All that one emulated cloud is: its provider's schema, and what the provider's code and the API add to it. */
export interface CloudFacts {
	/** Version of the provider it stands for. */
	readonly version: string;
	schemaOf(type: string): ResourceSchema;
	providerFacts(type: string): ProviderFacts;
	/** What the provider adds to the program's inputs before it checks them, such as its own region. */
	completed?(type: string, inputs: Properties, config: Properties): Properties;
	/** Input for which the provider makes up a name when the program gives none; null = it never does. */
	nameInput(type: string): string | null;
	/** How a made-up name is written. */
	madeUpName(type: string, name: string, digits: string): string;
	/** The provider's own validation: the sentence it would say, or null. `path` such as `rules[0].port`. */
	validate(type: string, path: string, value: Value): string | null;
	/** What the state holds for an input: a hash for some, else the value. */
	stateValue(type: string, key: string, value: Value): Value;
	/** Values the provider takes for equal although they are written otherwise. */
	isSame(before: Value | undefined, after: Value | undefined): boolean;
	planRules(type: string): readonly PlanRule[];
	/** Everything the API refuses at apply. */
	readonly refusals: readonly Refusal[];
	/** The state the provider reads back. */
	computeState(type: string, context: OutputContext, previous: CloudResource | null): Properties;
	/** What the cloud will add inside objects that the program gave: unknown until it exists. */
	addedInside?(type: string, inputs: Properties): Properties;
	newId(type: string, inputs: Properties, number: number, data: AccountData): string;
	lookUp(name: string, args: Properties, data: AccountData): Properties;
	/** What goes with its parent: parent -> child -> input of the child that names it. */
	readonly children: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/** Inputs the provider's update never sends: the plan shows them, nothing happens. */
	readonly silent: Readonly<Record<string, readonly string[]>>;
	/**
	 * Types that read the truth back before they report a failed update. On all others the provider's SDK records the
	 * plan as if it had come true (terraform-plugin-sdk, helper/schema/resource_data.go, Partial).
	 */
	readonly readsBackOnFailure: readonly string[];
	/** Which credentials the provider has, by its configuration and the environment. */
	credentials(config: Properties, env: NodeJS.ProcessEnv): Attempt["credentials"];
	/** What an update leaves behind beside the new state: cool-downs, upgrades that run on. */
	afterUpdate(before: CloudResource, inputs: Properties, state: Properties, data: AccountData): void;
	/** What a delete leaves behind: names that stay taken. */
	afterDelete(attempt: Attempt): void;
}

/** What a preview knows of a new resource: the inputs, and that everything else is still unknown. */
export function previewState(facts: CloudFacts, type: string, inputs: Properties): Properties {
	const unknown = [...Object.keys(facts.schemaOf(type).outputs), ...facts.providerFacts(type).computed];
	return {
		...Object.fromEntries(unknown.map((key) => [key, UNKNOWN])),
		...Object.fromEntries(
			Object.entries(inputs)
				.filter(([key]) => key !== DEFAULTS_KEY)
				.map(([key, value]) => [key, facts.stateValue(type, key, value)]),
		),
		...facts.addedInside?.(type, inputs),
	};
}
