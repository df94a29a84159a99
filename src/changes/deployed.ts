import { createHash } from "node:crypto";
import type { Plain, PlainRecord } from "../words.ts";
import { type DesiredResource, type DesiredState, SECRET_KEY } from "./desired.ts";
import { rulePath } from "./diff/paths.ts";
import { canonical } from "./hash.ts";
import { knowledgeOf } from "./impact/catalogue.ts";
import type { ComparisonSide } from "./input.ts";

/*
 * The old side of the guard's comparison: what the engine's state says, joined with what the last finished update
 * recorded.
 */

/** One deployed resource, cut down to what its size is: see `cutDeployed`. */
export interface DeployedResource {
	readonly type: string;
	/** Outputs that say how large it is; plain values only. */
	readonly capacity: PlainRecord;
	/** Digest of every output that the program may set and that is no secret: tells whether it moved, never what it is. */
	readonly marks?: Readonly<Record<string, string>>;
}

/**
 * Cuts the engine's answer about deployed resources, secrets included, down to type, size and digests. Nothing else of
 * it may be kept. Lists and records are left out: the cloud adds to them, and some hold secrets.
 */
export function cutDeployed(
	outputs: Readonly<Record<string, { readonly type: string; readonly outputs: PlainRecord }>>,
) {
	return Object.fromEntries(
		Object.entries(outputs).map(([urn, { type, outputs: all }]): [string, DeployedResource] => {
			const { rule, schema } = knowledgeOf(type);
			const open = Object.entries(all).filter(([name]) => !isSecretName(name, schema?.secret ?? []));
			const capacity = open.filter(([name, value]) => rule?.capacity.includes(name) && isLeaf(value));
			const marks = open
				.filter(([name]) => schema?.known.includes(name))
				.map(([name, value]): [string, string] => [name, markOf(value)]);
			return [urn, { type, capacity: Object.fromEntries(capacity), marks: Object.fromEntries(marks) }];
		}),
	);
}

/** Whether a property is or holds what a schema calls secret. */
function isSecretName(name: string, secret: readonly string[]): boolean {
	return secret.some((path) => path === name || path.startsWith(`${name}.`));
}

function markOf(value: Plain): string {
	return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
}

/**
 * The old side as it really is: what is deployed and recorded has its recorded inputs, sizes as deployed; what is
 * recorded and no longer deployed is absent. Deployed only: see `strangers`.
 */
export function oldState(recorded: DesiredState, deployed: Readonly<Record<string, DeployedResource>>): DesiredState {
	const resources = recorded.resources
		.filter((resource) => !resource.custom || deployed[resource.urn] !== undefined)
		.map((resource) => withDeployedSize(resource, deployed[resource.urn]));
	return { ...recorded, resources };
}

function withDeployedSize(resource: DesiredResource, deployed: DeployedResource | undefined): DesiredResource {
	const known = knowledgeOf(resource.type).schema?.known;
	const sizes = Object.entries(deployed?.capacity ?? {}).filter(
		([key, value]) => isSized(resource.inputs[key]) && isLeaf(value) && (known === undefined || known.includes(key)),
	);
	return { ...resource, inputs: { ...resource.inputs, ...Object.fromEntries(sizes) } };
}

/** Whether an input is a size by itself: what refers to something else is known only when it is there. */
function isSized(value: Plain | undefined): boolean {
	return value !== undefined && isSettled(value);
}

/** Whether everything recorded is deployed in its recorded size, and nothing else is: then no size can have moved. */
export function isAsRecorded(recorded: DesiredState, deployed: Readonly<Record<string, DeployedResource>>): boolean {
	if (strangers(recorded, deployed).length > 0) return false;
	return recorded.resources
		.filter(({ custom }) => custom)
		.every((resource) => {
			const { inputs } = withDeployedSize(resource, deployed[resource.urn]);
			return (
				deployed[resource.urn] !== undefined &&
				Object.entries(inputs).every(([key, value]) => value === resource.inputs[key])
			);
		});
}

/**
 * Whether an update left out a part of what it was asked for, as `--target` does: something declared is not there, or
 * a property that was to change is what it was before. Deletes do not count: the engine makes them when the program is
 * done, and what is left then is a stranger to the next run.
 *
 * @param before what was deployed when the update began; `after` when everything declared was registered.
 * @param recorded what the last finished update declared; null = none did.
 */
export function isPartial(
	before: Readonly<Record<string, DeployedResource>>,
	after: Readonly<Record<string, DeployedResource>>,
	recorded: DesiredState | null,
	declared: DesiredState,
): boolean {
	const old = new Map((recorded?.resources ?? []).map((resource) => [resource.urn, resource]));
	return declared.resources
		.filter(({ custom }) => custom)
		.some((resource) => {
			const [was, is, recordedInputs] = [before[resource.urn], after[resource.urn], old.get(resource.urn)?.inputs];
			if (is === undefined) return true;
			if (was === undefined || recordedInputs === undefined) return false;
			return isLeftOut(resource, recordedInputs, was, is);
		});
}

/** A plain input that was to become another, while what the engine tells of it stayed, and is not what was asked for. */
function isLeftOut(
	{ type, inputs, ignoreChanges }: DesiredResource,
	recorded: PlainRecord,
	{ marks: was = {} }: DeployedResource,
	{ marks: is = {} }: DeployedResource,
): boolean {
	const ignored = ignoreChanges.map(rulePath);
	// A document that hosts read is a secret as a whole: when what is declared moved, the document moves.
	const ofSettings = knowledgeOf(type).rule?.kind === "settings";
	return Object.entries(inputs).some(([key, value]) => {
		if (value === null || ignored.includes(key) || !(ofSettings || isSettled(value))) return false;
		if (canonical(value) === canonical(recorded[key] ?? null)) return false;
		return is[key] !== undefined && is[key] === was[key] && is[key] !== markOf(value);
	});
}

/** Whether a value is known in full: no reference to an output, no secret. */
function isSettled(value: Plain): boolean {
	const text = canonical(value);
	return !text.includes("${") && !text.includes(SECRET_KEY);
}

/** Only plain sizes: lists and records hold what the cloud added to them. */
function isLeaf(value: Plain): boolean {
	return typeof value !== "object" || value === null;
}

/** Deployed resources that no record knows: imported, or made by an update that did not finish. */
export function strangers(
	recorded: DesiredState | null,
	deployed: Readonly<Record<string, DeployedResource>>,
): readonly string[] {
	const known = new Set((recorded?.resources ?? []).map(({ urn }) => urn));
	return Object.keys(deployed)
		.filter((urn) => !known.has(urn) && !(deployed[urn]?.type ?? "").startsWith("pulumi:"))
		.sort();
}

/** A deployed resource without a record: its size is known, everything else is taken as it is declared now. */
export function strangerOf(
	urn: string,
	deployed: Readonly<Record<string, DeployedResource>>,
	desired: ComparisonSide,
): DesiredResource {
	const { type = "", capacity = {} } = deployed[urn] ?? {};
	const declared = desired.state.resources.find((resource) => resource.urn === urn);
	if (declared !== undefined) return withDeployedSize(declared, deployed[urn]);
	return {
		urn,
		type,
		name: urn.split("::").at(-1) ?? "",
		parentUrn: null,
		custom: !type.startsWith("tierstack:"),
		role: null,
		inputs: capacity,
		protect: false,
		retainOnDelete: false,
		deleteBeforeReplace: null,
		ignoreChanges: [],
		replaceOnChanges: [],
		aliases: [],
		dependsOn: [],
	};
}

/** In the place of a value that was another one, and that nobody recorded. */
const OTHER = "(another)";

/**
 * The same in a stack without a record: what cannot be changed in place, and is deployed otherwise than it is declared
 * now, is no part of what is taken for granted. So is what is not told at all, as of things that were imported and whose
 * provider does not read it back. Only plain values: of lists and documents the cloud keeps its own form.
 */
export function unrecordedOf(
	urn: string,
	deployed: Readonly<Record<string, DeployedResource>>,
	desired: ComparisonSide,
): DesiredResource {
	const resource = strangerOf(urn, deployed, desired);
	const { capacity = {}, marks = {} } = deployed[urn] ?? {};
	const { replaces = [], secret = [] } = knowledgeOf(resource.type).schema ?? {};
	const others = Object.entries(resource.inputs).filter(([key, value]) => {
		if (!replaces.includes(key) || isSecretName(key, secret) || capacity[key] !== undefined) return false;
		// Nothing, and what says nothing, are told alike.
		return Boolean(value) && isLeaf(value) && isSettled(value) && marks[key] !== markOf(value);
	});
	return { ...resource, inputs: { ...resource.inputs, ...Object.fromEntries(others.map(([key]) => [key, OTHER])) } };
}

/** By URN, as every desired state is. */
export function sorted(state: DesiredState): DesiredState {
	return { ...state, resources: [...state.resources].sort((left, right) => (left.urn < right.urn ? -1 : 1)) };
}
