import { type Command, CommanderError } from "commander";
import { UserError } from "../errors.ts";
import { renderJson } from "../render/json.ts";
import { renderBug, renderProblems } from "../render/problems.ts";
import { EXIT } from "./exit.ts";
import { type Io, processIo } from "./io.ts";
import { buildProgram } from "./program.ts";
import type { Shell } from "./shell.ts";
import { usageError } from "./usage.ts";

/**
 * Runs one command line (without `node` and the script) and answers with the exit code: 0 done, 1 error, 3 and 4
 * refused. Nothing here exits the process, so tests call it as a user would.
 */
export async function runCli(argv: readonly string[], io: Io = processIo()): Promise<number> {
	let code: number = EXIT.done;
	const json = argv.includes("--json");
	const program = buildProgram({ io, json }, (outcome) => {
		code = outcome;
	});
	try {
		if (argv.length === 0) program.outputHelp();
		else await program.parseAsync([...argv], { from: "user" });
		return code;
	} catch (error) {
		return explain(error, program, argv, { io, json });
	}
}

function explain(error: unknown, program: Command, argv: readonly string[], { io, json }: Shell): number {
	if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
	const mistake = error instanceof CommanderError ? usageError(error, program, argv) : error;
	if (mistake instanceof UserError) {
		if (json) io.stdout(renderJson({ schema: "tierstack.problems/1", problems: mistake.problems }));
		else io.stderr(renderProblems(mistake.problems, io.style));
	} else io.stderr(renderBug(mistake, io.style));
	return EXIT.error;
}
