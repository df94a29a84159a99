import { describe, expect, it } from "vitest";
import { ladder, size } from "../sizing/requests.ts";
import { casesOf } from "./figures/figure.ts";
import { PLANS } from "./figures/plans.ts";
import { SHIPPED } from "./shipped.ts";

for (const plan of PLANS) {
	const cases = casesOf(plan);
	describe(`every figure of ${plan.file} shows in the tiers of ${plan.ladder}`, () => {
		for (const { name, miss } of cases) it(name, () => expect(miss()).toBeNull());

		for (const { tier, provider, because } of plan.refused ?? []) {
			it(`${tier} is refused by ${provider}, in one sentence`, () => {
				expect(() => size(plan.ladder, tier, { provider })).toThrow(because);
			});
		}

		it("each tier has figures of its own", () => {
			const walked = new Set(cases.map(({ tier }) => tier));
			expect([...walked].toSorted()).toEqual(
				ladder(plan.ladder)
					.tiers.map(({ id }) => id)
					.toSorted(),
			);
		});

		it("each figure stands once in its section", () => {
			const names = cases.map(({ name }) => name);
			expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
		});
	});
}

describe("the table of figures", () => {
	it("has a plan for every ladder that comes with the project", () => {
		expect(PLANS.map(({ ladder: name }) => name)).toEqual(SHIPPED);
	});
});
