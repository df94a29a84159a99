import { describe, expect, it } from "vitest";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { rulesFor } from "../../src/sizing/providers.ts";
import { planRecovery, type RecoverySpec, SCENARIOS, type Scenario } from "../../src/sizing/recovery.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS } from "../../src/words.ts";
import { ladder, size } from "./requests.ts";

const cell = (blueprint: Blueprint, scenario: Scenario) =>
	blueprint.recovery.find((each) => each.scenario === scenario);

const spec: RecoverySpec = {
	hosts: 2,
	database: "managed",
	standbyNodes: 1,
	replicas: 0,
	globalDatabase: false,
	databaseGb: 10,
	uploads: "bucket",
	versioning: true,
	copyMinutes: 1440,
	copyRegion: true,
	zones: 2,
	secondRegion: false,
};
const promised = (rtoMinutes: number | null, rpoMinutes: number | null) => ({
	availabilityPercent: null,
	rtoMinutes,
	rpoMinutes,
	source: "a plan",
});

describe("what a tier survives", () => {
	it("starter keeps its 4 hours and 24 hours in every scenario, for its dumps lie in a second region", () => {
		expect(size("wizamart", "starter").recovery.map((each) => each.met)).toEqual([true, true, true, true]);
	});

	it("large on DigitalOcean survives a host, and says that a datacentre and a dropped table take longer than promised", () => {
		const large = size("wizamart", "large");
		expect(cell(large, "process-or-node")).toMatchObject({ rtoMinutes: 3, rpoMinutes: 1, met: true });
		expect(cell(large, "zone")).toMatchObject({ rtoMinutes: 240, rpoMinutes: 1440, met: false });
		expect(cell(large, "human-error")).toMatchObject({ rpoMinutes: 5, met: false });
	});

	it("enterprise on AWS survives a zone within its 5 minutes, a region not", () => {
		const enterprise = size("wizamart", "enterprise", { provider: "aws" });
		expect(cell(enterprise, "zone")).toMatchObject({ rtoMinutes: 2, rpoMinutes: 0, met: true });
		expect(cell(enterprise, "region")).toMatchObject({ met: false });
	});

	it("a region without copies elsewhere has no way back on either provider", () => {
		for (const [tier, provider] of [
			["medium", "aws"],
			["mvp", "digitalocean"],
		] as const) {
			const found = size(tier === "mvp" ? "billify" : "opex-manager", tier, { provider });
			expect(cell(found, "region")).toMatchObject({ rtoMinutes: null, rpoMinutes: null });
		}
	});

	it("a tier that promises nothing is judged by nobody", () => {
		expect(size("billify", "mvp").recovery.map((each) => each.met)).toEqual([null, null, null, null]);
	});
});

describe("a promise that is not kept", () => {
	const places = ladderNames("tiers").flatMap((name) =>
		ladder(name).tiers.flatMap((tier) => PROVIDERS.map((provider) => ({ name, tier, provider }))),
	);
	const unmet = places.flatMap(({ name, tier, provider }) => {
		if (tier.database.kind === "aurora" && provider === "digitalocean") return [];
		const blueprint = size(name, tier.id, { provider });
		return blueprint.recovery
			.filter(({ met }) => met === false)
			.map((found) => ({ name, tier, provider, blueprint, found }));
	});

	it("is acknowledged with a reason in its ladder, in every tier on both providers", () => {
		expect(unmet.length).toBeGreaterThan(20);
		const open = unmet.filter(({ found }) => found.acknowledged === undefined);
		expect(open.map(({ name, tier, provider, found }) => `${name} ${tier.id} ${provider} ${found.scenario}`)).toEqual(
			[],
		);
	});

	it("is acknowledged only where it is not kept: no entry outlives its gap", () => {
		const used = new Set(unmet.map(({ name, tier, found }) => `${name} ${tier.id} ${found.acknowledged}`));
		const written = places.flatMap(({ name, tier }) => tier.gaps.map(({ reason }) => `${name} ${tier.id} ${reason}`));
		expect(written.length).toBeGreaterThan(10);
		expect(written.filter((each) => !used.has(each))).toEqual([]);
	});

	it("without an acknowledgement is told in the blueprint", () => {
		const own = ladder("wizamart");
		const bare = { ...own, tiers: own.tiers.map((tier) => ({ ...tier, gaps: [] })) };
		const large = size("wizamart", "large", { ladder: bare });
		expect(large.notes.filter((note) => note.includes("does not acknowledge it"))).toHaveLength(3);
		expect(size("wizamart", "large").notes.join("\n")).not.toContain("does not acknowledge it");
	});
});

describe("ways back", () => {
	it.each(PROVIDERS)("on %s cover every scenario, with a mechanism, and each row has its source", (provider) => {
		const { recovery } = rulesFor(provider);
		for (const row of recovery) expect(row.source).not.toBe("");
		const cells = planRecovery(recovery, spec, promised(null, null));
		expect(cells.map((each) => each.scenario)).toEqual([...SCENARIOS]);
		for (const each of cells) expect(each.mechanism).not.toBe("");
	});

	it.each(PROVIDERS)("on %s are never better with less: no standby, one host, no copy", (provider) => {
		const { recovery } = rulesFor(provider);
		const full = planRecovery(recovery, spec, promised(60, 60));
		const less = [{ standbyNodes: 0 }, { hosts: 1 }, { copyRegion: false }, { versioning: false }, { zones: 1 }];
		for (const change of less) {
			planRecovery(recovery, { ...spec, ...change }, promised(60, 60)).forEach((cell, index) => {
				const before = full[index];
				const rank = (minutes: number | null | undefined) => minutes ?? Number.POSITIVE_INFINITY;
				expect(rank(cell.rtoMinutes)).toBeGreaterThanOrEqual(rank(before?.rtoMinutes));
				expect(rank(cell.rpoMinutes)).toBeGreaterThanOrEqual(rank(before?.rpoMinutes));
			});
		}
	});

	it("a promise of one figure is judged by that figure", () => {
		const { recovery } = rulesFor("aws");
		const [node] = planRecovery(recovery, spec, promised(5, null));
		expect(node?.met).toBe(true);
		const [late] = planRecovery(recovery, spec, promised(1, null));
		expect(late?.met).toBe(false);
	});
});
