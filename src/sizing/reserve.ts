import { RESERVED_TERM, type ReservedRow } from "../catalog/reserved.ts";
import type { Catalog } from "../catalog/rows.ts";
import { type BillLine, billName, priceLine } from "./bill.ts";
import type { Blueprint } from "./blueprint.ts";
import { cents } from "./text.ts";

/** One size on the bill, at its list price and committed to. */
export interface ReservedLine {
	/** `role/name` of the component. */
	readonly component: string;
	readonly sku: string;
	/** How many are always there: only these are worth a commitment. */
	readonly nodes: number;
	/** USD a month for all of them. */
	readonly listUsd: number | null;
	/** null = no confirmed price. */
	readonly reservedUsd: number | null;
	readonly mark: ReservedRow["mark"] | null;
	readonly readAt: string | null;
}

/** What committing to every size that is always there would come to. */
export interface Reservation {
	readonly term: string;
	/** Whether the provider sells commitments at all. */
	readonly sold: boolean;
	readonly lines: readonly ReservedLine[];
	/** USD a month saved on the sizes whose reserved price is known. */
	readonly savedUsd: number;
	/** The whole month then. */
	readonly monthlyUsd: number;
}

/**
 * The month's price of a blueprint for whoever commits to its machines, databases and caches for a year. What has no
 * confirmed reserved price keeps its list price, and is named.
 *
 * @param rows what the provider sells; null = no commitments.
 */
export function reserve(
	blueprint: Blueprint,
	bill: readonly BillLine[],
	catalog: Catalog,
	rows: readonly ReservedRow[] | null,
): Reservation {
	const lines = rows === null ? [] : bill.flatMap((line) => lineOf(blueprint, line, catalog, rows));
	const saved = lines.reduce(
		(sum, { listUsd, reservedUsd }) => sum + (listUsd === null || reservedUsd === null ? 0 : listUsd - reservedUsd),
		0,
	);
	return {
		term: RESERVED_TERM,
		sold: rows !== null,
		lines,
		savedUsd: cents(saved),
		monthlyUsd: cents(blueprint.cost.monthly - saved),
	};
}

function lineOf(
	{ components }: Blueprint,
	line: BillLine,
	catalog: Catalog,
	rows: readonly ReservedRow[],
): ReservedLine[] {
	const component = components.find((each) => billName(each) === line.component);
	if (component === undefined || line.table === "services" || line.of !== "unit") return [];
	const nodes = line.quantity * component.count.min;
	const { usd } = priceLine(catalog, line);
	const row = rows.find((each) => each.table === line.table && each.row === line.row);
	return [
		{
			component: line.component,
			sku: component.sku,
			nodes,
			listUsd: usd === null ? null : cents(usd * component.count.min),
			reservedUsd: row === undefined ? null : cents(row.monthlyUsd * nodes),
			mark: row?.mark ?? null,
			readAt: row?.readAt ?? null,
		},
	];
}
