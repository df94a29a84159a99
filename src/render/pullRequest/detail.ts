import type { ChangeSet } from "../../changes/changeSet.ts";
import { ROLES } from "../../words.ts";
import { actionText } from "../changeWords.ts";
import { count, money, moneyDelta } from "../words.ts";
import { code, prose } from "./escape.ts";
import type { Level } from "./levels.ts";
import { blocks, table } from "./markup.ts";
import { propLines } from "./propLines.ts";

/** Rows of the table of all changes. */
const MOST_ROWS = 200;

/** For whoever wants to see all of it: every change with every property, then the cost of each role. */
export function bareDetail(changeSet: ChangeSet, level: Level): string {
	return blocks(everyChange(changeSet, level), costByRole(changeSet), unpriced(changeSet));
}

function everyChange({ changes, totals }: ChangeSet, level: Level): string {
	const shown = changes.slice(0, MOST_ROWS);
	const rows = shown.map((change) => [
		actionText(change),
		code(change.name),
		propLines(change, level).join("<br>"),
		[change.downtime.why, change.undoWhy]
			.filter((why) => why !== "")
			.map((why) => prose(why, level.proseLength))
			.join("; "),
		change.explainedBy === null ? "" : code(change.explainedBy),
	]);
	const rest = changes.length - shown.length;
	return blocks(
		table(["what", "resource", "properties", "why", "asked for by"], rows, []),
		rest === 0 ? "" : `and ${count(rest, "more change")}`,
		totals.same === 0 ? "" : `${count(totals.same, "resource")} unchanged.`,
	);
}

function costByRole({ cost }: ChangeSet): string {
	const rows = ROLES.flatMap((role) => {
		const line = cost.byRole[role];
		return line === undefined ? [] : [[role, money(line.before), money(line.after), moneyDelta(line.delta)]];
	});
	return table(["role", "before", "after", "difference"], rows, [1, 2, 3]);
}

function unpriced({ cost }: ChangeSet): string {
	const ids = cost.coverage.unpricedIds;
	if (ids.length === 0) return "";
	const shown = ids.slice(0, MOST_ROWS).map((id) => code(id, 60));
	return `No confirmed price, so the sums read "at least": ${shown.join(", ")}`;
}
