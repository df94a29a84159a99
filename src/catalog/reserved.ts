import type { Provider } from "../words.ts";
import awsReserved from "./aws/reserved.json" with { type: "json" };
import type { CatalogTable } from "./rowKey.ts";
import type { Mark } from "./rows.ts";

/**
 * The commitment that reserved prices are for: it needs no payment in advance, so that it compares with the list price
 * month by month. Longer or prepaid ones save more.
 */
export const RESERVED_TERM = "1 year, nothing paid in advance";

/** Price of a size for whoever commits to `RESERVED_TERM`; a size without a row has no confirmed price. */
export interface ReservedRow {
	readonly provider: Provider;
	readonly table: Extract<CatalogTable, "machines" | "databases" | "caches">;
	/** Key of the size in its table. */
	readonly row: string;
	/** USD a month for one. */
	readonly monthlyUsd: number;
	readonly mark: Exclude<Mark, "?">;
	readonly source: string;
	readonly readAt: string;
}

const rows: readonly ReservedRow[] = awsReserved.map((row) => ({
	...row,
	provider: "aws",
	table: row.table === "machines" ? "machines" : "databases",
	mark: row.mark === "B" ? "B" : "C",
}));

/** What a provider sells to whoever commits; null where it sells no commitments at all. */
export function reservedRows(provider: Provider): readonly ReservedRow[] | null {
	// The Django plan, Cost Optimization Tips: DigitalOcean asks for no commitments and has no price for them.
	return provider === "digitalocean" ? null : rows.filter((row) => row.provider === provider);
}
