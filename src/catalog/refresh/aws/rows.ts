import { problem, UserError } from "../../../errors.ts";
import { HOURS_PER_MONTH } from "../../../words.ts";
import type { CacheRow, Catalog, DatabaseRow, MachineRow } from "../../rows.ts";
import { mergeTable, type Seen, withPriceSource } from "../merge.ts";
import type { PriceList, Product } from "./priceList.ts";

const provider = "aws";
const REGION = "us-east-1";
const SOURCE = "AWS Price List API GetProducts, us-east-1";

/**
 * The tables after AWS answered. Machines, databases and caches are asked by family: sizes of families the catalog
 * has, and no others (AWS sells more than a thousand types). Services keep what they have: their rows are units of
 * many services, each with its own rules.
 */
export async function awsTables(before: Catalog, priceList: PriceList, today: string): Promise<Catalog> {
	const reading = { mark: "A", source: SOURCE, readAt: today, keepNote: true } as const;
	return {
		provider,
		machines: mergeTable(before.machines, await seenMachines(before.machines, priceList, today), reading),
		databases: mergeTable(before.databases, await seenDatabases(before.databases, priceList, today), reading),
		caches: mergeTable(before.caches, await seenCaches(before.caches, priceList, today), reading),
		services: before.services,
		regions: before.regions,
	};
}

const inRegion = { regionCode: REGION };

async function seenMachines(
	before: readonly MachineRow[],
	list: PriceList,
	today: string,
): Promise<Seen<MachineRow>[]> {
	const products = await list.products("AmazonEC2", {
		...inRegion,
		productFamily: "Compute Instance",
		operatingSystem: "Linux",
		preInstalledSw: "NA",
		tenancy: "Shared",
		capacitystatus: "Used",
	});
	const families = new Map(before.map((row) => [row.family, row]));
	return priced(products, "BoxUsage:").flatMap(({ sku, size, monthlyUsd }) => {
		const family = sku.split(".")[0] ?? "";
		const sibling = families.get(family);
		if (sibling === undefined || size === null || sku.includes("metal")) return [];
		const figures = { ...size, monthlyUsd };
		const fresh = { ...sibling, ...figures, sku, mark: "A", source: SOURCE, readAt: today } as const;
		return [{ figures, fresh }];
	});
}

/** What AWS calls an engine, by ours and the kind of server. */
const ENGINES = [
	{ engine: "postgres", kind: "instance", name: "PostgreSQL" },
	{ engine: "mysql", kind: "instance", name: "MySQL" },
	{ engine: "postgres", kind: "aurora", name: "Aurora PostgreSQL" },
	{ engine: "mysql", kind: "aurora", name: "Aurora MySQL" },
] as const;

async function seenDatabases(
	before: readonly DatabaseRow[],
	list: PriceList,
	today: string,
): Promise<Seen<DatabaseRow>[]> {
	const seen: Seen<DatabaseRow>[] = [];
	for (const { engine, kind, name } of ENGINES) {
		const products = await list.products("AmazonRDS", {
			...inRegion,
			databaseEngine: name,
			deploymentOption: "Single-AZ",
		});
		const siblings = new Map(
			before.filter((row) => row.engine === engine && row.kind === kind).map((row) => [familyOf(row.sku), row]),
		);
		for (const { sku, size, monthlyUsd } of priced(products, "InstanceUsage:")) {
			const sibling = siblings.get(familyOf(sku));
			if (sibling === undefined || size === null) continue;
			const figures = { ...size, monthlyUsd };
			// Connections follow the memory of the class by a rule of its own: not known until somebody works it out.
			const source = withPriceSource(SOURCE, sibling);
			const told = { sku, connections: null, mark: "A", source, readAt: today } as const;
			seen.push({ figures, fresh: { ...sibling, ...figures, ...told } });
		}
	}
	return seen;
}

async function seenCaches(before: readonly CacheRow[], list: PriceList, today: string): Promise<Seen<CacheRow>[]> {
	const seen: Seen<CacheRow>[] = [];
	for (const [engine, name] of [
		["redis", "Redis"],
		["valkey", "Valkey"],
	] as const) {
		const products = await list.products("AmazonElastiCache", {
			...inRegion,
			productFamily: "Cache Instance",
			cacheEngine: name,
		});
		const siblings = new Map(before.filter((row) => row.engine === engine).map((row) => [familyOf(row.sku), row]));
		for (const { sku, size, monthlyUsd } of priced(products, "NodeUsage:")) {
			const sibling = siblings.get(familyOf(sku));
			if (sibling === undefined || size === null) continue;
			const told = { sku, usableGib: null, mark: "A", source: SOURCE, readAt: today } as const;
			// The memory of a known node is `maxmemory`, which is less than what the price list tells.
			const { note: _, ...fresh } = { ...sibling, ...size, monthlyUsd, ...told };
			seen.push({ figures: { monthlyUsd }, fresh });
		}
	}
	return seen;
}

interface PricedSize {
	readonly sku: string;
	readonly size: { readonly vcpu: number; readonly memoryGib: number } | null;
	readonly monthlyUsd: number;
}

/**
 * Sizes sold by the hour under usage types that begin so, such as `BoxUsage:t3.nano` or `InstanceUsage:db.r7g.xl`. The
 * same size is also sold otherwise (`InstanceUsageIOOptimized:`, `Outposts-InstanceUsage:`), at other prices.
 *
 * @throws UserError when a size still has two prices: which one holds is not for us to guess.
 */
function priced(products: readonly Product[], usage: string): PricedSize[] {
	const sizes = new Map<string, PricedSize>();
	for (const { attributes, usd } of products) {
		const { instanceType: sku = "", usagetype = "" } = attributes;
		if (usd <= 0 || !usagetype.startsWith(usage)) continue;
		const monthlyUsd = Number((usd * HOURS_PER_MONTH).toFixed(4));
		const other = sizes.get(sku)?.monthlyUsd ?? monthlyUsd;
		if (other !== monthlyUsd) {
			throw new UserError([problem(`AWS tells two prices of ${sku}: ${other} and ${monthlyUsd} USD a month`)]);
		}
		sizes.set(sku, { sku, size: sizeOf(attributes), monthlyUsd });
	}
	return [...sizes.values()];
}

function sizeOf(attributes: Product["attributes"]): PricedSize["size"] {
	const vcpu = Number(attributes.vcpu);
	const [, memory] = /^([\d.,]+) GiB$/.exec(attributes.memory ?? "") ?? [];
	const memoryGib = Number((memory ?? "").replaceAll(",", ""));
	return vcpu > 0 && memoryGib > 0 ? { vcpu, memoryGib } : null;
}

/** `db.t4g.medium` -> `t4g`, `cache.m7g.large` -> `m7g`. */
function familyOf(sku: string): string {
	return sku.split(".")[1] ?? "";
}
