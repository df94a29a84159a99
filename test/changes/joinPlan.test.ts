import { describe, expect, it } from "vitest";
import { compareStates } from "../../src/changes/compareStates.ts";
import { driftOf } from "../../src/changes/drift.ts";
import { joinPlan, type Plan, type PlannedStep } from "../../src/changes/joinPlan.ts";
import type { PlainRecord } from "../../src/words.ts";
import { comparison, resource, urnOf } from "./builders.ts";

const tag = (name: string) => resource("Tag", "tag", { name });
const network = resource("Vpc", "network", { region: "fra1" });
/** The model: a tag is replaced, a network is created. */
const modelled = () => compareStates(comparison([tag("a")], [tag("b"), network]));

function step(urn: string, op: PlannedStep["op"], order: PlannedStep["order"] = null): PlannedStep {
	return { urn, type: urn.split("::")[2]?.split("$").at(-1) ?? "", op, order, detailedDiff: {} };
}

const asModelled = [step(tag("b").urn, "replace", "create-first"), step(network.urn, "create")];

function joined(plan: Partial<Plan>) {
	const found = joinPlan(modelled(), { steps: asModelled, errors: [], ...plan });
	return { ...found, joins: Object.fromEntries(found.changes.map(({ name, join }) => [name, join])) };
}

describe("the engine's plan beside the model", () => {
	it("explains what both say, and changes no verdict", () => {
		const { joins, verdict, layer, totals } = joined({});
		expect(joins).toEqual({ network: "explained", tag: "explained" });
		expect([verdict, layer, totals]).toEqual([modelled().verdict, "engine", modelled().totals]);
	});

	it("names what is expected and not planned, and says nothing of it when the plan broke off", () => {
		const [replaced] = asModelled;
		if (replaced === undefined) throw new Error("no step");
		expect(joined({ steps: [replaced] }).joins).toEqual({ network: "missing", tag: "explained" });
		const broken = joined({ steps: [replaced], errors: ["volumes can only be expanded"] });
		expect(broken.joins).toEqual({ network: null, tag: "explained" });
		expect(broken.verdict).toBe("blocked");
		expect(broken.reasons.map(({ text }) => text)).toContainEqual(expect.stringContaining("can only be expanded"));
	});

	it.each([
		["a delete nobody foresaw", step(urnOf("DatabaseCluster", "database"), "delete"), "blocked"],
		["a replacement nobody foresaw", step(urnOf("Droplet", "app-1"), "replace", "delete-first"), "blocked"],
		["a replacement where an in-place step was foreseen", step(network.urn, "replace"), "blocked"],
	] as const)("blocks %s, and nothing opens it", (_, strange, verdict) => {
		const found = joined({ steps: [...asModelled.filter(({ urn }) => urn !== strange.urn), strange] });
		expect(found.verdict).toBe(verdict);
		expect(found.reasons[0]).toMatchObject({ risk: "blocked", urn: strange.urn });
		expect(found.changes.find(({ urn }) => urn === strange.urn)).toMatchObject({ op: strange.op, join: "unexplained" });
		expect(found.next).toContain("find out why");
	});

	it("takes the order of a replacement from the engine", () => {
		const found = joined({ steps: [step(tag("b").urn, "replace", "delete-first"), step(network.urn, "create")] });
		expect(found.changes.find(({ name }) => name === "tag")?.order).toBe("delete-first");
	});
});

describe("drift", () => {
	const DO = "digitalocean:index";
	const at = (type: string, inputs: PlainRecord, before: PlainRecord, after: PlainRecord | null) =>
		driftOf([{ urn: `urn:pulumi:lab::tierstack::${type}::it`, type, inputs, before, after }]);

	it.each([
		["storage that grew", `${DO}/databaseCluster:DatabaseCluster`, "storageSizeMib", "10240", "20480", true],
		["storage that shrank", `${DO}/databaseCluster:DatabaseCluster`, "storageSizeMib", "20480", "10240", false],
		["a minor version", "aws:rds/instance:Instance", "engineVersion", "17.4", "17.6", true],
		["a major version", "aws:rds/instance:Instance", "engineVersion", "17.4", "18.1", false],
		["a cluster's patch", `${DO}/kubernetesCluster:KubernetesCluster`, "version", "1.33.4-do.0", "1.33.6-do.1", true],
		[
			"a cluster's minor version",
			`${DO}/kubernetesCluster:KubernetesCluster`,
			"version",
			"1.33.4-do.0",
			"1.34.1-do.0",
			false,
		],
		["an autoscaled pool", `${DO}/kubernetesNodePool:KubernetesNodePool`, "nodeCount", 2, 5, true],
		["a renewed certificate", `${DO}/cdn:Cdn`, "certificateId", "old", "new", true],
		["another machine size", `${DO}/droplet:Droplet`, "size", "s-1vcpu-1gb", "s-2vcpu-4gb", false],
	] as const)("%s belongs to the cloud: %s.%s", (_, type, path, was, is, byCloud) => {
		const found = at(type, { [path]: was }, { [path]: was }, { [path]: is });
		expect([found.drift.length, found.byCloud.length]).toEqual(byCloud ? [0, 1] : [1, 0]);
	});

	it("is only what the program set; what is gone is told, and secrets never are", () => {
		const droplet = `${DO}/droplet:Droplet`;
		expect(at(droplet, {}, { status: "active", disk: 25 }, { status: "off", disk: 50 })).toEqual({
			drift: [],
			byCloud: [],
		});
		expect(at(droplet, {}, {}, null).drift).toMatchObject([{ name: "it", what: "gone" }]);
		const certificate = `${DO}/certificate:Certificate`;
		const moved = at(
			certificate,
			{ privateKey: "SENTINEL-1" },
			{ privateKey: "SENTINEL-1" },
			{ privateKey: "SENTINEL-2" },
		);
		expect(JSON.stringify(moved)).not.toContain("SENTINEL");
		expect(moved.drift).toHaveLength(1);
	});
});
