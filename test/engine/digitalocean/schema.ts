import type { ProviderFacts, ResourceSchema } from "../cloud/schema.ts";
import type { Value } from "../cloud/values.ts";
import provider from "./data/provider.json";
import schema from "./data/schema.json";

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
export function nameInput(type: string): string | null {
	const { name } = resourceSchema(type).inputs;
	return name !== undefined && name.required !== true ? "name" : null;
}
