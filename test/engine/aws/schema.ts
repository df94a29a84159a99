import {
	type PropertySchema,
	type ProviderFacts,
	type ResourceSchema,
	shortName,
	type ValueType,
} from "../cloud/schema.ts";
import type { Value } from "../cloud/values.ts";
import facts from "./data/provider.json";
import schema from "./data/schema.json";

/** As the file has it: objects by the name of their shape. */
type WrittenType = string | { readonly array?: WrittenType; readonly map?: WrittenType; readonly ref?: string };
type WrittenProperty = Omit<PropertySchema, "type"> & { readonly type: WrittenType };
interface WrittenResource {
	readonly inputs: Readonly<Record<string, WrittenProperty>>;
	readonly outputs: Readonly<Record<string, ValueType>>;
	readonly secretOutputs: readonly string[];
}

const shapes: Readonly<Record<string, Readonly<Record<string, WrittenProperty>>>> = schema.shapes;
const written: Readonly<Record<string, WrittenResource>> = schema.resources;
const names: Readonly<Record<string, string | null>> = facts.names.inputs;
const defaults: Readonly<Record<string, Readonly<Record<string, Value>>>> = facts.defaults.inputs;

export const RESOURCE_TYPES: readonly string[] = Object.keys(written);

/** `rds.Instance` -> `aws:rds/instance:Instance`. */
export function token(short: string): string {
	const [module = "", name = ""] = short.split(".");
	return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Shapes may hold themselves (rules inside rules), so each is put together once and shared. */
const made = new Map<string, Record<string, PropertySchema>>();

function shape(name: string): Record<string, PropertySchema> {
	const found = made.get(name);
	if (found !== undefined) return found;
	const fresh: Record<string, PropertySchema> = {};
	made.set(name, fresh);
	Object.assign(fresh, properties(shapes[name] ?? {}));
	return fresh;
}

function properties(some: Readonly<Record<string, WrittenProperty>>): Record<string, PropertySchema> {
	return Object.fromEntries(
		Object.entries(some).map(([key, property]) => [key, { ...property, type: read(property.type) }]),
	);
}

function read(type: WrittenType): ValueType {
	if (typeof type === "string") return type;
	if (type.array !== undefined) return { array: read(type.array) };
	if (type.map !== undefined) return { map: read(type.map) };
	return { object: shape(type.ref ?? "") };
}

const resources = new Map<string, ResourceSchema>();

export function resourceSchema(type: string): ResourceSchema {
	const known = resources.get(type);
	if (known !== undefined) return known;
	const found = written[type];
	if (found === undefined) throw new Error(`the emulated provider has no resource type ${type}`);
	const { outputs, secretOutputs } = found;
	const fresh = { inputs: properties(found.inputs), outputs, secretOutputs };
	resources.set(type, fresh);
	return fresh;
}

export function providerFacts(type: string): ProviderFacts {
	const { inputs } = resourceSchema(type);
	const computed = Object.keys(inputs).filter((key) => inputs[key]?.computed === true);
	const short = shortName(type);
	return { computed, defaults: defaults[short] ?? {}, noUpdate: false, deleteFirst: facts.deleteFirst.includes(short) };
}

export function nameInput(type: string): string | null {
	const own = names[shortName(type)];
	if (own !== undefined) return own;
	const { name } = resourceSchema(type).inputs;
	return name !== undefined && name.required !== true ? "name" : null;
}

/** `<logical name>-<7 hex digits>`; the kinds that take small letters only get small letters. */
export function madeUpName(type: string, name: string, digits: string): string {
	const short = shortName(type);
	const prefixes: Readonly<Record<string, string>> = facts.names.prefixes;
	const madeUp = `${prefixes[short] ?? ""}${name}-${digits}`;
	return facts.names.lowerCase.includes(short) ? madeUp.toLowerCase() : madeUp;
}
