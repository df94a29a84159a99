import { describe, expect, test } from "vitest";
import { diffInputs } from "../cloud/diffInputs.ts";
import { shortName, type ValueType } from "../cloud/schema.ts";
import { UNKNOWN, type Value } from "../cloud/values.ts";
import { AWS } from "./facts.ts";
import { Lab, SAMPLES } from "./lab.ts";
import { architecture } from "./planRules.ts";
import { RESOURCE_TYPES, resourceSchema } from "./schema.ts";

/** Two different values of a type, without what inside an object replaces by itself; two levels are enough. */
function sample(type: ValueType, variant: 0 | 1, depth = 0): Value {
	if (typeof type === "string") {
		if (type === "string" || type === "any") return variant === 0 ? "one" : "two";
		return type === "boolean" ? variant === 1 : variant + 1;
	}
	if (type.array !== undefined) return [sample(type.array, variant, depth)];
	if (type.map !== undefined) return { key: sample(type.map, variant, depth) };
	const plain = Object.entries(type.object ?? {}).filter(
		([, property]) => property.replaces !== true && (depth < 1 || typeof property.type === "string"),
	);
	return Object.fromEntries(plain.map(([key, property]) => [key, sample(property.type, variant, depth + 1)]));
}

describe("a changed property replaces exactly when the tables say so", () => {
	test("for every property of every resource, and an equal one is no change", () => {
		let properties = 0;
		for (const type of RESOURCE_TYPES) {
			for (const [key, property] of Object.entries(resourceSchema(type).inputs)) {
				const label = `${shortName(type)}.${key}`;
				const before = { [key]: sample(property.type, 0) };
				if (JSON.stringify(before[key]) === JSON.stringify(sample(property.type, 1))) continue;
				const diffs = diffInputs(AWS, type, before, before, { [key]: sample(property.type, 1) });
				expect(diffs.length, label).toBeGreaterThan(0);
				expect(new Set(diffs.map((diff) => diff.replaces)), label).toEqual(new Set([property.replaces === true]));
				expect(diffInputs(AWS, type, before, before, before), label).toEqual([]);
				properties++;
			}
		}
		expect(properties).toBeGreaterThan(1_500);
	});
});

describe("replacements that only the provider's code knows", () => {
	test("another processor is another host, a larger one of the same kind is not (trap 36)", async () => {
		const lab = new Lab();
		const host = await lab.create("ec2.Instance", SAMPLES.instance);
		const to = (instanceType: string) => lab.diff(host, { ...SAMPLES.instance, instanceType }).diffs;
		expect(to("t3.large")).toEqual([{ path: "instanceType", kind: "update", replaces: false }]);
		expect(to("t4g.small")).toEqual([{ path: "instanceType", kind: "update", replaces: true }]);
		expect(["t4g.small", "c7gn.large", "m8g.large", "db.r8g.large", "x2gd.large"].map(architecture)).toEqual(
			Array.from({ length: 5 }, () => "arm64"),
		);
		expect(["t3.small", "g5.xlarge", "m7i-flex.large", "r5dn.large"].map(architecture)).toEqual(
			Array.from({ length: 4 }, () => "x86_64"),
		);
	});

	test("a first-boot script replaces only by wish (trap 37)", async () => {
		const lab = new Lab();
		const host = await lab.create("ec2.Instance", { ...SAMPLES.instance, userData: "a" });
		const to = (more: object) => lab.diff(host, { ...SAMPLES.instance, userData: "b", ...more }).diffs;
		expect(to({})).toMatchObject([{ path: "userData", replaces: false }]);
		expect(to({ userDataReplaceOnChange: true })).toContainEqual({ path: "userData", kind: "update", replaces: true });
	});

	test("a root disk encrypted later is another host (trap 38)", async () => {
		const lab = new Lab();
		const host = await lab.create("ec2.Instance", { ...SAMPLES.instance, rootBlockDevice: { encrypted: false } });
		expect(lab.diff(host, { ...SAMPLES.instance, rootBlockDevice: { encrypted: true } }).diffs).toMatchObject([
			{ path: "rootBlockDevice.encrypted", replaces: true },
		]);
	});

	test("redis becomes valkey in place, and valkey redis by replacement (trap 74)", async () => {
		const lab = new Lab();
		const redis = { ...SAMPLES.cache, engine: "redis", engineVersion: "7.1" };
		const cache = await lab.create("elasticache.ReplicationGroup", redis, "old");
		expect(lab.diff(cache, SAMPLES.cache).diffs.some(({ replaces }) => replaces)).toBe(false);
		const valkey = await new Lab().create("elasticache.ReplicationGroup", SAMPLES.cache);
		expect(lab.diff(valkey, redis).diffs).toContainEqual({ path: "engine", kind: "update", replaces: true });
	});

	test("failover with one node fails the plan (trap 76)", () => {
		const lab = new Lab();
		const one = { ...SAMPLES.cache, automaticFailoverEnabled: true };
		return expect(lab.create("elasticache.ReplicationGroup", one)).rejects.toThrow("at least 2");
	});

	test("storage that AWS grew by itself is no change (trap 54)", async () => {
		const lab = new Lab();
		const inputs = { ...SAMPLES.database, maxAllocatedStorage: 100 };
		const database = await lab.create("rds.Instance", inputs);
		const grown = { ...database, state: { ...database.state, allocatedStorage: 40 } };
		expect(lab.diff(grown, inputs).diffs).toEqual([]);
	});

	test("a node group's machine type replaces, its limits do not (trap 80)", async () => {
		const lab = new Lab();
		const inputs = {
			clusterName: "shop",
			nodeRoleArn: "arn:aws:iam::123456789012:role/node",
			subnetIds: [],
			instanceTypes: ["m7g.large"],
			scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
		};
		const group = await lab.create("eks.NodeGroup", inputs);
		expect(lab.diff(group, { ...inputs, instanceTypes: ["m7g.xlarge"] }).diffs).toMatchObject([{ replaces: true }]);
		expect(lab.diff(group, { ...inputs, scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 1 } }).diffs).toEqual([
			{ path: "scalingConfig.maxSize", kind: "update", replaces: false },
		]);
	});
});

describe("what the provider adds and leaves out", () => {
	test("its own region, once for all, and another one by wish", async () => {
		const lab = new Lab("eu-central-1");
		expect((await lab.create("sqs.Queue", { name: "a" })).inputs.region).toBe("eu-central-1");
		expect((await lab.create("sqs.Queue", { name: "b", region: "us-east-1" }, "other")).inputs.region).toBe(
			"us-east-1",
		);
		expect((await lab.create("iam.Role", { assumeRolePolicy: "{}" }, "role")).inputs.region).toBeUndefined();
	});

	test("a made-up name in the input that holds it, in small letters where it must be", async () => {
		const lab = new Lab();
		expect((await lab.create("s3.Bucket", {}, "Files")).inputs.bucket).toMatch(/^files-[0-9a-f]{7}$/);
		expect((await lab.create("kms.Alias", { targetKeyId: "k" }, "Data")).inputs.name).toMatch(/^alias\/Data-/);
	});

	test("a policy written in another order is no change", async () => {
		const lab = new Lab();
		const role = await lab.create("iam.Role", { name: "r", assumeRolePolicy: '{"Version":"1","Statement":[]}' });
		expect(lab.diff(role, { name: "r", assumeRolePolicy: '{ "Statement": [], "Version": "1" }' }).diffs).toEqual([]);
	});

	test("a value that is not known yet replaces where its change would (trap 98)", async () => {
		const lab = new Lab();
		const subnet = (await lab.network()).subnets[0];
		const host = await lab.create("ec2.Instance", { ...SAMPLES.instance, subnetId: subnet });
		expect(lab.diff(host, { ...SAMPLES.instance, subnetId: UNKNOWN }).diffs).toMatchObject([
			{ path: "subnetId", replaces: true },
		]);
	});

	test("delete first when the program gave the name, and for attachments of policies always", async () => {
		const lab = new Lab();
		const group = await lab.create("lb.TargetGroup", SAMPLES.targetGroup);
		expect(lab.diff(group, { ...SAMPLES.targetGroup, port: 8081 }).deleteFirst).toBe(true);
		const unnamed = await lab.create("lb.TargetGroup", { port: 8080, protocol: "HTTP" }, "other");
		expect(lab.diff(unnamed, { port: 8081, protocol: "HTTP" }).deleteFirst).toBe(false);
		const attached = await lab.create("iam.RolePolicyAttachment", { role: "a", policyArn: "p" });
		expect(lab.diff(attached, { role: "b", policyArn: "p" }).deleteFirst).toBe(true);
	});
});

describe("inputs are checked against the declarations", () => {
	const wrong: readonly [string, string, object, string, RegExp][] = [
		["a typo", "rds.Instance", { ...SAMPLES.database, multiAZ: true }, "multiAZ", /did you mean "multiAz"/],
		["a string for a number", "ebs.Volume", { ...SAMPLES.volume, size: "20" }, "size", /expected number/],
		["a missing one", "rds.Instance", { engine: "postgres" }, "instanceClass", /missing required/],
		[
			"one inside an object",
			"ec2.Instance",
			{ rootBlockDevice: { size: 1 } },
			"rootBlockDevice.size",
			/unknown property/,
		],
		["a name that is too long", "lb.LoadBalancer", { name: "x".repeat(33) }, "name", /at most 32/],
		[
			"two hyphens in a row",
			"rds.Instance",
			{ ...SAMPLES.database, identifier: "a--b" },
			"identifier",
			/no two hyphens/,
		],
	];
	test.each(wrong)("%s fails", (_, type, inputs, property, reason) => {
		const { failures } = new Lab().check(type, { ...inputs });
		expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
	});
});

test("every output of every resource has a value", () => {
	for (const type of RESOURCE_TYPES) {
		const inputs = { name: "it", region: "us-east-1" };
		const state = AWS.computeState(type, { id: "1", number: 1, inputs, data: new Lab().account.data() }, null);
		for (const key of Object.keys(resourceSchema(type).outputs)) expect(state, `${type} ${key}`).toHaveProperty(key);
	}
});
