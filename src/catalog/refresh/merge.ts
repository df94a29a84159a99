import { isDeepStrictEqual } from "node:util";
import { type CatalogRow, rowKey } from "../rowKey.ts";
import type { Provenance } from "../rows.ts";

/** What a provider's API tells of one row today. */
export interface Seen<Row extends CatalogRow> {
	/** The fields the API is the authority of. Other fields of a known row stay as they are checked in. */
	readonly figures: Partial<Row>;
	/** The row to add when the catalog does not know its key yet; what the API does not tell is null in it. */
	readonly fresh: Row;
}

/** Where the figures come from, and what becomes of what the row said of its source before. */
export interface Reading extends Pick<Provenance, "mark" | "source" | "readAt"> {
	/** Whether a row's note still holds once the API has told its figures. */
	readonly keepNote: boolean;
}

/**
 * A table after its provider was asked: known rows with the figures of today, in the order of the file; then the new
 * rows; rows the API no longer lists are gone. A row is touched only when a figure differs or when the API confirms
 * what was not the provider's own word before (marks B, C and ?): a refresh that finds nothing new writes nothing new.
 *
 * @param reading null when the API tells no price (the row keeps the source of the price it has)
 */
export function mergeTable<Row extends CatalogRow>(
	rows: readonly Row[],
	seen: readonly Seen<Row>[],
	reading: Reading | null,
): Row[] {
	const told = new Map(seen.map((one) => [rowKey(one.fresh), one]));
	const known = new Set(rows.map(rowKey));
	const kept = rows.flatMap((row) => {
		const one = told.get(rowKey(row));
		return one === undefined ? [] : [mergeRow(row, one.figures, reading)];
	});
	const added = [...told].filter(([key]) => !known.has(key)).map(([, { fresh }]) => fresh);
	return [...kept, ...added];
}

function mergeRow<Row extends CatalogRow>(row: Row, figures: Partial<Row>, reading: Reading | null): Row {
	const merged: Row = { ...row, ...figures };
	const same = isDeepStrictEqual(merged, row);
	if (reading === null) return same ? row : merged;
	if (same && row.mark === reading.mark) return row;
	const { keepNote, ...provenance } = reading;
	const marked: Row = { ...merged, ...provenance, source: withPriceSource(reading.source, row) };
	if (!keepNote) Reflect.deleteProperty(marked, "note");
	return marked;
}

/** A row's source with another source of its price: what follows the first part tells of other figures, and stays. */
export function withPriceSource(source: string, row: Provenance): string {
	return [source, ...row.source.split("; ").slice(1)].join("; ");
}
