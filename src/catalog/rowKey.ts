import type { CacheRow, Catalog, DatabaseRow, MachineRow, RegionRow, ServiceRow } from "./rows.ts";

/** A table of a catalog: `machines`, `databases`, `caches`, `services` or `regions`. */
export type CatalogTable = Exclude<keyof Catalog, "provider">;

export type CatalogRow = MachineRow | DatabaseRow | CacheRow | ServiceRow | RegionRow;

/**
 * The key that names a row within its table: `s-1vcpu-2gb`, `db.t4g.medium postgres aurora`, `cache.t3.micro valkey`,
 * `load-balancer`, `fra1`. A plan that two engines share has a row for each, since their prices and limits differ.
 */
export function rowKey(row: CatalogRow): string {
	if ("region" in row) return row.region;
	if ("id" in row) return row.id;
	if ("kind" in row) return `${row.sku} ${row.engine}${row.kind === "aurora" ? " aurora" : ""}`;
	return "engine" in row ? `${row.sku} ${row.engine}` : row.sku;
}
