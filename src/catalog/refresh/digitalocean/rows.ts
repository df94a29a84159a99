import { rowKey } from "../../rowKey.ts";
import type { CacheRow, Catalog, DatabaseRow, MachineRow, RegionRow } from "../../rows.ts";
import { mergeTable, type Seen } from "../merge.ts";
import type { DigitalOceanOffer, EngineOffer, Size } from "./api.ts";

const provider = "digitalocean";
const NO_PRICES = "DigitalOcean API GET /v2/databases/options (no prices there)";

/**
 * The tables after DigitalOcean answered. Prices come for machines only: the API has none for managed databases, caches
 * and services, so those keep the price, mark and source they have, and new plans are unpriced.
 *
 * An account may be offered fewer sizes than there are (new accounts are held to the small ones): removed rows want a
 * reader's eye before they are checked in.
 */
export function digitaloceanTables(before: Catalog, offer: DigitalOceanOffer, today: string): Catalog {
	const sizes = offer.sizes.filter((size) => size.available && !size.slug.startsWith("gpu-"));
	const { pg, mysql, valkey } = offer.engines;
	const reading = { mark: "A", source: "DigitalOcean API GET /v2/sizes", readAt: today, keepNote: false } as const;
	return {
		provider,
		machines: mergeTable(
			before.machines,
			sizes.map((size) => seenMachine(size, today)),
			reading,
		),
		databases: mergeTable(
			before.databases,
			[...seenDatabases("postgres", pg, today), ...seenDatabases("mysql", mysql, today)],
			null,
		),
		caches: mergeTable(before.caches, seenCaches(valkey, today), null),
		services: before.services,
		regions: mergeTable(before.regions, seenRegions(before.regions, offer, today), null),
	};
}

/** What the first part of a size's slug stands for. Processors that are named (`-amd`, `-intel`) are a family each. */
const FAMILIES: Readonly<Record<string, string>> = {
	s: "basic",
	c: "cpu-optimized",
	c2: "cpu-optimized",
	g: "general-purpose",
	gd: "general-purpose",
	m: "memory-optimized",
	m3: "memory-optimized",
	m6: "memory-optimized",
	so: "storage-optimized",
	so1_5: "storage-optimized",
};

function seenMachine(size: Size, today: string): Seen<MachineRow> {
	const [first = ""] = size.slug.split("-");
	const processor = /-(amd|intel)$/.exec(size.slug)?.[0] ?? "";
	const figures = {
		vcpu: size.vcpus,
		memoryGib: size.memory / 1024,
		diskGb: size.disk,
		transferGb: Math.round(size.transfer * 1000),
		regions: size.regions.length === 0 ? null : size.regions.toSorted(),
		monthlyUsd: size.price_monthly,
	};
	return {
		figures,
		fresh: {
			sku: size.slug,
			provider,
			family: `${FAMILIES[first] ?? first}${processor}`,
			arch: "x86_64",
			diskKind: null,
			sharedCpu: size.description.startsWith("Basic"),
			...figures,
			mark: "A",
			source: "DigitalOcean API GET /v2/sizes",
			readAt: today,
		},
	};
}

function seenDatabases(engine: "postgres" | "mysql", offer: EngineOffer, today: string): Seen<DatabaseRow>[] {
	return plansOf(offer).map(({ sku, vcpu, memoryGib, nodes, regions }) => ({
		figures: { nodes, regions },
		fresh: {
			sku,
			provider,
			engine,
			kind: "instance",
			arch: archOf(sku),
			vcpu,
			memoryGib,
			storageGb: { min: null, max: null },
			includedGb: null,
			storageUsdPerGb: null,
			connections: null,
			nodes,
			regions,
			monthlyUsd: null,
			mark: "?",
			source: NO_PRICES,
			readAt: today,
		},
	}));
}

function seenCaches(offer: EngineOffer, today: string): Seen<CacheRow>[] {
	return plansOf(offer).map(({ sku, vcpu, memoryGib, nodes, regions }) => ({
		figures: { nodes, regions },
		fresh: {
			sku,
			provider,
			engine: "valkey",
			arch: archOf(sku),
			vcpu,
			memoryGib,
			usableGib: null,
			nodes,
			regions,
			monthlyUsd: null,
			mark: "?",
			source: NO_PRICES,
			readAt: today,
		},
	}));
}

/** The API tells which engines a region has; where buckets are to be had it does not tell, so that stays as it is. */
function seenRegions(before: readonly RegionRow[], offer: DigitalOceanOffer, today: string): Seen<RegionRow>[] {
	const { pg, mysql, valkey } = offer.engines;
	const engines = { postgres: pg, mysql, valkey };
	return offer.regions
		.filter(({ available }) => available)
		.map(({ slug: region }) => {
			const told = Object.entries(engines).flatMap(([name, { regions }]) => (regions.includes(region) ? [name] : []));
			const known = before.find((row) => rowKey(row) === region)?.services ?? [];
			const services = [...told, ...known.filter((name) => !(name in engines))];
			const source = "DigitalOcean API GET /v2/regions and /v2/databases/options";
			return {
				figures: { services },
				fresh: { region, provider, zones: 1, services, mark: "A", source, readAt: today },
			};
		});
}

interface Plan {
	readonly sku: string;
	readonly vcpu: number;
	readonly memoryGib: number;
	readonly nodes: { readonly min: number; readonly max: number };
	readonly regions: readonly string[] | null;
}

/** Plans whose slug does not tell their size, so that no row can be made of them. */
export function unreadPlans({ engines }: DigitalOceanOffer): string[] {
	const slugs = Object.values(engines).flatMap(({ layouts }) => layouts.flatMap(({ sizes }) => sizes));
	return [...new Set(slugs)].filter((slug) => !PLAN.test(slug)).toSorted();
}

const PLAN = /-(\d+)vcpu-(\d+)gb$/;

/** Plans of an engine. A plan's size stands in its slug only: `db-s-2vcpu-4gb`, `so1_5-4vcpu-32gb`. */
function plansOf({ layouts, regions }: EngineOffer): Plan[] {
	const slugs = [...new Set(layouts.flatMap(({ sizes }) => sizes))];
	return slugs.flatMap((sku) => {
		const [, vcpu, memoryGib] = PLAN.exec(sku) ?? [];
		if (vcpu === undefined || memoryGib === undefined) return [];
		const counts = layouts.filter(({ sizes }) => sizes.includes(sku)).map(({ num_nodes }) => num_nodes);
		const nodes = { min: Math.min(...counts), max: Math.max(...counts) };
		const plan = { sku, vcpu: Number(vcpu), memoryGib: Number(memoryGib), nodes };
		return [{ ...plan, regions: regions.length === 0 ? null : regions.toSorted() }];
	});
}

/** Plans that name a processor maker have its architecture; of the others DigitalOcean tells none. */
function archOf(sku: string): "x86_64" | null {
	return /-(amd|intel)-/.test(sku) ? "x86_64" : null;
}
