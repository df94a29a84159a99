import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS, type Role } from "../../src/words.ts";
import { component, ladder, size } from "./requests.ts";

/*
 * Staging is prod's tier with `floors: ignore` and a small workload: the same layout, and never dearer.
 */

const TIERS = ladderNames("tiers").flatMap((name) =>
	ladder(name).tiers.flatMap((tier) =>
		PROVIDERS.filter((provider) => !(tier.database.kind === "aurora" && provider === "digitalocean")).map(
			(provider) => [name, tier.id, provider] as const,
		),
	),
);

/** Measured figures, each a share of what the tier is sized for. */
function workloads(name: string, tier: string) {
	const { metrics, measure, tiers } = ladder(name);
	const sizeFor = tiers.find(({ id }) => id === tier)?.sizeFor ?? 0;
	const shares = Object.fromEntries(
		metrics.map(({ name: metric, perMeasure }) => [
			metric,
			fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share * sizeFor * (perMeasure ?? 0)),
		]),
	);
	return fc.record(shares, { requiredKeys: [measure] });
}

/** Roles of which every part has a known price: without one, a month says "at least" and compares with nothing. */
function priced({ components }: Blueprint): readonly Role[] {
	const unknown = components.filter(({ unitMonthlyUsd }) => unitMonthlyUsd === null).map(({ role }) => role);
	return [...new Set(components.map(({ role }) => role))].filter((role) => !unknown.includes(role));
}

const monthly = ({ cost }: Blueprint, roles: readonly Role[]) =>
	roles.reduce((sum, role) => sum + (cost.byRole[role] ?? 0), 0);

describe.each(TIERS)("staging of %s %s on %s", (name, tier, provider) => {
	const prod = size(name, tier, { provider });
	const roles = priced(prod);

	it("has prod's layout and costs no more, however small its load", () => {
		expect(monthly(prod, roles)).toBeGreaterThan(0);
		fc.assert(
			fc.property(workloads(name, tier), (workload) => {
				const staging = size(name, tier, { provider, floors: "ignore", workload });
				expect(staging.layout).toBe(prod.layout);
				expect(monthly(staging, roles)).toBeLessThanOrEqual(monthly(prod, roles) + 0.005);
			}),
			{ numRuns: 25 },
		);
	});
});

describe("the plan's own machine, where its own figures ask for more", () => {
	it("does for a small load as it does for the whole range, and says what it lacks", () => {
		const staging = size("billify", "mvp", { floors: "ignore", workload: { users: 3 } });
		expect(component(staging, "app").sku).toBe("s-1vcpu-512mb-10gb");
		expect(staging.notes.join(" ")).toContain("app: the plan names it, though 0.5 GiB is less than");
	});

	it("is left when a cheaper one does, and when the load is above the range", () => {
		const staging = size("wizamart", "starter", { floors: "ignore", workload: { clients: 1 } });
		expect(component(staging, "app").why).toContain("the cheapest");
		const more = size("billify", "mvp", { floors: "ignore", workload: { users: 11 } });
		expect(component(more, "app").sku).not.toBe("s-1vcpu-512mb-10gb");
	});
});
