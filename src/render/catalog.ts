import type { Provider } from "../words.ts";
import { paint, type Style } from "./style.ts";
import { renderTable } from "./table.ts";
import { count } from "./words.ts";

/** One row of the catalog that a reader of prices must know about. */
export interface CatalogLine {
	readonly provider: Provider;
	readonly table: string;
	readonly id: string;
	readonly kind: "aged" | "unpriced";
	readonly readAt: string;
	readonly ageDays?: number;
}

/** Prices that are old, and rows without one. */
export function renderCatalogCheck(lines: readonly CatalogLine[], today: string, style: Style): string {
	if (lines.length === 0) return `Every row has a confirmed price, and none is old (${today}).\n`;
	const rows = lines.map(({ provider, table, id, kind, readAt, ageDays }) => [
		kind === "aged" ? paint(style, "warning", "old") : "no price",
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
	const unpriced = lines.length - aged;
	return `${table}\n\n${count(aged, "old price")}, ${count(unpriced, "row")} without a price: totals with these read "at least".\n`;
}
