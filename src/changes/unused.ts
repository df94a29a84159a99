import type { Acceptance } from "../config/stackConfig.ts";
import type { ChangeSet, UnusedAcceptance } from "./changeSet.ts";

/** What the list of exceptions is held against. */
export type Judged = Pick<ChangeSet, "from" | "to" | "accepted" | "changes">;

/**
 * Entries of the list that this change set does not rest on, each with why: to be reported, as they wait for a risk that
 * may never come. Those that brought the stack to its tier are silent: the next promotion takes them out.
 *
 * @param today ISO date, UTC.
 */
export function unusedAcceptances(
	accept: readonly Acceptance[],
	judged: Judged,
	today: string,
): readonly UnusedAcceptance[] {
	return accept.flatMap((entry) => {
		const why = whyUnused(entry, judged, today);
		const { risk, resource, from, to, until } = entry;
		return why === null ? [] : [{ risk, resource, from, to, until, why }];
	});
}

/** null = it is used, or was by the move that is made. */
function whyUnused(
	{ risk, resource, from, to, until }: Acceptance,
	{ from: left, to: entered, accepted, changes }: Judged,
	today: string,
): UnusedAcceptance["why"] | null {
	if (until < today) return "lapsed";
	const here = entered?.tier ?? null;
	if (left !== null && from === left.tier && to === here) {
		const used = accepted.some((each) => each.risk === risk && each.resource === resource);
		return used || changes.length === 0 ? null : "not-needed";
	}
	return to === here ? null : "another-move";
}
