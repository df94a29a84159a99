import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { renderBlueprint, renderExplanation } from "../../src/render/blueprint.ts";
import { renderCatalogRefresh } from "../../src/render/catalog.ts";
import { renderChangeSet } from "../../src/render/changeSet.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderBug, renderProblems } from "../../src/render/problems.ts";
import { renderTable } from "../../src/render/table.ts";
import { renderLadders, renderTiers } from "../../src/render/tiers.ts";
import { figure, metricName, money, range, value } from "../../src/render/words.ts";
import { blueprint, busyChangeSet, change, changeSet, component } from "./builders.ts";

const style = { color: false, width: 100 };

const costly = blueprint({
	tier: "small",
	components: [
		component({ count: { min: 2, max: 4 }, monthlyUsd: 48, maxMonthlyUsd: 96 }),
		component({
			role: "database",
			name: "database",
			sku: "db-s-1vcpu-2gb",
			settings: { engine: "postgres", version: "17", storageGb: 30, standbyNodes: 1 },
			unitMonthlyUsd: null,
			monthlyUsd: null,
			maxMonthlyUsd: null,
			priceMark: null,
		}),
	],
	cost: {
		currency: "USD",
		base: 46,
		usage: 2,
		monthly: 48,
		maxMonthly: 96,
		atLeast: true,
		byRole: { app: 48 },
		documented: { min: 20, max: 40, currency: "EUR", rate: 1.1, rateDate: "2026-01-02", fit: "over" },
		coverage: { priced: 1, free: 0, unpriced: 1, unpricedIds: ["database"] },
		pricesAsOf: "2026-01-01",
	},
	headroom: [{ role: "database", metric: "connections", used: 45, capacity: 47, warnAt: 37, criticalAt: 42 }],
	nextTier: null,
});

const lines = [
	{ tier: "starter", above: 0, upTo: 50, blueprint: blueprint(), problem: null },
	{ tier: "small", above: 50, upTo: 1000, blueprint: costly, problem: null },
	{ tier: "huge", above: 1000, upTo: null, blueprint: null, problem: "no machine of digitalocean has 900 vCPU" },
];

describe("what a person reads in the terminal", () => {
	const pages: readonly (readonly [name: string, text: string])[] = [
		["blueprint", renderBlueprint(blueprint(), style)],
		["blueprint-over-the-plan", renderBlueprint(costly, style)],
		["explanation", renderExplanation(costly, style)],
		["tiers", renderTiers("shop: a shop (3 tiers)", "clients", lines, style)],
		["change-set-busy", renderChangeSet(busyChangeSet, style)],
		["change-set-nothing", renderChangeSet(changeSet({ verdict: "none", next: "" }), style)],
	];

	it.each(pages)("%s", async (name, text) => {
		await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
	});

	it.each(pages)("%s fits 100 columns and has no colour when there is no terminal", (_name, text) => {
		expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
		expect(text).not.toContain("\u001b");
	});
});

describe("a change set in the terminal", () => {
	it.each([
		[{ kind: "git", ref: "3f2c1a" }, "SAFE, against git 3f2c1a, not against what is deployed"],
		[{ kind: "tier", ref: null }, "SAFE, tier against tier, not against what is deployed"],
		[{ kind: "none", ref: null }, "SAFE, against nothing, as no earlier version is in git: all creates"],
		[{ kind: "deployed", ref: null }, "SAFE, against what is deployed, by the model layer"],
	] as const)("names its base in the first line: %o", (base, first) => {
		expect(renderChangeSet(changeSet({ base }), style).split("\n")[0]).toBe(first);
	});

	it("names each exception that the move does not rest on, and what to do about it", () => {
		const entry = { risk: "downtime", resource: "app-1", from: "starter", to: "small", until: "2026-09-01" } as const;
		const unused = (["lapsed", "not-needed", "another-move"] as const).map((why) => ({ ...entry, why }));
		const text = renderChangeSet(changeSet({ unused }), { color: false, width: 200 });
		const said = text.split("\n").filter((line) => line.startsWith("  - downtime of app-1, starter -> small"));
		expect(said.map((line) => line.split(": ").at(-1))).toEqual(
			["take it out, or agree anew", "take it out", "it is for another move"].map((each) =>
				expect.stringContaining(each),
			),
		);
	});

	it("is coloured by verdict when asked", () => {
		expect(renderChangeSet(changeSet({ verdict: "blocked" }), { color: true, width: 100 })).toContain("\u001b[31m");
	});

	it("never shows a secret, however it is written down", () => {
		const sentinel = "hunter2-0c1b";
		const props = [
			{ path: "userData", old: { "[secret]": sentinel }, new: `postgres://a:${sentinel}@db/shop`, replaces: "no" },
			{ path: "tags", old: [{ deep: { "[secret]": sentinel } }], new: null, replaces: "no" },
		] as const;
		const secretive = changeSet({ changes: [change({ props, outcome: "interrupts" })] });
		expect(renderChangeSet(secretive, style)).not.toContain(sentinel);
		expect(renderChangeSet(secretive, style)).toContain("userData: [secret] -> [secret]");
		expect(renderJson({ old: { "[secret]": sentinel } })).toBe('{\n  "old": "[secret]"\n}\n');
	});

	it("does not pass on what a terminal would obey", () => {
		const props = [{ path: "name", old: "a", new: "b\u001b[2Jc\u009b1m", replaces: "no" }] as const;
		const text = renderChangeSet(changeSet({ changes: [change({ props, outcome: "interrupts" })] }), style);
		for (const control of ["\u001b", "\u009b"]) expect(text).not.toContain(control);
	});
});

describe("figures", () => {
	it.each([
		[1234.5, "$1,234.50"],
		[0, "$0.00"],
		[-3, "-$3.00"],
		[1234567, "$1,234,567.00"],
	])("%d USD is %s", (usd, text) => {
		expect(money(usd)).toBe(text);
	});

	it("ranges keep the plan's own currency", () => {
		expect([range(20, 40, "EUR"), range(1500, null, "EUR"), range(15, 15, "USD")]).toEqual([
			"€20-40",
			"€1,500+",
			"$15",
		]);
	});

	it("metrics read as words with their unit", () => {
		expect(["memoryGib", "storageGb", "connections", "imageStorageGb", "requestsPerSecond"].map(metricName)).toEqual([
			"memory GiB",
			"storage GB",
			"connections",
			"image storage GB",
			"requests a second",
		]);
	});

	it("figures keep two decimals at most", () => {
		expect([0.1 + 0.2, 1500, 99.999, 123.4].map(figure)).toEqual(["0.3", "1,500", "100", "123"]);
	});

	it("long values are cut", () => {
		expect(value("x".repeat(100))).toBe(`${"x".repeat(60)}...`);
	});
});

describe("JSON", () => {
	it("has the same bytes whatever the order of keys", () => {
		const record = fc.dictionary(fc.string(), fc.jsonValue());
		fc.assert(
			fc.property(record, (written) => {
				const turned = Object.fromEntries(Object.entries(written).reverse());
				expect(renderJson(turned)).toBe(renderJson(written));
				expect(JSON.parse(renderJson(written))).toEqual(JSON.parse(JSON.stringify(written)));
			}),
		);
	});
});

describe("errors", () => {
	it("a user's mistakes take a line each, without a stack trace", () => {
		const error = new UserError([
			{ file: "Pulumi.dev.yaml", line: 3, key: "tierstack:tier", message: "is missing" },
			{ file: null, line: null, key: null, message: "two\u001b[2J" },
		]);
		expect(renderProblems(error.problems, style)).toBe(
			"error: Pulumi.dev.yaml:3: tierstack:tier: is missing\nerror: two [2J\n",
		);
	});

	it("a mistake of ours asks for a report", () => {
		expect(renderBug(new Error("boom"), style)).toMatch(/^internal error: This is a bug .*report[\s\S]*boom/);
	});
});

describe("a refresh of the catalog", () => {
	const refreshed = {
		provider: "digitalocean",
		changes: [
			{ kind: "added", table: "machines", id: "s-9vcpu-9gb", price: null },
			{ kind: "removed", table: "machines", id: "s-1vcpu-1gb", price: 6 },
			{
				kind: "changed",
				table: "machines",
				id: "s-2vcpu-4gb",
				fields: [{ field: "monthlyUsd", from: 24, to: 26 }],
			},
		],
		files: [{ path: "digitalocean/droplets.json", text: "[]" }],
		pricesNotTold: ["databases"],
		unread: ["gpu-1"],
	} as const;

	it("shows every row that differs, what no API tells, and that nothing is written yet", () => {
		const text = renderCatalogRefresh([refreshed], false, style);
		expect(text).toMatch(/added +machines +s-9vcpu-9gb +not priced/);
		expect(text).toMatch(/removed +machines +s-1vcpu-1gb +\$6\.00/);
		expect(text).toMatch(/changed +machines +s-2vcpu-4gb +monthlyUsd: 24 -> 26/);
		expect(text).toContain("No API tells the prices of: databases");
		expect(text).toContain("no row could be made of: gpu-1");
		expect(text).toContain("Nothing is written: add --write.");
		expect(renderCatalogRefresh([refreshed], true, style)).toContain("Written: review the difference and commit it.");
	});

	it("says when there is nothing new", () => {
		const quiet = { ...refreshed, changes: [], files: [], unread: [], pricesNotTold: [] };
		expect(renderCatalogRefresh([quiet], false, style)).toBe("digitalocean: nothing new\n\n");
	});
});

it("a table never loses a letter of a cell that is too long", () => {
	const name = "network-address-assignment-of-the-second-host-in-the-other-region-that-has-a-long-name";
	const spec = { head: ["what", "resource", "downtime"], rows: [["create", name, "outage 5-15 min"]], flex: 1 };
	const text = renderTable(spec, { color: false, width: 60 });
	const lines = text.split("\n").slice(1);
	expect(lines.map((line) => line.slice(10, 10 + 24).trim()).join("")).toContain("network-address-");
	expect(text.replaceAll(/\s|outage|5-15|min|create|what|resource|downtime/g, "")).toBe(name);
	expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
});

it("ladders are listed with what they are measured in", () => {
	const text = renderLadders(
		[{ name: "shop", description: "A shop", tiers: ["starter", "small"], metric: "clients" }],
		style,
	);
	expect(text).toContain("shop    clients      starter, small  A shop");
	expect(text).toContain("tierstack tiers shop");
});
