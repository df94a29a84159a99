import { catalogFor } from "./catalog/catalog.ts";
import type { Capacities } from "./changes/impact/rule.ts";
import type { Provider } from "./words.ts";

/** What every size of a provider means, by SKU: a change set tells growth from shrinking by it. */
export function capacitiesOf(provider: Provider): Capacities {
	const { machines, databases, caches } = catalogFor(provider);
	return Object.fromEntries([
		...[...databases, ...caches].map(({ sku, vcpu, memoryGib, arch }) => [
			sku,
			{ vcpu, memoryGib, diskGb: null, arch },
		]),
		...machines.map(({ sku, vcpu, memoryGib, diskGb, arch }) => [sku, { vcpu, memoryGib, diskGb, arch }]),
	]);
}
