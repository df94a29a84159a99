import { setAllConfig } from "@pulumi/pulumi/runtime/config.js";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks.js";
import { disconnect, getMonitor } from "@pulumi/pulumi/runtime/settings.js";
import { registerStackTransformation, runInPulumiStack } from "@pulumi/pulumi/runtime/stack.js";
import type { DesiredState } from "../changes/desired.ts";
import { BugError } from "../errors.ts";
import { buildStack, loadBuilder } from "../stack/buildStack.ts";
import type { StackInput } from "../stack/input.ts";
import { desiredStateOf } from "./desiredState.ts";
import { leanRuntime } from "./leanRuntime.mts";
import { Recorder } from "./recorder.ts";
import { secretStandIns } from "./standIns.ts";

/** Names the model's URNs carry. */
export interface ModelNames {
	/** Stack, or the ladder's name for a diff without a stack. */
	readonly stack: string;
	readonly project: string;
}

/** The runtime's state belongs to the process, so builds wait for each other. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * What the program would declare for this input: the stack itself, run under Pulumi's own mocks. No engine, no
 * account, no network; safe to call again and again in one process, but not in one that the engine drives.
 *
 * @param preview whether the program is told that it runs in a preview; it must not matter.
 * @throws whatever the stack throws on this input (UserError, BugError).
 */
export async function buildModel(input: StackInput, names: ModelNames, preview = false): Promise<DesiredState> {
	await loadBuilder(input.blueprint.provider);
	return modelOf(() => buildStack(input), input.config, names, preview);
}

/** The same for any program that declares resources as the stack does. */
export function modelOf(
	program: () => object,
	config: Pick<StackInput["config"], "domains" | "secretNames">,
	names: ModelNames,
	preview = false,
): Promise<DesiredState> {
	const run = queue.then(() => record(program, config, names, preview));
	queue = run.catch(() => undefined);
	return run;
}

async function record(
	program: () => object,
	config: Pick<StackInput["config"], "domains" | "secretNames">,
	names: ModelNames,
	preview: boolean,
): Promise<DesiredState> {
	const recorder = new Recorder(config.domains);
	const giveRuntimeBack = leanRuntime();
	// A value that fails late rejects promises of the runtime's own and leaves those that wait for it pending for ever.
	const late = lateFailure();
	try {
		await setMocks(recorder, names.project, names.stack, preview);
		setAllConfig({ "tierstack:secrets": JSON.stringify(secretStandIns(config.secretNames)) }, ["tierstack:secrets"]);
		const monitor = getMonitor();
		if (!(monitor instanceof MockMonitor)) throw new BugError("the mocks did not install a monitor");
		recorder.listenTo(monitor);
		const run = runInPulumiStack(async () => {
			registerStackTransformation((args) => recorder.learnOutputs(args));
			// What the program throws is told after the run: a stack that fails leaves rejections that nobody handles.
			return recorder.attempt(program);
		}).then(() => disconnect());
		await Promise.race([run, late.failure]);
	} catch (error) {
		throw recorder.problems[0] ?? error;
	} finally {
		// Rejections are reported once the queue of promises is empty.
		await new Promise((resolve) => setImmediate(resolve));
		late.stop();
		giveRuntimeBack();
	}
	const [problem] = recorder.problems;
	if (problem !== undefined) throw problem;
	return desiredStateOf(recorder.recordings, recorder.outputs, recorder.standIns, names);
}

/**
 * Rejects with the first rejection that nobody in the runtime handles, or when the process would end while the program
 * still waits, until it is stopped.
 */
function lateFailure(): { readonly failure: Promise<never>; readonly stop: () => void } {
	let fail: (reason: unknown) => void = () => undefined;
	const failure = new Promise<never>((_, reject) => {
		fail = reject;
	});
	failure.catch(() => undefined);
	const hang = () => fail(new BugError("the program waits for a value that never comes"));
	process.on("unhandledRejection", fail).on("beforeExit", hang);
	return { failure, stop: () => process.off("unhandledRejection", fail).off("beforeExit", hang) };
}
