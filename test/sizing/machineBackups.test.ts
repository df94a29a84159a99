import { describe, expect, it } from "vitest";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import type { BackupSpec } from "../../src/tiers/floors.ts";
import type { Provider } from "../../src/words.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { resourcesOf } from "../builders/desired.ts";
import { component, ladder, size } from "./requests.ts";

/** A shipped tier whose plan also asks for copies of whole machines. */
function copied(
	name: string,
	tier: string,
	machines: BackupSpec["machines"],
	provider: Provider = "digitalocean",
): Blueprint {
	const own = ladder(name);
	const tiers = own.tiers.map((each) => ({ ...each, backup: { ...each.backup, machines } }));
	return size(name, tier, { ladder: { ...own, tiers }, provider });
}

const droplets = async (blueprint: Blueprint) => resourcesOf(await buildModel(stackInput(blueprint), NAMES), "Droplet");

describe("copies of whole machines", () => {
	it("are made where the plan says how often, and cost their share of the machine", async () => {
		const plain = component(copied("wizamart", "small", "none"), "app").monthlyUsd ?? 0;
		expect(plain).toBeGreaterThan(0);
		for (const [rhythm, share] of [
			["weekly", 1.2],
			["daily", 1.3],
		] as const) {
			const blueprint = copied("wizamart", "small", rhythm);
			expect(component(blueprint, "app").monthlyUsd).toBeCloseTo(plain * share, 2);
			const [host] = await droplets(blueprint);
			expect(host?.inputs).toMatchObject({ backups: true, backupPolicy: { plan: rhythm } });
		}
		const [host] = await droplets(copied("wizamart", "small", "none"));
		expect(host?.inputs.backups).toBe(false);
	});

	it("are neither made nor paid for machines that come and go and where the provider sells none, and it is said", () => {
		for (const [name, tier, layout] of [
			["wizamart", "enterprise", "autoscaled"],
			["opex-manager", "large", "kubernetes"],
		] as const) {
			const blueprint = copied(name, tier, "daily");
			expect(blueprint.layout).toBe(layout);
			expect(blueprint.cost.monthly).toBe(copied(name, tier, "none").cost.monthly);
			expect(blueprint.notes.join()).toContain("machines that come and go hold nothing");
		}
		const aws = copied("wizamart", "small", "daily", "aws");
		expect(aws.cost.monthly).toBe(copied("wizamart", "small", "none", "aws").cost.monthly);
		expect(aws.notes.join()).toContain("no copies of whole machines are made: aws sells none by the machine");
	});
});
