import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS, RETIRABLE } from "../../src/words.ts";
import { SHIPPED } from "../tiers/shipped.ts";
import { ladder, request, size } from "./requests.ts";

const all = ladderNames("tiers").flatMap((name) =>
	ladder(name).tiers.flatMap((tier) => PROVIDERS.map((provider) => ({ name, tier: tier.id, provider }))),
);

/** What a provider cannot carry, in the words it is told. */
const cannot: Readonly<Record<string, string>> = {
	"django 10m digitalocean":
		"digitalocean cannot carry the database of tier 10m: it sells no database that spans regions; a read replica in a second region is promoted by hand",
};

/** Of a team's own ladder what can be sized: what a provider cannot carry is refused in words of the user's. */
const sized = all.filter((each) =>
	SHIPPED.includes(each.name) ? cannot[`${each.name} ${each.tier} ${each.provider}`] === undefined : canBeSized(each),
);

function canBeSized({ name, tier, provider }: (typeof all)[number]): boolean {
	try {
		size(name, tier, { provider });
		return true;
	} catch (error) {
		if (error instanceof UserError) return false;
		throw error;
	}
}

describe("every tier of every ladder on both providers", () => {
	it("holds data under names that a stack file can retire", () => {
		const holding = sized.flatMap(({ name, tier, provider }) =>
			size(name, tier, { provider }).components.filter(({ stateful }) => stateful),
		);
		expect([...new Set(holding.map(({ name }) => name))].sort()).toEqual([...RETIRABLE]);
	});

	it("there are 21 shipped tiers", () => {
		expect(all.filter(({ name }) => SHIPPED.includes(name))).toHaveLength(42);
	});

	it.each(Object.entries(cannot))("%s is refused in one sentence", (key, sentence) => {
		const [name = "", tier = "", provider] = key.split(" ");
		const wanted = PROVIDERS.find((each) => each === provider);
		expect(wanted).toBeDefined();
		try {
			sizeTier(request(name, tier, wanted === undefined ? {} : { provider: wanted }));
			expect.unreachable();
		} catch (error) {
			expect(error).toBeInstanceOf(UserError);
			if (error instanceof UserError) expect(error.problems.map((each) => each.message)).toEqual([sentence]);
		}
	});

	it.each(sized)("$name $tier on $provider adds up", ({ name, tier, provider }) => {
		const { cost, components } = size(name, tier, { provider });
		const sum = components.reduce((total, each) => total + (each.monthlyUsd ?? 0), 0);
		expect(cost.monthly).toBeCloseTo(sum, 2);
		expect(cost.base + cost.usage).toBeCloseTo(cost.monthly, 2);
		expect(Object.values(cost.byRole).reduce((total, usd) => total + usd, 0)).toBeCloseTo(cost.monthly, 2);
		expect(cost.maxMonthly).toBeGreaterThanOrEqual(cost.monthly);
		expect(cost.coverage.priced + cost.coverage.free + cost.coverage.unpriced).toBe(components.length);
		expect(cost.atLeast).toBe(cost.coverage.unpricedIds.length > 0);
		expect(cost.pricesAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
	});

	it.each(sized)(
		"$name $tier on $provider names each thing once and says why it is there",
		({ name, tier, provider }) => {
			const { components } = size(name, tier, { provider });
			const names = components.map((each) => `${each.role}/${each.name}`);
			expect(new Set(names).size).toBe(names.length);
			for (const each of components) {
				expect(each.why).not.toBe("");
				expect(each.count.min).toBeGreaterThan(0);
				expect(each.count.max).toBeGreaterThanOrEqual(each.count.min);
				expect(`${each.role}/${each.name}`).not.toMatch(/\d|gb|vcpu/i);
			}
		},
	);

	it.each(sized)(
		"$name $tier on $provider crosses no warning at the top of its range, but where the plan names the machine",
		({ name, tier, provider }) => {
			const crossed = size(name, tier, { provider }).headroom.filter((line) => line.used > line.warnAt * (1 + 1e-9));
			const named = name === "billify" && tier === "mvp" && provider === "digitalocean";
			expect(crossed.map((line) => `${line.role}.${line.metric}`)).toEqual(named ? ["app.memoryGib"] : []);
		},
	);

	it.each(PROVIDERS)("no tier's machine on %s has a smaller root disk than the tier below", (provider) => {
		for (const name of ladderNames("tiers")) {
			let below = 0;
			for (const { tier } of sized.filter((each) => each.name === name && each.provider === provider)) {
				const app = size(name, tier, { provider }).components.find(
					(each) => each.role === "app" && each.name === "app",
				);
				if (app === undefined) continue;
				expect(app.diskGb, `${name} ${tier}`).toBeGreaterThanOrEqual(below);
				below = app.diskGb ?? 0;
			}
		}
	});

	it.each(sized)(
		"$name $tier on $provider can be written as JSON and gives the same bytes again",
		({ name, tier, provider }) => {
			const once = JSON.stringify(size(name, tier, { provider }));
			expect(JSON.stringify(size(name, tier, { provider }))).toBe(once);
			expect(once).not.toContain("undefined");
			expect(once).not.toContain("NaN");
		},
	);
});
