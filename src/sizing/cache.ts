import type { CacheRow } from "../catalog/rows.ts";
import type { CacheFloors } from "../tiers/floors.ts";
import type { Rejected } from "./blueprint.ts";
import { Beyond, type Case, headroomLine, pinned, pinnedNumber, warnShare } from "./case.ts";
import { versionOf } from "./chosen.ts";
import { heldRow, heldSku, shortNotes } from "./held.ts";
import { type Part, skuItem, toPart } from "./part.ts";
import { counted, number, tidy } from "./text.ts";

/** What one shard of a cache must give. */
interface CacheNeed {
	readonly engine: CacheRow["engine"];
	/** Memory the plan asks for, compared with what the node has. */
	readonly memoryGib: number;
	/** Memory the data take with headroom, compared with what is left for data. */
	readonly dataGib: number;
	readonly nodes: number;
	readonly clusterMode: boolean;
	readonly region: string;
}

/** Sizes the cache of a tier; none where the tier has none. */
export function sizeCache(each: Case): Part[] {
	const floors = each.tier.cache;
	if (floors === null) return [];
	const rules = each.rules.cache;
	const standby =
		pinnedNumber(each.request, "cache", "standbyNodes") ?? Math.min(floors.standbyNodes, rules.maxStandbyNodes);
	const shards = Math.min(floors.shards, rules.maxShards);
	const clusterMode = floors.clusterMode && rules.clusterMode;
	const engine = rules.engine[floors.engine];
	const need: CacheNeed = {
		engine,
		memoryGib: tidy((floors.memoryGib * each.floorScale * floors.shards) / shards),
		dataGib: tidy(each.demand.cacheGib / shards / warnShare(each, "memoryPercent")),
		nodes: 1 + standby,
		clusterMode,
		region: each.request.region,
	};
	const { row, rejected, why, notes } = pickCache(each, floors, need);
	const headroom =
		each.demand.cacheGib > 0 && row.usableGib !== null
			? [
					headroomLine(each, {
						role: "cache",
						metric: "memoryGib",
						used: each.demand.cacheGib,
						capacity: row.usableGib * shards,
						threshold: "memoryPercent",
					}),
				]
			: [];
	const version = versionOf(each.request.chosen, "cache/cache", {
		pinned: pinned(each.request, "cache", "version"),
		plan: engine === floors.engine ? floors.version : null,
		fallback: rules.versions[engine],
		engine,
	});
	return [
		toPart({
			role: "cache",
			name: "cache",
			sku: row.sku,
			count: { min: shards, max: shards },
			vcpu: row.vcpu,
			memoryGib: row.memoryGib,
			why,
			rejected,
			settings: {
				engine,
				version,
				// The mode cannot be switched back, so it is another cache: see `keyOf` in changes/kept.ts.
				...(clusterMode ? { kind: "cluster" } : {}),
				standbyNodes: standby,
				shards,
				eviction: rules.eviction(floors.eviction),
				persistence: floors.persistence ? "rdb" : "off",
				usableGib: row.usableGib,
				zones: each.rules.zones && standby > 0 ? Math.max(2, each.tier.zones) : 1,
			},
			// What is only cached can be made again; what must survive is kept on disk and moved with care.
			stateful: floors.persistence,
			items: [skuItem(row, 1 + standby)],
			headroom,
			notes: [...notes, ...givenNotes(floors, { engine, standby, shards, clusterMode }, each.catalog.provider)],
		}),
	];
}

/** What of the plan the provider does not have. */
function givenNotes(
	floors: CacheFloors,
	given: { readonly engine: string; readonly standby: number; readonly shards: number; readonly clusterMode: boolean },
	provider: string,
): string[] {
	const { engine, standby, shards, clusterMode } = given;
	return [
		...(engine === floors.engine
			? []
			: [`cache: ${provider} makes no new ${floors.engine}; ${engine} speaks the same protocol.`]),
		...(standby < floors.standbyNodes
			? [`cache: ${counted(floors.standbyNodes, "standby node")} asked for, ${provider} gives ${standby} at most.`]
			: []),
		...(shards < floors.shards
			? [`cache: ${floors.shards} shards asked for, ${provider} has no shards; one node holds all of it.`]
			: []),
		...(floors.clusterMode && !clusterMode && shards === floors.shards
			? [`cache: cluster mode asked for, ${provider} has none; clients speak to one node, and no shard can be added.`]
			: []),
	];
}

function pickCache(each: Case, floors: CacheFloors, need: CacheNeed) {
	const { catalog } = each;
	const offered = catalog.caches.filter((row) => row.engine === need.engine);
	const held = heldSku(each, "cache", floors.machine);
	if (held !== null) {
		const row = heldRow(offered, held, `${catalog.provider} ${need.engine} node`, "cache");
		const notes = shortNotes("cache", held, cacheShortfall(row, need));
		return { row, rejected: [], why: `${held.who}; required: ${describe(need)}`, notes };
	}
	const rejected: Rejected[] = [];
	for (const row of offered) {
		const missing = cacheShortfall(row, need);
		if (missing === null) {
			return { row, rejected: rejected.slice(-SHOWN), why: `the cheapest with ${describe(need)}`, notes: [] };
		}
		rejected.push({ sku: row.sku, because: missing });
	}
	const wanted = `${need.engine} node with ${describe(need)}`;
	throw new Beyond(`${catalog.provider} has no ${wanted}`);
}

const SHOWN = 3;

function describe(need: CacheNeed): string {
	const data = need.dataGib > 0 ? `, ${number(need.dataGib)} GiB of it for data` : "";
	const nodes = need.nodes > 1 ? ` on ${need.nodes} nodes` : "";
	return `${number(need.memoryGib)} GiB${data}${nodes}${need.clusterMode ? ", in cluster mode" : ""}`;
}

function cacheShortfall(row: CacheRow, need: CacheNeed): string | null {
	if (row.regions !== null && !row.regions.includes(need.region)) return `not offered in ${need.region}`;
	if (row.nodes.max < need.nodes) return "it cannot have a standby";
	if (row.memoryGib < need.memoryGib)
		return `${number(row.memoryGib)} GiB is less than the ${number(need.memoryGib)} required`;
	if (row.usableGib !== null && row.usableGib < need.dataGib) {
		return `${number(row.usableGib)} GiB for data is less than the ${number(need.dataGib)} required`;
	}
	return null;
}
