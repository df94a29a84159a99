import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import { recommendTier } from "../../src/sizing/recommendTier.ts";
import type { Provider } from "../../src/words.ts";
import { component, has, ladder, request, size } from "./requests.ts";

/** Where a plan contradicts itself, one reading is taken, noted in the blueprint, and held here. */
function notes(name: string, tier: string, provider: Provider = "digitalocean"): string {
	return size(name, tier, { provider }).notes.join("\n");
}

describe("wizamart", () => {
	it("600 KB or 3 MB a product: 3 MB, of which the formula and the projection are made", () => {
		const blueprint = size("wizamart", "scale", { workload: { clients: 1000, products: 500_000 } });
		expect(blueprint.demand.uploadsGb).toBeCloseTo(1500, 6);
		expect(notes("wizamart", "scale")).toContain("so a product with 5 images takes 3 MB");
	});

	it("so the volumes of starter and medium are larger than the plan's SSD, to stay below its own 70 %", () => {
		expect(component(size("wizamart", "starter"), "app", "data").settings.storageGb).toBe(110);
		expect(component(size("wizamart", "medium"), "app", "data").settings.storageGb).toBe(650);
		expect(component(size("wizamart", "small"), "app", "data").settings.storageGb).toBe(250);
	});

	it("600 KB in all or 500 KB a view: a stored file is 200 KB on average, a view is of the original", () => {
		const scale = size("wizamart", "scale");
		expect(((scale.demand.uploadsGb ?? 0) / (scale.workload.images ?? 0)) * 1e6).toBeCloseTo(3 * 200, 6);
		expect(((scale.demand.viewTransferGb ?? 0) / (scale.workload.views ?? 0)) * 1e6).toBeCloseTo(500, 6);
		expect(notes("wizamart", "scale")).toContain("A view is 500 KB and a stored file 200 KB");
	});

	it("15 GB by the size table or 30 GB by the formula for 1M products: the formula", () => {
		const none = { clients: 1000, products: 1_000_000, orders: 0 };
		expect(size("wizamart", "scale", { workload: none, months: 0 }).demand.databaseGb).toBeCloseTo(30, 6);
		expect(notes("wizamart", "scale")).toContain("holds 1M products with all that belongs to them in 15 GB");
	});

	it("1,000 Business clients with half of what Business allows: the target's figures, and by plan all that it allows", () => {
		const usual = size("wizamart", "scale", { workload: { clients: 1000 } }).workload;
		expect(usual).toMatchObject({ products: 500_000, images: 2_500_000, orders: 300_000, apiRequests: 10_000_000 });
		const allowed = size("wizamart", "scale", { workload: { "clients.business": 1000 } }).workload;
		expect(allowed).toMatchObject({
			products: 2_000_000,
			images: 16_000_000,
			orders: 2_000_000,
			apiRequests: 20_000_000,
		});
		expect(notes("wizamart", "scale")).toContain("costs 199 euros, not 149");
	});

	it("unlimited images, of which there are 10+: ten a product", () => {
		const { workload } = size("wizamart", "medium", { workload: { "clients.enterprise": 10 } });
		expect((workload.images ?? 0) / (workload.products ?? 0)).toBe(10);
	});

	it("50 clients end starter and begin small: starter", () => {
		const { tier: _, ...rest } = request("wizamart", "starter", { workload: { clients: 50 } });
		expect(recommendTier(rest).tier).toBe("starter");
		expect(recommendTier({ ...rest, workload: { clients: 51 } }).tier).toBe("small");
		expect(notes("wizamart", "starter")).toContain("50 clients to starter");
	});

	it("80 to 180 euros for two servers or 60 to 180 by the table: the table's ranges", () => {
		expect(size("wizamart", "small").cost.documented).toMatchObject({ min: 60, max: 100 });
		expect(size("wizamart", "medium").cost.documented).toMatchObject({ min: 100, max: 180 });
		expect(notes("wizamart", "small")).toContain("The two-server setup costs 80 to 180 euros");
	});

	it("a bucket's versions for files on an SSD: copies of the volume in a bucket with versions", () => {
		const medium = size("wizamart", "medium");
		expect(medium.settings.uploads).toBe("volume");
		expect(component(medium, "backup").settings).toMatchObject({ copiesFiles: true, versioning: true, everyHours: 6 });
		expect(notes("wizamart", "medium")).toContain("keeps the files on an SSD");
	});

	it("CDN from 300 or from 500 clients on, 400 to 900 euros or 250 to 400: by the table", () => {
		expect(has(size("wizamart", "large"), "cdn")).toBe(false);
		expect(has(size("wizamart", "scale"), "cdn")).toBe(true);
		expect(size("wizamart", "large").cost.documented).toMatchObject({ min: 250, max: 400 });
		expect(notes("wizamart", "large")).toContain("has a CDN and costs 400 to 900 euros");
	});

	it("load balancer from 300 or from 500 clients on: from 300", () => {
		expect(has(size("wizamart", "large"), "load-balancer")).toBe(true);
		expect(has(size("wizamart", "medium"), "load-balancer")).toBe(false);
		expect(notes("wizamart", "large")).toContain("balancer only from 500 clients on");
	});

	it("alarms at 475,000 products for a tier that begins with 500,500: they stay, and it is said", () => {
		const enterprise = size("wizamart", "enterprise");
		expect(enterprise.settings["thresholds.products.critical"]).toBeLessThan(enterprise.workload.products ?? 0);
		expect(enterprise.settings["thresholds.databaseGb.critical"]).toBeLessThan(enterprise.demand.databaseGb ?? 0);
		const scale = size("wizamart", "scale");
		expect(scale.settings["thresholds.databaseGb.critical"]).toBeGreaterThan(scale.demand.databaseGb ?? 0);
		expect(notes("wizamart", "enterprise")).toContain("here they ring from the first day on");
	});

	it("600 to 1,000 euros more than scale or 1,100: the range that begins at 1,500", () => {
		expect(size("wizamart", "enterprise").cost.documented).toMatchObject({ min: 1500, max: null });
		expect(notes("wizamart", "enterprise")).toContain("adds 600 to 1,000 euros to scale");
	});

	it("a database on the machine that a new image replaces: SQLite lies on a volume that outlives it", () => {
		const data = component(size("wizamart", "starter"), "app", "data");
		expect(data.stateful).toBe(true);
		expect(data.settings.databaseGb).toBeGreaterThan(0);
		expect(component(size("wizamart", "starter"), "app").stateful).toBe(false);
	});

	it("10 views a day or a month: a month, 2.5 TB and not 75", () => {
		expect(size("wizamart", "scale").demand.viewTransferGb).toBeCloseTo(2500, 6);
		expect(notes("wizamart", "scale")).toContain("comes out 30 times as high");
	});

	it("orders of a year or of a month in the database formula: of a month, 21 GB and not 87", () => {
		expect(size("wizamart", "scale").demand.databaseGb).toBeCloseTo(21, 6);
		expect(notes("wizamart", "scale")).toContain("The orders of a whole year would give 72 GB");
	});

	it("database apart from small or from medium on: from small on", () => {
		expect(component(size("wizamart", "small"), "database").sku).not.toBe("on-host");
		expect(notes("wizamart", "small")).toContain("small has the managed database");
	});

	it("a daily dump cannot keep an RPO of 12 h: small dumps every 12 hours", () => {
		expect(component(size("wizamart", "small"), "backup").settings.everyHours).toBe(12);
		expect(notes("wizamart", "small")).toContain("a dump every 12 hours keeps the promise");
	});

	it("8 vCPU and 32 GB, or 2 to 4 servers of 4 vCPU and 8 GB: the totals on servers no smaller than that", () => {
		const app = component(size("wizamart", "large"), "app");
		expect([app.count.max * (app.vcpu ?? 0), app.count.max * (app.memoryGib ?? 0)]).toEqual([8, 32]);
		expect(notes("wizamart", "large")).toContain("the totals hold");
	});

	it("bucket from 300 or from 500 clients on: from 300, since 500 GB are passed at 334 clients", () => {
		expect(size("wizamart", "large").settings.uploads).toBe("bucket");
		const uploads = (clients: number) => size("wizamart", "large", { workload: { clients } }).demand.uploadsGb ?? 0;
		expect(uploads(333)).toBeLessThan(500);
		expect(uploads(334)).toBeGreaterThan(500);
	});

	it("scale has no recovery row: 15 minutes each", () => {
		const scale = size("wizamart", "scale");
		expect(scale.settings["promises.rtoMinutes"]).toBe(15);
		expect(scale.settings["promises.rpoMinutes"]).toBe(15);
		expect(notes("wizamart", "scale")).toContain("no row for scale");
	});

	it("32 vCPU or 4 to 8 servers of 4: 32 when all 8 run", () => {
		const app = component(size("wizamart", "enterprise"), "app");
		expect(app.count).toEqual({ min: 4, max: 8 });
		expect(app.count.max * (app.vcpu ?? 0)).toBe(32);
		expect(app.count.max * (app.memoryGib ?? 0)).toBe(128);
	});
});

describe("opex-manager", () => {
	it("servers for 50 to 100 users or costs for 50 to 200: the ranges of the costs", () => {
		expect(size("opex-manager", "medium", { provider: "aws" }).workload.users).toBe(200);
		const { tier: _, ...rest } = request("opex-manager", "small", { provider: "aws", workload: { users: 150 } });
		expect(recommendTier(rest).tier).toBe("medium");
		expect(notes("opex-manager", "medium", "aws")).toContain("The plan has two scales");
	});

	it("minimum or recommended: machines the one, disks the other", () => {
		const small = size("opex-manager", "small", { provider: "aws" });
		expect(component(small, "app")).toMatchObject({ vcpu: 2, memoryGib: 4 });
		expect(component(small, "app", "data").settings.storageGb).toBe(50);
		expect(notes("opex-manager", "small", "aws")).toContain("Of minimum and recommended figures");
	});

	it("large's database from 500 users or from 100,000 records on: 500 users, sized for 200,000 records", () => {
		const { tier: _, ...rest } = request("opex-manager", "large", { provider: "aws", workload: { users: 500 } });
		const found = recommendTier(rest);
		expect([found.tier, found.blueprint.workload.records]).toEqual(["large", 50_000]);
		expect(component(found.blueprint, "database").memoryGib).toBe(64);
		expect(notes("opex-manager", "large", "aws")).toContain("who write 50,000 records a month");
	});

	it("500 requests a second or 500 GB a month: both, the first as a peak", () => {
		const { demand } = size("opex-manager", "medium", { provider: "aws" });
		const month = ((demand.requestsPerSecond ?? 0) * 30 * 86_400) / 1e6;
		expect(month).toBeGreaterThan((demand.millionRequests ?? 0) * 10);
		expect((demand.millionRequests ?? 0) * 7.5).toBeCloseTo(demand.transferGb ?? 0, -1);
		expect(notes("opex-manager", "medium", "aws")).toContain("Requests a second are peaks");
	});

	it("50 requests a second and 50 GB or as much a user as above: as much a user", () => {
		const { demand } = size("opex-manager", "small", { provider: "aws" });
		expect([demand.requestsPerSecond, demand.transferGb]).toEqual([125, 125]);
		expect(notes("opex-manager", "small", "aws")).toContain("Small comes out at 125");
	});

	it("three totals for medium: from the lowest to the highest that itemise", () => {
		const documented = size("opex-manager", "medium", { provider: "aws" }).cost.documented;
		expect(documented).toMatchObject({ min: 405, max: 505 });
		expect(notes("opex-manager", "medium", "aws")).toContain("Its three totals differ");
	});

	it("two to three servers or three: three", () => {
		expect(component(size("opex-manager", "medium", { provider: "aws" }), "app").count).toEqual({ min: 3, max: 3 });
		expect(notes("opex-manager", "medium", "aws")).toContain("three are taken");
	});

	it("250 GB of EBS or S3: a bucket", () => {
		const medium = size("opex-manager", "medium", { provider: "aws" });
		expect(medium.settings.uploads).toBe("bucket");
		expect(component(medium, "files").settings.storageGb).toBe(250);
		expect(has(medium, "app", "data")).toBe(false);
		expect(notes("opex-manager", "medium", "aws")).toContain("prices 250 GB of EBS for files and draws S3");
	});

	it("6 to 20 workers, 10, or 9 to 30: 6 to 20 over three zones", () => {
		const workers = component(size("opex-manager", "large", { provider: "aws" }), "app", "workers");
		expect(workers.count).toEqual({ min: 6, max: 20 });
		expect(workers.settings.zones).toBe(3);
		expect(notes("opex-manager", "large", "aws")).toContain("draws three groups of 3 to 10 nodes");
	});

	it("cache nodes of 8 GB or of 26: 8", () => {
		const cache = component(size("opex-manager", "large", { provider: "aws" }), "cache");
		const priced = catalogFor("aws").caches.find(({ sku }) => sku === "cache.r5.xlarge");
		expect(cache.memoryGib).toBeGreaterThanOrEqual(8);
		expect(cache.monthlyUsd).toBeLessThan((priced?.monthlyUsd ?? Number.POSITIVE_INFINITY) * 3);
		expect(notes("opex-manager", "large", "aws")).toContain("prices cache.r5.xlarge, which has 26 GB");
	});

	it("a cache cluster of 3 nodes, without a number of shards: one shard in cluster mode, in which two can take over", () => {
		for (const tier of ["large", "enterprise"]) {
			const cache = component(size("opex-manager", tier, { provider: "aws" }), "cache");
			expect(cache.settings).toMatchObject({ kind: "cluster", shards: 1, standbyNodes: 2 });
			expect(cache.why).toContain("8 GiB on 3 nodes, in cluster mode");
			const node = catalogFor("aws").caches.find(({ sku, engine }) => sku === cache.sku && engine === "redis");
			expect(cache.monthlyUsd).toBeCloseTo(3 * (node?.monthlyUsd ?? 0), 2);
			expect(notes("opex-manager", tier, "aws")).toContain(
				"of three shards with one node each nothing could take over",
			);
		}
		const medium = component(size("opex-manager", "medium", { provider: "aws" }), "cache");
		expect(medium.settings).not.toHaveProperty("kind");
	});

	it("cluster mode where the provider has none: one node to speak to, and the blueprint says so", () => {
		const large = size("opex-manager", "large", { provider: "digitalocean" });
		expect(component(large, "cache").settings).not.toHaveProperty("kind");
		expect(large.notes).toContain(
			"cache: cluster mode asked for, digitalocean has none; clients speak to one node, and no shard can be added.",
		);
		expect(size("opex-manager", "medium").notes.join()).not.toContain("cluster mode asked for");
	});

	it("a Multi-AZ pair for 800 dollars and replicas for none: both are counted", () => {
		const large = size("opex-manager", "large", { provider: "aws" });
		expect(component(large, "database").monthlyUsd).toBeGreaterThan(800);
		expect(component(large, "database", "replica").monthlyUsd).toBeGreaterThan(0);
		expect(large.cost.documented).toMatchObject({ fit: "over", because: expect.stringContaining("read replicas") });
		expect(notes("opex-manager", "large", "aws")).toContain("count one node of the Multi-AZ pair");
	});

	it("2 to 3 frontends beside 3 to 10 backends: one process, 3 to 10 of it", () => {
		const web = size("opex-manager", "large", { provider: "aws" }).processes.find(({ name }) => name === "web");
		expect(web).toMatchObject({ memoryMib: 2560, cpu: 1.5, replicas: { min: 3, max: 10 } });
		expect(notes("opex-manager", "large", "aws")).toContain("one web process here");
	});

	it("dumps of 30 days where the provider keeps its own for 7: dumps of one's own", () => {
		const backup = component(size("opex-manager", "small"), "backup");
		expect(backup.settings).toMatchObject({ keepDays: 30, dumpDays: 30, everyHours: 24 });
		expect(backup.settings.storageGb).toBeGreaterThan(0);
	});

	it("version 2.0 or 1.0: the one at its head", () => {
		expect(ladder("opex-manager").source).toContain("2.0");
		expect(notes("opex-manager", "small", "aws")).toContain("version 2.0 at its head and 1.0 at its end");
	});

	it("200 to 500 users are in no tier: large takes them", () => {
		const { tier: _, ...rest } = request("opex-manager", "small", { provider: "aws", workload: { users: 300 } });
		expect(recommendTier(rest).tier).toBe("large");
		expect(notes("opex-manager", "large", "aws")).toContain("no tier for 200 to 500 users");
	});

	it("4 GB of cache on a node of 3.08 GiB: a node that has the 4 GB", () => {
		const cache = component(size("opex-manager", "medium", { provider: "aws" }), "cache");
		expect(cache.memoryGib).toBeGreaterThanOrEqual(4);
		expect(cache.rejected.map((each) => each.because)).toContain("3.08 GiB is less than the 4 required");
	});

	it("10,000 IOPS on 250 GB of gp3: 400 GB, which include 12,000, and none named", () => {
		const database = component(size("opex-manager", "medium", { provider: "aws" }), "database");
		expect(database.settings).toMatchObject({ storageGb: 400, storageType: "gp3", iops: null });
		const io1 = catalogFor("aws").services.filter((row) => row.id.startsWith("database-storage-io1"));
		const usd = io1.reduce((sum, row) => sum + (row.usd ?? 0) * (row.id.endsWith("iops") ? 10_000 : 250), 0);
		expect(usd / (400 * 0.115)).toBeGreaterThan(20);
	});

	it("20,000 IOPS on 1 TB: 8,000 are bought above the 12,000 that are included", () => {
		const database = component(size("opex-manager", "large", { provider: "aws" }), "database");
		expect(database.settings).toMatchObject({ storageGb: 1000, iops: 20_000 });
		expect(database.monthlyUsd).toBe(2 * (730 + 115 + 160));
	});

	it("workers of 8 vCPU priced as t3.xlarge of 4: 8 vCPU", () => {
		const workers = component(size("opex-manager", "large", { provider: "aws" }), "app", "workers");
		expect(workers.vcpu).toBe(8);
		expect(workers.sku).not.toBe("t3.xlarge");
	});

	it("db.t3.large or 4 vCPU and 16 GB: the requirement", () => {
		const database = component(size("opex-manager", "medium", { provider: "aws" }), "database");
		expect([database.vcpu, database.memoryGib]).toEqual([4, 16]);
	});

	it("daily backups and an RPO of 1 h: point-in-time recovery keeps it", () => {
		const cells = size("opex-manager", "large", { provider: "aws" }).recovery;
		expect(cells.find((cell) => cell.scenario === "human-error")).toMatchObject({ rpoMinutes: 5, met: true });
	});

	it("SQLite or a small PostgreSQL for 50 users: PostgreSQL", () => {
		expect(component(size("opex-manager", "small", { provider: "aws" }), "database").settings.engine).toBe("postgres");
	});
});

describe("django", () => {
	it("a CPU-optimised machine whose root disk is smaller than the one before: the one with the double disk", () => {
		const before = component(size("django", "1k"), "app").diskGb ?? 0;
		const after = component(size("django", "10k"), "app");
		expect(after.sku).toBe("c2-4vcpu-8gb");
		expect(after.diskGb).toBeGreaterThanOrEqual(before);
	});

	it("5 workers and 3 GB on 2 and on 4 vCPU: they follow the machine", () => {
		expect(component(size("django", "1k"), "app").settings.workers).toBe(5);
		expect(component(size("django", "10k"), "app").settings.workers).toBe(9);
		expect(size("django", "10k").processes[0]?.memoryMib).toBe(6 * 1024);
		expect(notes("django", "10k")).toContain("workers and memory follow the machine");
	});

	it("a cache of 512 MB in Docker or a cache.t3.medium: the managed one, with its eviction", () => {
		const cache = component(size("django", "100k", { provider: "aws" }), "cache");
		expect([cache.sku, cache.settings.eviction]).toEqual(["cache.t3.medium", "allkeys-lru"]);
		expect(notes("django", "100k", "aws")).toContain("sets a Redis in Docker to 512 MB");
	});

	it("database, cache and media apart at 100K or only after it: at 100K", () => {
		const before = size("django", "10k");
		expect([component(before, "database").sku, before.settings.uploads]).toEqual(["on-host", "volume"]);
		const found = size("django", "100k", { provider: "aws" });
		expect([component(found, "database").sku, found.settings.uploads]).toEqual(["db.r5.large", "bucket"]);
		expect(notes("django", "100k", "aws")).toContain("separates them only after 100K");
	});

	it("one database or continuous replication: a standby", () => {
		expect(component(size("django", "100k", { provider: "aws" }), "database").settings.standbyNodes).toBe(1);
		expect(notes("django", "100k", "aws")).toContain("a standby is that");
	});

	it("dumps beside what they save, in clear and empty when they fail: in a bucket, made whole first", () => {
		const backup = component(size("django", "1k"), "backup");
		expect([backup.sku, backup.settings.copiesFiles]).toEqual(["bucket", true]);
		expect(notes("django", "1k")).toContain("the plan's dumps stay on the same machine");
		expect(notes("django", "1k")).toContain("A dump that fails leaves an empty file");
	});

	it("a monitoring stack on open ports: none of it runs", () => {
		const { processes } = size("django", "1k");
		expect(processes.map(({ name }) => name)).toEqual(["web"]);
		expect(notes("django", "1k")).toContain("published by Docker past the firewall");
	});

	it("revenue of every user or of a tenth: none of it is a metric", () => {
		expect(ladder("django").metrics.map(({ name }) => name)).toEqual(["dau"]);
		expect(notes("django", "1k")).toContain("it would be a tenth");
	});

	it("4 vCPU or t3.large with 2: 4 vCPU", () => {
		expect(component(size("django", "10k", { provider: "aws" }), "app").vcpu).toBe(4);
	});

	it("multi-region or multi-AZ at 1m: two zones, regions from 10m on", () => {
		const million = size("django", "1m", { provider: "aws" });
		expect(component(million, "app").settings.zones).toBe(2);
		expect(has(million, "database", "secondary")).toBe(false);
		expect(has(size("django", "10m", { provider: "aws" }), "database", "secondary")).toBe(true);
	});
});

describe("billify", () => {
	it("2 GB or 1.5 GB on the host a month: what is itemised", () => {
		expect(size("billify", "mvp").demand.hostGb).toBe(1.5);
		expect(notes("billify", "mvp")).toContain("itemises 1.5 GB");
	});

	it("400 MB on 512 MB: the named machine, and its alarm starts at the critical value", () => {
		const memory = size("billify", "mvp").headroom.find(({ role, metric }) => role === "app" && metric === "memoryGib");
		expect(memory?.capacity).toBe(0.5);
		expect(memory?.used).toBeGreaterThan(memory?.criticalAt ?? Number.POSITIVE_INFINITY);
		expect(notes("billify", "mvp")).toContain("the memory alarm starts at the critical level");
	});

	it("1 GB of database a month or 0.6 once and 0.4 a month: what is itemised", () => {
		const gb = (months: number) => size("billify", "mvp", { months }).demand.databaseGb ?? 0;
		expect([gb(0), gb(1), gb(12)].map((each) => Math.round(each * 10) / 10)).toEqual([0.6, 1, 5.4]);
		expect(notes("billify", "mvp")).toContain("itemises 0.6 GB once and 0.4 GB a month");
	});

	it("4 GB a month or 144 MB a day: the day's", () => {
		expect(size("billify", "mvp").demand.transferGb).toBeCloseTo(30 * 0.144, 6);
		expect(notes("billify", "mvp")).toContain("4.3 GB in 30 days");
	});

	it("100 to 1000 users are in no tier: optimise takes them", () => {
		const { tier: _, ...rest } = request("billify", "mvp", { workload: { users: 101 } });
		expect(recommendTier(rest).tier).toBe("optimise");
		expect(notes("billify", "optimise")).toContain("silent on those between");
	});

	it("a connection a user or what the plan of 1 GB allows: a pool from growth on", () => {
		const growth = component(size("billify", "growth"), "database");
		expect(growth.settings.connections).toBe(100);
		expect(growth.settings.poolSize).toBe(20);
	});
});

describe("plotpro", () => {
	it("10 clients end starter and begin growth: starter", () => {
		const { tier: _, ...rest } = request("plotpro", "starter", { workload: { clients: 10 } });
		expect(recommendTier(rest).tier).toBe("starter");
		expect(recommendTier({ ...rest, workload: { clients: 11 } }).tier).toBe("growth");
		expect(notes("plotpro", "starter")).toContain("10 clients belong to starter");
	});

	it("a t3.medium for 20 to 25 dollars: it costs more by itself", () => {
		const found = catalogFor("aws").machines.find(({ sku }) => sku === "t3.medium");
		expect(found?.monthlyUsd).toBeGreaterThan(25);
		expect(notes("plotpro", "starter", "aws")).toContain("that machine alone costs 30 on AWS");
	});

	it("a worker at 100 clients in a tier that begins at 51: from the tier's beginning", () => {
		const early = size("plotpro", "scale", { workload: { clients: 51 } });
		expect(early.processes.map(({ name }) => name)).toContain("receipts");
		expect(notes("plotpro", "scale")).toContain("Receipts move to a background worker");
	});

	it("NVMe for a database that must outlive its host: the volume", () => {
		expect(component(size("plotpro", "starter"), "app", "data").stateful).toBe(true);
		expect(notes("plotpro", "starter")).toContain("The plan wants NVMe for the database");
	});

	it("20 to 25 dollars are the machine's, which has no volume and no backup", () => {
		const starter = size("plotpro", "starter");
		expect(component(starter, "app").monthlyUsd).toBe(24);
		expect(starter.cost.documented?.fit).toBe("over");
	});

	it("a MySQL server of one's own or a managed one: managed, with the same figures", () => {
		const database = component(size("plotpro", "scale"), "database");
		expect(database.settings.engine).toBe("mysql");
		expect(database.sku).not.toBe("on-host");
	});
});
