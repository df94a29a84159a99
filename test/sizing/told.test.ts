import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { component, has, request, size } from "./requests.ts";

function problemsOf(run: () => unknown): string[] {
	try {
		run();
	} catch (error) {
		if (error instanceof UserError) return error.problems.map((each) => `${each.key}: ${each.message}`);
		throw error;
	}
	return [];
}

const pin = (path: string, value: string | number) => ({ path, value, until: null });

describe("a measured workload", () => {
	it("never takes less than the tier's floors", () => {
		const app = component(size("wizamart", "small", { workload: { clients: 60 } }), "app");
		expect(app.sku).toBe("s-4vcpu-8gb");
	});

	it("may take less with floors: ignore", () => {
		const half = size("wizamart", "small", { workload: { clients: 50 }, floors: "ignore" });
		expect(component(half, "app")).toMatchObject({ vcpu: 2, memoryGib: 4 });
		expect(component(half, "app", "data").settings.storageGb).toBe(130);
		expect(half.notes.join("\n")).toContain("50 clients would fit the tier below");
	});

	it("above the range is sized up, and said", () => {
		const over = size("wizamart", "small", { workload: { clients: 150 } });
		expect(component(over, "app").vcpu).toBeGreaterThanOrEqual(6);
		expect(over.notes.join("\n")).toContain("150 clients are above this tier's 100: sized up beyond the plan.");
	});

	it("above the range lets a machine go that the plan names", () => {
		const within = component(size("django", "10k", { workload: { dau: 9000 } }), "app");
		const above = component(size("django", "10k", { workload: { dau: 15_000 } }), "app");
		expect(within.sku).toBe("c2-4vcpu-8gb");
		expect(above.vcpu).toBeGreaterThanOrEqual(6);
		expect(above.memoryGib).toBeGreaterThanOrEqual(12);
	});

	it("shows what is used of each metric at that load", () => {
		const vcpu = size("wizamart", "large", { workload: { clients: 420 } }).headroom.find(
			(line) => line.metric === "vcpu",
		);
		expect(vcpu?.used).toBeCloseTo(8 * 0.7 * (420 / 500), 9);
	});

	it("never puts a browser on a machine of 1 GB, floors or not", () => {
		const tiny = size("plotpro", "starter", { workload: { clients: 1 }, floors: "ignore" });
		expect(component(tiny, "app").memoryGib).toBeGreaterThanOrEqual(4);
	});
});

describe("months of growth", () => {
	it("add to what is stored", () => {
		const month = 40 / 1000;
		const base = size("billify", "mvp", { months: 0 }).demand.databaseGb ?? 0;
		const year = size("billify", "mvp", { months: 12 }).demand.databaseGb ?? 0;
		expect(year - base).toBeCloseTo(12 * 10 * month, 9);
	});

	it("without a word are the ladder's own half year", () => {
		expect(size("billify", "mvp").demand.databaseGb).toBe(size("billify", "mvp", { months: 6 }).demand.databaseGb);
	});

	it("must be whole and not negative", () => {
		expect(problemsOf(() => sizeTier(request("billify", "mvp", { months: -1 })))).toEqual([
			"months: must be a whole number of at least 0, found -1",
		]);
	});
});

describe("pins", () => {
	it("hold a machine, and say what it lacks", () => {
		const pinned = size("wizamart", "small", { pins: [pin("app.sku", "s-2vcpu-4gb")] });
		expect(component(pinned, "app").sku).toBe("s-2vcpu-4gb");
		expect(pinned.notes).toContain("app: a pin holds it, though 2 vCPU are less than the 4 required.");
	});

	it("hold a larger database without a word", () => {
		const pinned = size("wizamart", "small", { pins: [pin("database.sku", "db-s-2vcpu-4gb")] });
		expect(component(pinned, "database")).toMatchObject({ sku: "db-s-2vcpu-4gb", monthlyUsd: 60.9 });
		expect(pinned.notes.filter((note) => note.startsWith("database"))).toEqual([]);
	});

	it("hold counts, versions, storage, standbys and pool sizes", () => {
		const pinned = size("wizamart", "large", {
			pins: [
				pin("app.count", 4),
				pin("database.version", "16"),
				pin("database.standbyNodes", 2),
				pin("database.poolSize", 40),
				pin("files.storageGb", 1500),
				pin("load-balancer.count", 3),
			],
		});
		expect(component(pinned, "app").count).toEqual({ min: 4, max: 4 });
		expect(component(pinned, "database").settings).toMatchObject({ version: "16", standbyNodes: 2, poolSize: 40 });
		expect(component(pinned, "files").settings.storageGb).toBe(1500);
		expect(component(pinned, "load-balancer").count.min).toBe(3);
	});

	it("on a volume that is too small are held and said", () => {
		const pinned = size("wizamart", "small", { pins: [pin("app.storageGb", 200)] });
		expect(component(pinned, "app", "data").settings.storageGb).toBe(200);
		expect(pinned.notes.join("\n")).toContain("a pin holds 200 GB of storage, though 250 GB are required");
	});

	it("on a role the tier has not are said to hold nothing", () => {
		expect(size("wizamart", "starter", { pins: [pin("cache.sku", "db-s-1vcpu-1gb")] }).notes).toContain(
			"pin cache.sku holds nothing: the tier has no cache.",
		);
	});

	it("that make no sense are refused together", () => {
		const pins = [pin("app.count", "two"), pin("database.standbyNodes", -1), pin("cache.sku", 4)];
		expect(problemsOf(() => sizeTier(request("wizamart", "large", { pins })))).toEqual([
			'app.count: must be a whole number of at least 1, found "two"',
			"database.standbyNodes: must be a whole number of at least 0, found -1",
			"cache.sku: must be a size in quotes, found 4",
		]);
	});

	it("on sizes that do not exist are refused with the nearest", () => {
		const messages = problemsOf(() => sizeTier(request("wizamart", "small", { pins: [pin("app.sku", "s-4vcpu-8g")] })));
		expect(messages).toEqual([
			'app.sku: unknown digitalocean machine "s-4vcpu-8g", 138 are known; did you mean "s-4vcpu-8gb"?',
		]);
	});
});

describe("the stack file's words on processes", () => {
	it("change a process of the ladder, and the machine with it", () => {
		const larger = size("billify", "growth", { processes: { worker: { memoryMib: 4000 } } });
		expect(larger.processes.find((each) => each.name === "worker")?.memoryMib).toBe(4000);
		expect(component(larger, "app").memoryGib).toBeGreaterThanOrEqual(8);
	});

	it("add a process, which opens a connection of its own", () => {
		const more = size("wizamart", "small", { processes: { mailer: { kind: "worker", memoryMib: 128 } } });
		expect(more.processes.map((each) => each.name)).toEqual(["web", "mailer"]);
		expect(component(more, "database").settings.connections).toBe(10);
	});

	it("are refused where they say too little or something unknown", () => {
		const processes = { mailer: { memoryMib: 128 }, web: { memory: 5 }, sweep: { kind: "timer", memoryMib: 64 } };
		expect(problemsOf(() => sizeTier(request("wizamart", "small", { processes })))).toEqual([
			"app.processes.mailer: is not one of the ladder's, so it needs kind and memoryMib",
			'app.processes.web: unknown key "memory"; allowed: kind, command, memoryMib, cpu, replicas, schedule; did you mean "memoryMib"?',
			"app.processes.sweep: is a timer and needs a schedule",
		]);
	});
});

describe("the edge", () => {
	it("from the provider has a CDN where the tier has one, and its transfer is paid", () => {
		const cdn = component(size("wizamart", "scale"), "cdn");
		expect(cdn.monthlyUsd).toBeCloseTo((2500 - 1024) * 0.01, 2);
	});

	it("from Cloudflare buys none, and views cost nothing", () => {
		const blueprint = size("wizamart", "scale", { edge: "cloudflare" });
		expect(has(blueprint, "cdn")).toBe(false);
		expect(blueprint.cost.monthly).toBeLessThan(size("wizamart", "scale").cost.monthly);
		expect(blueprint.notes).toContain("cdn: Cloudflare serves; nothing is bought from the provider.");
	});

	it("that is none lets every view leave from the bucket", () => {
		const blueprint = size("wizamart", "scale", { edge: "none" });
		expect(has(blueprint, "cdn")).toBe(false);
		expect(blueprint.notes.join("\n")).toContain("every view leaves from the origin");
	});

	it("brings the firewall a plan asks for where the provider has none", () => {
		const note = "load-balancer: digitalocean has no web application firewall; edge: cloudflare brings one.";
		expect(size("opex-manager", "enterprise").notes).toContain(note);
		expect(size("opex-manager", "enterprise", { edge: "cloudflare" }).notes).not.toContain(note);
	});
});

describe("a request with several mistakes", () => {
	it("tells all of them at once", () => {
		const wrong = request("wizamart", "startr", { region: "fra9", workload: { clint: 4 }, months: 1.5 });
		expect(problemsOf(() => sizeTier(wrong))).toEqual([
			'tier: unknown tier "startr"; allowed: starter, small, medium, large, scale, enterprise; did you mean "starter"?',
			expect.stringContaining('region: unknown digitalocean region "fra9"'),
			"months: must be a whole number of at least 0, found 1.5",
			expect.stringContaining('workload.clint: unknown metric "clint"'),
		]);
	});

	it("tells what several roles cannot do at once", () => {
		const huge = request("wizamart", "small", { workload: { clients: 12_000 } });
		const messages = problemsOf(() => sizeTier(huge));
		expect(messages).toEqual([
			"null: 12,000 clients in tier small are beyond what can be bought: digitalocean has no machine that gives 480 vCPU and 960 GiB, a root disk of 80 GB at least; 30,000 GB on one volume, digitalocean makes them up to 16,384 GB",
		]);
	});
});
