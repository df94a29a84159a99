import type { Change, ChangeSet } from "./changeSet.ts";
import { type Reason, verdictOf } from "./verdict.ts";

/**
 * The change set as the real engine sees it: each change with whether the model explains it, and what only the engine
 * found. What replaces or deletes without an explanation blocks, and nothing opens it.
 *
 * @param joined by URN; a change that is not in it stays as the model told it.
 * @param found changes that the engine plans and the model does not know.
 */
export function withJoin(
	changes: ChangeSet,
	joined: Readonly<Record<string, NonNullable<Change["join"]>>>,
	found: readonly Change[] = [],
): ChangeSet {
	const all = [...changes.changes, ...found]
		.map((change): Change => ({ ...change, join: joined[change.urn] ?? change.join }))
		.sort((left, right) => (left.urn < right.urn ? -1 : 1));
	const unexplained = all.filter(({ join, op }) => join === "unexplained" && (op === "replace" || op === "delete"));
	const reasons: readonly Reason[] = [
		...unexplained.map(
			({ urn, op }): Reason => ({
				risk: "blocked",
				urn,
				text: `the engine would ${op} it, and neither the tier nor the stack file says why`,
			}),
		),
		...changes.reasons,
	];
	const totals = { ...changes.totals };
	for (const { op } of found) totals[op] += 1;
	return { ...changes, layer: "engine", totals, changes: all, reasons, verdict: verdictOf(all, reasons) };
}
