import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import awsMachines from "../../src/catalog/aws/machines.json" with { type: "json" };
import { catalogFor, findService, monthlyUnitUsd, priceNote, serviceRow } from "../../src/catalog/catalog.ts";
import { BugError } from "../../src/errors.ts";
import { PROVIDERS } from "../../src/words.ts";

describe.each(PROVIDERS)("the catalog of %s", (provider) => {
	const catalog = catalogFor(provider);

	test("is read once", () => {
		expect(catalogFor(provider)).toBe(catalog);
		expect(catalog.provider).toBe(provider);
	});

	test.each(["machines", "databases", "caches"] as const)(
		"lists %s by price, unpriced ones after all priced ones",
		(table) => {
			const prices = catalog[table].map((row) => row.monthlyUsd ?? Number.POSITIVE_INFINITY);
			expect(prices).toEqual([...prices].sort((left, right) => left - right));
		},
	);

	test("offers the cheapest machine that suffices first", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 384 }), (vcpu, memoryGib) => {
				const enough = catalog.machines.filter((row) => row.vcpu >= vcpu && row.memoryGib >= memoryGib);
				const cheapest = Math.min(...enough.map((row) => row.monthlyUsd ?? Number.POSITIVE_INFINITY));
				return enough.length === 0 || enough[0]?.monthlyUsd === cheapest;
			}),
		);
	});

	test("lists unpriced databases smallest first", () => {
		const memory = catalog.databases.filter((row) => row.monthlyUsd === null).map((row) => row.memoryGib);
		expect(memory.length).toBeGreaterThan(0);
		expect(memory).toEqual([...memory].sort((left, right) => left - right));
	});

	test("names a service by its id, and refuses an id it does not have", () => {
		expect(serviceRow(catalog, "load-balancer")).toMatchObject({ id: "load-balancer", provider });
		expect(() => serviceRow(catalog, "teapot")).toThrow(
			new BugError(`the ${provider} catalog has no service "teapot"`),
		);
	});
});

test("sorting leaves the checked-in rows as they are", () => {
	expect(catalogFor("aws").machines[0]?.sku).toBe("t4g.nano");
	expect(awsMachines[0]?.sku).toBe("t3.nano");
});

test("a service that a provider does not sell is told apart from a mistake", () => {
	expect(findService(catalogFor("digitalocean"), "queue")).toBeNull();
	expect(findService(catalogFor("aws"), "queue")?.usd).toBe(0.4);
});

test("hours become a month of 730, other units keep their price", () => {
	const aws = catalogFor("aws");
	expect(monthlyUnitUsd(serviceRow(aws, "nat-gateway"))).toBeCloseTo(32.85, 6);
	expect(monthlyUnitUsd(serviceRow(aws, "volume"))).toBe(0.08);
	expect(monthlyUnitUsd(serviceRow(aws, "database-proxy"))).toBeNull();
	expect(monthlyUnitUsd(serviceRow(catalogFor("digitalocean"), "load-balancer"))).toBe(12);
});

test("prices of another AWS region say that they are those of us-east-1", () => {
	const aws = catalogFor("aws");
	expect(priceNote(aws, "eu-central-1")).toBe("prices are those of us-east-1, not of eu-central-1");
	expect(priceNote(aws, "us-east-1")).toBeNull();
	expect(priceNote(catalogFor("digitalocean"), "fra1")).toBeNull();
});

test("AWS regions that people run in are known with their zones", () => {
	const zones = Object.fromEntries(catalogFor("aws").regions.map((row) => [row.region, row.zones]));
	expect(zones).toMatchObject({ "us-east-1": 6, "us-west-2": 4, "eu-west-1": 3, "eu-central-1": 3 });
});

test("DigitalOcean has one zone a region, buckets in eleven and no Valkey in nyc2", () => {
	const { regions } = catalogFor("digitalocean");
	expect(regions.every((row) => row.zones === 1)).toBe(true);
	expect(regions.filter((row) => row.services.includes("bucket"))).toHaveLength(11);
	expect(regions.filter((row) => !row.services.includes("valkey")).map((row) => row.region)).toEqual(["nyc2"]);
});

test("the tables survive the bundle that the program runs from", async () => {
	const bundled = await build({
		stdin: {
			contents: 'export { catalogFor } from "./src/catalog/catalog.ts";',
			resolveDir: new URL("../..", import.meta.url).pathname,
			loader: "ts",
		},
		bundle: true,
		platform: "node",
		format: "cjs",
		write: false,
	});
	const exported: { catalogFor?: typeof catalogFor } = {};
	new Function("module", bundled.outputFiles[0]?.text ?? "")({
		set exports(value: typeof exported) {
			Object.defineProperties(exported, Object.getOwnPropertyDescriptors(value));
		},
	});
	expect(exported.catalogFor?.("aws")).toEqual(catalogFor("aws"));
	expect(exported.catalogFor?.("digitalocean")).toEqual(catalogFor("digitalocean"));
});
