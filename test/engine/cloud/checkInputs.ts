import { unknownWord } from "../../../src/nearest.ts";
import type { CloudFacts } from "./facts.ts";
import type { PropertySchema, ValueType } from "./schema.ts";
import { DEFAULTS_KEY, isRecord, isUnknown, type Properties, type Value } from "./values.ts";

export interface CheckFailure {
	readonly property: string;
	readonly reason: string;
}

/** Every way in which the inputs do not fit the schema: unknown, mistyped, missing, outside the provider's own validation. */
export function checkInputs(facts: CloudFacts, type: string, inputs: Properties): CheckFailure[] {
	const given = Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== DEFAULTS_KEY));
	return checkObject(facts, type, facts.schemaOf(type).inputs, given, "");
}

function checkObject(
	facts: CloudFacts,
	type: string,
	properties: Readonly<Record<string, PropertySchema>>,
	given: Properties,
	path: string,
): CheckFailure[] {
	const failures: CheckFailure[] = [];
	for (const [key, value] of Object.entries(given)) {
		const property = properties[key];
		const at = path === "" ? key : `${path}.${key}`;
		if (property === undefined) {
			failures.push({ property: at, reason: unknownWord("property", key, Object.keys(properties)) });
		} else if (value !== null) {
			failures.push(...checkValue(facts, type, property, value, at));
		}
	}
	for (const [key, property] of Object.entries(properties)) {
		const value = given[key];
		if (property.required === true && (value === undefined || value === null)) {
			const at = path === "" ? key : `${path}.${key}`;
			failures.push({ property: at, reason: `missing required property "${key}"` });
		}
	}
	return failures;
}

function checkValue(
	facts: CloudFacts,
	type: string,
	property: PropertySchema,
	value: Value,
	path: string,
): CheckFailure[] {
	const expected: ValueType = property.type;
	if (isUnknown(value) || expected === "any") return [];
	if (typeof expected === "string") {
		const mistake = fits(expected, value)
			? (outsideWords(property, value) ?? facts.validate(type, path, value))
			: `expected ${expected}, got ${kindOf(value)} ${JSON.stringify(value)}`;
		return mistake === null ? [] : [{ property: path, reason: mistake }];
	}
	if (expected.array !== undefined) {
		const item = expected.array;
		if (!Array.isArray(value)) return [{ property: path, reason: `expected a list, got ${kindOf(value)}` }];
		return value.flatMap((inner, index) => checkValue(facts, type, { type: item }, inner, `${path}[${index}]`));
	}
	if (!isRecord(value)) return [{ property: path, reason: `expected an object, got ${kindOf(value)}` }];
	if (expected.map !== undefined) {
		const item = expected.map;
		return Object.entries(value).flatMap(([key, inner]) =>
			checkValue(facts, type, { type: item }, inner, `${path}.${key}`),
		);
	}
	return checkObject(facts, type, expected.object ?? {}, value, path);
}

function outsideWords({ oneOf }: PropertySchema, value: Value): string | null {
	return oneOf === undefined || oneOf.includes(String(value)) ? null : unknownWord("value", String(value), oneOf);
}

function fits(expected: string, value: Value): boolean {
	if (expected === "integer") return typeof value === "number" && Number.isInteger(value);
	return typeof value === expected;
}

function kindOf(value: Value): string {
	if (value === null) return "nothing";
	if (Array.isArray(value)) return "a list";
	return isRecord(value) ? "an object" : typeof value;
}
