import { problem, UserError } from "../errors.ts";
import { type Case, pinned } from "./case.ts";
import { versionOf } from "./chosen.ts";
import { type Part, serviceItem, skuItem, toPart } from "./part.ts";
import { number } from "./text.ts";

/**
 * The queue of a tier that has one: the provider's own where it sells one, else a cache that writes to disk and never
 * evicts, apart from the cache proper.
 */
export function sizeQueue(each: Case): Part[] {
	if (!each.tier.queue) return [];
	return [each.rules.queue === "managed" ? managedQueue(each) : cacheQueue(each)];
}

function managedQueue(each: Case): Part {
	const million = each.demand.queueMillionRequests;
	const free = (each.catalog.services.find((row) => row.id === "queue")?.includes.requests ?? 0) / 1e6;
	return toPart({
		role: "queue",
		name: "queue",
		sku: "queue",
		why: "the plan asks for one",
		settings: { millionRequests: million },
		stateful: true,
		items: [serviceItem(each.catalog, "queue", Math.max(0, million - free), "usage")],
		notes: million === 0 ? ["queue: the plan gives no number of messages; only the free ones are counted."] : [],
	});
}

function cacheQueue(each: Case): Part {
	const engine = each.rules.cache.engine.valkey;
	const pin = pinned(each.request, "queue", "sku");
	const nodes = Math.min(1, each.rules.cache.maxStandbyNodes) + 1;
	const row = each.catalog.caches.find(
		(candidate) =>
			candidate.engine === engine &&
			candidate.nodes.max >= nodes &&
			(pin === null || candidate.sku === pin) &&
			(candidate.regions === null || candidate.regions.includes(each.request.region)),
	);
	if (row === undefined) {
		throw new UserError([problem(`${each.catalog.provider} has no ${engine} in ${each.request.region} for the queue`)]);
	}
	return toPart({
		role: "queue",
		name: "queue",
		sku: row.sku,
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		why: `the cheapest ${engine} with a standby: ${each.catalog.provider} sells no queue`,
		settings: {
			engine,
			version: versionOf(each.request.chosen, "queue/queue", {
				pinned: pinned(each.request, "queue", "version"),
				plan: null,
				fallback: each.rules.cache.versions[engine],
				engine,
			}),
			standbyNodes: nodes - 1,
			eviction: each.rules.cache.eviction("noeviction"),
			persistence: "rdb",
		},
		stateful: true,
		items: [skuItem(row, nodes)],
		notes: [`queue: ${engine} writes to disk every ${number(10)} minutes; a crash may lose what came after.`],
	});
}
