import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { problem, UserError } from "../../errors.ts";
import { renderJson } from "../../render/json.ts";
import { renderPullRequest } from "../../render/pullRequest/document.ts";
import type { PullRequestReport } from "../../render/pullRequest/report.ts";
import { EXIT, worstCode } from "../exit.ts";
import { findProject } from "../project.ts";
import { type Line, type Shell, textOption } from "../shell.ts";

/** `tierstack pr --base <ref> [--out FILE]` */
export async function pr({ io, json }: Shell, line: Line): Promise<number> {
	const project = findProject(io.cwd);
	// The model brings Pulumi's library: loaded only once the words are known to be right.
	const { rangeOf, reportOf } = await import("../pullRequest/reportOf.ts");
	const range = rangeOf(project.dir, textOption(line, "base") ?? "");
	const report = await reportOf(range, { today: io.today, projectDir: project.dir }, io.env);
	const text = json ? renderJson({ schema: "tierstack.pr/1", ...report }) : renderPullRequest(report);
	const file = textOption(line, "out");
	if (file === undefined) io.stdout(text);
	else write(resolve(io.cwd, file), file, text);
	return line.options.exitCode === true ? codeOf(report) : EXIT.done;
}

function write(path: string, shown: string, text: string): void {
	try {
		writeFileSync(path, text);
	} catch (error) {
		const why = error instanceof Error && "code" in error ? String(error.code) : "it is not a file";
		throw new UserError([problem(`"${shown}" cannot be written (${why})`, { key: "--out" })]);
	}
}

/** A stack that could not be compared is worse than one that is blocked: nothing is known of it. */
function codeOf({ stacks }: PullRequestReport): number {
	const changeSets = stacks.flatMap(({ changeSet }) => changeSet ?? []);
	return changeSets.length < stacks.length ? EXIT.error : worstCode(changeSets);
}
