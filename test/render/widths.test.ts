import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import { renderComparison } from "../../src/render/compare.ts";
import { renderTiers, tiersTitle } from "../../src/render/tiers.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { loadLadder } from "../../src/tiers/load.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { SHIPPED } from "../tiers/shipped.ts";

const STYLE = { color: false, width: 100 };
const longest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

function tierLines(name: string, provider: Provider | null) {
	const ladder = loadLadder("tiers", name);
	return ladder.tiers.map((tier) => {
		const own = provider ?? tier.provider;
		const request = plainRequest({ ladder, tier: tier.id, catalog: catalogFor(own), region: ladder.regions[own] });
		const sold = !(tier.database.kind === "aurora" && own === "digitalocean");
		const blueprint = sold ? sizeTier(request) : null;
		return { tier: tier.id, above: tier.above, upTo: tier.upTo, blueprint, problem: sold ? null : "cannot be had" };
	});
}

describe("tables for a planning meeting fit 100 columns", () => {
	it.each(SHIPPED.flatMap((name) => [null, ...PROVIDERS].map((provider) => ({ name, provider }))))(
		"tiers $name on $provider",
		({ name, provider }) => {
			const { title, measure } = loadLadder("tiers", name);
			const lines = tierLines(name, provider);
			const text = renderTiers(tiersTitle(name, lines.length, title), measure, lines, STYLE);
			expect(longest(text)).toBeLessThanOrEqual(100);
			for (const { tier } of lines) expect(text).toContain(`  ${tier} `);
			expect(text).not.toContain("\u2026");
		},
	);

	it.each(SHIPPED)("compare %s", (name) => {
		const offers = PROVIDERS.flatMap((provider) =>
			tierLines(name, provider).map(({ tier, blueprint, problem }) => ({ tier, provider, blueprint, problem })),
		);
		const text = renderComparison(tiersTitle(name, offers.length, name), offers, STYLE);
		expect(longest(text)).toBeLessThanOrEqual(100);
		expect(text).not.toContain("\u2026");
	});
});
