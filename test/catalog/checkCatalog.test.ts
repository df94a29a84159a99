import { describe, expect, test } from "vitest";
import { catalogFor, checkCatalog, checkReserved } from "../../src/catalog/catalog.ts";
import { THIRD_PARTY_DAYS } from "../../src/catalog/checkCatalog.ts";
import { reservedRows } from "../../src/catalog/reserved.ts";
import { rowKey } from "../../src/catalog/rowKey.ts";
import type { Catalog, Mark, ServiceRow } from "../../src/catalog/rows.ts";

function service(id: string, mark: Mark, readAt: string, usd: number | null = 1): ServiceRow {
	const figures = { unit: "month", usd, includes: {}, limits: {}, regions: null };
	return { id, provider: "aws", ...figures, mark, source: "a price list", readAt };
}

function catalogOf(...services: ServiceRow[]): Catalog {
	return { provider: "aws", machines: [], databases: [], caches: [], services, regions: [] };
}

test("a third party's price is listed from the day after half a year", () => {
	const catalog = catalogOf(service("bucket", "C", "2026-01-01"));
	expect(checkCatalog(catalog, "2026-06-30")).toEqual([]);
	expect(checkCatalog(catalog, "2026-07-01")).toEqual([
		{ kind: "aged", table: "services", id: "bucket", readAt: "2026-01-01", ageDays: THIRD_PARTY_DAYS + 1 },
	]);
});

test("the provider's own prices do not age", () => {
	const catalog = catalogOf(service("bucket", "A", "2020-01-01"), service("volume", "B", "2020-01-01"));
	expect(checkCatalog(catalog, "2026-11-21")).toEqual([]);
});

test("a price that nobody confirmed is listed, whatever its age", () => {
	expect(checkCatalog(catalogOf(service("database-proxy", "?", "2026-11-21", null)), "2026-11-21")).toEqual([
		{ kind: "unpriced", table: "services", id: "database-proxy", readAt: "2026-11-21" },
	]);
});

test("a price of nothing is a price", () => {
	expect(checkCatalog(catalogOf(service("network", "A", "2026-01-01", 0)), "2026-11-21")).toEqual([]);
});

test("the age of a row counts calendar days over a leap day and a change of the clock", () => {
	const [finding] = checkCatalog(catalogOf(service("bucket", "C", "2023-12-31")), "2024-12-31");
	expect(finding).toMatchObject({ kind: "aged", ageDays: 366 });
});

test("both catalogs tell their gaps: which plans have no price", () => {
	const gaps = (provider: "aws" | "digitalocean") =>
		checkCatalog(catalogFor(provider), "2026-11-21")
			.filter((finding) => finding.kind === "unpriced")
			.map((finding) => finding.id);
	expect(gaps("digitalocean")).toEqual(expect.arrayContaining(["gd-2vcpu-8gb postgres", "db-s-2vcpu-4gb valkey"]));
	expect(gaps("aws")).toEqual(
		expect.arrayContaining(["db.r7g.large postgres", "database-proxy", "database-storage-io2"]),
	);
	expect(gaps("aws")).not.toContain("db.r7g.large mysql");
});

test("the age of a catalog is found without a clock: the same day gives the same findings", () => {
	const first = checkCatalog(catalogFor("aws"), "2026-11-21");
	expect(checkCatalog(catalogFor("aws"), "2026-11-21")).toEqual(first);
	expect(checkCatalog(catalogFor("aws"), "2026-04-01").length).toBeLessThan(first.length);
});

test.each(["21.11.2026", "2026-13-01", ""])("refuses %j as a day", (today) => {
	expect(() => checkCatalog(catalogFor("aws"), today)).toThrow("is no date such as");
});

test("a version that new stacks begin with is listed from the day after its support ends", () => {
	const row = {
		...service("kubernetes-control-plane", "B", "2026-01-01"),
		version: "1.35",
		versionUntil: "2027-03-27",
	};
	expect(checkCatalog(catalogOf(row), "2027-03-27")).toEqual([]);
	expect(checkCatalog(catalogOf(row), "2027-03-28")).toEqual([
		{ kind: "outdated", table: "services", id: "kubernetes-control-plane", readAt: "2026-01-01", ageDays: 1 },
	]);
	for (const provider of ["aws", "digitalocean"] as const) {
		expect(checkCatalog(catalogFor(provider), "2026-11-21").filter(({ kind }) => kind === "outdated")).toEqual([]);
	}
});

describe("reserved prices", () => {
	const [aws, rows] = [catalogFor("aws"), reservedRows("aws") ?? []];

	test("carry a source and a day each, and belong to a size on sale that costs more without a commitment", () => {
		expect(rows.length).toBeGreaterThan(20);
		for (const { table, row, monthlyUsd, source, readAt } of rows) {
			const size = aws[table].find((each) => rowKey(each) === row);
			expect(size?.monthlyUsd, row).toBeGreaterThan(monthlyUsd);
			expect(source.length, row).toBeGreaterThan(10);
			expect(new Date(`${readAt}T00:00:00Z`).toISOString()).toContain(readAt);
		}
	});

	test("that a third party read long ago are listed, one by one", () => {
		const found = checkReserved(aws, rows, "2026-11-21");
		const aged = found.filter(({ kind }) => kind === "aged").map(({ id }) => id);
		expect(aged).toEqual(rows.filter(({ mark }) => mark === "C").map(({ table, row }) => `${table} ${row}`));
		expect(aged).toContain("machines t3.medium");
		expect(checkReserved(aws, rows, "2019-04-01").filter(({ kind }) => kind === "aged")).toEqual([]);
	});

	test("that nobody confirmed are listed by family, and none where every size has one", () => {
		const gaps = checkReserved(aws, rows, "2026-11-21").filter(({ kind }) => kind === "unpriced");
		const ids = gaps.map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining(["machines c6i: 8 of 8 sizes", "databases db.t3 mysql: 5 of 6 sizes"]));
		expect(ids.filter((id) => /^machines (t3|t3a|m5|c5):/.test(id))).toEqual([]);
		expect(gaps.every(({ table }) => table === "reserved")).toBe(true);
	});

	test("are missing nowhere on a provider that sells no commitments", () => {
		expect(checkReserved(catalogFor("digitalocean"), reservedRows("digitalocean"), "2026-11-21")).toEqual([]);
	});
});
