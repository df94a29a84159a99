import type { ResourceOptions } from "@pulumi/pulumi";

/**
 * Types under which a package knew a resource before, where its aliases say nothing else: the packages give them to half
 * of AWS's resources. Null where an alias says more, or is not known yet.
 *
 * For each alias the library makes nine outputs, to tell engines of old the whole URN: a fifth of all the model's.
 */
export function formerTypesOf({ aliases = [] }: ResourceOptions): readonly string[] | null {
	const types: string[] = [];
	for (const alias of aliases) {
		if (typeof alias !== "object" || !("type" in alias) || Object.keys(alias).length !== 1) return null;
		if (typeof alias.type !== "string") return null;
		types.push(alias.type);
	}
	return types;
}

/** An alias of a type alone, as the library would tell it to the engine. */
export function formerTypeAlias(type: string, parentUrn: string): string {
	return JSON.stringify({ name: "", type, stack: "", project: "", parenturn: parentUrn });
}
