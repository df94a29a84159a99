import { parseStackFile } from "../config/parseStackFile.ts";
import type { StackConfig } from "../config/stackConfig.ts";
import { problem, UserError } from "../errors.ts";
import { knownWords, type LadderSource, remembering } from "../knownWords.ts";
import { unknownWord } from "../nearest.ts";
import { sizeStack } from "../sizeStack.ts";
import { type Lock, lockFileName } from "../sizing/lock/lock.ts";
import { parseLock } from "../sizing/lock/parseLock.ts";
import { parseLadder } from "../tiers/load.ts";
import type { GitCommit } from "./git.ts";
import type { Side } from "./side.ts";

/** A stack as a commit has it. */
export interface CommittedStack {
	readonly side: Side;
	readonly lock: Lock | null;
}

/**
 * What a commit makes of a stack: its stack file, lock, ladder and compose file, with this program and its catalog.
 *
 * @returns null when the commit has no such stack.
 * @throws UserError with every problem of its files.
 */
export function committedStack(commit: GitCommit, stack: string, ladders: LadderSource): CommittedStack | null {
	const file = `Pulumi.${stack}.yaml`;
	const text = commit.read(file);
	if (text === null) return null;
	const config = parseStackFile(text, file, knownWords(ladders));
	const lock = committedLock(commit, stack);
	const blueprint = sizeStack(config, ladders, lock);
	return { side: { config, blueprint, kept: [], ...composeOf(commit, config) }, lock };
}

function committedLock(commit: GitCommit, stack: string): Lock | null {
	const name = lockFileName(stack);
	const text = commit.read(name);
	return text === null ? null : parseLock(text, name);
}

function composeOf(commit: GitCommit, { app, stack }: StackConfig): { readonly compose?: string } {
	if (app.compose === null) return {};
	const compose = commit.read(app.compose);
	if (compose !== null) return { compose };
	const place = { file: `Pulumi.${stack}.yaml`, key: "tierstack:app.compose" };
	throw new UserError([problem(`there is no file "${app.compose}" in commit ${commit.ref}`, place)]);
}

/** The ladders as a commit has them, each read once. */
export function committedLadders(commit: GitCommit): LadderSource {
	const names = commit
		.list("tiers")
		.filter((file) => file.endsWith(".yaml"))
		.map((file) => file.slice(0, -".yaml".length))
		.sort();
	return remembering({
		names,
		load(name) {
			const text = commit.read(`tiers/${name}.yaml`);
			if (text === null) throw new UserError([problem(unknownWord("ladder", name, names))]);
			return parseLadder(text, `tiers/${name}.yaml`);
		},
	});
}
