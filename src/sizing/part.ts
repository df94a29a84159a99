import { monthlyUnitUsd, serviceRow } from "../catalog/catalog.ts";
import type { Catalog, Mark } from "../catalog/rows.ts";
import type { Role } from "../words.ts";
import type { Component, Headroom, Rejected, Setting } from "./blueprint.ts";
import { cents } from "./text.ts";

/** One line of a component's bill, for one of it and a month. */
export interface Item {
	/** SKU or service id. */
	readonly id: string;
	/** null = no confirmed price. */
	readonly usd: number | null;
	/** `base` is due whatever happens, `usage` follows what is stored or sent. */
	readonly kind: "base" | "usage";
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
	const unit = monthlyUnitUsd(row);
	// What nobody buys costs nothing, whatever its price.
	const usd = quantity === 0 ? 0 : unit === null ? null : unit * quantity;
	return { id, usd, kind, mark: row.mark, readAt: row.readAt };
}

/** One SKU, `nodes` times. */
export function skuItem(
	row: { readonly sku: string; readonly monthlyUsd: number | null; readonly mark: Mark; readonly readAt: string },
	nodes = 1,
): Item {
	const usd = row.monthlyUsd === null ? null : row.monthlyUsd * nodes;
	return { id: row.sku, usd, kind: "base", mark: row.mark, readAt: row.readAt };
}
