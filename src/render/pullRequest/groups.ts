import type { Verdict } from "../../changes/changeSet.ts";
import type { StackReport } from "./report.ts";

/** How a stack comes out: the verdicts, and the case that there is none. Worst first. */
export const STANDINGS = ["failed", "blocked", "needs-acceptance", "safe", "none"] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf({ changeSet, error }: StackReport): Standing {
	if (changeSet === null || error !== null) return "failed";
	const verdict: Verdict = changeSet.verdict;
	return verdict;
}

/** Stacks to which the very same thing happens, told once. */
export interface Group {
	/** Sorted by name; the first one's values are shown. */
	readonly stacks: readonly [string, ...string[]];
	readonly report: StackReport;
	readonly standing: Standing;
}

/** Groups of equal reports, worst first, then by name. The same reports in any order give the same groups. */
export function groupStacks(reports: readonly StackReport[]): readonly Group[] {
	const sorted = reports.toSorted((left, right) => (left.stack < right.stack ? -1 : 1));
	const groups = new Map<string, Group>();
	for (const report of sorted) {
		const key = likeness(report);
		const known = groups.get(key);
		const stacks: Group["stacks"] = known === undefined ? [report.stack] : [...known.stacks, report.stack];
		groups.set(key, { stacks, report: known?.report ?? report, standing: standingOf(report) });
	}
	return [...groups.values()].toSorted(
		(left, right) => STANDINGS.indexOf(left.standing) - STANDINGS.indexOf(right.standing),
	);
}

/** Everything the report says, with the stack's own name taken out: names of hosts and buckets hold it. */
function likeness(report: StackReport): string {
	const { hash: _hash, ...changeSet } = report.changeSet ?? {};
	const text = JSON.stringify({ ...report, stack: null, changeSet });
	return report.stack === "" ? text : text.replaceAll(JSON.stringify(report.stack).slice(1, -1), "\u0000");
}
