import type { Value } from "./values.ts";

/** `string`, `integer`, `number`, `boolean`, `any`, or one of the three shapes. */
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
	/** A change of it replaces the resource. */
	readonly replaces?: boolean;
	/** The cloud fills it in when it is left out. */
	readonly computed?: boolean;
	readonly secret?: boolean;
	readonly deprecated?: boolean;
	/** The words it may be, where the provider's types list them. */
	readonly oneOf?: readonly string[];
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
	/** The provider itself asks for the delete first, whatever the names are. */
	readonly deleteFirst?: boolean;
}

/**
 * `digitalocean:index/droplet:Droplet` -> `Droplet`, `aws:rds/instance:Instance` -> `rds.Instance`: the name under which
 * tables and tests list a type.
 */
export function shortName(type: string): string {
	const [, module = "", name = ""] = type.split(":");
	const folder = module.split("/")[0] ?? "";
	return folder === "index" ? name : `${folder}.${name}`;
}
