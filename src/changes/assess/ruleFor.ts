import type { DesiredResource } from "../desired.ts";
import type { Leaf } from "../diff/diffInputs.ts";
import { covers, rulePath } from "../diff/paths.ts";
import type { TypeKnowledge } from "../impact/catalogue.ts";
import type { Facts, PropertyRule } from "../impact/rule.ts";

/** The first rule whose path covers the change and whose condition holds for the value at that path. */
export function ruleFor(
	leaf: Leaf,
	old: DesiredResource,
	next: DesiredResource,
	{ properties }: TypeKnowledge,
	facts: Facts,
): PropertyRule | null {
	const at = rulePath(leaf.path);
	for (const rule of properties) {
		const path = rule.paths.find((each) => covers(each, at));
		if (path === undefined) continue;
		if (rule.when === undefined) return rule;
		const [before, after] = path === leaf.path ? [leaf.old, leaf.new] : [valueAt(old, path), valueAt(next, path)];
		const sides = { oldInputs: old.inputs, newInputs: next.inputs };
		if (rule.when.holds({ urn: next.urn, old: before, new: after, ...sides, facts })) return rule;
	}
	return null;
}

/** Value of an input that holds others, such as a list of rules. */
function valueAt({ inputs }: DesiredResource, path: string) {
	const [first = "", ...rest] = path.split(".");
	let value = inputs[first];
	for (const key of rest) {
		if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
		value = new Map(Object.entries(value)).get(key);
	}
	return value;
}
