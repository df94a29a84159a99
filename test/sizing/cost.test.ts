import { describe, expect, it } from "vitest";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS } from "../../src/words.ts";
import { component, ladder, size } from "./requests.ts";

describe("what a tier costs", () => {
	it("starter on DigitalOcean: machine 24, volume 11, buckets 5, within the plan's 20 to 40 EUR", () => {
		const { cost } = size("wizamart", "starter");
		expect(cost).toMatchObject({
			monthly: 40,
			base: 40,
			usage: 0,
			maxMonthly: 40,
			atLeast: false,
			byRole: { app: 35, backup: 5, network: 0, monitoring: 0, database: 0 },
			documented: { min: 20, max: 40, currency: "EUR", rate: 1.0411, rateDate: "2025-02-28", fit: "within" },
		});
	});

	it("says when it is over the plan's range, or under it", () => {
		expect(size("wizamart", "medium").cost.documented?.fit).toBe("over");
		expect(size("wizamart", "enterprise").cost.documented?.fit).toBe("under");
	});

	it("never says that a total fits of which a part has no confirmed price", () => {
		const { cost } = size("opex-manager", "large", { provider: "digitalocean" });
		expect(cost.atLeast).toBe(true);
		expect(cost.monthly).toBeLessThan(cost.documented?.min ?? 0);
		expect(cost.documented?.fit).toBe("unknown");
	});

	it("says by how much and why on the plan's own provider, and where the money goes on the other", () => {
		const over = ladderNames("tiers").flatMap((name) =>
			ladder(name).tiers.flatMap((tier) =>
				PROVIDERS.filter((provider) => !(tier.database.kind === "aurora" && provider === "digitalocean")).map(
					(provider) => ({ tier, provider, documented: size(name, tier.id, { provider }).cost.documented }),
				),
			),
		);
		const dearer = over.filter(({ documented }) => documented?.fit === "over");
		expect(dearer.length).toBeGreaterThan(8);
		for (const { tier, provider, documented } of dearer) {
			expect(documented?.because).toContain("most of it is ");
			const why =
				tier.provider === provider ? (tier.cost?.over ?? "no reason in the ladder") : "the plan's range is for ";
			expect(documented?.because, `${tier.id} on ${provider}`).toContain(why);
		}
		for (const { documented } of over) if (documented?.fit !== "over") expect(documented?.because).toBeUndefined();
	});

	it("counts a growing pool at its fewest hosts, and says the most", () => {
		const { cost } = size("wizamart", "enterprise");
		const app = component(size("wizamart", "enterprise"), "app");
		expect(cost.maxMonthly - cost.monthly).toBeCloseTo((app.unitMonthlyUsd ?? 0) * 4, 2);
	});

	it("counts standbys with the database and read replicas apart", () => {
		const enterprise = size("wizamart", "enterprise");
		expect(component(enterprise, "database").monthlyUsd).toBe(121.8);
		expect(component(enterprise, "database", "replica").monthlyUsd).toBe(121.8);
	});

	it("reads at least where something has no confirmed price, and names it", () => {
		const { cost } = size("opex-manager", "medium");
		expect(cost.atLeast).toBe(true);
		expect(cost.coverage.unpricedIds).toEqual(["cache: db-s-2vcpu-4gb"]);
	});

	it("takes an unpriced size only when no priced one is enough", () => {
		expect(component(size("wizamart", "large"), "cache")).toMatchObject({ sku: "db-s-1vcpu-1gb", monthlyUsd: 15 });
		expect(component(size("opex-manager", "medium"), "cache")).toMatchObject({
			sku: "db-s-2vcpu-4gb",
			monthlyUsd: null,
		});
	});

	it("pays stored gigabytes above what the subscription includes once, wherever they lie", () => {
		const large = size("wizamart", "large");
		const stored =
			Number(component(large, "files").settings.storageGb) + Number(component(large, "backup").settings.storageGb);
		const views = (large.demand.viewTransferGb ?? 0) - 1024;
		const paid = (component(large, "files").monthlyUsd ?? 0) + (component(large, "backup").monthlyUsd ?? 0);
		expect(paid).toBeCloseTo(5 + (stored - 250) * 0.02 + views * 0.01, 1);
	});

	it("shows how sure each price is", () => {
		const marks = size("wizamart", "small").components.map((each) => [each.name, each.priceMark]);
		expect(Object.fromEntries(marks)).toMatchObject({ app: "A", database: "C", network: null });
	});
});

describe("why a size was chosen", () => {
	it("names the requirement and what the next cheaper sizes lack", () => {
		const app = component(size("wizamart", "small"), "app");
		expect(app.why).toBe("the cheapest with 4 vCPU and 8 GiB, a root disk of 80 GB at least");
		expect(app.rejected).toEqual([
			{ sku: "c-2", because: "2 vCPU are less than the 4 required" },
			{ sku: "s-2vcpu-8gb-amd", because: "2 vCPU are less than the 4 required" },
			{ sku: "c2-2vcpu-4gb", because: "2 vCPU are less than the 4 required" },
		]);
	});

	it("says that smaller machines, so many times, cost more", () => {
		const app = component(size("wizamart", "large"), "app");
		expect(app.why).toBe(
			"the cheapest with 8 vCPU and 32 GiB in total over 2 to 4 hosts, 4 vCPU and 8 GiB at least each, a root disk of 200 GB at least",
		);
		const cheaper = component(size("billify", "optimise", { provider: "aws" }), "app").rejected;
		expect(cheaper.map((each) => each.because)).toContain("4 of them cost $303.36, 2 of r5.large cost $195.48");
	});

	it("names the database's requirement", () => {
		expect(component(size("wizamart", "medium"), "database").why).toBe(
			"the cheapest with 0.6 GiB, 9 GB of storage, 12 connections, 1 standby node",
		);
		expect(component(size("wizamart", "medium"), "database").rejected).toEqual([
			{ sku: "db-s-1vcpu-1gb", because: "it cannot have a standby" },
		]);
	});
});
