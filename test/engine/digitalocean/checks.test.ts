import { describe, expect, test } from "vitest";
import { DEFAULTS_KEY, UNKNOWN } from "../cloud/values.ts";
import { Lab, SAMPLES } from "./lab.ts";

describe("inputs are checked against the provider's schema", () => {
	const wrong: readonly [string, string, Record<string, never> | object, string, RegExp][] = [
		[
			"a typo in a property",
			"Droplet",
			{ ...SAMPLES.droplet, sizee: "x" },
			"sizee",
			/unknown property.*did you mean "size"/,
		],
		["a number for a string", "Droplet", { ...SAMPLES.droplet, size: 4 }, "size", /expected string, got number 4/],
		[
			"a string for a number",
			"DatabaseCluster",
			{ ...SAMPLES.database, nodeCount: "1" },
			"nodeCount",
			/expected integer/,
		],
		["a fraction for a whole number", "Volume", { ...SAMPLES.volume, size: 1.5 }, "size", /expected integer/],
		["a string for a boolean", "Droplet", { ...SAMPLES.droplet, monitoring: "true" }, "monitoring", /expected boolean/],
		["one for a list", "Droplet", { ...SAMPLES.droplet, tags: "web" }, "tags", /expected a list/],
		["a missing required property", "Droplet", { size: "s-1vcpu-1gb" }, "image", /missing required property/],
		[
			"a missing property inside an object",
			"KubernetesCluster",
			{ ...SAMPLES.cluster, nodePool: { size: "s-1vcpu-2gb" } },
			"nodePool.name",
			/missing required/,
		],
		[
			"an unknown property inside a list",
			"LoadBalancer",
			{
				...SAMPLES.loadBalancer,
				forwardingRules: [{ ...SAMPLES.loadBalancer.forwardingRules[0], entryprotocol: "x" }],
			},
			"forwardingRules[0].entryprotocol",
			/did you mean "entryProtocol"/,
		],
		[
			"a word outside a list of words",
			"Volume",
			{ ...SAMPLES.volume, initialFilesystemType: "ext3" },
			"initialFilesystemType",
			/did you mean "ext4"/,
		],
		["a region without Spaces", "SpacesBucket", { name: "shop", region: "nyc1" }, "region", /did you mean "nyc3"/],
		[
			"a number out of range",
			"LoadBalancer",
			{ ...SAMPLES.loadBalancer, sizeUnit: 201 },
			"sizeUnit",
			/expected 1 to 200/,
		],
		["a word that no tag may be", "Droplet", { ...SAMPLES.droplet, tags: ["a b"] }, "tags[0]", /a tag holds/],
	];
	test.each(wrong)("%s fails", (_, type, inputs, property, reason) => {
		const { failures } = new Lab().check(type, { ...inputs });
		expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
	});

	test("all mistakes are told at once", () => {
		const { failures } = new Lab().check("Droplet", { sizee: "x", region: 1 });
		expect(failures.map(({ property }) => property)).toEqual(["sizee", "region", "image", "size"]);
	});

	test("what is not known yet in a preview is no mistake", () => {
		expect(new Lab().check("Droplet", { ...SAMPLES.droplet, vpcUuid: UNKNOWN, tags: [UNKNOWN] }).failures).toEqual([]);
	});
});

describe("what the bridge adds", () => {
	test("defaults of the provider, with the list of them", () => {
		const { inputs } = new Lab().check("Droplet", { ...SAMPLES.droplet, name: "app" });
		expect(inputs).toMatchObject({ resizeDisk: true, backups: false, ipv6: false, monitoring: false });
		expect(inputs[DEFAULTS_KEY]).toEqual(["backups", "gracefulShutdown", "ipv6", "monitoring", "resizeDisk"]);
	});

	test("a name of its own, kept while the program gives none", () => {
		const lab = new Lab();
		const first = lab.check("Volume", { region: "fra1", size: 1 }, {}, "App-Data").inputs;
		expect(first.name).toMatch(/^app-data-[0-9a-f]{7}$/);
		const second = lab.check(
			"Volume",
			{ region: "fra1", size: 2 },
			{ ...first, name: "app-data-0000000" },
			"App-Data",
		).inputs;
		expect(second.name).toBe("app-data-0000000");
	});
});
