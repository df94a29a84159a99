import { BugError } from "../errors.ts";
import { assertNever, HOURS_PER_MONTH, type Provider } from "../words.ts";
import awsCaches from "./aws/caches.json" with { type: "json" };
import awsDatabases from "./aws/databases.json" with { type: "json" };
import awsMachines from "./aws/machines.json" with { type: "json" };
import awsRegions from "./aws/regions.json" with { type: "json" };
import awsServices from "./aws/services.json" with { type: "json" };
import digitaloceanCaches from "./digitalocean/caches.json" with { type: "json" };
import digitaloceanDatabases from "./digitalocean/databases.json" with { type: "json" };
import digitaloceanDroplets from "./digitalocean/droplets.json" with { type: "json" };
import digitaloceanRegions from "./digitalocean/regions.json" with { type: "json" };
import digitaloceanServices from "./digitalocean/services.json" with { type: "json" };
import type { CacheRow, Catalog, DatabaseRow, MachineRow, RegionRow, ServiceRow } from "./rows.ts";

export { type CatalogFinding, checkCatalog, checkReserved } from "./checkCatalog.ts";

const cached = new Map<Provider, Catalog>();

/**
 * Everything that can be bought on a provider: list prices in USD before tax and credits, sorted once a process. Priced rows come first, cheapest first; unpriced ones follow, smallest first, so that the first row that
 * meets a requirement is the one to take.
 */
export function catalogFor(provider: Provider): Catalog {
	const known = cached.get(provider);
	if (known !== undefined) return known;
	const catalog = readCatalog(provider);
	cached.set(provider, catalog);
	return catalog;
}

/**
 * The priced unit with this id, such as `volume` or `load-balancer`. Ids name what a thing is for and are the same on
 * every provider that has it.
 *
 * @throws BugError when the provider has no such row; use `findService` where absence is an answer.
 */
export function serviceRow(catalog: Catalog, id: string): ServiceRow {
	const row = findService(catalog, id);
	if (row === null) throw new BugError(`the ${catalog.provider} catalog has no service "${id}"`);
	return row;
}

/** Like `serviceRow`, but null when the provider does not sell it (DigitalOcean has no managed `queue`). */
export function findService(catalog: Catalog, id: string): ServiceRow | null {
	return catalog.services.find((row) => row.id === id) ?? null;
}

/**
 * USD a month for one unit of a service that is paid by the hour or by the month; null when its price is not
 * confirmed. A month has `HOURS_PER_MONTH` hours. Other units (`gb`, `million-requests` ...) keep their price: their
 * quantity already is one of a month.
 */
export function monthlyUnitUsd(row: ServiceRow): number | null {
	if (row.usd === null || !row.unit.endsWith("hour")) return row.usd;
	return row.usd * HOURS_PER_MONTH;
}

/** Region whose prices the rows hold; null = the provider charges the same in every region. */
const PRICE_REGION: Readonly<Record<Provider, string | null>> = {
	// Every price document of the rows is for us-east-1; no document gives the whole list for another region.
	aws: "us-east-1",
	// digitalocean.com states one price a plan; GET /v2/sizes has one `price_monthly` and a list of regions.
	digitalocean: null,
};

/**
 * What a reader of prices in this region must know, or null. The rows have no regional prices on AWS: a total for
 * `eu-central-1` is the total of us-east-1, and must say so.
 */
export function priceNote(catalog: Catalog, region: string): string | null {
	const priced = PRICE_REGION[catalog.provider];
	return priced === null || priced === region ? null : `prices are those of ${priced}, not of ${region}`;
}

function readCatalog(provider: Provider): Catalog {
	switch (provider) {
		case "digitalocean":
			return {
				provider,
				machines: trusted<MachineRow>(digitaloceanDroplets).toSorted(byPriceThenSize),
				databases: trusted<DatabaseRow>(digitaloceanDatabases).toSorted(byPriceThenSize),
				caches: trusted<CacheRow>(digitaloceanCaches).toSorted(byPriceThenSize),
				services: trusted<ServiceRow>(digitaloceanServices),
				regions: trusted<RegionRow>(digitaloceanRegions),
			};
		case "aws":
			return {
				provider,
				machines: trusted<MachineRow>(awsMachines).toSorted(byPriceThenSize),
				databases: trusted<DatabaseRow>(awsDatabases).toSorted(byPriceThenSize),
				caches: trusted<CacheRow>(awsCaches).toSorted(byPriceThenSize),
				services: trusted<ServiceRow>(awsServices),
				regions: trusted<RegionRow>(awsRegions),
			};
		default:
			return assertNever(provider, "provider");
	}
}

/**
 * The one cast of the catalog. TypeScript reads `"mark": "A"` in JSON as a plain string, and parsing every row with the
 * schema costs 20 ms of a preview that may take 700. So the tests and `catalog refresh` parse every row with
 * `schema.ts`, and the program trusts what was checked in.
 */
function trusted<Row>(checkedIn: readonly unknown[]): readonly Row[] {
	return checkedIn as readonly Row[];
}

interface Sized {
	readonly sku: string;
	readonly vcpu: number;
	readonly memoryGib: number;
	readonly monthlyUsd: number | null;
}

function byPriceThenSize(left: Sized, right: Sized): number {
	const byPrice = (left.monthlyUsd ?? Number.MAX_VALUE) - (right.monthlyUsd ?? Number.MAX_VALUE);
	if (byPrice !== 0) return byPrice;
	return left.memoryGib - right.memoryGib || left.vcpu - right.vcpu || (left.sku < right.sku ? -1 : 1);
}
