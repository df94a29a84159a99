import { describe, expect, test } from "vitest";
import { catalogFor, serviceRow } from "../../src/catalog/catalog.ts";
import type { CacheRow, DatabaseRow } from "../../src/catalog/rows.ts";
import { dropletFacts } from "./dropletFacts.ts";

const digitalocean = catalogFor("digitalocean");
const aws = catalogFor("aws");

function only<Row>(rows: readonly Row[], wanted: (row: Row) => boolean): Row {
	const found = rows.filter(wanted);
	const [row] = found;
	if (row === undefined || found.length > 1) throw new Error(`expected one row, found ${found.length}`);
	return row;
}

describe("DigitalOcean machines", () => {
	test("are the 138 sizes of the client's own list, no more and no fewer", () => {
		expect(digitalocean.machines.map((row) => row.sku).sort()).toEqual(dropletFacts.map((fact) => fact.slug).sort());
		expect(digitalocean.machines).toHaveLength(138);
	});

	test.each(dropletFacts)("$slug costs $monthlyUsd USD a month", (fact) => {
		const row = only(digitalocean.machines, ({ sku }) => sku === fact.slug);
		expect(row).toMatchObject({
			vcpu: fact.vcpu,
			memoryGib: fact.memoryMib / 1024,
			diskGb: fact.diskGb,
			monthlyUsd: fact.monthlyUsd,
			mark: "A",
		});
		// A month is capped at 672 hours, so the hourly price of the same list must lead to the monthly one.
		expect(Math.abs(fact.hourlyUsd * 672 - fact.monthlyUsd)).toBeLessThan(0.01);
	});

	test("share their CPU in the basic family only", () => {
		expect(digitalocean.machines.every((row) => row.sharedCpu === row.sku.startsWith("s-"))).toBe(true);
	});

	test("know the regions of the smallest size, and leave the others to the API", () => {
		const known = digitalocean.machines.filter((row) => row.regions !== null);
		expect(known.map((row) => row.sku)).toEqual(["s-1vcpu-512mb-10gb"]);
		expect(known[0]?.regions).toEqual(["ams3", "fra1", "nyc1", "nyc2", "sfo2", "sfo3", "sgp1", "syd1"]);
	});

	test.each([
		["s-1vcpu-512mb-10gb", 500],
		["s-1vcpu-2gb", 2000],
		["s-2vcpu-2gb", 3000],
		["s-2vcpu-4gb", 4000],
		["s-8vcpu-16gb", 6000],
	])("%s includes %d GB of transfer", (sku, transferGb) => {
		expect(only(digitalocean.machines, (row) => row.sku === sku).transferGb).toBe(transferGb);
	});
});

describe("AWS machines in us-east-1", () => {
	test.each([
		["t3.nano", "x86_64", 2, 0.5, 0.0052],
		["t3.medium", "x86_64", 2, 4, 0.0416],
		["t3a.small", "x86_64", 2, 2, 0.0188],
		["t4g.small", "arm64", 2, 2, 0.0168],
		["t4g.xlarge", "arm64", 4, 16, 0.1344],
		["m5.large", "x86_64", 2, 8, 0.096],
		["m6i.xlarge", "x86_64", 4, 16, 0.192],
		["m7g.large", "arm64", 2, 8, 0.0816],
		["c6i.2xlarge", "x86_64", 8, 16, 0.34],
		["c7g.xlarge", "arm64", 4, 8, 0.145],
		["r6g.large", "arm64", 2, 16, 0.1008],
		["r7g.4xlarge", "arm64", 16, 128, 0.8568],
	])("%s is %s with %d vCPUs, %d GiB and %d USD an hour", (sku, arch, vcpu, memoryGib, hourlyUsd) => {
		const row = only(aws.machines, (machine) => machine.sku === sku);
		expect(row).toMatchObject({ arch, vcpu, memoryGib, mark: "B", diskGb: null });
		expect(row.monthlyUsd).toBeCloseTo(hourlyUsd * 730, 3);
	});

	test("are 166, all priced, shared in the t families only", () => {
		expect(aws.machines).toHaveLength(166);
		expect(aws.machines.filter((row) => row.monthlyUsd === null)).toEqual([]);
		expect(aws.machines.every((row) => row.sharedCpu === /^t\d/.test(row.sku))).toBe(true);
	});
});

describe("managed databases", () => {
	const database = (rows: readonly DatabaseRow[], engine: string, sku: string, kind = "instance") =>
		only(rows, (row) => row.sku === sku && row.engine === engine && row.kind === kind);

	test.each([
		["db-s-1vcpu-1gb", 1, 1, 10, 22, 15.15],
		["db-s-1vcpu-2gb", 1, 2, 30, 47, 30.45],
		["db-s-2vcpu-4gb", 2, 4, 60, 97, 60.9],
		["db-s-4vcpu-8gb", 4, 8, 140, 197, 122.1],
		["db-s-6vcpu-16gb", 6, 16, 290, 397, 244.35],
	])("PostgreSQL %s: %d vCPU, %d GiB, %d GB, %d connections, %d USD", (sku, vcpu, memoryGib, min, connections, usd) => {
		expect(database(digitalocean.databases, "postgres", sku)).toMatchObject({
			vcpu,
			memoryGib,
			storageGb: { min },
			includedGb: min,
			connections,
			monthlyUsd: usd,
			mark: "C",
		});
	});

	test("allow 25 PostgreSQL connections a GiB, less 3, and never more than 997", () => {
		for (const row of digitalocean.databases.filter(({ engine }) => engine === "postgres")) {
			expect(row.connections, row.sku).toBe(Math.min(row.memoryGib * 25 - 3, 997));
		}
	});

	test("have no standby on the plans of 1 GiB, and two at most on the others", () => {
		for (const row of digitalocean.databases) {
			expect(row.nodes, row.sku).toEqual({ min: 1, max: row.memoryGib === 1 ? 1 : 3 });
		}
		const plans = digitalocean.databases.filter(({ engine }) => engine === "postgres");
		expect(plans).toHaveLength(33);
		expect(plans.filter((row) => row.nodes.max > 1)).toHaveLength(30);
	});

	test("never have the round prices that DigitalOcean left behind", () => {
		const old = new Set([15, 30, 60, 120, 240, 480]);
		expect(digitalocean.databases.filter((row) => old.has(row.monthlyUsd ?? 0))).toEqual([]);
	});

	test("are unpriced on every premium and dedicated plan, for which no document was found", () => {
		const unpriced = digitalocean.databases.filter((row) => row.monthlyUsd === null);
		expect(unpriced).toHaveLength(56);
		expect(unpriced.filter((row) => row.sku.startsWith("db-s-"))).toEqual([]);
	});

	test.each([
		["db.t3.micro", 2, 1, 0.018, 0.017],
		["db.t4g.medium", 2, 4, 0.065, 0.065],
		["db.t3.large", 2, 8, 0.145, 0.136],
		["db.m6g.2xlarge", 8, 32, 0.636, 0.608],
		["db.r6i.xlarge", 4, 32, 0.5, 0.48],
		["db.t3.xlarge", 4, 16, null, 0.272],
		["db.m5.12xlarge", 48, 192, null, 4.104],
		["db.r7g.large", 2, 16, null, 0.239],
		["db.m7g.large", 2, 8, 0.168, null],
		["db.t4g.xlarge", 4, 16, 0.258, null],
	])("RDS %s: %d vCPUs, %d GiB, PostgreSQL %s and MySQL %s USD an hour", (sku, vcpu, memoryGib, postgres, mysql) => {
		for (const [engine, hourlyUsd] of Object.entries({ postgres, mysql })) {
			const row = database(aws.databases, engine, sku);
			expect(row).toMatchObject({ vcpu, memoryGib, includedGb: 0, storageUsdPerGb: 0.115, nodes: { min: 1, max: 2 } });
			if (hourlyUsd === null) expect(row).toMatchObject({ monthlyUsd: null, mark: "?" });
			else expect(row.monthlyUsd).toBeCloseTo(hourlyUsd * 730, 3);
		}
	});

	test.each([
		["db.t4g.medium", 2, 4, 0.073],
		["db.r6g.large", 2, 16, 0.26],
		["db.r7g.xlarge", 4, 32, 0.553],
	])("Aurora %s: %d vCPUs, %d GiB, %d USD an hour on both engines", (sku, vcpu, memoryGib, hourlyUsd) => {
		for (const engine of ["postgres", "mysql"]) {
			const row = database(aws.databases, engine, sku, "aurora");
			expect(row).toMatchObject({ vcpu, memoryGib, nodes: { min: 1, max: 16 } });
			expect(row.monthlyUsd).toBeCloseTo(hourlyUsd * 730, 3);
		}
	});
});

describe("managed caches", () => {
	const cache = (rows: readonly CacheRow[], engine: string, sku: string) =>
		only(rows, (row) => row.sku === sku && row.engine === engine);

	test("keep less memory for data than the plan has", () => {
		for (const row of [...digitalocean.caches, ...aws.caches]) {
			if (row.usableGib !== null) expect(row.usableGib, row.sku).toBeLessThan(row.memoryGib);
		}
		expect(cache(digitalocean.caches, "valkey", "db-s-1vcpu-2gb").usableGib).toBe(1.2);
	});

	test("are priced on DigitalOcean for 1 and 2 GiB only", () => {
		const priced = digitalocean.caches.filter((row) => row.monthlyUsd !== null);
		expect(priced.map((row) => [row.sku, row.monthlyUsd])).toEqual([
			["db-s-1vcpu-1gb", 15],
			["db-s-1vcpu-2gb", 30],
		]);
		expect(digitalocean.caches.every((row) => row.engine === "valkey")).toBe(true);
	});

	test.each([
		["cache.t3.micro", 0.017, 0.0136],
		["cache.t4g.small", 0.032, 0.0256],
		["cache.m6g.large", 0.149, 0.1192],
		["cache.m7g.2xlarge", 0.629, 0.5032],
	])("%s costs %d USD an hour as Redis and %d as Valkey", (sku, redis, valkey) => {
		expect(cache(aws.caches, "redis", sku).monthlyUsd).toBeCloseTo(redis * 730, 3);
		expect(cache(aws.caches, "valkey", sku).monthlyUsd).toBeCloseTo(valkey * 730, 3);
	});

	test("cost a fifth less as Valkey, on every node type that AWS sells as both", () => {
		for (const redis of aws.caches.filter(({ engine }) => engine === "redis")) {
			const valkey = cache(aws.caches, "valkey", redis.sku);
			expect((valkey.monthlyUsd ?? 0) / (redis.monthlyUsd ?? 1), redis.sku).toBeCloseTo(0.8, 2);
		}
	});
});

describe("services", () => {
	test.each([
		["volume", "gb-month", 0.1],
		["bucket", "month", 5],
		["bucket-storage", "gb-month", 0.02],
		["load-balancer", "node-month", 12],
		["kubernetes-control-plane", "month", 0],
		["kubernetes-control-plane-ha", "month", 40],
		["backup-weekly", "percent-of-machine", 20],
		["backup-daily", "percent-of-machine", 30],
		["backup-daily-usage", "gb-month", 0.03],
		["machine-snapshot", "gb-month", 0.06],
		["egress", "gb", 0.01],
	])("DigitalOcean's %s is paid by %s: %d", (id, unit, usd) => {
		expect(serviceRow(digitalocean, id)).toMatchObject({ unit, usd });
	});

	test("DigitalOcean's bucket subscription includes 250 GB and 1 TB of transfer, in the regions that have it", () => {
		const row = serviceRow(digitalocean, "bucket");
		expect(row.includes).toEqual({ storageGb: 250, transferGb: 1024 });
		const offered = digitalocean.regions.filter(({ services }) => services.includes("bucket"));
		expect([...(row.regions ?? [])].sort()).toEqual(offered.map(({ region }) => region).sort());
	});

	test.each([
		["load-balancer", "hour", 0.0225],
		["load-balancer-capacity", "hour", 0.008],
		["nat-gateway", "hour", 0.045],
		["volume", "gb-month", 0.08],
		["volume-gp2", "gb-month", 0.1],
		["database-storage", "gb-month", 0.115],
		["bucket-storage", "gb-month", 0.023],
		["cdn-transfer", "gb", 0.085],
		["egress", "gb", 0.09],
		["queue", "million-requests", 0.4],
		["kubernetes-control-plane", "hour", 0.1],
		["public-address", "hour", 0.005],
		["secret", "month", 0.4],
		["waf", "month", 5],
	])("AWS's %s is paid by %s: %d", (id, unit, usd) => {
		expect(serviceRow(aws, id)).toMatchObject({ unit, usd });
	});

	test("RDS storage of 400 GB and more is striped: four times the IOPS, and more can be bought only then", () => {
		const row = serviceRow(aws, "database-storage");
		expect(row.includes).toEqual({ iops: 3000, throughputMibps: 125 });
		expect(row.limits).toMatchObject({
			minGb: 20,
			stripedFromGb: 400,
			stripedIops: 12000,
			stripedThroughputMibps: 500,
		});
	});

	test.each([
		["digitalocean", 1, 16384],
		["aws", 1, 65536],
	] as const)("a volume of %s has %d to %d GB", (provider, minGb, maxGb) => {
		expect(serviceRow(catalogFor(provider), "volume").limits).toMatchObject({ minGb, maxGb });
	});
});
