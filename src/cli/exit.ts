import type { ChangeSet } from "../changes/changeSet.ts";

/** What a script reads from a command's end. */
export const EXIT = {
	done: 0,
	error: 1,
	/** `--exit-code`: there are changes, all of them safe. */
	safeChanges: 2,
	/** Refused, or with `--exit-code` shown: wants an acceptance (downtime, cost, one-way ...). */
	needsAcceptance: 3,
	/** Refused, or with `--exit-code` shown: data would be lost, or nothing explains a delete. */
	blocked: 4,
} as const;

/** The code that tells a change set's verdict. */
export function verdictCode({ verdict }: ChangeSet): number {
	switch (verdict) {
		case "none":
			return EXIT.done;
		case "safe":
			return EXIT.safeChanges;
		case "needs-acceptance":
			return EXIT.needsAcceptance;
		case "blocked":
			return EXIT.blocked;
	}
}

/** The worst of several change sets. */
export function worstCode(changeSets: readonly ChangeSet[]): number {
	return Math.max(EXIT.done, ...changeSets.map(verdictCode));
}
