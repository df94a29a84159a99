import { monthlyUnitUsd } from "../catalog/catalog.ts";
import { rowKey } from "../catalog/rowKey.ts";
import type { Catalog, Mark } from "../catalog/rows.ts";
import { type Item, type Part, type Purchase, priceOf } from "./part.ts";

/** One purchase of a blueprint: whose it is, and how much of which row. No price: that is the catalog's of the day. */
export interface BillLine extends Purchase {
	/** `role/name` of the component. */
	readonly component: string;
}

/** Name of a component on a bill. */
export function billName({ role, name }: { readonly role: string; readonly name: string }): string {
	return `${role}/${name}`;
}

/** What is bought for the parts of a blueprint, in their order. */
export function billOf(parts: readonly Part[]): BillLine[] {
	return parts.flatMap(({ component, items }) =>
		items.map(({ table, row, of, quantity, kind }) => ({
			component: billName(component),
			table,
			row,
			of,
			quantity,
			kind,
		})),
	);
}

/** A purchase at a catalog's prices. A row that is no longer there, or of another unit, has no price. */
export function priceLine(catalog: Catalog, { table, row, of, quantity, kind }: Purchase): Item {
	const found = findPrice(catalog, table, row, of);
	const sku = row.split(" ")[0] ?? row;
	return {
		table,
		row,
		of,
		quantity,
		kind,
		id: of === "storage" ? `${sku} storage` : sku,
		usd: priceOf(found?.usd ?? null, quantity),
		mark: found?.mark ?? "?",
		readAt: found?.readAt ?? "",
	};
}

interface Price {
	readonly usd: number | null;
	readonly mark: Mark;
	readonly readAt: string;
}

function findPrice(catalog: Catalog, table: Purchase["table"], key: string, of: Purchase["of"]): Price | null {
	if (table === "services") {
		const row = catalog.services.find((each) => rowKey(each) === key);
		return row === undefined ? null : { usd: monthlyUnitUsd(row), mark: row.mark, readAt: row.readAt };
	}
	if (of === "storage") {
		const row = catalog.databases.find((each) => rowKey(each) === key);
		return row === undefined ? null : { usd: row.storageUsdPerGb, mark: row.mark, readAt: row.readAt };
	}
	const row = catalog[table].find((each) => rowKey(each) === key);
	return row === undefined ? null : { usd: row.monthlyUsd, mark: row.mark, readAt: row.readAt };
}
