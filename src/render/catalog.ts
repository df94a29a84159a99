import type { RowChange } from "../catalog/refresh/diff.ts";
import type { CatalogRefresh } from "../catalog/refresh/refreshCatalog.ts";
import type { Provider } from "../words.ts";
import { paint, type Style } from "./style.ts";
import { renderTable, wrap } from "./table.ts";
import { count, price } from "./words.ts";

/** One row of the catalog that a reader of prices must know about. */
export interface CatalogLine {
	readonly provider: Provider;
	readonly table: string;
	readonly id: string;
	readonly kind: "aged" | "unpriced" | "outdated";
	readonly readAt: string;
	readonly ageDays?: number;
}

/** Prices that are old, and rows without one. */
export function renderCatalogCheck(lines: readonly CatalogLine[], today: string, style: Style): string {
	if (lines.length === 0) return `Every row has a confirmed price, and none is old (${today}).\n`;
	const rows = lines.map(({ provider, table, id, kind, readAt, ageDays }) => [
		KINDS[kind] === "no price" ? KINDS[kind] : paint(style, "warning", KINDS[kind]),
		provider,
		table,
		id,
		readAt,
		ageDays === undefined ? "" : `${ageDays} days`,
	]);
	const table = renderTable(
		{ head: ["what", "provider", "kind", "row", "read", "age"], rows, right: [5], flex: 3 },
		style,
	);
	const aged = lines.filter(({ kind }) => kind === "aged").length;
	const unpriced = lines.filter(({ kind, table: of }) => kind === "unpriced" && of !== "reserved").length;
	const reserved = lines.filter(({ kind, table: of }) => kind === "unpriced" && of === "reserved").length;
	const outdated = lines.length - aged - unpriced - reserved;
	const told = [
		`${count(aged, "old price")}, ${count(unpriced, "row")} without a price: totals with these read "at least".`,
		...(reserved === 0 ? [] : [`A commitment to sizes without a reserved price is shown at their list price.`]),
		...(outdated === 0 ? [] : [`${count(outdated, "version")} for new stacks that the provider no longer supports.`]),
	];
	return `${table}\n\n${told.join("\n")}\n`;
}

const KINDS = { aged: "old", unpriced: "no price", outdated: "version over" } as const satisfies Record<
	CatalogLine["kind"],
	string
>;

/** What the providers tell today beside what is checked in, row by row. */
export function renderCatalogRefresh(refreshed: readonly CatalogRefresh[], written: boolean, style: Style): string {
	const blocks = refreshed.flatMap(({ provider, changes, pricesNotTold, unread }) => [
		paint(style, "strong", `${provider}: ${changes.length === 0 ? "nothing new" : count(changes.length, "row")}`),
		...(changes.length === 0 ? [] : [renderTable(changeRows(changes), style)]),
		...(pricesNotTold.length === 0 ? [] : [`No API tells the prices of: ${pricesNotTold.join(", ")}`]),
		...(unread.length === 0 ? [] : [wrap(`Listed, and no row could be made of: ${unread.join(", ")}`, style.width, 2)]),
		"",
	]);
	const changed = refreshed.some(({ files }) => files.length > 0);
	const last = written ? "Written: review the difference and commit it." : "Nothing is written: add --write.";
	return [...blocks, ...(changed ? [last] : []), ""].join("\n");
}

function changeRows(changes: readonly RowChange[]) {
	const rows = changes.map((change) => [change.kind, change.table, change.id, detailOf(change)]);
	return { head: ["what", "kind", "row", "detail"], rows, flex: 3 };
}

function detailOf(change: RowChange): string {
	switch (change.kind) {
		case "added":
		case "removed":
			return price(change.price);
		case "confirmed":
			return "the same figures, now from the provider itself";
		case "changed":
			return change.fields
				.map(({ field, from, to }) => `${field}: ${JSON.stringify(from)} -> ${JSON.stringify(to)}`)
				.join("; ");
	}
}
