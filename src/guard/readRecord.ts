import { runtime } from "@pulumi/pulumi";
import type { Found } from "./recorded.ts";

/**
 * What the last finished update left: the stack's own output `tierstack`, which an update that fails does not write.
 *
 * @param stack fully qualified: `organization/project/stack`.
 */
export async function readRecord(stack: string): Promise<Found> {
	try {
		const answer: { readonly outputs?: Readonly<Record<string, unknown>> } = await runtime.invoke(
			"pulumi:pulumi:readStackOutputs",
			{ name: stack },
		);
		const { tierstack: packed, ...others } = answer.outputs ?? {};
		const text = packed === undefined || packed === null ? null : String(packed);
		return { text, finished: Object.keys(others).length > 0 };
	} catch (error) {
		return { text: null, finished: false, why: error instanceof Error ? error.message : String(error) };
	}
}
