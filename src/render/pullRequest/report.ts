import type { ChangeSet } from "../../changes/changeSet.ts";
import type { Problem } from "../../errors.ts";

/** What the commits do to one stack: a change set, or why there is none. */
export interface StackReport {
	readonly stack: string;
	/** null when the stack could not be previewed on one side. */
	readonly changeSet: ChangeSet | null;
	/** What has to be mended first; null when the change set stands. */
	readonly error: readonly Problem[] | null;
	/** One line each, such as "the lock file is stale: run `tierstack promote prod`". */
	readonly notes: readonly string[];
}

/** Everything a pull request's document is made of. Plain data: no clock, no git, no network. */
export interface PullRequestReport {
	/** Full SHAs of the two commits that were compared. */
	readonly base: string;
	readonly head: string;
	/** Every stack the commits touch, in any order. */
	readonly stacks: readonly StackReport[];
	/** What concerns no single stack, one line each. */
	readonly notes: readonly string[];
}
