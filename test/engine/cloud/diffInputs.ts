import type { CloudFacts } from "./facts.ts";
import type { PropertySchema, ValueType } from "./schema.ts";
import { canonical, DEFAULTS_KEY, hasUnknown, isRecord, isZero, type Properties, type Value } from "./values.ts";

export interface PropertyDiff {
	/** Such as `nodePool.size` or `tags[0]`. */
	readonly path: string;
	readonly kind: "add" | "delete" | "update";
	readonly replaces: boolean;
}

/** Property by property: what differs between what is deployed and the new inputs, and what of it replaces. */
export function diffInputs(
	facts: CloudFacts,
	type: string,
	oldInputs: Properties,
	state: Properties,
	news: Properties,
): PropertyDiff[] {
	const { inputs } = facts.schemaOf(type);
	const { computed, noUpdate } = facts.providerFacts(type);
	const diffs: PropertyDiff[] = [];
	for (const [key, property] of Object.entries(inputs)) {
		const desired = news[key];
		if (desired === undefined && (computed.includes(key) || oldInputs[key] === undefined)) continue;
		const before = deployed(facts, type, key, oldInputs[key], state[key]);
		const after = desired === undefined ? undefined : facts.stateValue(type, key, desired);
		diffs.push(...diffValue(facts, key, property.type, before, after, noUpdate || property.replaces === true));
	}
	return diffs;
}

/** The state's value, without what the cloud added to it beyond the inputs (ids of nodes, timestamps ...). */
function deployed(
	facts: CloudFacts,
	type: string,
	key: string,
	input: Value | undefined,
	state: Value | undefined,
): Value | undefined {
	if (state === undefined) return input === undefined ? undefined : facts.stateValue(type, key, input);
	return input === undefined ? state : shapedLike(state, input);
}

function shapedLike(state: Value, input: Value): Value {
	if (Array.isArray(state) && Array.isArray(input) && state.length === input.length) {
		return state.map((value, index) => shapedLike(value, input[index] ?? null));
	}
	if (!isRecord(state) || !isRecord(input)) return state;
	return Object.fromEntries(
		Object.entries(state)
			.filter(([key]) => key in input && key !== DEFAULTS_KEY)
			.map(([key, value]) => [key, shapedLike(value, input[key] ?? null)]),
	);
}

function diffValue(
	facts: CloudFacts,
	path: string,
	type: ValueType,
	before: Value | undefined,
	after: Value | undefined,
	replaces: boolean,
): PropertyDiff[] {
	if (same(facts, before, after)) return [];
	if (Array.isArray(before) && Array.isArray(after))
		return diffLists(facts, path, itemType(type), before, after, replaces);
	if (isRecord(before) && isRecord(after)) {
		const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
		return keys.flatMap((key) => {
			const property: PropertySchema | undefined = typeof type === "string" ? undefined : type.object?.[key];
			const inner = property?.type ?? itemType(type);
			return diffValue(
				facts,
				`${path}.${key}`,
				inner,
				before[key],
				after[key],
				replaces || property?.replaces === true,
			);
		});
	}
	const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
	return [{ path, kind, replaces }];
}

/** Lists are sets to this provider, but for a few: the same members in another order are no change. */
function diffLists(
	facts: CloudFacts,
	path: string,
	item: ValueType,
	before: Value[],
	after: Value[],
	replaces: boolean,
): PropertyDiff[] {
	if (sortedBytes(before) === sortedBytes(after)) return [];
	const longest = Math.max(before.length, after.length);
	return Array.from({ length: longest }, (_, index) =>
		diffValue(facts, `${path}[${index}]`, item, before[index], after[index], replaces),
	).flat();
}

function sortedBytes(values: readonly Value[]): string {
	return values.map(canonical).sort().join("\n");
}

function itemType(type: ValueType): ValueType {
	return typeof type === "string" ? type : (type.array ?? type.map ?? type);
}

function same(facts: CloudFacts, before: Value | undefined, after: Value | undefined): boolean {
	if (hasUnknown(after)) return canonical(before) === canonical(after);
	return (isZero(before) && isZero(after)) || canonical(before) === canonical(after) || facts.isSame(before, after);
}
