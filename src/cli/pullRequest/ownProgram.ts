import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { problem } from "../../errors.ts";
import { addWorktree, type GitCommit, gitPrefix, removeWorktree } from "../git.ts";
import type { SideAt } from "./sideAt.ts";

/** What `tierstack model <stacks...>` prints: see commands/model.ts. */
export const SIDES_SCHEMA = "tierstack.sides/1";
const answerSchema = z.object({ schema: z.literal(SIDES_SCHEMA), sides: z.record(z.string(), z.unknown()) });

/** Largest answer of the older program: hundreds of stacks. */
const MOST_BYTES = 1 << 28;

export interface OwnProgramArgs {
	readonly projectDir: string;
	readonly commit: GitCommit;
	readonly stacks: readonly string[];
	/** Whether the commit locks other dependencies: then they are installed, the one use of the network. */
	readonly otherDependencies: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * What a commit's files ask for by that commit's own program: checked out beside the project, compiled, run, removed.
 * A program edit shows only this way. When it cannot run, every stack is broken, with the reason: what the edit changes
 * is then not known.
 */
export function sidesByOwnProgram(args: OwnProgramArgs): Readonly<Record<string, SideAt>> {
	const { projectDir, commit, stacks } = args;
	const folder = mkdtempSync(join(tmpdir(), "tierstack-base-"));
	const checkout = join(folder, "work");
	try {
		if (!addWorktree(projectDir, checkout, commit.sha)) return failing(args, "git could not check it out");
		const project = join(checkout, gitPrefix(projectDir));
		if (!existsSync(join(project, "src/boot.cjs"))) return failing(args, "it has none");
		const refused = dependencies(args, project);
		if (refused !== null) return failing(args, refused);
		const { status, stdout, stderr, error } = spawnSync(
			process.execPath,
			[join(project, "src/boot.cjs"), "model", ...stacks, "--json"],
			{ cwd: project, env: { PATH: args.env.PATH ?? "" }, encoding: "utf8", maxBuffer: MOST_BYTES },
		);
		if (error !== undefined) return failing(args, error.message);
		if (status !== 0) return failing(args, lastLine(stderr) ?? lastLine(stdout) ?? `exit code ${status}`);
		return sidesIn(stdout) ?? failing(args, "it answers in another format");
	} finally {
		removeWorktree(projectDir, checkout);
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The commit's dependencies: those that are installed here, when it locks the same. Says why there are none. */
function dependencies({ projectDir, otherDependencies, env }: OwnProgramArgs, project: string): string | null {
	if (!otherDependencies) {
		symlinkSync(join(projectDir, "node_modules"), join(project, "node_modules"));
		return null;
	}
	// Without scripts: nothing that a dependency brings runs here.
	const { status, stderr, error } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
		cwd: project,
		env: { ...env },
		encoding: "utf8",
	});
	if (status === 0) return null;
	return `its dependencies could not be installed: ${error?.message ?? lastLine(stderr) ?? "npm ci failed"}`;
}

function sidesIn(text: string): Readonly<Record<string, SideAt>> | null {
	try {
		answerSchema.parse(JSON.parse(text));
		const { sides }: { sides: Record<string, SideAt> } = JSON.parse(text);
		return sides;
	} catch {
		return null;
	}
}

function failing({ commit, stacks }: OwnProgramArgs, why: string): Readonly<Record<string, SideAt>> {
	const message = `the program of ${commit.ref} could not be run (${why}), so what the edit of the program changes is not known`;
	return Object.fromEntries(stacks.map((stack) => [stack, { kind: "broken", problems: [problem(message)] }]));
}

function lastLine(text: string): string | null {
	return (
		text
			.split("\n")
			.findLast((line) => line.trim() !== "")
			?.trim() ?? null
	);
}
