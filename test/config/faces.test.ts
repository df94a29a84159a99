import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseEngineConfig } from "../../src/config/engineConfig.ts";
import type { KnownWords } from "../../src/config/known.ts";
import { parseStackFile, stackNameOf } from "../../src/config/parseStackFile.ts";
import { stackFields } from "../../src/config/schema.ts";
import { known, minimal } from "./known.ts";

/** As in the shipped data: the samples name wizamart's tiers and both providers' regions. */
const shipped: KnownWords = {
	ladders: { wizamart: { tiers: ["starter", "small", "medium", "large", "scale", "enterprise"] } },
	regions: { digitalocean: ["fra1"], aws: ["us-east-1"] },
};

/**
 * The values as the engine hands them over: scalars as text, groups and lists as JSON, secrets decrypted. Seen on the
 * real CLI (3.250): `pulumi config --json`.
 */
function asEngineValues(text: string): Record<string, string> {
	const config: unknown = parse(text).config;
	if (typeof config !== "object" || config === null) throw new Error("no config");
	const decrypted = (value: unknown): unknown => {
		if (typeof value !== "object" || value === null) return value;
		if ("secure" in value) return "decrypted";
		if (Array.isArray(value)) return value.map(decrypted);
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decrypted(inner)]));
	};
	return Object.fromEntries(
		Object.entries(config).map(([key, value]) => [
			key,
			typeof value === "object" ? JSON.stringify(decrypted(value)) : String(value),
		]),
	);
}

const documented =
	/```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(readFileSync("docs/stack-file.md", "utf8"))?.[1] ?? "";
const shortest = /```yaml\n(config:[\s\S]*?)```/.exec(readFileSync("docs/stack-file.md", "utf8"))?.[1] ?? "";
const byPlan =
	/## Customers by plan[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readFileSync("docs/stack-file.md", "utf8"))?.[1] ?? "";
const samples: readonly (readonly [fileName: string, text: string])[] = [
	...readdirSync(".")
		.filter((file) => stackNameOf(file) !== null)
		.map((file) => [file, readFileSync(file, "utf8")] as const),
	["Pulumi.documented.yaml", documented],
	["Pulumi.shortest.yaml", shortest],
	["Pulumi.by-plan.yaml", shortest + byPlan],
];

describe("one schema reads the file and the engine's values", () => {
	it.each(samples)("%s means the same through both", (fileName, text) => {
		const fromFile = parseStackFile(text, fileName, shipped);
		const values = asEngineValues(text);
		expect(parseEngineConfig(values, [], fromFile.stack, shipped)).toEqual(fromFile);
	});

	it("the samples are there", () => {
		expect(samples.map(([fileName]) => fileName)).toEqual([
			"Pulumi.dev.yaml",
			"Pulumi.prod.yaml",
			"Pulumi.documented.yaml",
			"Pulumi.shortest.yaml",
			"Pulumi.by-plan.yaml",
		]);
	});

	it("secrets are known by name alone", () => {
		const values = { ...asEngineValues(minimal), "tierstack:secrets": '{"B":"hunter2"}' };
		const config = parseEngineConfig(values, ["A"], "dev", known);
		expect(config.secretNames).toEqual(["A", "B"]);
		expect(JSON.stringify(config)).not.toContain("hunter2");
	});

	it("problems of the engine's values name the key", () => {
		const values = {
			...asEngineValues(minimal),
			"tierstack:tier": "startr",
			"tierstack:app": "{",
			"tierstack:months": "x",
		};
		expect(() => parseEngineConfig(values, [], "dev", known)).toThrow(
			[
				"Pulumi.dev.yaml: tierstack:app: must be a group of keys or a list",
				'Pulumi.dev.yaml: tierstack:months: must be a number, found "x"',
				'Pulumi.dev.yaml: tierstack:tier: unknown tier "startr"; allowed: starter, small, medium; did you mean "starter"?',
			].join("\n"),
		);
	});
});

describe("docs/stack-file.md", () => {
	it("shows every key there is", () => {
		const keys = Object.keys(stackFields).map((key) => `tierstack:${key}`);
		expect(keys.filter((key) => !documented.includes(`\n  ${key}:`))).toEqual([]);
	});

	it("counts customers by plan as its text says", () => {
		expect(parseStackFile(shortest + byPlan, "Pulumi.by-plan.yaml", shipped).workload).toEqual({
			"clients.essential": 500,
			"clients.professional": 300,
			"clients.business": 150,
			"clients.enterprise": 50,
			products: 440_000,
		});
	});
});

describe("defaults", () => {
	it("four keys are enough", () => {
		expect(parseStackFile(minimal, "Pulumi.dev.yaml", known)).toEqual({
			stack: "dev",
			ladder: "shop",
			tier: "starter",
			provider: "digitalocean",
			region: "fra1",
			workload: null,
			floors: "tier",
			months: null,
			domains: [],
			edge: "provider",
			app: {
				image: null,
				compose: null,
				registry: null,
				port: 8000,
				healthPath: "/health",
				sticky: false,
				env: {},
				processes: {},
			},
			access: { sshKeys: [], sshFrom: [] },
			alerts: { email: [], slack: null, webhook: null },
			logs: null,
			backup: { heartbeatUrl: null, heartbeatSecret: null },
			apply: "now",
			protect: "data",
			cidr: "10.0.0.0/16",
			pins: [],
			tolerate: { downtimeMinutes: 0, monthlyUsd: 0 },
			accept: [],
			retire: [],
			secretNames: [],
		});
	});

	it("figures by group are told apart by a dot", () => {
		const text = `${minimal}  tierstack:workload:\n    clients: { essential: 500, growth: 40 }\n`;
		expect(parseStackFile(text, "Pulumi.dev.yaml", known).workload).toEqual({
			"clients.essential": 500,
			"clients.growth": 40,
		});
	});
});
