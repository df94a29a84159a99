import type { Catalog, DatabaseRow } from "../catalog/rows.ts";
import type { Rejected } from "./blueprint.ts";
import { type Item, skuItem, timesItem } from "./part.ts";
import type { DatabaseRules, DatabaseStorage } from "./rules.ts";
import { number } from "./text.ts";

/** What a managed database must give. */
export interface DatabaseNeed {
	readonly engine: DatabaseRow["engine"];
	readonly kind: DatabaseRow["kind"];
	readonly vcpu: number;
	readonly memoryGib: number;
	readonly storageGb: number;
	readonly connections: number;
	readonly iops: number | null;
	readonly standbyNodes: number;
	readonly region: string;
}

export interface DatabaseChoice {
	readonly row: DatabaseRow;
	readonly storage: DatabaseStorage;
	readonly rejected: readonly Rejected[];
}

/**
 * The cheapest plan that meets a need, its storage and standbys counted. Plans without a price are taken only when no
 * priced one fits, the smallest first.
 *
 * @returns null when none fits.
 */
export function chooseDatabase(catalog: Catalog, rules: DatabaseRules, need: DatabaseNeed): DatabaseChoice | null {
	const rejected: Rejected[] = [];
	let best: { row: DatabaseRow; storage: DatabaseStorage; usd: number } | null = null;
	for (const row of catalog.databases) {
		if (row.engine !== need.engine || row.kind !== need.kind) continue;
		const missing = databaseShortfall(row, need);
		if (missing !== null) {
			if (best === null) rejected.push({ sku: row.sku, because: missing });
			continue;
		}
		const storage = rules.storage(row, need.storageGb, need.iops, catalog);
		if (typeof storage === "string") {
			if (best === null) rejected.push({ sku: row.sku, because: storage });
			continue;
		}
		const usd = total(priceDatabase(row, storage, 1 + need.standbyNodes));
		if (best === null || usd < best.usd) best = { row, storage, usd };
	}
	if (best === null) return null;
	const limit = best.row.monthlyUsd;
	const cheaper = rejected.filter(({ sku }) => {
		const price = priceOf(catalog, need, sku);
		return price !== null && (limit === null || price <= limit);
	});
	return { row: best.row, storage: best.storage, rejected: cheaper.slice(-SHOWN) };
}

const SHOWN = 3;

function priceOf(catalog: Catalog, need: DatabaseNeed, sku: string): number | null {
	return (
		catalog.databases.find((row) => row.sku === sku && row.engine === need.engine && row.kind === need.kind)
			?.monthlyUsd ?? null
	);
}

/** Price lines of a plan with so many nodes, each with its storage. */
export function priceDatabase(row: DatabaseRow, storage: DatabaseStorage, nodes: number): Item[] {
	const times = storage.perNode ? nodes : 1;
	return [skuItem(row, nodes), ...storage.items.map((item) => timesItem(item, times))];
}

function total(items: readonly Item[]): number {
	return items.reduce((sum, item) => sum + (item.usd ?? Number.POSITIVE_INFINITY), 0);
}

/** The first thing a plan lacks; null when nothing is missing. Unknown limits are told apart, not taken for enough. */
export function databaseShortfall(row: DatabaseRow, need: DatabaseNeed): string | null {
	if (row.regions !== null && !row.regions.includes(need.region)) return `not offered in ${need.region}`;
	if (row.nodes.max < 1 + need.standbyNodes) return "it cannot have a standby";
	if (row.vcpu < need.vcpu)
		return `${number(row.vcpu)} vCPU ${row.vcpu === 1 ? "is" : "are"} less than the ${number(need.vcpu)} required`;
	if (row.memoryGib < need.memoryGib)
		return `${number(row.memoryGib)} GiB is less than the ${number(need.memoryGib)} required`;
	if (row.connections !== null && row.connections < need.connections) {
		return `${number(row.connections)} connections are less than the ${number(need.connections)} required`;
	}
	return null;
}
