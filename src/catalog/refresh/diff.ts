import { isDeepStrictEqual } from "node:util";
import { type CatalogRow, type CatalogTable, rowKey } from "../rowKey.ts";
import type { MonthlyUsd } from "../rows.ts";

/** One field of a row with its value before and after, as JSON has it. */
export interface FieldChange {
	/** Name in `rows.ts`, such as `monthlyUsd`. */
	readonly field: string;
	readonly from: unknown;
	readonly to: unknown;
}

interface RowPlace {
	readonly table: CatalogTable;
	/** Key of the row within its table, as `rowKey` tells it. */
	readonly id: string;
}

/** What becomes of one row of a table, for a person to review before it is checked in. */
export type RowChange = AddedRow | RemovedRow | ChangedRow | ConfirmedRow;

export interface AddedRow extends RowPlace {
	readonly kind: "added";
	/** Price of the new row; null = the API tells none. */
	readonly price: MonthlyUsd;
}

export interface RemovedRow extends RowPlace {
	readonly kind: "removed";
	/** Price the row had. */
	readonly price: MonthlyUsd;
}

export interface ChangedRow extends RowPlace {
	readonly kind: "changed";
	/** Fields whose figure differs, a price first. */
	readonly fields: readonly FieldChange[];
}

/** The same figures, now from the provider itself: mark, source and date of the row are new. */
export interface ConfirmedRow extends RowPlace {
	readonly kind: "confirmed";
}

const PROVENANCE = new Set(["mark", "source", "readAt", "note"]);
const PRICES = new Set(["monthlyUsd", "usd", "storageUsdPerGb"]);

/** Tells row by row what differs between two states of a table. Pure; rows that are the same are not told. */
export function diffTable(
	table: CatalogTable,
	before: readonly CatalogRow[],
	after: readonly CatalogRow[],
): RowChange[] {
	const old = new Map(before.map((row) => [rowKey(row), row]));
	const now = new Set(after.map(rowKey));
	const removed = before
		.filter((row) => !now.has(rowKey(row)))
		.map((row): RowChange => ({ kind: "removed", table, id: rowKey(row), price: priceOf(row) }));
	const others = after.flatMap((row): RowChange[] => {
		const id = rowKey(row);
		const was = old.get(id);
		if (was === undefined) return [{ kind: "added", table, id, price: priceOf(row) }];
		if (isDeepStrictEqual(was, row)) return [];
		const fields = changedFields(was, row);
		return fields.length === 0 ? [{ kind: "confirmed", table, id }] : [{ kind: "changed", table, id, fields }];
	});
	return [...others, ...removed];
}

function changedFields(before: CatalogRow, after: CatalogRow): FieldChange[] {
	const old = new Map<string, unknown>(Object.entries(before));
	const now = new Map<string, unknown>(Object.entries(after));
	const fields = [...new Set([...old.keys(), ...now.keys()])].filter(
		(field) => !PROVENANCE.has(field) && !isDeepStrictEqual(old.get(field), now.get(field)),
	);
	const pricesFirst = [...fields.filter((field) => PRICES.has(field)), ...fields.filter((field) => !PRICES.has(field))];
	return pricesFirst.map((field) => ({ field, from: old.get(field) ?? null, to: now.get(field) ?? null }));
}

function priceOf(row: CatalogRow): MonthlyUsd {
	if ("monthlyUsd" in row) return row.monthlyUsd;
	return "usd" in row ? row.usd : null;
}
