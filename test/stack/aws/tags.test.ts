import { output, type Resource } from "@pulumi/pulumi";
import { registerStackTransformation } from "@pulumi/pulumi/runtime/stack.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { DesiredResource } from "../../../src/changes/desired.ts";
import { modelOf } from "../../../src/model/buildModel.ts";
import { buildStack, loadBuilder } from "../../../src/stack/buildStack.ts";
import type { Plain } from "../../../src/words.ts";
import { NAMES, stackConfig, stackInput } from "../../builders/config.ts";
import { build, LADDERS, tierOf } from "./built.ts";

/** What says whose a thing is, in every tier the same. */
const ownTags = (ladder: string) => ({
	tierstack: `${ladder}-prod`,
	"tierstack:ladder": ladder,
	"tierstack:stack": "prod",
});

interface Declared {
	readonly type: string;
	readonly name: string;
	readonly inputs: Readonly<Record<string, unknown>>;
	/** The provider object that the SDK gave it. */
	readonly provider: unknown;
}

/** Everything that a tier declares, and the tags that each provider of AWS adds, as it is told them. */
async function declaredBy(ladder: string, tier: string) {
	await loadBuilder("aws");
	const input = stackInput(tierOf(ladder, tier), { config: { domains: ["example.com"] } });
	const seen: { type: string; name: string; inputs: Record<string, unknown>; resource: Resource }[] = [];
	const added: unknown[] = [];
	const program = () => {
		registerStackTransformation(({ type, name, props, resource }) => {
			seen.push({ type, name, inputs: props, resource });
			if (type === "pulumi:providers:aws") output(props.defaultTags).apply((told) => added.push(JSON.parse(told)));
			return undefined;
		});
		return buildStack(input);
	};
	await modelOf(program, stackConfig({ domains: ["example.com"] }), NAMES);
	const declared = seen.map(
		({ resource, ...rest }): Declared => ({ ...rest, provider: Reflect.get(resource, "__prov") }),
	);
	return { declared, added };
}

describe("whose a thing is, on AWS", () => {
	it.each([
		["django", "10m"],
		["opex-manager", "enterprise"],
		["wizamart", "starter"],
		["wizamart", "enterprise"],
	])("%s %s makes everything by one provider that tags it, in the other region too", async (ladder, tier) => {
		const { declared, added } = await declaredBy(ladder, tier);
		expect(added).toEqual([{ tags: ownTags(ladder) }]);
		const made = declared.filter(({ type }) => type.startsWith("aws:"));
		const [first] = made;
		expect(first?.provider).toMatchObject({ pkg: "aws" });
		expect(made.filter(({ provider }) => provider !== first?.provider).map(({ name }) => name)).toEqual([]);
		// No second provider stands for another region: what is there says so itself, and is tagged as the rest.
		const elsewhere = made.filter(({ inputs }) => typeof inputs.region === "string");
		expect(elsewhere.length).toBeGreaterThan(0);
	});
});

/** Tags wherever a resource writes them: its own, its disks', those of what is born from it. */
function tagsOf({ inputs }: DesiredResource): Plain {
	const { tags = null, volumeTags = null, tagSpecifications = null, rootBlockDevice = null } = inputs;
	const disk = typeof rootBlockDevice === "object" && rootBlockDevice !== null ? Object.entries(rootBlockDevice) : [];
	return [tags, volumeTags, tagSpecifications, new Map(disk).get("tags") ?? null];
}

describe("tags of every tier on AWS", () => {
	const tiers: { ladder: string; tier: string; resources: readonly DesiredResource[] }[] = [];
	beforeAll(async () => {
		for (const { name, sized } of LADDERS) {
			for (const each of sized) tiers.push({ ladder: name, tier: each.tier, resources: (await build(each)).resources });
		}
	}, 300_000);
	const ofType = (type: string) =>
		tiers.flatMap(({ ladder, tier, resources }) =>
			resources.filter((each) => each.type === type).map((each) => ({ ladder, label: `${tier} ${each.name}`, each })),
		);

	it("are written out where the provider adds none: groups that scale, and machines and disks born from a template", () => {
		const groups = ofType("aws:autoscaling/group:Group");
		const templates = ofType("aws:ec2/launchTemplate:LaunchTemplate");
		expect(groups.length).toBeGreaterThan(0);
		expect(templates.length).toBeGreaterThan(groups.length);
		for (const { ladder, label, each } of groups) {
			const tags = Object.entries(ownTags(ladder)).map(([key, value]) => ({ key, value, propagateAtLaunch: false }));
			expect(each.inputs.tags, label).toEqual(expect.arrayContaining(tags));
		}
		for (const { ladder, label, each } of templates) {
			const tags = expect.objectContaining({ ...ownTags(ladder), Name: expect.any(String) });
			expect(each.inputs.tagSpecifications, label).toEqual([
				{ resourceType: "instance", tags },
				{ resourceType: "volume", tags },
			]);
		}
	});

	it("are the same in every tier that has the thing, so that no promotion changes one", () => {
		const seen = new Map<string, Set<string>>();
		for (const { ladder, resources } of tiers) {
			for (const each of resources) {
				const key = `${ladder} ${each.urn}`;
				seen.set(key, (seen.get(key) ?? new Set()).add(JSON.stringify(tagsOf(each))));
			}
		}
		expect([...seen].filter(([, tags]) => tags.size > 1).map(([key]) => key)).toEqual([]);
	});

	it("leave the data volume's to the data volume: hosts tag their root disk alone", () => {
		const hosts = ofType("aws:ec2/instance:Instance");
		expect(hosts.length).toBeGreaterThan(0);
		for (const { label, each } of hosts) {
			expect(each.inputs, label).not.toHaveProperty("volumeTags");
			expect(each.inputs.rootBlockDevice, label).toHaveProperty("tags", each.inputs.tags);
		}
	});
});
