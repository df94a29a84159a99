import { spawn } from "node:child_process";
import { problem, UserError } from "../errors.ts";

/** Which stack, and in whose name: the user's own backend and login come with the environment. */
export interface EngineRequest {
	/** Folder that holds `Pulumi.yaml`. */
	readonly projectDir: string;
	readonly stack: string;
	/** Default: the process's own. */
	readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One run of the CLI. Its output may hold what a state holds: whoever asks cuts it at once. */
export interface CliRun {
	/** Exit code; null when it was killed. */
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/**
 * Runs the Pulumi CLI for a stack, without selecting it and without asking anybody.
 *
 * @throws UserError when there is no `pulumi` on PATH.
 */
export function runPulumi(args: readonly string[], { projectDir, stack, env }: EngineRequest): Promise<CliRun> {
	const all = [...args, "--non-interactive", "--color", "never", "--stack", stack];
	return new Promise((done, fail) => {
		const cli = spawn("pulumi", all, {
			cwd: projectDir,
			// The flag --event-log, by which the Automation API listens as well, is shown to debuggers only.
			env: { ...(env ?? process.env), PULUMI_SKIP_UPDATE_CHECK: "1", PULUMI_DEBUG_COMMANDS: "true" },
			stdio: ["ignore", "pipe", "pipe"],
		});
		const texts = { output: "", errors: "" };
		cli.stdout.setEncoding("utf8").on("data", (text: string) => {
			texts.output += text;
		});
		cli.stderr.setEncoding("utf8").on("data", (text: string) => {
			texts.errors += text;
		});
		cli.on("error", () =>
			fail(new UserError([problem("there is no `pulumi` on PATH; `tierstack doctor` tells how to get it")])),
		);
		cli.on("close", (code) => done({ code, ...texts }));
	});
}

/** What the CLI says went wrong, in its own first sentence. */
export function firstError({ errors, output }: CliRun): string {
	const line = `${errors}\n${output}`.split("\n").find((text) => /^\s*error:/.test(text));
	return line?.replace(/^\s*error:\s*/, "").trim() ?? "it ended without an answer";
}
