import { runtime } from "@pulumi/pulumi";
import { cutDeployed, type DeployedResource } from "../changes/deployed.ts";
import { isRecord, plainRecord } from "./plain.ts";

/**
 * Everything the stack has, by URN. Unlike the stack's outputs this is true after a failed or partial update, with one
 * exception: a provider that fails half way through an update may have recorded the plan (`unfinishedIn` tells it), and
 * only `pulumi refresh` brings the truth back.
 *
 * The engine answers in plain text, secrets included, so its answer is cut at once and the rest dropped.
 * Runs inside a Pulumi program only.
 *
 * @param stack fully qualified: `organization/project/stack`.
 * @returns empty before the first update.
 */
export async function readDeployed(stack: string): Promise<Readonly<Record<string, DeployedResource>>> {
	const answer: { readonly outputs?: unknown } = await runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
		stackName: stack,
	});
	return cutDeployed(
		Object.fromEntries(
			Object.entries(isRecord(answer.outputs) ? answer.outputs : {}).map(([urn, resource]) => {
				const { type, outputs } = isRecord(resource) ? resource : {};
				return [urn, { type: typeof type === "string" ? type : "", outputs: plainRecord(outputs) }];
			}),
		),
	);
}
