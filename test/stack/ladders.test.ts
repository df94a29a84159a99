import { beforeAll, describe, expect, test } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { UserError } from "../../src/errors.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import type { Ladder } from "../../src/tiers/ladder.ts";
import { ladderNames, loadLadder } from "../../src/tiers/load.ts";
import { stackInput } from "../builders/config.ts";
import { resource, resourcesOf } from "../builders/desired.ts";
import schema from "../engine/digitalocean/data/schema.json";

const TIERS = `${import.meta.dirname}/../../tiers`;
const NAMES = { stack: "prod", project: "tierstack" };

const catalog = catalogFor("digitalocean");

/**
 * Inputs that replace what holds data, from the provider's own schema; of a cluster also its own pool, whose size replaces
 * the whole.
 */
const HOLDS_DATA: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
	Object.entries(schema.resources)
		.filter(([type]) => /:(DatabaseCluster|DatabaseDb|Volume|SpacesBucket|KubernetesCluster|Vpc)$/.test(type))
		.map(([type, { inputs }]) => {
			const replacing = Object.entries(inputs).flatMap(([name, input]) =>
				"replaces" in input && input.replaces ? [name] : [],
			);
			return [type, type.endsWith(":KubernetesCluster") ? [...replacing, "nodePool"] : replacing];
		}),
);

/** Every tier of every ladder that this provider can carry; sizing says what it cannot, and other tests hold that. */
const ladders = ladderNames(TIERS).map((name) => {
	const ladder = loadLadder(TIERS, name);
	const sized = ladder.tiers.flatMap(({ id }) => sizedOrNone(ladder, id));
	return { name, sized };
});

function sizedOrNone(ladder: Ladder, tier: string): Blueprint[] {
	try {
		return [sizeTier(plainRequest({ ladder, tier, catalog, region: ladder.regions.digitalocean }))];
	} catch (error) {
		if (error instanceof UserError) return [];
		throw error;
	}
}

function build(blueprint: Blueprint): Promise<DesiredState> {
	return buildModel(stackInput(blueprint, { config: { domains: ["example.com"] } }), NAMES);
}

test("most tiers can be carried, and all of the plans that were written for this provider", () => {
	expect(ladders.map(({ name, sized }) => [name, sized.length])).toEqual(
		expect.arrayContaining([
			["billify", 3],
			["wizamart", 6],
		]),
	);
	expect(ladders.flatMap(({ sized }) => sized).length).toBeGreaterThan(15);
});

describe.each(ladders)("$name", ({ sized }) => {
	let built: readonly { readonly tier: string; readonly state: DesiredState }[] = [];
	beforeAll(async () => {
		built = await Promise.all(
			sized.map(async (blueprint) => ({ tier: blueprint.tier, state: await build(blueprint) })),
		);
	});

	test("every tier can be built, its machine and database as sized", () => {
		for (const { tier, state } of built) {
			const hosts = ["Droplet", "DropletAutoscale", "KubernetesNodePool"].flatMap((kind) => resourcesOf(state, kind));
			expect(hosts.length, tier).toBeGreaterThan(0);
			for (const cluster of resourcesOf(state, "DatabaseCluster").filter(({ custom }) => custom)) {
				expect(cluster.inputs.privateNetworkUuid, `${tier} ${cluster.name}`).toBeDefined();
				expect(resource(state, `${cluster.name}-firewall`, "DatabaseFirewall").inputs.clusterId).toContain(
					cluster.name,
				);
			}
		}
	});

	test("a host's user data is the same, byte by byte, in all tiers", () => {
		const births = new Map<string, Set<string>>();
		for (const { state } of built) {
			for (const droplet of resourcesOf(state, "Droplet")) {
				const seen = births.get(droplet.name) ?? new Set();
				births.set(droplet.name, seen.add(JSON.stringify(droplet.inputs.userData)));
			}
		}
		expect(births.size).toBeGreaterThan(0);
		for (const [name, seen] of births) expect(seen.size, name).toBe(1);
	});

	test("no promotion moves a URN", () => {
		const urns = new Map<string, Set<string>>();
		for (const { state } of built) {
			for (const { name, type, urn } of state.resources) {
				const key = `${type} ${name}`;
				urns.set(key, (urns.get(key) ?? new Set()).add(urn));
			}
		}
		for (const [key, seen] of urns) expect(seen.size, key).toBe(1);
	});

	test("no move between tiers, up or down, replaces anything that holds data", () => {
		let pairs = 0;
		for (const { tier: from, state: before } of built) {
			for (const { tier: to, state: after } of built) {
				if (from === to) continue;
				pairs += 1;
				for (const old of before.resources.filter(({ type }) => HOLDS_DATA[type] !== undefined)) {
					const now = after.resources.find(({ urn }) => urn === old.urn);
					if (now === undefined) continue;
					for (const key of HOLDS_DATA[old.type] ?? [])
						expect(now.inputs[key], `${from} -> ${to}: ${key} of ${old.name}`).toEqual(old.inputs[key]);
				}
			}
		}
		expect(pairs).toBe(built.length * (built.length - 1));
		expect(Object.values(HOLDS_DATA).every((keys) => keys.length > 0)).toBe(true);
		expect(Object.keys(HOLDS_DATA)).toHaveLength(6);
	});

	test("no secret stands in the open", () => {
		for (const { tier, state } of built) {
			const open = JSON.stringify(state);
			for (const key of ["secretKey", "password", "privateUri"]) expect(open, tier).not.toContain(`.${key}}`);
		}
	});
});
