import { describe, expect, it } from "vitest";
import { component, has, size } from "./requests.ts";

describe("wizamart on DigitalOcean, each tier at the top of its range", () => {
	it.each([
		["starter", "single", "s-2vcpu-4gb", 1, 1],
		["small", "split", "s-4vcpu-8gb", 1, 1],
		["medium", "split", "s-4vcpu-16gb-amd", 1, 1],
		["large", "balanced", "s-4vcpu-16gb-amd", 2, 2],
		["scale", "balanced", "s-4vcpu-16gb-amd", 4, 4],
		["enterprise", "autoscaled", "s-4vcpu-16gb-amd", 4, 8],
	])("%s is %s on %s, %i to %i hosts", (tier, layout, sku, min, max) => {
		const blueprint = size("wizamart", tier);
		expect(blueprint.layout).toBe(layout);
		expect(component(blueprint, "app")).toMatchObject({ sku, count: { min, max } });
	});

	it("starter keeps SQLite and uploads on a data volume and its copies in a bucket", () => {
		const starter = size("wizamart", "starter");
		expect(component(starter, "database")).toMatchObject({ sku: "on-host", settings: { engine: "sqlite" } });
		expect(starter.settings.uploads).toBe("volume");
		expect(component(starter, "app", "data").settings.storageGb).toBe(110);
		expect(component(starter, "backup")).toMatchObject({ sku: "bucket", monthlyUsd: 5 });
		expect(has(starter, "files")).toBe(false);
	});

	it("small moves to managed PostgreSQL without a standby, medium to one with a standby for its RTO of 1 h", () => {
		expect(component(size("wizamart", "small"), "database")).toMatchObject({
			sku: "db-s-1vcpu-1gb",
			settings: { engine: "postgres", standbyNodes: 0 },
		});
		expect(component(size("wizamart", "medium"), "database")).toMatchObject({
			sku: "db-s-1vcpu-2gb",
			monthlyUsd: 60.9,
			settings: { standbyNodes: 1 },
		});
	});

	it("from large on there are a load balancer, a cache and uploads in a bucket of the plan's size", () => {
		const sizes = { large: 1000, scale: 2000, enterprise: 4000 };
		for (const [tier, storageGb] of Object.entries(sizes)) {
			const blueprint = size("wizamart", tier);
			expect(blueprint.settings.uploads).toBe("bucket");
			expect(component(blueprint, "files").settings.storageGb).toBe(storageGb);
			expect(component(blueprint, "cache").settings.engine).toBe("valkey");
			expect(has(blueprint, "load-balancer")).toBe(true);
			expect(has(blueprint, "cdn")).toBe(tier !== "large");
			expect(has(blueprint, "app", "data")).toBe(false);
		}
	});

	it("enterprise has two read replicas no smaller than the primary", () => {
		const enterprise = size("wizamart", "enterprise");
		const replica = component(enterprise, "database", "replica");
		expect(replica).toMatchObject({ sku: component(enterprise, "database").sku, count: { min: 2, max: 2 } });
	});
});
