import { runtime } from "@pulumi/pulumi";
import type { Plain, PlainRecord } from "../words.ts";
import { AWS_CAPACITY } from "./aws/capacity.ts";
import { DIGITALOCEAN_CAPACITY } from "./digitalocean/capacity.ts";

/** What a resource last became, as the engine recorded it. */
export interface DeployedResource {
	readonly urn: string;
	readonly type: string;
	/** Capacity outputs only; a type of which none are known has none. */
	readonly capacity: PlainRecord;
}

const CAPACITY: Readonly<Record<string, readonly string[]>> = { ...AWS_CAPACITY, ...DIGITALOCEAN_CAPACITY };

/**
 * Everything the stack has, resource by resource. Unlike the stack's outputs this is true after a failed or partial
 * update, with one exception: a provider that fails half way through an update may have recorded the plan, and only
 * `pulumi refresh` brings the truth back.
 *
 * The engine answers in plain text, secrets included, so its answer is cut to the capacity at once and the rest dropped.
 * Runs inside a Pulumi program only.
 *
 * @param stack fully qualified: `organization/project/stack`.
 * @returns sorted by URN; empty before the first update.
 */
export async function readDeployed(stack: string): Promise<readonly DeployedResource[]> {
	const answer: { readonly outputs?: unknown } = await runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
		stackName: stack,
	});
	return Object.entries(isRecord(answer.outputs) ? answer.outputs : {})
		.map(([urn, resource]) => cut(urn, resource))
		.sort((left, right) => (left.urn < right.urn ? -1 : 1));
}

function cut(urn: string, resource: unknown): DeployedResource {
	const { type, outputs } = isRecord(resource) ? resource : {};
	const name = typeof type === "string" ? type : "";
	const values = isRecord(outputs) ? outputs : {};
	const capacity = (CAPACITY[name] ?? []).flatMap((key) => {
		const value = plain(values[key]);
		return value === undefined ? [] : [[key, value] as const];
	});
	return { urn, type: name, capacity: Object.fromEntries(capacity) };
}

/** A value without anything that is not data; undefined when it is none. */
function plain(value: unknown): Plain | undefined {
	if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
		return value;
	if (Array.isArray(value)) return value.map((each) => plain(each) ?? null);
	if (!isRecord(value)) return undefined;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each) ?? null]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
