import { BugError } from "../errors.ts";
import { type CatalogRow, type CatalogTable, rowKey } from "./rowKey.ts";
import type { Catalog } from "./rows.ts";

/** Days after which a price from a third party's document should be read again. */
export const THIRD_PARTY_DAYS = 180;

interface FindingPlace {
	readonly table: CatalogTable;
	/** Key of the row within its table, as `rowKey` tells it. */
	readonly id: string;
	/** Date the row was read or is dated, such as `2026-08-29`. */
	readonly readAt: string;
}

/** Marked C and older than `THIRD_PARTY_DAYS`: refresh the catalog, or read a newer document. */
export interface AgedRow extends FindingPlace {
	readonly kind: "aged";
	readonly ageDays: number;
}

/** No confirmed price: a total with this row reads "at least". */
export interface UnpricedRow extends FindingPlace {
	readonly kind: "unpriced";
}

/** What a reader of prices must know about one row. */
export type CatalogFinding = AgedRow | UnpricedRow;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Finds the rows whose prices are old or missing. Pure: `today` is a date such as `2026-11-21`, given by the caller.
 * Findings come in the order of the tables and of their rows; an empty list means that every row is priced and fresh.
 *
 * @throws BugError when `today` is no ISO date.
 */
export function checkCatalog(catalog: Catalog, today: string): CatalogFinding[] {
	const now = parseDate(today);
	const check = (table: CatalogTable, rows: readonly CatalogRow[]): CatalogFinding[] =>
		rows.flatMap((row) => checkRow(table, row, now));
	return [
		...check("machines", catalog.machines),
		...check("databases", catalog.databases),
		...check("caches", catalog.caches),
		...check("services", catalog.services),
		...check("regions", catalog.regions),
	];
}

function checkRow(table: CatalogTable, row: CatalogRow, now: number): CatalogFinding[] {
	const place = { table, id: rowKey(row), readAt: row.readAt };
	if (priceOf(row) === null) return [{ kind: "unpriced", ...place }];
	const ageDays = Math.floor((now - parseDate(row.readAt)) / DAY_MS);
	return row.mark === "C" && ageDays > THIRD_PARTY_DAYS ? [{ kind: "aged", ...place, ageDays }] : [];
}

/** Price of a row: null = unpriced, undefined = the row has none to confirm (a region). */
function priceOf(row: CatalogRow): number | null | undefined {
	if ("monthlyUsd" in row) return row.monthlyUsd;
	return "usd" in row ? row.usd : undefined;
}

function parseDate(date: string): number {
	const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
	if (Number.isNaN(time)) throw new BugError(`"${date}" is no date such as 2026-11-21`);
	return time;
}
