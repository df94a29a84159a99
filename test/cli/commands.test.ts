import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, sandbox, stackText } from "./run.ts";

let project: Sandbox;
beforeAll(() => {
	project = sandbox({
		"Pulumi.dev.yaml": stackText(),
		"Pulumi.prod.yaml": stackText(
			{ tier: "small" },
			"tierstack:pins:",
			"  - { path: database.sku, value: db-s-1vcpu-2gb, until: '2026-11-01' }",
			"tierstack:accept:",
			"  - { risk: downtime, resource: app-1, from: starter, to: small, by: ada, reason: night, until: '2026-12-01' }",
		),
		"Pulumi.broken.yaml": stackText({ tier: "startr" }),
		"load.json": '{"clients": 420, "orders": 200000}',
	});
});
afterAll(() => {
	project.remove();
});

/** Standard output of a command that must end with 0 and say nothing else. */
async function output(line: string, code = 0): Promise<string> {
	const seen = await project.run(line);
	expect({ code: seen.code, err: seen.err }).toEqual({ code, err: "" });
	return seen.out;
}

const json = async (line: string) => JSON.parse(await output(`${line} --json`));

describe("tierstack tiers", () => {
	it("lists the ladders, then one ladder's tiers with the plan's own cost range", async () => {
		expect(await output("tiers")).toMatch(/wizamart +clients +starter, small, medium, large, scale, enterprise/);
		const table = await output("tiers wizamart");
		expect(table).toMatch(/starter +up to 50 +digitalocean +single +s-2vcpu-4gb +\$\d+\.\d\d\*? +€20-40/);
		expect(table.split("\n").filter((line) => line.length > 100)).toEqual([]);
	});

	it("every tier has a blueprint, or says what cannot be had", async () => {
		const { tiers } = await json("tiers wizamart");
		expect(tiers.map((line: { tier: string }) => line.tier)).toEqual([
			"starter",
			"small",
			"medium",
			"large",
			"scale",
			"enterprise",
		]);
		for (const { blueprint, problem } of tiers) expect(blueprint === null).toBe(problem !== null);
	});
});

describe("tierstack size", () => {
	it("takes billify's smallest machine, database and bucket, and prints their prices", async () => {
		const text = await output("size billify --tier mvp");
		expect(text).toMatch(/app +s-1vcpu-512mb-10gb .*\$4\.00 \[A\]/);
		expect(text).toMatch(/database +db-s-1vcpu-1gb .*\$15\.15 \[C\]/);
		expect(text).toMatch(/files +bucket .*\$5\.00 \[A\]/);
	});

	it("recommends the tier of a workload, says why, and how far the next is", async () => {
		const text = await output("size wizamart clients=420");
		expect(text).toMatch(/^wizamart: large is nearly full, \$/);
		expect(text).toContain("Why: 420 clients");
		expect(text).toContain("Next tier: scale, above 500 clients: 80 from here");
	});

	it.each([
		["size wizamart clients=350", 0],
		["size wizamart clients=420", 2],
		["size wizamart --tier large clients=40", 2],
		["size wizamart --tier small clients=420", 3],
	])("%s --exit-code is %d", async (line, code) => {
		await output(`${line} --exit-code`, code);
		await output(line, 0);
	});

	it("reads figures from a file or standard input, and a word wins over them", async () => {
		const fromFile = await json("size wizamart --workload load.json");
		expect(fromFile.blueprint.workload).toMatchObject({ clients: 420, orders: 200000 });
		const stdin = async () => '{"clients": 42}';
		const { out } = await project.run("size wizamart --workload - clients=30 --json", { stdin });
		expect(JSON.parse(out).blueprint.workload.clients).toBe(30);
	});

	it("explains each choice and what the next cheaper failed", async () => {
		expect(await output("size wizamart --tier small --explain")).toMatch(/next cheaper[\s\S]*less than the 4/);
	});

	it("gives the same bytes for the same question", async () => {
		const line = "size wizamart --tier large --json";
		expect(await output(line)).toBe(await output(line));
		expect((await json("size wizamart --tier large")).schema).toBe("tierstack.blueprint/1");
	});
});

describe("tierstack stacks", () => {
	it("has a line for every stack file, broken ones with their reason", async () => {
		const text = await output("stacks");
		expect(text).toMatch(/dev +wizamart starter +digitalocean +\$/);
		expect(text).toMatch(/prod +wizamart small +digitalocean +\$/);
		expect(text).toContain("accepts downtime of app-1");
		expect(text).toMatch(/broken: unknown tier "startr"/);
		expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
	});

	it("tells a pin whose day is over", async () => {
		const { stacks } = await json("stacks");
		const prod = stacks.find((line: { stack: string }) => line.stack === "prod");
		expect(prod.pins).toEqual([{ what: "database.sku=db-s-1vcpu-2gb", until: "2026-11-01", over: true }]);
		expect(prod.acceptances).toEqual([{ what: "downtime of app-1", until: "2026-12-01", over: false }]);
	});
});

describe("tierstack compare", () => {
	it("puts the providers beside each other, tier by tier", async () => {
		const { offers } = await json("compare wizamart --tier small");
		expect(offers.map((offer: { provider: string }) => offer.provider)).toEqual(["digitalocean", "aws"]);
		const text = await output("compare wizamart");
		expect(text).toMatch(/starter +digitalocean +single/);
		expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
	});
});

describe("tierstack catalog check", () => {
	it("tells old prices by the given day, and rows without one", async () => {
		const { findings, today } = await json("catalog check");
		expect(today).toBe("2026-11-21");
		expect(new Set(findings.map((finding: { kind: string }) => finding.kind))).toEqual(new Set(["aged", "unpriced"]));
		expect(await output("catalog check")).toMatch(/\d+ old prices, \d+ rows without a price/);
	});
});

describe("tierstack doctor", () => {
	it("ends with 1 when something is missing, each with its fix, and prints no token", async () => {
		const env = { PATH: "/nowhere", DIGITALOCEAN_TOKEN: "hunter2", DIGITALOCEAN_API_URL: "http://127.0.0.1:1" };
		const { code, out } = await project.run("doctor dev", { env });
		expect(code).toBe(1);
		expect(out).toContain("missing  no Pulumi CLI on PATH\n         curl -fsSL https://get.pulumi.com | sh");
		expect(out).toContain("missing  no Spaces access key");
		expect(out).toMatch(/\d missing\.\n$/);
		expect(out).not.toContain("hunter2");
	});
});

describe("what is loaded", () => {
	it("tiers and size never load Pulumi's library", () => {
		const script = `
			const esbuild = require("esbuild");
			const entry = ["src/cli/main.ts", "src/cli/commands/tiers.ts", "src/cli/commands/size.ts"];
			const built = esbuild.buildSync({ entryPoints: entry, bundle: true, write: false, metafile: true, outdir: "x",
				platform: "node", external: ["./commands/*"], logLevel: "error" });
			console.log(Object.keys(built.metafile.inputs).join("\\n"));`;
		const inputs = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim().split("\n");
		expect(inputs).toContain("src/sizing/sizeTier.ts");
		expect(inputs.filter((input) => input.includes("@pulumi") || input.startsWith("src/stack"))).toEqual([]);
	});
});

describe("help", () => {
	it("is printed without a command, and with --help", async () => {
		expect(await output("")).toMatch(/^Usage: tierstack/);
		expect(await output("size --help")).toContain("--workload <file>");
		expect(await output("--version")).toBe("0.1.0\n");
	});
});
