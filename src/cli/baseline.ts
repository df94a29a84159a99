import type { ChangeSet } from "../changes/changeSet.ts";
import { UserError } from "../errors.ts";
import { committedLadders, committedStack } from "./committed.ts";
import { gitHead } from "./git.ts";
import type { Side } from "./side.ts";

/** The old side of a preview, and a line for a reader when it could not be what it should. */
export interface Baseline {
	readonly base: ChangeSet["base"];
	readonly side: Side | null;
	readonly note: string | null;
}

/**
 * What the last commit makes of a stack: its stack file and its lock, else its ladder, with today's program and
 * catalog. Without a commit there is nothing to compare with, and everything is a create.
 */
export function readBaseline(dir: string, stack: string): Baseline {
	const head = gitHead(dir);
	if (head === null) return nothing("there is no git history here");
	try {
		const found = committedStack(head, stack, committedLadders(head));
		if (found === null) return nothing(`Pulumi.${stack}.yaml is not committed yet`);
		return { base: { kind: "git", ref: head.ref }, side: found.side, note: null };
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return nothing(
			`the version in git ${head.ref} cannot be used (${error.problems[0]?.message ?? "it is not valid"})`,
		);
	}
}

function nothing(why: string): Baseline {
	return { base: { kind: "none", ref: null }, side: null, note: `${why}, so everything shows as a create` };
}
