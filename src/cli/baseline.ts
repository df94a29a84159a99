import type { ChangeSet } from "../changes/changeSet.ts";
import { parseStackFile } from "../config/parseStackFile.ts";
import type { StackConfig } from "../config/stackConfig.ts";
import { problem, UserError } from "../errors.ts";
import { knownWords, type LadderSource, remembering } from "../knownWords.ts";
import { unknownWord } from "../nearest.ts";
import { sizeStack } from "../sizeStack.ts";
import { parseLadder } from "../tiers/load.ts";
import { type GitHead, gitHead } from "./git.ts";
import { freshSide, type Side } from "./side.ts";

/** The old side of a preview, and a line for a reader when it could not be what it should. */
export interface Baseline {
	readonly base: ChangeSet["base"];
	readonly side: Side | null;
	readonly note: string | null;
}

/**
 * What the last commit makes of a stack: its stack file and its ladder, with today's program and catalog. Without a
 * commit there is nothing to compare with, and everything is a create.
 */
export function readBaseline(dir: string, stack: string): Baseline {
	const head = gitHead(dir);
	const file = `Pulumi.${stack}.yaml`;
	const text = head?.read(file) ?? null;
	if (head === null || text === null) {
		const why = head === null ? "there is no git history here" : `${file} is not committed yet`;
		return { base: { kind: "none", ref: null }, side: null, note: `${why}, so everything shows as a create` };
	}
	try {
		const ladders = committedLadders(head);
		const config: StackConfig = parseStackFile(text, file, knownWords(ladders));
		const side = freshSide(config, sizeStack(config, ladders));
		return { base: { kind: "git", ref: head.ref }, side, note: null };
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const first = error.problems[0]?.message ?? "it is not valid";
		const note = `the version in git ${head.ref} cannot be used (${first}), so everything shows as a create`;
		return { base: { kind: "none", ref: null }, side: null, note };
	}
}

/** The ladders as HEAD has them. */
function committedLadders(head: GitHead): LadderSource {
	const names = head
		.list("tiers")
		.filter((file) => file.endsWith(".yaml"))
		.map((file) => file.slice(0, -".yaml".length))
		.sort();
	return remembering({
		names,
		load(name) {
			const text = head.read(`tiers/${name}.yaml`);
			if (text === null) throw new UserError([problem(unknownWord("ladder", name, names))]);
			return parseLadder(text, `tiers/${name}.yaml`);
		},
	});
}
