import { BugError } from "../errors.ts";
import type { ReservedRow } from "./reserved.ts";
import { type CatalogRow, type CatalogTable, rowKey } from "./rowKey.ts";
import type { Catalog } from "./rows.ts";

/** Days after which a price from a third party's document should be read again. */
export const THIRD_PARTY_DAYS = 180;

interface FindingPlace {
	readonly table: CatalogTable | "reserved";
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

/** A version that new stacks would begin with, and that the provider no longer supports. */
export interface OutdatedRow extends FindingPlace {
	readonly kind: "outdated";
	/** Days since its support ended. */
	readonly ageDays: number;
}

/** What a reader of prices must know about one row. */
export type CatalogFinding = AgedRow | UnpricedRow | OutdatedRow;

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

/**
 * Finds the reserved prices that are old, and the families of sizes that have none: a commitment to these shows their
 * list price. As pure as `checkCatalog`.
 *
 * @param rows what the provider sells; null = no commitments, so nothing is missing.
 */
export function checkReserved(catalog: Catalog, rows: readonly ReservedRow[] | null, today: string): CatalogFinding[] {
	if (rows === null) return [];
	const now = parseDate(today);
	const aged = rows.flatMap(({ table, row, mark, readAt }) =>
		agedFinding({ table: "reserved", id: `${table} ${row}`, readAt }, mark, now),
	);
	const tables = ["machines", "databases", "caches"] as const;
	return [...aged, ...tables.flatMap((table) => missingReserved(catalog, table, rows))];
}

/** Families such as `db.t3 mysql`: so many of their sizes have no confirmed reserved price. */
function missingReserved(
	catalog: Catalog,
	table: ReservedRow["table"],
	reserved: readonly ReservedRow[],
): CatalogFinding[] {
	const known = new Set(reserved.flatMap((each) => (each.table === table ? [each.row] : [])));
	const families = new Map<string, CatalogRow[]>();
	for (const row of catalog[table]) {
		const family = rowKey(row).replace(/\.[^. ]+(?= |$)/, "");
		families.set(family, [...(families.get(family) ?? []), row]);
	}
	return [...families].flatMap(([family, rows]) => {
		const missing = rows.filter((row) => !known.has(rowKey(row)));
		const readAt = missing
			.map((row) => row.readAt)
			.toSorted()
			.at(-1);
		if (readAt === undefined) return [];
		const id = `${table} ${family}: ${missing.length} of ${rows.length} sizes`;
		return [{ kind: "unpriced" as const, table: "reserved" as const, id, readAt }];
	});
}

function checkRow(table: CatalogTable, row: CatalogRow, now: number): CatalogFinding[] {
	const place = { table, id: rowKey(row), readAt: row.readAt };
	const outdated = outdatedFinding(place, row, now);
	if (priceOf(row) === null) return [{ kind: "unpriced", ...place }, ...outdated];
	return [...agedFinding(place, row.mark, now), ...outdated];
}

function agedFinding(place: FindingPlace, mark: CatalogRow["mark"], now: number): AgedRow[] {
	const ageDays = daysSince(place.readAt, now);
	return mark === "C" && ageDays > THIRD_PARTY_DAYS ? [{ kind: "aged", ...place, ageDays }] : [];
}

function outdatedFinding(place: FindingPlace, row: CatalogRow, now: number): OutdatedRow[] {
	if (!("versionUntil" in row) || row.versionUntil === undefined) return [];
	const ageDays = daysSince(row.versionUntil, now);
	return ageDays > 0 ? [{ kind: "outdated", ...place, ageDays }] : [];
}

function daysSince(date: string, now: number): number {
	return Math.floor((now - parseDate(date)) / DAY_MS);
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
