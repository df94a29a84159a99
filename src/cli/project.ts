import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KnownWords } from "../config/known.ts";
import { loadStackFile } from "../config/loadStackFile.ts";
import type { StackConfig } from "../config/stackConfig.ts";
import { problem, UserError } from "../errors.ts";
import { knownWords, type LadderSource, ladderFolder } from "../knownWords.ts";
import { readLock } from "../readLock.ts";
import { sizeStack, staleLockNote } from "../sizeStack.ts";
import type { Lock } from "../sizing/lock/lock.ts";
import { freshSide, type Side } from "./side.ts";

/** The folder that holds `Pulumi.yaml` and `tiers/`, and what can be read from it. */
export interface Project {
	readonly dir: string;
	readonly ladders: LadderSource;
	readonly known: KnownWords;
}

/**
 * Finds the project around a folder.
 *
 * @throws UserError when neither it nor a folder above has ladders.
 */
export function findProject(cwd: string): Project {
	for (let dir = cwd; ; dir = dirname(dir)) {
		if (existsSync(join(dir, "Pulumi.yaml")) && existsSync(join(dir, "tiers"))) {
			const ladders = ladderFolder(join(dir, "tiers"));
			return { dir, ladders, known: knownWords(ladders) };
		}
		if (dirname(dir) === dir) {
			const message = "no project here: neither this folder nor one above it holds Pulumi.yaml and tiers/";
			throw new UserError([problem(message)]);
		}
	}
}

export function stackFile(project: Project, stack: string): string {
	return join(project.dir, `Pulumi.${stack}.yaml`);
}

/** A stack as its files say. */
export interface LoadedStack {
	readonly side: Side;
	/** null = there is none. */
	readonly lock: Lock | null;
	/** That the lock no longer holds; null when there is nothing to say. */
	readonly note: string | null;
}

/**
 * Reads a stack file and its lock, and sizes what they ask for.
 *
 * @throws UserError with every problem of the files.
 */
export function loadStack(project: Project, stack: string): LoadedStack {
	const config: StackConfig = loadStackFile(stackFile(project, stack), project.known);
	const lock = readLock(project.dir, stack);
	const side = freshSide(config, sizeStack(config, project.ladders, lock));
	return { side, lock, note: staleLockNote(config, lock) };
}
