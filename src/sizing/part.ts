import { monthlyUnitUsd, serviceRow } from "../catalog/catalog.ts";
import { type CatalogTable, rowKey } from "../catalog/rowKey.ts";
import type { CacheRow, Catalog, DatabaseRow, MachineRow, Mark } from "../catalog/rows.ts";
import type { Role } from "../words.ts";
import type { Component, Headroom, Rejected, Setting } from "./blueprint.ts";
import { cents } from "./text.ts";

/** How much of a catalog's row is bought: what a later catalog prices again. */
export interface Purchase {
	readonly table: Exclude<CatalogTable, "regions">;
	/** Key of the row in its table. */
	readonly row: string;
	/** The row's own unit, or a GB of the storage that a database's plan sells beside it. */
	readonly of: "unit" | "storage";
	readonly quantity: number;
	/** `base` is due whatever happens, `usage` follows what is stored or sent. */
	readonly kind: "base" | "usage";
}

/** One line of a component's bill, for one of it and a month. */
export interface Item extends Purchase {
	/** SKU or service id. */
	readonly id: string;
	/** null = no confirmed price. */
	readonly usd: number | null;
	readonly mark: Mark;
	readonly readAt: string;
}

/** A component with what the blueprint tells about it elsewhere. */
export interface Part {
	readonly component: Component;
	readonly items: readonly Item[];
	readonly headroom: readonly Headroom[];
	readonly notes: readonly string[];
}

/** What a role's sizing says; the bill turns it into prices. */
export interface Draft {
	readonly role: Role;
	readonly name: string;
	readonly sku: string;
	readonly count?: { readonly min: number; readonly max: number };
	readonly vcpu?: number | null;
	readonly memoryGib?: number | null;
	readonly diskGb?: number | null;
	readonly why: string;
	readonly rejected?: readonly Rejected[];
	readonly settings: Readonly<Record<string, Setting>>;
	readonly stateful: boolean;
	/** Empty = costs nothing of its own. */
	readonly items: readonly Item[];
	readonly headroom?: readonly Headroom[];
	readonly notes?: readonly string[];
}

/** SKU of what runs on the application's own machine. */
export const ON_HOST = "on-host";

/** Prices a draft. The first item is the thing itself: without its price the component has none. */
export function toPart(draft: Draft): Part {
	const count = draft.count ?? { min: 1, max: 1 };
	const unit = unitPrice(draft);
	return {
		component: {
			role: draft.role,
			name: draft.name,
			sku: draft.sku,
			count,
			vcpu: draft.vcpu ?? null,
			memoryGib: draft.memoryGib ?? null,
			diskGb: draft.diskGb ?? null,
			unitMonthlyUsd: unit,
			monthlyUsd: unit === null ? null : cents(unit * count.min),
			maxMonthlyUsd: unit === null ? null : cents(unit * count.max),
			why: draft.why,
			rejected: draft.rejected ?? [],
			settings: draft.settings,
			stateful: draft.stateful,
			priceMark: unit === null || unit === 0 ? null : weakestMark(draft.items),
		},
		items: draft.items,
		headroom: draft.headroom ?? [],
		notes: draft.notes ?? [],
	};
}

function unitPrice(draft: Draft): number | null {
	const first = draft.items[0];
	if (first === undefined) return draft.sku === ON_HOST ? null : 0;
	if (first.usd === null) return null;
	return cents(draft.items.reduce((sum, item) => sum + (item.usd ?? 0), 0));
}

const MARKS = ["A", "B", "C"] as const;

function weakestMark(items: readonly Item[]): "A" | "B" | "C" | null {
	const counted = items.filter((item) => item.usd !== null && item.usd > 0).map((item) => item.mark);
	return MARKS.findLast((mark) => counted.includes(mark)) ?? null;
}

/** `quantity` units of a service. */
export function serviceItem(catalog: Catalog, id: string, quantity: number, kind: Item["kind"] = "base"): Item {
	const row = serviceRow(catalog, id);
	const usd = priceOf(monthlyUnitUsd(row), quantity);
	return { table: "services", row: id, of: "unit", quantity, kind, id, usd, mark: row.mark, readAt: row.readAt };
}

/** What nobody buys costs nothing, whatever its price. */
export function priceOf(unit: number | null, quantity: number): number | null {
	return quantity === 0 ? 0 : unit === null ? null : unit * quantity;
}

/** A size on sale. */
export type SkuRow = MachineRow | DatabaseRow | CacheRow;

/** One SKU, `nodes` times. */
export function skuItem(row: SkuRow, nodes = 1): Item {
	const usd = row.monthlyUsd === null ? null : row.monthlyUsd * nodes;
	const purchase = { table: tableOf(row), row: rowKey(row), of: "unit", quantity: nodes, kind: "base" } as const;
	return { ...purchase, id: row.sku, usd, mark: row.mark, readAt: row.readAt };
}

/** GB beside what a database's plan includes. */
export function planStorageItem(row: DatabaseRow, gb: number): Item {
	const purchase = { table: "databases", row: rowKey(row), of: "storage", quantity: gb, kind: "base" } as const;
	const usd = priceOf(row.storageUsdPerGb, gb);
	return { ...purchase, id: `${row.sku} storage`, usd, mark: row.mark, readAt: row.readAt };
}

/** The same line so many times. */
export function timesItem(item: Item, times: number): Item {
	return { ...item, quantity: item.quantity * times, usd: item.usd === null ? null : item.usd * times };
}

function tableOf(row: SkuRow): "machines" | "databases" | "caches" {
	return "kind" in row ? "databases" : "engine" in row ? "caches" : "machines";
}
