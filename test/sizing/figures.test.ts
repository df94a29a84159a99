import { describe, expect, it } from "vitest";
import { figures } from "./figures.ts";
import { ladder, size } from "./requests.ts";

describe("every figure of the plans shows in the blueprint of its tier", () => {
	it.each(figures.map((each) => ({ ...each, provider: each.provider ?? "digitalocean" })))(
		"$ladder $tier on $provider: $figure ($source)",
		({ ladder: name, tier, provider, read, is, atLeast }) => {
			const found = read(size(name, tier, { provider }));
			if (atLeast === undefined) expect(found).toEqual(is);
			else expect(found).toBeGreaterThanOrEqual(atLeast);
		},
	);

	it("covers each tier of each ladder", () => {
		const covered = new Set(figures.map((each) => `${each.ladder} ${each.tier}`));
		const all = ["billify", "django", "opex-manager", "plotpro", "wizamart"].flatMap((name) =>
			ladder(name).tiers.map((tier) => `${name} ${tier.id}`),
		);
		expect(all.filter((each) => !covered.has(each))).toEqual([]);
	});
});
