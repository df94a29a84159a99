import { describe, expect, test } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { ladderNames, loadLadder } from "../../src/tiers/load.ts";
import { stackInput } from "../builders/config.ts";
import { resource, resourcesOf } from "../builders/desired.ts";

const TIERS = `${import.meta.dirname}/../../tiers`;
const NAMES = { stack: "prod", project: "tierstack" };

/** Every ladder whose plan is for DigitalOcean, sized as its own plan says. */
const ladders = ladderNames(TIERS)
	.map((name) => loadLadder(TIERS, name))
	.filter(({ tiers }) => tiers.every(({ provider }) => provider === "digitalocean"));

function build(ladder: (typeof ladders)[number], tier: string): Promise<DesiredState> {
	const catalog = catalogFor("digitalocean");
	const blueprint = sizeTier(plainRequest({ ladder, tier, catalog, region: ladder.regions.digitalocean }));
	return buildModel(stackInput(blueprint, { config: { domains: ["example.com"] } }), NAMES);
}

describe.each(ladders.map((ladder) => [ladder.name, ladder] as const))("%s", (_, ladder) => {
	test("every tier can be built, its machine and database as sized", async () => {
		for (const { id } of ladder.tiers) {
			const state = await build(ladder, id);
			const hosts = resourcesOf(state, "Droplet").length + resourcesOf(state, "DropletAutoscale").length;
			expect(hosts, id).toBeGreaterThan(0);
			for (const cluster of resourcesOf(state, "DatabaseCluster").filter(({ custom }) => custom)) {
				expect(cluster.inputs.privateNetworkUuid, `${id} ${cluster.name}`).toBeDefined();
				expect(resource(state, `${cluster.name}-firewall`, "DatabaseFirewall").inputs.clusterId).toContain(
					cluster.name,
				);
			}
		}
	});

	test("a host's user data is the same, byte by byte, in all tiers", async () => {
		const births = new Map<string, Set<string>>();
		for (const { id } of ladder.tiers) {
			for (const droplet of resourcesOf(await build(ladder, id), "Droplet")) {
				const seen = births.get(droplet.name) ?? new Set();
				births.set(droplet.name, seen.add(JSON.stringify(droplet.inputs.userData)));
			}
		}
		expect(births.get("app-1")?.size).toBe(1);
		for (const [name, seen] of births) expect(seen.size, name).toBe(1);
	});

	test("no promotion moves a URN", async () => {
		const urns = new Map<string, Set<string>>();
		for (const { id } of ladder.tiers) {
			for (const { name, type, urn } of (await build(ladder, id)).resources) {
				const key = `${type} ${name}`;
				urns.set(key, (urns.get(key) ?? new Set()).add(urn));
			}
		}
		for (const [key, seen] of urns) expect(seen.size, key).toBe(1);
	});

	test("no secret stands in the open", async () => {
		for (const { id } of ladder.tiers) {
			const state = await build(ladder, id);
			const open = JSON.stringify(state);
			for (const key of ["secretKey", "password", "privateUri"]) expect(open, id).not.toContain(`.${key}}`);
		}
	});
});
