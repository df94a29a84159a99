import { join } from "node:path";
import { getOrganization, getProject, getStack, RunError, runtime } from "@pulumi/pulumi";
import { splitKept } from "./changes/kept.ts";
import { parseEngineConfig } from "./config/engineConfig.ts";
import { UserError } from "./errors.ts";
import { knownWords, ladderFolder } from "./knownWords.ts";
import { readCompose } from "./readCompose.ts";
import { sizeStack } from "./sizeStack.ts";
import { buildStack } from "./stack/buildStack.ts";
import type { StackOutputs } from "./stack/outputs.ts";
import { type StackRecord, unpackRecord } from "./stack/record.ts";

/**
 * The Pulumi program: stack file -> blueprint -> what earlier tiers left -> stack -> outputs.
 *
 * @param projectDir folder that holds `Pulumi.yaml` and `tiers/`.
 */
export async function run(projectDir: string): Promise<StackOutputs> {
	try {
		const ladders = ladderFolder(join(projectDir, "tiers"));
		const config = parseEngineConfig(runtime.allConfig(), [], getStack(), knownWords(ladders), secretKeys());
		const blueprint = sizeStack(config, ladders);
		const { kept, retiring } = splitKept(await previousRecord(), blueprint, config.retire);
		return buildStack({ blueprint, kept, retiring, config, ...readCompose(config, projectDir) });
	} catch (error) {
		throw error instanceof UserError ? withoutTrace(error) : error;
	}
}

/** Keys the engine holds as secret; it tells them to a program by the environment. */
function secretKeys(): readonly string[] {
	const keys: unknown = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]");
	return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}

/**
 * What the last finished update left: the stack's own output, which a failed update does not write.
 * null before the first.
 */
async function previousRecord(): Promise<StackRecord | null> {
	const name = `${getOrganization()}/${getProject()}/${getStack()}`;
	const answer: { readonly outputs?: { readonly tierstack?: unknown } } = await runtime.invoke(
		"pulumi:pulumi:readStackOutputs",
		{ name },
	);
	const packed = answer.outputs?.tierstack;
	return typeof packed === "string" ? unpackRecord(packed) : null;
}

/** A mistake of the user is one sentence in the engine's output; a trace would be pages, and take seconds. */
function withoutTrace(error: UserError): RunError {
	const told = new RunError(error.message);
	delete told.stack;
	return told;
}
