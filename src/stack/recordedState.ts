import type { DesiredResource, DesiredState } from "../changes/desired.ts";

/** A desired state as a record holds it: without stack outputs, without what can be worked out, without defaults. */
export interface PackedState {
	readonly stack: string;
	readonly project: string;
	readonly resources: readonly PackedResource[];
}

/** URNs without their common beginning; what is at its default is not there. */
type PackedResource = Pick<DesiredResource, "urn" | "type" | "name"> & Partial<DesiredResource>;

const DEFAULTS = {
	parentUrn: null,
	custom: true,
	role: null,
	inputs: {},
	protect: false,
	retainOnDelete: false,
	deleteBeforeReplace: null,
	ignoreChanges: [],
	replaceOnChanges: [],
	aliases: [],
	dependsOn: [],
} satisfies Partial<DesiredResource>;

/** What packing leaves out. */
export function packState({ stack, project, resources }: DesiredState): PackedState {
	const short = (urn: string) =>
		urn.startsWith(start(stack, project)) ? urn.slice(start(stack, project).length) : urn;
	return { stack, project, resources: resources.map((resource) => withoutDefaults(mapUrns(resource, short))) };
}

/** The state as it was, but for the stack outputs. */
export function unpackState({ stack, project, resources }: PackedState): DesiredState {
	const long = (urn: string) => (urn.startsWith("urn:") ? urn : `${start(stack, project)}${urn}`);
	const whole = resources.map((resource) => mapUrns({ ...DEFAULTS, ...resource }, long));
	return { stack, project, resources: whole, outputs: {} };
}

function start(stack: string, project: string): string {
	return `urn:pulumi:${stack}::${project}::`;
}

function mapUrns(resource: DesiredResource, change: (urn: string) => string): DesiredResource {
	return {
		...resource,
		urn: change(resource.urn),
		parentUrn: resource.parentUrn === null ? null : change(resource.parentUrn),
		dependsOn: resource.dependsOn.map(change),
	};
}

function withoutDefaults(resource: DesiredResource): PackedResource {
	const { urn, type, name, ...rest } = resource;
	const defaults = new Map<string, unknown>(Object.entries(DEFAULTS));
	const told = Object.entries(rest).filter(
		([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults.get(key)),
	);
	return { urn, type, name, ...Object.fromEntries(told) };
}
