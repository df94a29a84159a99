import { describe, expect, test } from "vitest";
import { catalogFor } from "../../../src/catalog/catalog.ts";
import { UserError } from "../../../src/errors.ts";
import { buildModel } from "../../../src/model/buildModel.ts";
import type { Blueprint } from "../../../src/sizing/blueprint.ts";
import { plainRequest } from "../../../src/sizing/request.ts";
import { sizeTier } from "../../../src/sizing/sizeTier.ts";
import { ladderNames, loadLadder } from "../../../src/tiers/load.ts";
import { stackInput } from "../../builders/config.ts";
import { names } from "../../builders/desired.ts";

/*
 * README's staging: prod's tier, `floors: ignore` and a small workload. test/engine/sideBySide.test.ts brings it up
 * beside prod in one account.
 */

const TIERS = `${import.meta.dirname}/../../../tiers`;
const catalog = catalogFor("digitalocean");

interface Pair {
	readonly name: string;
	readonly prod: Blueprint;
	readonly staging: Blueprint;
}

/** Every tier that DigitalOcean carries, as prod and as its staging: one of what the ladder counts. */
const PAIRS: readonly Pair[] = ladderNames(TIERS).flatMap((file) => {
	const ladder = loadLadder(TIERS, file);
	return ladder.tiers.flatMap(({ id }): Pair[] => {
		const request = plainRequest({ ladder, tier: id, catalog, region: ladder.regions.digitalocean });
		try {
			const prod = sizeTier(request);
			const [measure = ""] = Object.keys(prod.workload);
			const staging = sizeTier({ ...request, floors: "ignore", workload: { [measure]: 1 } });
			return [{ name: `${file} ${id}`, prod, staging }];
		} catch (error) {
			// What cannot be carried is told, and held by the ladders' own tests.
			if (error instanceof UserError) return [];
			throw error;
		}
	});
});

const parts = ({ components }: Blueprint) => components.map(({ role, name }) => `${role}/${name}`);
const monthly = ({ cost }: Blueprint) => cost.monthly;

describe("staging", () => {
	test("has prod's layout, part by part, in every tier", () => {
		expect(PAIRS.length).toBeGreaterThan(18);
		for (const { name, prod, staging } of PAIRS) {
			expect([name, staging.layout, ...parts(staging)]).toEqual([name, prod.layout, ...parts(prod)]);
			const engines = ({ components }: Blueprint) =>
				components.map(({ settings }) => [settings.engine ?? null, settings.version ?? null]);
			expect(engines(staging), name).toEqual(engines(prod));
		}
	});

	test("costs less than prod, but where prod is already as small as machines are sold", () => {
		const dearer = PAIRS.filter(({ prod, staging }) => monthly(staging) >= monthly(prod)).map(({ name }) => name);
		// Its plan names a machine of 512 MB and says by process how it fits; without floors the usual margins hold.
		expect(dearer).toEqual(["billify mvp"]);
		const sum = (of: keyof Pick<Pair, "prod" | "staging">) =>
			PAIRS.reduce((total, pair) => total + monthly(pair[of]), 0);
		expect(sum("staging")).toBeLessThan(sum("prod") / 2);
	});

	test("takes no part that costs more than prod's, and no more of it", () => {
		for (const { name, prod, staging } of PAIRS.filter((pair) => pair.name !== "billify mvp"))
			for (const [place, { role, monthlyUsd, count }] of staging.components.entries()) {
				// Smaller machines bring less traffic along, which is then paid by the gigabyte.
				if (role === "network") continue;
				const same = prod.components[place];
				// A part whose price is not confirmed can be compared by number only.
				const dearest = same?.monthlyUsd ?? Number.POSITIVE_INFINITY;
				expect(monthlyUsd ?? 0, `${name}: ${role}`).toBeLessThanOrEqual(dearest);
				expect(count.max, `${name}: ${role}`).toBeLessThanOrEqual(same?.count.max ?? 0);
			}
	});

	test.each(["wizamart large", "opex-manager large", "django 1k"])(
		"of %s is declared resource by resource as prod is, but for hosts by number",
		async (wanted) => {
			const pair = PAIRS.find(({ name }) => name === wanted);
			if (pair === undefined) throw new Error(`no ${wanted}`);
			// What follows from how many there are of something: slots, budgets of pods, scalers.
			const counted = /^app-\d+$|-(budget|scaler)$|^tierstack-/;
			const ordered = async (blueprint: Blueprint, stack: string) =>
				names(await buildModel(stackInput(blueprint), { stack, project: "tierstack" }))
					.filter((name) => !counted.test(name))
					.sort();
			expect(await ordered(pair.staging, "staging")).toEqual(await ordered(pair.prod, "prod"));
		},
	);
});
