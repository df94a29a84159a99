import type { buildModel } from "../../src/model/buildModel.ts";
import { RESOURCE_TYPES as AWS_TYPES, resourceSchema } from "./aws/schema.ts";
import schema from "./digitalocean/data/schema.json";
import type { FoldedOp, Step } from "./events.ts";
import { CLUSTER_INPUTS } from "./kubernetes/kinds.ts";

type DesiredState = Awaited<ReturnType<typeof buildModel>>;
type DesiredResource = DesiredState["resources"][number];

interface PropertySchema {
	readonly replaces?: boolean;
	/** The cloud fills it in: leaving it out later is no change. */
	readonly computed?: boolean;
	readonly type: unknown;
}

const inputsByType: Readonly<Record<string, { readonly inputs: Readonly<Record<string, PropertySchema>> }>> = {
	...schema.resources,
	...Object.fromEntries(AWS_TYPES.map((type) => [type, resourceSchema(type)])),
	...CLUSTER_INPUTS,
};

/**
 * What the engine must do between two desired states, worked out from nothing but the two and the schema: create and
 * delete by presence; replace when a changed property replaces, or when a property that replaces refers to something
 * replaced; else update; else same.
 *
 * In a preview what comes from something new is not known, and the engine counts it as changed: a reference to a new
 * resource is a change anyway, but inside a secret only the dependency shows. In the update itself it is known by then,
 * and what the shipped ladders replace (connection pools) answers at the old address with the old password.
 */
export function expectedOps(
	from: DesiredState | null,
	to: DesiredState,
	run: "preview" | "up" = "up",
): Map<string, FoldedOp> {
	const before = byUrn(from);
	const after = byUrn(to);
	const ops = new Map<string, FoldedOp>();
	for (const urn of before.keys()) if (!after.has(urn)) ops.set(urn, "delete");
	for (const urn of after.keys()) if (!before.has(urn)) ops.set(urn, "create");
	const both = [...after.values()].filter(({ urn }) => before.has(urn));
	// A replacement changes ids, which may replace others in turn: until nothing more is.
	for (let changed = true; changed; ) {
		changed = false;
		const replaced = resourcesWith(["replace"], ops, after);
		const unknown = run === "preview" ? resourcesWith(["replace", "create"], ops, after) : [];
		for (const resource of both) {
			const op = opOf(before.get(resource.urn) ?? resource, resource, replaced, unknown);
			if (ops.get(resource.urn) === op) continue;
			ops.set(resource.urn, op);
			changed = true;
		}
	}
	return ops;
}

/** The engine's operations in the same form. */
export function engineOps(steps: readonly Step[]): Map<string, FoldedOp> {
	return new Map(steps.map(({ urn, op }) => [urn, op]));
}

/** Both sides without what stays the same, one line a URN, for a message that can be read. */
export function readable(ops: ReadonlyMap<string, FoldedOp>): string[] {
	return [...ops]
		.filter(([, op]) => op !== "same")
		.map(([urn, op]) => `${op} ${urn.split("::").slice(2).join(" ")}`)
		.sort();
}

function byUrn(state: DesiredState | null): Map<string, DesiredResource> {
	const resources = state?.resources.filter(({ type }) => !type.startsWith("pulumi:")) ?? [];
	return new Map(resources.map((resource) => [resource.urn, resource]));
}

function resourcesWith(
	wanted: readonly FoldedOp[],
	ops: ReadonlyMap<string, FoldedOp>,
	resources: ReadonlyMap<string, DesiredResource>,
): readonly DesiredResource[] {
	return [...resources.values()].filter(({ urn, custom }) => custom && wanted.includes(ops.get(urn) ?? "same"));
}

/** @param unknown resources of which nothing is known yet: what a secret takes from them counts as changed. */
function opOf(
	before: DesiredResource,
	after: DesiredResource,
	replaced: readonly DesiredResource[],
	unknown: readonly DesiredResource[],
): FoldedOp {
	// Nobody is asked about a component: any other input is an update of it.
	if (!after.custom) return JSON.stringify(before.inputs) === JSON.stringify(after.inputs) ? "same" : "update";
	const schemaOf = inputsByType[after.type]?.inputs;
	if (schemaOf === undefined) throw new Error(`the oracle has no schema for ${after.type}`);
	const keys = [...new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])];
	const changed = keys.filter(
		(key) =>
			!after.ignoreChanges.includes(key) &&
			!(after.inputs[key] === undefined && schemaOf[key]?.computed === true) &&
			(JSON.stringify(before.inputs[key]) !== JSON.stringify(after.inputs[key]) ||
				refersTo(after.inputs[key], replaced) ||
				(isSecret(after.inputs[key]) && unknown.some(({ urn }) => after.dependsOn.includes(urn)))),
	);
	if (changed.length === 0) return "same";
	const replaces = changed.some(
		(key) =>
			schemaOf[key]?.replaces === true ||
			after.replaceOnChanges.includes(key) ||
			nestedReplace(schemaOf[key]?.type, before.inputs[key], after.inputs[key]),
	);
	return replaces ? "replace" : "update";
}

/** Whether a value holds a reference `${name.property}` to one of the resources. */
function refersTo(value: unknown, resources: readonly DesiredResource[]): boolean {
	const text = JSON.stringify(value) ?? "";
	return resources.some(({ name }) => text.includes(`\${${name}.`));
}

/** Whether a value is a secret or holds one: references inside it cannot be seen. */
function isSecret(value: unknown): boolean {
	return JSON.stringify(value)?.includes('"[secret]"') ?? false;
}

/** Whether a property inside an object changed that replaces the whole. */
function nestedReplace(type: unknown, before: unknown, after: unknown): boolean {
	if (!isRecord(type) || !isRecord(type.object) || !isRecord(before) || !isRecord(after)) return false;
	return Object.entries(type.object).some(([key, property]) => {
		if (JSON.stringify(before[key]) === JSON.stringify(after[key]) || !isRecord(property)) return false;
		return property.replaces === true || nestedReplace(property.type, before[key], after[key]);
	});
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
