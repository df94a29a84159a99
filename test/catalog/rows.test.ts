import { describe, expect, test } from "vitest";
import awsCaches from "../../src/catalog/aws/caches.json" with { type: "json" };
import awsDatabases from "../../src/catalog/aws/databases.json" with { type: "json" };
import awsMachines from "../../src/catalog/aws/machines.json" with { type: "json" };
import awsRegions from "../../src/catalog/aws/regions.json" with { type: "json" };
import awsServices from "../../src/catalog/aws/services.json" with { type: "json" };
import digitaloceanCaches from "../../src/catalog/digitalocean/caches.json" with { type: "json" };
import digitaloceanDatabases from "../../src/catalog/digitalocean/databases.json" with { type: "json" };
import digitaloceanDroplets from "../../src/catalog/digitalocean/droplets.json" with { type: "json" };
import digitaloceanRegions from "../../src/catalog/digitalocean/regions.json" with { type: "json" };
import digitaloceanServices from "../../src/catalog/digitalocean/services.json" with { type: "json" };
import { rowKey } from "../../src/catalog/rowKey.ts";
import { cacheRows, databaseRows, machineRows, regionRows, serviceRows } from "../../src/catalog/schema.ts";

/** The cast of `catalog.ts` is safe because of this: every checked-in row is parsed here by its strict schema. */
const tables = {
	digitalocean: {
		droplets: machineRows.parse(digitaloceanDroplets),
		databases: databaseRows.parse(digitaloceanDatabases),
		caches: cacheRows.parse(digitaloceanCaches),
		services: serviceRows.parse(digitaloceanServices),
		regions: regionRows.parse(digitaloceanRegions),
	},
	aws: {
		machines: machineRows.parse(awsMachines),
		databases: databaseRows.parse(awsDatabases),
		caches: cacheRows.parse(awsCaches),
		services: serviceRows.parse(awsServices),
		regions: regionRows.parse(awsRegions),
	},
};

const everyTable = Object.entries(tables).flatMap(([provider, ofProvider]) =>
	Object.entries(ofProvider).map(([table, rows]) => ({ provider, table, rows })),
);

describe.each(everyTable)("the checked-in rows of $provider/$table.json", ({ provider, rows }) => {
	test("belong to their provider", () => {
		expect(rows.filter((row) => row.provider !== provider)).toEqual([]);
	});

	test("have a key each that no other row of the table has", () => {
		const keys = rows.map(rowKey);
		expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
	});

	test("name a source that can be found again, and a day of the calendar", () => {
		for (const row of rows) {
			expect(row.source.length, rowKey(row)).toBeGreaterThan(10);
			expect(new Date(`${row.readAt}T00:00:00Z`).toISOString(), rowKey(row)).toContain(row.readAt);
			expect(row.readAt > "2018-01-01", `${rowKey(row)} ${row.readAt}`).toBe(true);
		}
	});

	test("are marked ? exactly when they have no price", () => {
		const wrong = rows.filter((row) => {
			if ("region" in row) return row.mark === "?";
			return ("usd" in row ? row.usd : row.monthlyUsd) === null ? row.mark !== "?" : row.mark === "?";
		});
		expect(wrong).toEqual([]);
	});
});

test("both providers sell what a tier is made of, under the same ids", () => {
	const needed = [
		"volume",
		"volume-snapshot",
		"bucket",
		"bucket-storage",
		"bucket-transfer",
		"cdn",
		"cdn-transfer",
		"load-balancer",
		"kubernetes-control-plane",
		"kubernetes-control-plane-ha",
		"egress",
		"network",
		"nat-gateway",
		"reserved-address",
		"dns-zone",
		"alarm",
		"uptime-check",
		"registry-storage",
	];
	for (const services of [tables.digitalocean.services, tables.aws.services]) {
		expect(services.map(rowKey)).toEqual(expect.arrayContaining(needed));
	}
});

test("services use the units that quantities can be told in", () => {
	const units = new Set([...tables.digitalocean.services, ...tables.aws.services].map((row) => row.unit));
	expect([...units].sort()).toEqual([
		"gb",
		"gb-hour",
		"gb-month",
		"hour",
		"iops-month",
		"mibps-month",
		"million-requests",
		"month",
		"node-month",
		"percent-of-machine",
		"ten-thousand-requests",
		"thousand-requests",
		"vcpu-hour",
	]);
});

test("a plan never has more standbys, or less storage, at its most than at its least", () => {
	for (const row of [...tables.digitalocean.databases, ...tables.aws.databases]) {
		expect(row.nodes.max, rowKey(row)).toBeGreaterThanOrEqual(row.nodes.min);
		expect(row.storageGb.max ?? Number.MAX_VALUE, rowKey(row)).toBeGreaterThanOrEqual(row.storageGb.min ?? 0);
	}
});

test("regions name only services that the rows of the provider know", () => {
	const offered = {
		digitalocean: ["bucket", "mysql", "postgres", "valkey"],
		aws: ["aurora", "bucket", "kubernetes", "mysql", "postgres", "queue", "redis", "valkey"],
	};
	expect([...new Set(tables.digitalocean.regions.flatMap((row) => row.services))].sort()).toEqual(offered.digitalocean);
	expect([...new Set(tables.aws.regions.flatMap((row) => row.services))].sort()).toEqual(offered.aws);
});

test("regions a row was seen in are regions of the provider", () => {
	const known = tables.digitalocean.regions.map((row) => row.region);
	const seen = [...tables.digitalocean.droplets, ...tables.digitalocean.services].flatMap((row) => row.regions ?? []);
	expect(seen.length).toBeGreaterThan(0);
	expect(seen.filter((region) => !known.includes(region))).toEqual([]);
});
