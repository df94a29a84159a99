import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import { reservedRows } from "../../src/catalog/reserved.ts";
import { rowKey } from "../../src/catalog/rowKey.ts";
import { reserve } from "../../src/sizing/reserve.ts";
import { sizeWithBill } from "../../src/sizing/sizeTier.ts";
import type { Provider } from "../../src/words.ts";
import { request } from "./requests.ts";

function reserved(name: string, tier: string, provider: Provider) {
	const { blueprint, bill } = sizeWithBill(request(name, tier, { provider }));
	return { blueprint, found: reserve(blueprint, bill, catalogFor(provider), reservedRows(provider)) };
}

describe("the price for whoever commits for a year", () => {
	it("three c5.xlarge at 78.11 instead of 124.10 a month; what is not known keeps its list price and is named", () => {
		const { blueprint, found } = reserved("django", "100k", "aws");
		expect(found.lines.map(({ sku, nodes, listUsd, reservedUsd }) => [sku, nodes, listUsd, reservedUsd])).toEqual([
			["c5.xlarge", 3, 372.3, 234.33],
			["db.r5.large", 2, 365, null],
			["cache.t3.medium", 1, 49.64, null],
		]);
		expect(found.savedUsd).toBe(137.97);
		expect(found.monthlyUsd).toBeCloseTo(blueprint.cost.monthly - 137.97, 2);
	});

	it("counts only hosts that are always there", () => {
		const { found } = reserved("django", "1m", "aws");
		expect(found.lines[0]).toMatchObject({ component: "app/app", nodes: 5 });
	});

	it("is not sold by DigitalOcean", () => {
		const { blueprint, found } = reserved("wizamart", "small", "digitalocean");
		expect(found).toMatchObject({ sold: false, lines: [], savedUsd: 0, monthlyUsd: blueprint.cost.monthly });
	});

	it("stands in rows that name a size of the catalog, a source and a date, and are cheaper than the list", () => {
		const rows = reservedRows("aws") ?? [];
		expect(rows.length).toBeGreaterThan(20);
		expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length);
		for (const { table, row, monthlyUsd, source, readAt } of rows) {
			const list = catalogFor("aws")[table].find((each) => rowKey(each) === row);
			expect(list?.monthlyUsd, row).toBeGreaterThan(monthlyUsd);
			expect(monthlyUsd / (list?.monthlyUsd ?? 0), row).toBeGreaterThan(0.5);
			expect(source.length).toBeGreaterThan(20);
			expect(readAt).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		}
	});
});
