import provider from "./data/provider.json";
import schema from "./data/schema.json";
import type { Value } from "./values.ts";

/** `string`, `integer`, `number`, `boolean`, or one of the three shapes. */
export type ValueType =
	| string
	| {
			readonly array?: ValueType;
			readonly map?: ValueType;
			readonly object?: Readonly<Record<string, PropertySchema>>;
	  };

export interface PropertySchema {
	readonly type: ValueType;
	readonly required?: boolean;
	/** The schema's `willReplaceOnChanges`. */
	readonly replaces?: boolean;
	readonly secret?: boolean;
	readonly deprecated?: boolean;
}

export interface ResourceSchema {
	readonly inputs: Readonly<Record<string, PropertySchema>>;
	readonly outputs: Readonly<Record<string, ValueType>>;
	readonly secretOutputs: readonly string[];
}

/** What the schema does not tell and the provider's source does. */
export interface ProviderFacts {
	/** Inputs the cloud fills in when they are left out: leaving one out later is no change. */
	readonly computed: readonly string[];
	readonly defaults: Readonly<Record<string, Value>>;
	/** No update exists: every change replaces. */
	readonly noUpdate: boolean;
}

const resources: Readonly<Record<string, ResourceSchema>> = schema.resources;
const facts: Readonly<
	Record<
		string,
		{ readonly computed?: string[]; readonly defaults?: Record<string, Value>; readonly noUpdate?: boolean }
	>
> = provider.resources;

export const RESOURCE_TYPES: readonly string[] = Object.keys(resources);

/** `Droplet` -> `digitalocean:index/droplet:Droplet`. */
export function token(shortName: string): string {
	return `digitalocean:index/${shortName.charAt(0).toLowerCase()}${shortName.slice(1)}:${shortName}`;
}

/** `digitalocean:index/droplet:Droplet` -> `Droplet`: the name under which the tables below list a type. */
export function shortName(type: string): string {
	return type.slice(type.lastIndexOf(":") + 1);
}

export function resourceSchema(type: string): ResourceSchema {
	const found = resources[type];
	if (found === undefined) throw new Error(`the emulated provider has no resource type ${type}`);
	return found;
}

export function providerFacts(type: string): ProviderFacts {
	const found = facts[type] ?? {};
	return { computed: found.computed ?? [], defaults: found.defaults ?? {}, noUpdate: found.noUpdate ?? false };
}

/** A name the provider makes up when the program gives none: every optional top-level `name`. */
export function isAutonamed(type: string): boolean {
	const name = resourceSchema(type).inputs.name;
	return name !== undefined && name.required !== true;
}
