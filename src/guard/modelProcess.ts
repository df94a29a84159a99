import { spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { DesiredState } from "../changes/desired.ts";
import { BugError, problem, UserError } from "../errors.ts";
import type { StackInput } from "../stack/input.ts";

/** What the child prints instead of a state when the user's files are wrong: `tierstack ... --json`. */
const problemsSchema = z.object({ problems: z.array(z.object({ message: z.string(), key: z.string().nullish() })) });

/**
 * What this input declares, worked out by the model in a process of its own: the model and the program cannot share
 * one, because Pulumi's runtime belongs to the process. It is told nothing of the engine, the login or any secret.
 *
 * @throws UserError with the model's own problems; BugError when the model fails.
 */
export async function modelInChild(
	input: StackInput,
	names: { readonly stack: string; readonly project: string },
	projectDir: string,
): Promise<DesiredState> {
	const { code, output, errors } = await runChild(projectDir, JSON.stringify({ input, names }));
	if (code === 0) {
		const state: DesiredState = JSON.parse(output);
		return state;
	}
	const told = problemsIn(output);
	if (told !== null) throw told;
	throw new BugError(`the model of the update failed: ${errors.trim() || `exit code ${code}`}`);
}

function problemsIn(output: string): UserError | null {
	try {
		const { problems } = problemsSchema.parse(JSON.parse(output));
		return new UserError(problems.map(({ message, key }) => problem(message, { key: key ?? null })));
	} catch {
		return null;
	}
}

function runChild(projectDir: string, text: string): Promise<{ code: number | null; output: string; errors: string }> {
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, [join(projectDir, "src/boot.cjs"), "model", "--json"], {
			cwd: projectDir,
			env: { PATH: process.env.PATH ?? "" },
			stdio: ["pipe", "pipe", "pipe"],
		});
		const texts = { output: "", errors: "" };
		child.stdout.setEncoding("utf8").on("data", (part: string) => {
			texts.output += part;
		});
		child.stderr.setEncoding("utf8").on("data", (part: string) => {
			texts.errors += part;
		});
		child.on("error", fail);
		child.on("close", (code) => done({ code, ...texts }));
		// A child that dies early closes the pipe; its exit code says so.
		child.stdin.on("error", () => undefined);
		child.stdin.end(text);
	});
}
