import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import { UserError } from "../../src/errors.ts";
import { judgeFit, recommendTier } from "../../src/sizing/recommendTier.ts";
import { ladder, request } from "./requests.ts";

function recommend(workload: Record<string, number> | null) {
	const { tier: _, ...rest } = request("wizamart", "starter", { workload });
	return recommendTier(rest);
}

function problemsOf(workload: Record<string, number>): string[] {
	try {
		recommend(workload);
	} catch (error) {
		if (error instanceof UserError) return error.problems.map((each) => `${each.key}: ${each.message}`);
		throw error;
	}
	return [];
}

describe("which tier a workload needs", () => {
	it("420 clients need large, with 80 clients to go until scale", () => {
		const found = recommend({ clients: 420 });
		expect(found).toMatchObject({
			tier: "large",
			leading: "clients",
			fit: "near",
			transition: { tier: "scale", at: 500, remaining: 80 },
			firstLimit: { metric: "clients", at: 500 },
		});
		expect(found.why).toBe("420 clients fall in the range of 300 to 500");
		expect(found.blueprint.workload.products).toBe(210_000);
	});

	it("the top of a range is inclusive: 50 clients are starter, 51 are small", () => {
		expect(recommend({ clients: 50 }).tier).toBe("starter");
		expect(recommend({ clients: 51 }).tier).toBe("small");
	});

	it("products alone stand for clients, at 500 products a client", () => {
		const found = recommend({ products: 210_000 });
		expect(found).toMatchObject({ tier: "large", leading: "products", equivalent: 420 });
		expect(found.why).toContain("210,000 products stand for 420 clients");
	});

	it("the metric that stands for the most clients decides", () => {
		expect(recommend({ clients: 40, products: 200_000 })).toMatchObject({ tier: "large", leading: "products" });
	});

	it("names the metric that fills up first when the load is uneven", () => {
		const found = recommend({ clients: 60, images: 240_000 });
		expect(found.tier).toBe("small");
		expect(found.firstLimit).toMatchObject({ metric: "clients", at: 100 });
		expect(found.blueprint.headroom.find((line) => line.metric === "storageGb")?.used).toBeCloseTo(144, 6);
	});

	it("without a workload the first tier is shown", () => {
		expect(recommend(null)).toMatchObject({ tier: "starter", fit: "fits" });
	});

	it("tells a figure that looks as if it counted something else", () => {
		expect(recommend({ clients: 420, images: 5 }).blueprint.notes.join("\n")).toContain(
			"images=5 is far from the 1,050,000",
		);
	});

	it("says where in a given tier a load sits", () => {
		const wizamart = ladder("wizamart");
		expect(judgeFit(wizamart, "large", { clients: 350 })).toBe("fits");
		expect(judgeFit(wizamart, "large", { clients: 400 })).toBe("near");
		expect(judgeFit(wizamart, "large", { clients: 501 })).toBe("past");
		expect(judgeFit(wizamart, "large", { clients: 249 })).toBe("too-big");
		expect(judgeFit(wizamart, "large", { clients: 250 })).toBe("fits");
		expect(judgeFit(wizamart, "starter", { clients: 1 })).toBe("fits");
		expect(judgeFit(wizamart, "enterprise", { clients: 9000 })).toBe("fits");
	});
});

describe("workloads that are refused, every problem at once", () => {
	it("names unknown metrics with the nearest, and figures that are none", () => {
		expect(problemsOf({ client: 5, orders: -1, views: Number.NaN })).toEqual([
			'workload.client: unknown metric "client"; allowed: clients, products, images, orders, views, apiRequests; did you mean "clients"?',
			"workload.orders: must be at least 0, found -1",
			"workload.views: must be a number, found NaN",
		]);
	});

	it("asks for a metric when none is given", () => {
		expect(problemsOf({})).toEqual([
			"workload: no metric is given; allowed: clients, products, images, orders, views, apiRequests",
		]);
	});

	it("says clearly when nothing that can be bought is enough", () => {
		const messages = problemsOf({ clients: 10_000_000 });
		expect(messages).toHaveLength(1);
		expect(messages[0]).toMatch(
			/^null: 10,000,000 clients in tier enterprise are beyond what can be bought: digitalocean has no machine/,
		);
	});

	it("knows the provider's regions", () => {
		const { tier: _, ...rest } = request("wizamart", "starter", {
			region: "fra2",
			catalog: catalogFor("digitalocean"),
		});
		expect(() => recommendTier(rest)).toThrow(/unknown digitalocean region "fra2".*did you mean "fra1"/s);
	});
});
