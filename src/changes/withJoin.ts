import type { Change, ChangeSet, Op } from "./changeSet.ts";
import { hashChanges } from "./hash.ts";
import { type Reason, verdictOf } from "./verdict.ts";

/**
 * The change set as the real engine sees it: each change with whether the model explains it, and what only the engine
 * found. What replaces or deletes without an explanation blocks, and nothing opens it; an update that nobody explains is
 * unknown.
 *
 * @param joined by URN; a change that is not in it stays as the model told it.
 * @param found changes that the engine plans and the model does not know.
 * @param more reasons of the engine's own.
 */
export function withJoin(
	changes: ChangeSet,
	joined: Readonly<Record<string, NonNullable<Change["join"]>>>,
	found: readonly Change[] = [],
	more: readonly Reason[] = [],
): ChangeSet {
	const all = [...changes.changes, ...found]
		.map((change): Change => ({ ...change, join: joined[change.urn] ?? change.join }))
		.sort((left, right) => (left.urn < right.urn ? -1 : 1));
	// Something new that nobody explains takes nothing away; its price is not known, and the table shows it.
	const unexplained = all.filter(({ join, op }) => join === "unexplained" && op !== "create");
	const reasons: readonly Reason[] = [
		...unexplained.map(reasonFor).sort((left, right) => (left.risk < right.risk ? -1 : 1)),
		...more,
		...changes.reasons,
	];
	const { unprotected = [] } = changes;
	const verdict = verdictOf({ changes: all, unprotected }, reasons);
	return {
		...changes,
		layer: "engine",
		totals: totalsOf(changes, all),
		changes: all,
		reasons,
		verdict,
		next: verdict === changes.verdict ? changes.next : nextOf(unexplained, more),
		hash: hashChanges(all, unprotected),
	};
}

function reasonFor({ urn, op }: Change): Reason {
	return op === "replace" || op === "delete"
		? { risk: "blocked", urn, text: `the engine would ${op} it, and neither the tier nor the stack file says why` }
		: { risk: "unknown", urn, text: `the engine would ${op} it, and neither the tier nor the stack file says why` };
}

/** What stays the same is what the model told, less what the engine found beside it. */
function totalsOf({ totals, changes }: ChangeSet, all: readonly Change[]): ChangeSet["totals"] {
	const count = (op: Op) => all.filter((each) => each.op === op).length;
	const beside = all.filter(({ urn, op }) => op !== "create" && !changes.some((each) => each.urn === urn)).length;
	return {
		create: count("create"),
		update: count("update"),
		replace: count("replace"),
		delete: count("delete"),
		same: Math.max(0, totals.same - beside),
	};
}

function nextOf(unexplained: readonly Change[], more: readonly Reason[]): string {
	const [first] = unexplained;
	if (first === undefined) return more.length === 0 ? "" : "mend what the engine's preview says, and look again";
	return `find out why the engine would ${first.op} ${first.name}: another version of a provider, an edit by hand or the program itself; do not run pulumi up before`;
}
