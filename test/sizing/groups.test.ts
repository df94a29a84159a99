import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { judgeFit, recommendTier } from "../../src/sizing/recommendTier.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { ladder, request, size } from "./requests.ts";

function problemsOf(name: string, tier: string, workload: Record<string, number>): string[] {
	try {
		sizeTier(request(name, tier, { workload }));
	} catch (error) {
		if (error instanceof UserError) return error.problems.map((each) => `${each.key}: ${each.message}`);
		throw error;
	}
	return [];
}

describe("customers counted by the plan they are on", () => {
	it("bring what their plans allow: 500 essential clients have 100,000 products with 3 images each", () => {
		const { workload, notes } = size("wizamart", "large", { workload: { "clients.essential": 500 } });
		expect(workload).toMatchObject({
			clients: 500,
			products: 100_000,
			images: 300_000,
			orders: 50_000,
			apiRequests: 500_000,
			views: 1_000_000,
		});
		expect(notes.join("\n")).toContain(
			"clients by plan: 500 on essential; products, images, orders, apiRequests are what those plans allow at most.",
		);
	});

	it("add up over plans", () => {
		const mix = { "clients.essential": 500, "clients.professional": 300, "clients.business": 150 };
		const { workload } = size("wizamart", "enterprise", { workload: mix });
		expect(workload).toMatchObject({
			clients: 950,
			products: 500 * 200 + 300 * 500 + 150 * 2000,
			images: 500 * 200 * 3 + 300 * 500 * 5 + 150 * 2000 * 8,
			orders: 500 * 100 + 300 * 500 + 150 * 2000,
			apiRequests: 500 * 1000 + 300 * 5000 + 150 * 20_000,
		});
	});

	it("on a plan without limits count like the largest that has some, and it is said", () => {
		const { workload, notes } = size("wizamart", "medium", { workload: { "clients.enterprise": 10 } });
		expect(workload).toMatchObject({ clients: 10, products: 20_000, orders: 20_000, apiRequests: 200_000 });
		expect(notes.join("\n")).toContain("Plan enterprise has no limits");
	});

	it("give way to what was measured", () => {
		const { workload } = size("wizamart", "large", { workload: { "clients.essential": 500, products: 40_000 } });
		expect(workload).toMatchObject({ clients: 500, products: 40_000, orders: 50_000 });
	});

	it("let what follows from a measured figure follow the measurement: 3 images a product that there is", () => {
		const { workload } = size("wizamart", "large", { workload: { "clients.essential": 500, products: 40_000 } });
		expect(workload).toMatchObject({ images: 120_000 });
	});

	it("find their tier by what they bring, not by their number alone", () => {
		const { tier: _, ...rest } = request("wizamart", "starter", { workload: { "clients.business": 100 } });
		expect(recommendTier(rest)).toMatchObject({ tier: "scale", leading: "orders" });
		expect(judgeFit(ladder("wizamart"), "small", { "clients.business": 100 })).toBe("past");
	});

	it("are refused in one sentence each where they make no sense", () => {
		expect(problemsOf("wizamart", "small", { "clients.essentil": 4, "products.essential": 4 })).toEqual([
			'workload.clients.essentil: unknown plan "essentil"; allowed: essential, professional, business, enterprise; did you mean "essential"?',
			'workload.products.essential: only clients are counted by plan, found "products"',
		]);
		expect(problemsOf("wizamart", "small", { "clients.essential": 4, clients: 4 })).toEqual([
			"workload.clients.essential: stands beside clients as one figure; give the one or the other",
		]);
		expect(problemsOf("billify", "mvp", { "users.gold": 4 })).toEqual([
			"workload.users.gold: ladder billify names no plans of customers; count all together",
		]);
		expect(problemsOf("wizamart", "small", { "clients.essential": -4 })).toEqual([
			"workload.clients.essential: must be at least 0, found -4",
		]);
	});
});
