import { stackNameOf } from "../../config/parseStackFile.ts";
import { type Problem, UserError } from "../../errors.ts";
import type { LadderSource } from "../../knownWords.ts";
import { staleLockNote } from "../../sizeStack.ts";
import { committedLadders, committedStack } from "../committed.ts";
import { commitsTouching, type GitCommit, gitCommit } from "../git.ts";
import type { Side } from "../side.ts";
import type { BuiltSide } from "../sides.ts";

/** A stack at one end of a pull request. */
export type SideAt =
	| { readonly kind: "absent" }
	| { readonly kind: "stands"; readonly side: Side | BuiltSide; readonly note: string | null }
	| { readonly kind: "broken"; readonly problems: readonly Problem[] };

/** Stacks a commit has a file of. */
export function stacksAt(commit: GitCommit): readonly string[] {
	return commit.list().flatMap((file) => stackNameOf(file) ?? []);
}

/** What a commit's files ask for, by this program. */
export function sideAt(commit: GitCommit, stack: string, ladders: LadderSource): SideAt {
	try {
		const found = committedStack(commit, stack, ladders);
		if (found === null) return { kind: "absent" };
		return { kind: "stands", side: found.side, note: staleLockNote(found.side.config, found.lock) };
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return { kind: "broken", problems: error.problems };
	}
}

/** How many older commits are looked at for a file that can be read. */
const MOST_TRIES = 20;

/** The last commit before one whose files of a stack can be used, with what they ask for; null when there is none. */
export function lastGoodSide(
	dir: string,
	commit: GitCommit,
	stack: string,
): { readonly ref: string; readonly side: Side } | null {
	for (const sha of commitsTouching(dir, commit.sha, [`Pulumi.${stack}.yaml`, "tiers"], MOST_TRIES)) {
		const older = gitCommit(dir, sha);
		const found = older === null ? null : sideAt(older, stack, committedLadders(older));
		if (older !== null && found?.kind === "stands") return { ref: older.ref, side: found.side };
	}
	return null;
}
