import type { Plain, PlainRecord } from "../words.ts";
import type { DesiredResource, DesiredState } from "./desired.ts";
import { knowledgeOf } from "./impact/catalogue.ts";
import type { ComparisonSide } from "./input.ts";

/*
 * The old side of the guard's comparison: what the engine's state says, joined with what the last finished update
 * recorded.
 */

/** One deployed resource, cut down to what its size is: see `cutDeployed`. */
export interface DeployedResource {
	readonly type: string;
	readonly capacity: PlainRecord;
}

/**
 * Cuts the engine's answer about deployed resources, secrets included, down to type and size. Nothing else of it may
 * be kept.
 */
export function cutDeployed(
	outputs: Readonly<Record<string, { readonly type: string; readonly outputs: PlainRecord }>>,
) {
	return Object.fromEntries(
		Object.entries(outputs).map(([urn, { type, outputs: all }]): [string, DeployedResource] => {
			const names = knowledgeOf(type).rule?.capacity ?? [];
			const secret = knowledgeOf(type).schema?.secret ?? [];
			const sizes = names
				.filter((name) => !secret.includes(name))
				.flatMap((name): [string, Plain][] => {
					const value = all[name];
					return value === undefined ? [] : [[name, value]];
				});
			return [urn, { type, capacity: Object.fromEntries(sizes) }];
		}),
	);
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
		([key, value]) =>
			resource.inputs[key] !== undefined && isLeaf(value) && (known === undefined || known.includes(key)),
	);
	return { ...resource, inputs: { ...resource.inputs, ...Object.fromEntries(sizes) } };
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
 * Whether an update left out a part of what it was asked for, as `--target` does: something declared is not there, or a
 * size that was to change is what it was before. Deletes do not count: the engine makes them when the program is done.
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
		.some(({ urn, inputs }) => {
			const [was, is, recordedInputs] = [before[urn]?.capacity, after[urn]?.capacity, old.get(urn)?.inputs];
			if (is === undefined) return true;
			if (was === undefined || recordedInputs === undefined) return false;
			return Object.entries(is).some(
				([key, value]) =>
					isLeaf(value) && inputs[key] !== undefined && inputs[key] !== recordedInputs[key] && value === was[key],
			);
		});
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

/** By URN, as every desired state is. */
export function sorted(state: DesiredState): DesiredState {
	return { ...state, resources: [...state.resources].sort((left, right) => (left.urn < right.urn ? -1 : 1)) };
}
