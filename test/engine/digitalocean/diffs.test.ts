import { describe, expect, test } from "vitest";
import { diffInputs } from "../cloud/diffInputs.ts";
import { shortName, type ValueType } from "../cloud/schema.ts";
import { UNKNOWN, type Value } from "../cloud/values.ts";
import { DIGITALOCEAN } from "./facts.ts";
import { stateValue } from "./hashed.ts";
import { Lab, SAMPLES } from "./lab.ts";
import { providerFacts, RESOURCE_TYPES, resourceSchema } from "./schema.ts";

/** Two different values of a type, without what inside an object replaces by itself. */
function sample(type: ValueType, variant: 0 | 1): Value {
	if (typeof type === "string") {
		if (type === "string") return variant === 0 ? "one" : "two";
		return type === "boolean" ? variant === 1 : variant + 1;
	}
	if (type.array !== undefined) return [sample(type.array, variant)];
	if (type.map !== undefined) return { key: sample(type.map, variant) };
	const plain = Object.entries(type.object ?? {}).filter(([, property]) => property.replaces !== true);
	return Object.fromEntries(plain.map(([key, property]) => [key, sample(property.type, variant)]));
}

describe("a changed property replaces exactly when the schema says so", () => {
	const properties = RESOURCE_TYPES.flatMap((type) =>
		Object.entries(resourceSchema(type).inputs).map(([key, property]) => ({
			type,
			key,
			property,
			label: `${shortName(type)}.${key}`,
		})),
	);

	test("for every property of every resource", () => {
		expect(properties.length).toBeGreaterThan(370);
		for (const { type, key, property, label } of properties) {
			const before = { [key]: sample(property.type, 0) };
			const diffs = diffInputs(DIGITALOCEAN, type, before, before, { [key]: sample(property.type, 1) });
			expect(diffs.length, label).toBeGreaterThan(0);
			const replaces = property.replaces === true || providerFacts(type).noUpdate;
			expect(new Set(diffs.map((diff) => diff.replaces)), label).toEqual(new Set([replaces]));
		}
	});

	test("the same value is no change, for every property", () => {
		for (const { type, key, property, label } of properties) {
			const value = sample(property.type, 0);
			const state = { [key]: stateValue(type, key, value) };
			expect(diffInputs(DIGITALOCEAN, type, { [key]: value }, state, { [key]: value }), label).toEqual([]);
		}
	});
});

describe("nested and conditional replacements", () => {
	test("the default pool's size replaces the whole cluster, its node count does not (trap 27)", async () => {
		const lab = new Lab();
		const cluster = await lab.create("KubernetesCluster", SAMPLES.cluster);
		const grown = { ...SAMPLES.cluster, nodePool: { ...SAMPLES.cluster.nodePool, nodeCount: 2 } };
		expect(lab.diff(cluster, grown).diffs).toEqual([{ path: "nodePool.nodeCount", kind: "update", replaces: false }]);
		const bigger = { ...SAMPLES.cluster, nodePool: { ...SAMPLES.cluster.nodePool, size: "s-2vcpu-4gb" } };
		expect(lab.diff(cluster, bigger).diffs).toEqual([{ path: "nodePool.size", kind: "update", replaces: true }]);
	});

	test("an older Kubernetes version replaces, a newer one does not (trap 27)", async () => {
		const lab = new Lab();
		const cluster = await lab.create("KubernetesCluster", SAMPLES.cluster);
		const to = (version: string) => lab.diff(cluster, { ...SAMPLES.cluster, version }).diffs;
		expect(to("1.33.2-do.0")).toEqual([{ path: "version", kind: "update", replaces: false }]);
		expect(to("1.32.9-do.3")).toEqual([{ path: "version", kind: "update", replaces: true }]);
	});

	test("IPv6 can be switched on in place and off only by replacement (trap 5)", async () => {
		const lab = new Lab();
		const without = await lab.create("Droplet", { ...SAMPLES.droplet, ipv6: false });
		const having = await lab.create("Droplet", { ...SAMPLES.droplet, ipv6: true });
		expect(lab.diff(without, { ...SAMPLES.droplet, ipv6: true }).diffs).toMatchObject([
			{ path: "ipv6", replaces: false },
		]);
		expect(lab.diff(having, { ...SAMPLES.droplet, ipv6: false }).diffs).toMatchObject([
			{ path: "ipv6", replaces: true },
		]);
	});

	test("a value that is not known yet replaces where its change would (trap 98)", async () => {
		const lab = new Lab();
		const droplet = await lab.create("Droplet", SAMPLES.droplet);
		expect(lab.diff(droplet, { ...SAMPLES.droplet, vpcUuid: UNKNOWN }).diffs).toMatchObject([
			{ path: "vpcUuid", replaces: true },
		]);
	});

	test("user data replaces at any byte, although the state keeps only a hash of it (trap 3)", async () => {
		const lab = new Lab();
		const droplet = await lab.create("Droplet", { ...SAMPLES.droplet, userData: "#cloud-config\n" });
		expect(droplet.state.userData).toMatch(/^[0-9a-f]{40}$/);
		expect(lab.diff(droplet, { ...SAMPLES.droplet, userData: "#cloud-config\n" }).diffs).toEqual([]);
		expect(lab.diff(droplet, { ...SAMPLES.droplet, userData: "#cloud-config\n " }).diffs).toMatchObject([
			{ replaces: true },
		]);
	});
});

describe("what is no change", () => {
	test("the same members of a list in another order", async () => {
		const lab = new Lab();
		const droplet = await lab.create("Droplet", { ...SAMPLES.droplet, tags: ["a", "b"] });
		expect(lab.diff(droplet, { ...SAMPLES.droplet, tags: ["b", "a"] }).diffs).toEqual([]);
	});

	test("leaving out what the cloud filled in", async () => {
		const lab = new Lab();
		const vpc = await lab.create("Vpc", SAMPLES.vpc);
		const droplet = await lab.create("Droplet", { ...SAMPLES.droplet, vpcUuid: vpc.id });
		expect(lab.diff(droplet, SAMPLES.droplet).diffs).toEqual([]);
	});

	test("giving a value that the cloud had filled in already", async () => {
		const lab = new Lab();
		const droplet = await lab.create("Droplet", SAMPLES.droplet);
		expect(lab.diff(droplet, { ...SAMPLES.droplet, vpcUuid: droplet.state.vpcUuid ?? null }).diffs).toEqual([]);
	});
});

describe("order of a replacement", () => {
	test("delete first when the program gave the name, create first when the provider made it up", async () => {
		const lab = new Lab();
		const named = await lab.create("Volume", SAMPLES.volume);
		const unnamed = await lab.create("Volume", { region: "fra1", size: 20 }, "other");
		expect(lab.diff(named, { ...SAMPLES.volume, region: "ams3" }).deleteFirst).toBe(true);
		expect(lab.diff(unnamed, { region: "ams3", size: 20 }).deleteFirst).toBe(false);
	});
});
