import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Relief } from "../../src/render/reliefs.ts";
import { type Sandbox, sandbox, stackText } from "./run.ts";

let project: Sandbox;
beforeEach(() => {
	project = sandbox({ "Pulumi.prod.yaml": stackText({ tier: "large" }) });
});
afterEach(() => {
	project.remove();
});

const patience = 60_000;
const read = (file: string) => readFileSync(join(project.dir, file), "utf8");
const UNTIL = ["--until", "2026-12-31"];
const pin = (word: string, ...words: readonly string[]) => project.run(["pin", "prod", word, ...UNTIL, ...words]);
const json = async (word: string, ...words: readonly string[]) => JSON.parse((await pin(word, ...words, "--json")).out);

describe("the night shift", () => {
	it("hears first what helps without an interruption, then what does not, each tried on this very stack", {
		timeout: patience,
	}, async () => {
		const { out } = await pin("app.count=3");
		const [quiet, loud, change] = ["Helps without an interruption", "Interrupts", "NEEDS ACCEPTANCE"].map((text) =>
			out.indexOf(text),
		);
		expect(quiet).toBe(0);
		expect(loud).toBeGreaterThan(quiet ?? 0);
		expect(change).toBeGreaterThan(loud ?? 0);
		const [helps, interrupts] = [out.slice(quiet, loud), out.slice(loud, change)];
		expect(helps).toMatch(/app\.count=3 +CPU and memory of the hosts +\w+/);
		expect(helps).toMatch(/load-balancer\.count=2 /);
		expect(helps).toContain(
			"a read replica takes reading off the database and is made beside it: tier enterprise has one",
		);
		expect(interrupts).toMatch(/database\.poolSize=\d+ +too many connections +brief 0-2 min/);
		expect(out.split("\n").filter((line) => line.length > 100 && !line.startsWith("  tierstack"))).toEqual([]);
	});

	it("is told the truth of each pin: the same change set as the pin itself has", { timeout: patience }, async () => {
		const { reliefs } = await json("app.count=3");
		const tried: readonly Relief[] = reliefs.pins;
		expect(tried.length).toBeGreaterThan(3);
		for (const relief of tried) {
			const { changes } = await json(relief.pin, "--accept", "skip-tier");
			expect([relief.pin, relief.downtime.class, relief.delta]).toEqual([
				relief.pin,
				changes.downtime.class,
				changes.cost.delta,
			]);
		}
		const small = sandbox({ "Pulumi.prod.yaml": stackText({ tier: "small" }) });
		const alone = JSON.parse((await small.run("pin prod app.storageGb=300 --until 2026-12-31 --json")).out).reliefs;
		small.remove();
		expect(alone.pins.map((each: Relief) => each.pin.split("=")[0])).not.toContain("app.count");
	});

	it("hears of the provider's waits between changes", { timeout: patience }, async () => {
		const { out } = await pin("load-balancer.count=2");
		expect(out).toContain(
			"Waits between changes\n  - load-balancer: its size may change once an hour, and not in its first hour; sooner, the provider\n    refuses\n",
		);
		expect((await pin("app.count=3")).out).not.toContain("Waits between changes");
	});
});

describe("tierstack pin", () => {
	const answer = ["--accept", "cost,downtime,one-way", "--reason", "the campaign", "--by", "ada"];

	it("adds one entry with its day, and the lock; taking it out again is the way back", {
		timeout: patience,
	}, async () => {
		project.commit();
		const { code, out } = await pin("app.count=3", ...answer, "--yes");
		expect(code, out).toBe(0);
		expect(read("Pulumi.prod.yaml")).toContain(
			'  tierstack:pins:\n    - path: app.count\n      value: 3\n      until: "2026-12-31"\n',
		);
		// What is accepted to bring it about ends earlier.
		expect(read("Pulumi.prod.yaml")).toContain('      reason: "the campaign"\n      until: "2026-12-05"\n');
		expect(project.git("diff", "--unified=0", "Pulumi.prod.yaml")).not.toMatch(/^-(?!--)/m);
		expect(JSON.parse(read("tierstack.prod.lock.json")).for.pins).toEqual([{ path: "app.count", value: 3 }]);
		expect(out).toContain(
			"Way back:\n  take the entry app.count out of tierstack:pins in Pulumi.prod.yaml, then tierstack promote prod --resize\n",
		);
		const { changes, note } = JSON.parse((await project.run("preview prod --json")).out);
		expect([changes.reasons, note]).toEqual([[], null]);
	});

	it("changes the value and the day of a pin that is there, in its own lines", { timeout: patience }, async () => {
		const lines = [
			"tierstack:pins:",
			"  # the campaign",
			"  - path: app.count # hosts",
			"    value: 3",
			"    until: '2026-11-01'",
		];
		const before = stackText({ tier: "large" }, ...lines);
		project.write("Pulumi.prod.yaml", before);
		const { code, out } = await pin("app.count=2", ...answer, "--yes");
		expect(code, out).toBe(0);
		expect(read("Pulumi.prod.yaml")).toBe(before.replace("value: 3", "value: 2").replace("2026-11-01", "2026-12-31"));
		expect(out).toContain("  - tierstack:pins: app.count 3 -> 2 until 2026-12-31\n");
		expect(out).toContain("Way back:\n  tierstack pin prod app.count=3 --until 2026-12-31\n");
	});

	it("without an answer it is refused as a promotion is", { timeout: patience }, async () => {
		const before = read("Pulumi.prod.yaml");
		const { code, out } = await pin("app.count=3");
		expect(code).toBe(3);
		expect(out).toMatch(
			/Next:\n {2}tierstack pin prod app\.count=3 --until 2026-12-31 --accept cost --reason "<why>"\n$/,
		);
		expect(read("Pulumi.prod.yaml")).toBe(before);
	});

	it("past the next tier wants skip-tier, which needs no reason", { timeout: patience }, async () => {
		project.write(
			"Pulumi.prod.yaml",
			stackText({ tier: "large" }, "tierstack:tolerate: {downtimeMinutes: 600, monthlyUsd: 9000}"),
		);
		const { because, next } = await json("app.count=9");
		expect(because).toEqual([
			"app.count gives more than scale, the next tier, asks for (nodes): a promotion may be the better way, or accept skip-tier",
		]);
		expect(next).toEqual(["tierstack pin prod app.count=9 --until 2026-12-31 --accept skip-tier"]);
		expect((await pin("app.count=9", "--accept", "skip-tier", "--yes")).code).toBe(0);
	});

	it("a pin that is over is told, and holds on", { timeout: patience }, async () => {
		const old = "tierstack:pins: [{ path: database.sku, value: db-s-2vcpu-4gb, until: '2026-11-01' }]";
		project.write("Pulumi.prod.yaml", stackText({ tier: "large" }, old));
		const { notes } = await json("app.count=3");
		expect(notes).toContain(
			"pin database.sku=db-s-2vcpu-4gb was to end on 2026-11-01; it holds on until it is taken out",
		);
	});

	it.each([
		["app.count", /found "app.count"; a pin is written as role.key=value, such as app.count=3/],
		["ap.count=3", /unknown role "ap"; allowed: app, .*did you mean "app"\?/],
		["app.cuont=3", /unknown key "cuont"; allowed: sku, count, .*did you mean "count"\?/],
		["app.count=three", /app.count: must be a whole number, found "three"/],
		["queue.sku=x", /prod has no queue on large, so a pin would hold nothing/],
		["database.sku=db-s-2vcpu-4bg", /db-s-2vcpu-4bg/],
	])("a mistake is one sentence: %s", async (word, message) => {
		const before = read("Pulumi.prod.yaml");
		const { code, err } = await pin(word, "--yes");
		expect(code).toBe(1);
		expect(err).toMatch(message);
		expect(err.trim().split("\n")).toHaveLength(1);
		expect(read("Pulumi.prod.yaml")).toBe(before);
	});

	it("needs a last day that is not over", async () => {
		expect((await project.run("pin prod app.count=3")).err).toContain("missing option --until; usage: tierstack pin");
		expect((await project.run("pin prod app.count=3 --until 2026-11-20")).err).toContain("must be today (2026-11-21)");
	});
});
