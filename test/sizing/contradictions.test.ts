import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import { recommendTier } from "../../src/sizing/recommendTier.ts";
import type { Provider } from "../../src/words.ts";
import { component, has, request, size } from "./requests.ts";

/** Where a plan contradicts itself, one reading is taken, noted in the blueprint, and held here. */
function notes(ladder: string, tier: string, provider: Provider = "digitalocean"): string {
	return size(ladder, tier, { provider }).notes.join("\n");
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

	it("a connection a user or what the plan of 1 GB allows: a pool from growth on", () => {
		const growth = component(size("billify", "growth"), "database");
		expect(growth.settings.connections).toBe(100);
		expect(growth.settings.poolSize).toBe(20);
	});
});

describe("plotpro", () => {
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
