import { runtime } from "@pulumi/pulumi";

/**
 * What the last finished update left: the stack's own output `tierstack`, which an update that fails does not write.
 *
 * @param stack fully qualified: `organization/project/stack`.
 * @returns null when there is none.
 */
export async function readRecord(stack: string): Promise<string | null> {
	const answer: { readonly outputs?: { readonly tierstack?: unknown } } = await runtime.invoke(
		"pulumi:pulumi:readStackOutputs",
		{ name: stack },
	);
	const packed = answer.outputs?.tierstack;
	return packed === undefined || packed === null ? null : String(packed);
}
