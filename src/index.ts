import { join } from "node:path";
import { getOrganization, getProject, getStack, log, type Output, runtime, secret } from "@pulumi/pulumi";
import { splitKept } from "./changes/kept.ts";
import { parseEngineConfig } from "./config/engineConfig.ts";
import { UserError } from "./errors.ts";
import { guardUpdate } from "./guard/guardUpdate.ts";
import { readRecord } from "./guard/readRecord.ts";
import { recordedFrom } from "./guard/recorded.ts";
import { knownWords, ladderFolder } from "./knownWords.ts";
import { plainTraces } from "./plainTraces.ts";
import { quietAnswers } from "./quietAnswers.ts";
import { readCompose } from "./readCompose.ts";
import { readLock } from "./readLock.ts";
import { sizeStack, staleLockNote } from "./sizeStack.ts";
import { buildStack, loadBuilder } from "./stack/buildStack.ts";
import type { StackOutputs } from "./stack/outputs.ts";
import { withoutTrace } from "./withoutTrace.ts";

/** null instead of a record: the first update left out a part, so the next one is still the first. */
type ProgramOutputs = Omit<StackOutputs, "tierstack"> & { readonly tierstack: Output<string | null> };

/** Hash of everything the program is compiled from; build.cjs puts it in. */
declare const TIERSTACK_BUILD: string;

/**
 * The Pulumi program: stack file -> blueprint -> what earlier tiers left -> guard -> stack -> outputs.
 *
 * @param projectDir folder that holds `Pulumi.yaml` and `tiers/`.
 */
export async function run(projectDir: string): Promise<ProgramOutputs> {
	plainTraces();
	quietAnswers();
	const [stack, project] = [getStack(), getProject()];
	const qualified = `${getOrganization()}/${project}/${stack}`;
	try {
		const ladders = ladderFolder(join(projectDir, "tiers"));
		const config = parseEngineConfig(runtime.allConfig(), [], stack, knownWords(ladders), secretKeys());
		const lock = readLock(projectDir, stack);
		const stale = staleLockNote(config, lock);
		if (stale !== null) await log.warn(stale);
		const blueprint = sizeStack(config, ladders, lock);
		const previous = await readRecord(qualified);
		const recorded = recordedFrom(previous);
		const { kept, retiring } = splitKept(recorded.kind === "record" ? recorded : null, blueprint, config.retire);
		const input = { blueprint, kept, retiring, config, ...readCompose(config, projectDir) };
		const today = new Date().toISOString().slice(0, 10);
		const place = { qualified, stack, project, projectDir, build: TIERSTACK_BUILD, today };
		const passed = await guardUpdate(input, recorded, previous, place);
		await loadBuilder(blueprint.provider);
		const outputs = buildStack(passed.input);
		// It holds no secret; as one, no update prints its kilobytes.
		return { ...outputs, tierstack: secret(outputs.tierstack.apply(passed.finish)) };
	} catch (error) {
		throw error instanceof UserError ? withoutTrace(error.message) : error;
	}
}

/** Keys the engine holds as secret; it tells them to a program by the environment. */
function secretKeys(): readonly string[] {
	const keys: unknown = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]");
	return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}
