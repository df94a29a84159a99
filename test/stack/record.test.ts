import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StackConfig } from "../../src/config/stackConfig.ts";
import { BugError } from "../../src/errors.ts";
import { ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { sizeStack } from "../../src/sizeStack.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { packRecord, recordOf, type StackRecord, unpackRecord } from "../../src/stack/record.ts";
import { spelled, unspelled } from "../../src/stack/recordSpelling.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { component, LADDER, parts } from "../builders/blueprint.ts";
import { NAMES, SSH_KEY, stackConfig, stackInput } from "../builders/config.ts";
import { rewritten } from "../builders/olderRecords.ts";

/** What the program leaves behind for a blueprint, with everything it declared. */
async function recordFor(of: Blueprint, config: Partial<StackConfig> = {}, stack = NAMES.stack): Promise<StackRecord> {
	const input = stackInput(of, { config });
	const { outputs: _, ...state } = await buildModel(input, { ...NAMES, stack });
	// As long as a hash of the program is, and nothing that packs well.
	const program = "7c1d2e3f405a6b7c-89ab01cd23ef4567";
	return recordOf({ ...input, remember: { state: { ...state, outputs: {} }, program } });
}

describe("the record of a stack", () => {
	test("brings back blueprint and kept things, without prices and reasons", async () => {
		const input = stackInput(LADDER.balanced, { kept: [{ ...parts.data(100), monthlyUsd: 10 }] });
		const { outputs } = await buildModel(input, NAMES);
		if (typeof outputs.tierstack !== "string") throw new Error("the record is no text");
		const record = unpackRecord(outputs.tierstack);
		expect(record.blueprint.components.map(({ name }) => name)).toEqual(
			LADDER.balanced.components.map(({ name }) => name),
		);
		expect(record.kept).toEqual([{ ...parts.data(100), why: "" }]);
		expect(JSON.stringify(record)).not.toContain('"monthlyUsd":10');
	});

	test("brings back what was declared, and what one of each costs", async () => {
		const record = await recordFor(LADDER.balanced);
		expect(unpackRecord(await packRecord(record))).toEqual(record);
		const { remembered: _, ...forgetful } = record;
		expect(unpackRecord(await packRecord(forgetful)).remembered).toBeUndefined();
		const priced = { ...LADDER.balanced, components: [{ ...parts.data(100), unitMonthlyUsd: 10 }] };
		expect(recordOf(stackInput(priced, {})).unitUsd).toEqual({ "app/data": 10 });
		const cache = (unitMonthlyUsd: number, kind: string | null) =>
			component("cache", "cache", "node", kind === null ? {} : { kind }, { unitMonthlyUsd });
		const both = stackInput({ ...LADDER.balanced, components: [cache(30, "cluster")] }, { kept: [cache(20, null)] });
		expect(recordOf(both).unitUsd).toEqual({ "cache/cache/cluster": 30, "cache/cache": 20 });
	});

	test.each(["by place", "spelled out"] as const)("is read when an older version wrote it %s", async (as) => {
		const record = await recordFor(LADDER.balanced);
		expect(unpackRecord(rewritten(await packRecord(record), as))).toEqual(record);
	});

	test("is read when an older version wrote it after an older dictionary", () => {
		const written = readFileSync(join(import.meta.dirname, "golden", "record.d1.aws.txt"), "utf8").trim();
		expect(written).toMatch(/^d1\.aws:/);
		const { blueprint, remembered } = unpackRecord(written);
		expect([blueprint.ladder, blueprint.tier, blueprint.region]).toEqual(["plotpro", "scale", "eu-central-1"]);
		const types = new Set(remembered?.state.resources.map(({ type }) => type));
		for (const type of ["aws:rds/instance:Instance", "aws:s3/bucket:Bucket", "aws:ec2/vpc:Vpc"])
			expect(types).toContain(type);
		for (const { urn } of remembered?.state.resources ?? []) expect(urn).toMatch(/^urn:pulumi:berlin-2::/);
	});

	test("is read when an older version wrote no inputs, and refused when a newer one wrote it, or when it is damaged", async () => {
		const packed = await packRecord(await recordFor(LADDER.balanced));
		const bare = unpackRecord(rewritten(packed, "without inputs"));
		expect([bare.blueprint.tier, bare.remembered]).toEqual([LADDER.balanced.tier, undefined]);
		const read = (text: string) => () => unpackRecord(text);
		expect(read(rewritten(packed, "of a newer version"))).toThrow(BugError);
		expect(read(rewritten(packed, "packed as a newer version"))).toThrow(
			'packed as "d9.digitalocean:", which this version does not read',
		);
		for (const damaged of ["damaged", packed.slice(0, -8), packed.replace(/^d\d\./, "br:"), ""])
			expect(read(damaged), damaged).toThrow();
	});
});

describe("what stands for a stack's own names", () => {
	test.each([[["shop-prod", "fra1"]], [["a", "a"]], [["", "fra1"]], [['quo"ted', "fra1"]], [["$&", "$1"]], [[]]])(
		"%j comes back",
		(own) => {
			const json = JSON.stringify({ name: `${own.join("-")}-a`, tags: own, text: "\u0001\u0002 fra1 [\n" });
			expect(unspelled(spelled(json, own))).toBe(json);
		},
	);

	test("a record of an older version, which has none, is as it was", () => {
		expect(unspelled('{"a":1}')).toBe('{"a":1}');
	});
});

/** A team's own stack: nothing of it stands in the dictionary. */
const OWN: Partial<StackConfig> = {
	domains: ["shop.acme.test"],
	protect: "all",
	cidr: "10.42.0.0/16",
	secretNames: ["APP_KEY", "STRIPE_SECRET"],
	access: { sshKeys: [SSH_KEY], sshFrom: ["198.51.100.0/24", "192.0.2.4/32"] },
	alerts: { email: ["night@acme.test", "lead@acme.test"], slack: null, webhook: null },
	app: {
		...stackConfig().app,
		image: "registry.acme.test/shop:1.4.2",
		env: { APP_ENV: "production", LOG_LEVEL: "info", QUEUE: "redis" },
	},
};
const OWN_REGION = { digitalocean: "nyc3", aws: "eu-central-1" } as const;

describe("what a record weighs", () => {
	const ladders = ladderFolder(join(import.meta.dirname, "../../tiers"));

	/** The largest tier that a cloud carries. */
	function largest(name: string, provider: Provider): Blueprint {
		const tiers = ladders.load(name).tiers.map(({ id }) => id);
		const tier = name === "django" && provider === "digitalocean" ? tiers.at(-2) : tiers.at(-1);
		const config = stackConfig({ ladder: name, tier: tier ?? "", provider, region: OWN_REGION[provider], ...OWN });
		return sizeStack(config, ladders);
	}

	// Measured: 1.6 KB for the 227 resources of wizamart on AWS, 2.5 KB for 324 at the most; a third more as base64.
	test.each(PROVIDERS)("two kilobytes for two hundred resources of a team's own stack: %s", async (provider) => {
		for (const name of ladders.names) {
			const record = await recordFor(largest(name, provider), OWN, "berlin-2");
			const resources = record.remembered?.state.resources.length ?? 0;
			const packed = await packRecord(record);
			const bytes = (packed.length * 3) / 4;
			expect(packed, "the dictionary was not used").toMatch(/^d\d\./);
			expect(bytes, `${name}: ${resources} resources`).toBeLessThan(Math.max(2048, resources * 9));
			expect(unpackRecord(packed), name).toEqual(record);
		}
	});

	test("a ladder that no dictionary knows takes little more", async () => {
		expect((await packRecord(await recordFor(LADDER.autoscaled, OWN, "berlin-2"))).length).toBeLessThan(2_500);
	});
});
