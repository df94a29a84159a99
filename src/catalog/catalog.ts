import { BugError } from "../errors.ts";
import { assertNever, type Provider } from "../words.ts";
import digitaloceanCaches from "./digitalocean/caches.json" with { type: "json" };
import digitaloceanDatabases from "./digitalocean/databases.json" with { type: "json" };
import digitaloceanDroplets from "./digitalocean/droplets.json" with { type: "json" };
import digitaloceanRegions from "./digitalocean/regions.json" with { type: "json" };
import digitaloceanServices from "./digitalocean/services.json" with { type: "json" };
import type { CacheRow, Catalog, DatabaseRow, MachineRow, RegionRow, ServiceRow } from "./rows.ts";

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
			throw new BugError("the aws catalog is not written yet");
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
