import type { DesiredResource, DesiredState } from "../changes/desired.ts";
import type { Role } from "../words.ts";
import { roleOfType } from "./component.ts";

/**
 * A desired state as a record holds it: without stack outputs, without what can be worked out, without defaults. What a
 * resource says hangs on nothing but itself, so that it reads the same in every stack and a dictionary knows it.
 */
export interface PackedState {
	readonly stack: string;
	readonly project: string;
	/** Older versions wrote each chain of types that URNs hold once, and its place where it stood; now empty. */
	readonly chains: readonly string[];
	readonly resources: readonly PackedResource[];
}

/** A URN without its common beginning; older versions wrote places in the list. */
type Place = number | string;

/** Chain, name, parent, dependencies, inputs, what is not at its default. The end is left out when it says nothing. */
type PackedResource = readonly [
	chain: Place,
	name: string,
	parent: Place | null,
	dependsOn: readonly Place[],
	inputs: DesiredResource["inputs"],
	rest?: Partial<DesiredResource>,
];

/** As versions before it wrote it: a record a resource. */
export interface WordyState {
	readonly stack: string;
	readonly project: string;
	readonly resources: readonly (Pick<DesiredResource, "urn" | "type" | "name"> & Partial<DesiredResource>)[];
}

const DEFAULTS = {
	protect: false,
	retainOnDelete: false,
	deleteBeforeReplace: null,
	ignoreChanges: [],
	replaceOnChanges: [],
	aliases: [],
} satisfies Partial<DesiredResource>;

/** What packing leaves out. */
export function packState({ stack, project, resources }: DesiredState): PackedState {
	const place = (urn: string): Place => short(urn, stack, project);
	const packed = resources.map((resource): PackedResource => {
		const { urn, name, parentUrn, dependsOn, inputs } = resource;
		const parent = parentUrn === null ? null : place(parentUrn);
		const rest = told(resource);
		const base = [chainOf(urn), name, parent, dependsOn.map(place), inputs] as const;
		return Object.keys(rest).length === 0 ? base : [...base, rest];
	});
	return { stack, project, chains: [], resources: packed };
}

/** The state as it was, but for the stack outputs; also from the form that older versions wrote. */
export function unpackState(state: PackedState | WordyState): DesiredState {
	const { stack, project } = state;
	if (!("chains" in state))
		return { stack, project, resources: state.resources.map(wordy(stack, project)), outputs: {} };
	const written = (chain: Place) => (typeof chain === "number" ? (state.chains[chain] ?? "") : chain);
	const urns = state.resources.map(([chain, name]) => `${start(stack, project)}${written(chain)}::${name}`);
	const long = (place: Place) => (typeof place === "number" ? (urns[place] ?? "") : unshort(place, stack, project));
	const resources = state.resources.map(([chain, name, parent, dependsOn, inputs, rest], index): DesiredResource => {
		const types = written(chain).split("$");
		const type = types.at(-1) ?? "";
		return {
			...DEFAULTS,
			urn: urns[index] ?? "",
			type,
			name,
			parentUrn: parent === null ? null : long(parent),
			custom: roleOfType(type) === null,
			role: roleIn(types),
			inputs,
			dependsOn: dependsOn.map(long),
			...rest,
		};
	});
	return { stack, project, resources, outputs: {} };
}

/** What cannot be worked out from the chain of types, and is not at its default. */
function told(resource: DesiredResource): Partial<DesiredResource> {
	const types = chainOf(resource.urn).split("$");
	const expected = new Map<string, unknown>(
		Object.entries({ ...DEFAULTS, custom: roleOfType(types.at(-1) ?? "") === null, role: roleIn(types) }),
	);
	return Object.fromEntries(
		Object.entries(resource).filter(
			([key, value]) => expected.has(key) && JSON.stringify(value) !== JSON.stringify(expected.get(key)),
		),
	);
}

/** Role of the nearest component. */
function roleIn(types: readonly string[]): Role | null {
	return types.reduceRight<Role | null>((found, type) => found ?? roleOfType(type), null);
}

function chainOf(urn: string): string {
	return urn.split("::")[2] ?? "";
}

function start(stack: string, project: string): string {
	return `urn:pulumi:${stack}::${project}::`;
}

function short(urn: string, stack: string, project: string): string {
	return urn.startsWith(start(stack, project)) ? urn.slice(start(stack, project).length) : urn;
}

function unshort(urn: string, stack: string, project: string): string {
	return urn.startsWith("urn:") ? urn : `${start(stack, project)}${urn}`;
}

function wordy(stack: string, project: string): (resource: WordyState["resources"][number]) => DesiredResource {
	const long = (urn: string) => unshort(urn, stack, project);
	const empty = { ...DEFAULTS, parentUrn: null, custom: true, role: null, inputs: {}, dependsOn: [] };
	return (resource) => {
		const { urn, parentUrn, dependsOn, ...rest } = { ...empty, ...resource };
		return {
			...rest,
			urn: long(urn),
			parentUrn: parentUrn === null ? null : long(parentUrn),
			dependsOn: dependsOn.map(long),
		};
	};
}
