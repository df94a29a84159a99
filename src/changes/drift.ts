import type { Plain, PlainRecord } from "../words.ts";
import type { PropertyChange } from "./changeSet.ts";
import { diffInputs, type Leaf } from "./diff/diffInputs.ts";
import { covers, rulePath } from "./diff/paths.ts";
import { masked } from "./diff/secrets.ts";
import { knowledgeOf } from "./impact/catalogue.ts";
import { CLOUD_OWNED, type CloudOwned } from "./impact/cloudOwned.ts";

/** A resource as the state has it and as the cloud has it, after the engine looked. */
export interface Refreshed {
	readonly urn: string;
	readonly type: string;
	/** What the program set, as the state has it. */
	readonly inputs: PlainRecord;
	readonly before: PlainRecord;
	/** null = the cloud has it no more. */
	readonly after: PlainRecord | null;
}

/** What somebody changed beside the program. No intent of the stack's: it is told apart from the change set. */
export interface Drift {
	readonly urn: string;
	readonly type: string;
	readonly name: string;
	/** `changed` = another value in the cloud; `gone` = deleted there. */
	readonly what: "changed" | "gone";
	/** old = what the program set; new = what the cloud has. */
	readonly props: readonly Pick<PropertyChange, "path" | "old" | "new">[];
}

/** What the cloud moved by itself: no drift, and counted so that nobody wonders. */
export interface CloudMove {
	readonly urn: string;
	readonly path: string;
	readonly says: string;
}

/**
 * Drift of what the program set, without what the cloud owns: autoscaled counts, grown storage, minor versions, ids of
 * renewed certificates, and everything the program left to the cloud.
 */
export function driftOf(refreshed: readonly Refreshed[]): {
	readonly drift: readonly Drift[];
	readonly byCloud: readonly CloudMove[];
} {
	const drift: Drift[] = [];
	const byCloud: CloudMove[] = [];
	for (const resource of refreshed) {
		const { urn, type, after } = resource;
		const name = urn.split("::").at(-1) ?? "";
		if (after === null) {
			drift.push({ urn, type, name, what: "gone", props: [] });
			continue;
		}
		const found = movedInputs(resource, after).map((leaf) => ({ leaf, owned: ownerOf(type, leaf) }));
		byCloud.push(
			...found.flatMap(({ leaf, owned }) => (owned === null ? [] : [{ urn, path: leaf.path, says: owned }])),
		);
		const props = found.filter(({ owned }) => owned === null).map(({ leaf }) => shown(type, leaf));
		if (props.length > 0) drift.push({ urn, type, name, what: "changed", props });
	}
	return { drift, byCloud };
}

/** Places in which the cloud differs from the state, among those that the program set. */
function movedInputs({ type, inputs, before }: Refreshed, after: PlainRecord): readonly Leaf[] {
	const { schema } = knowledgeOf(type);
	const isSet = (key: string) => inputs[key] !== undefined && (schema === null || schema.known.includes(key));
	const set = (record: PlainRecord) => Object.fromEntries(Object.entries(record).filter(([key]) => isSet(key)));
	// What the schema calls computed counts here: the program set it.
	const own = schema === null ? null : { ...schema, computed: [], defaults: {} };
	return diffInputs(set(before), set(after), {
		schema: own,
		ignoreChanges: [],
		moved: new Map(),
		secretsMayMove: false,
	});
}

function ownerOf(type: string, leaf: Leaf): string | null {
	const owner = CLOUD_OWNED.find((each) => each.type === type && isMove(each, leaf));
	return owner?.says ?? null;
}

function isMove({ path, when }: CloudOwned, leaf: Leaf): boolean {
	return covers(path, rulePath(leaf.path)) && (when?.(plainOf(leaf.old), plainOf(leaf.new)) ?? true);
}

function plainOf(value: Plain | undefined): Plain {
	return value ?? null;
}

function shown(type: string, { path, old, new: next }: Leaf): Drift["props"][number] {
	const secret = knowledgeOf(type).schema?.secret ?? [];
	return { path, old: masked(old, path, secret), new: masked(next, path, secret) };
}
