import { describe, expect, it } from "vitest";
import { catalogFor, serviceRow } from "../../src/catalog/catalog.ts";
import { plainConfig } from "../../src/cli/plainConfig.ts";
import { knownWords, ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { sizeWithBill } from "../../src/sizing/sizeTier.ts";
import { compareSides, LADDERS, realTiers } from "../changes/models.ts";
import { component, has, request, size } from "./requests.ts";

/* What a stack declares beside machines and services, and what it comes to. */

const billed = (bill: ReturnType<typeof sizeWithBill>["bill"], row: string): number =>
	bill.filter((line) => line.row === row).reduce((sum, { quantity }) => sum + quantity, 0);

describe("what AWS bills beside the sizes", () => {
	it("secrets and keys: as many as every tier of every ladder declares", async () => {
		let tiers = 0;
		for (const name of LADDERS) {
			for (const { tier, side, config, blueprint } of (await realTiers(name, "aws")).tiers) {
				const told = { ...config, alerts: { ...config.alerts, email: ["ops@example.com"] } };
				const names = { stack: name, project: "tierstack" };
				const { resources } = await buildModel({ blueprint, kept: [], retiring: [], config: told }, names);
				const declaredOf = (type: string) => resources.filter((resource) => resource.type === type).length;
				const { bill } = sizeWithBill(request(name, tier, { provider: "aws" }));
				expect(billed(bill, "secret"), `${name} ${tier}`).toBe(declaredOf("aws:secretsmanager/secret:Secret"));
				expect(billed(bill, "kms-key"), `${name} ${tier}`).toBe(declaredOf("aws:kms/key:Key"));
				const covered = side.state.resources.some(({ type }) => type === "aws:backup/selection:Selection");
				expect(billed(bill, "backup-storage") > 0, `${name} ${tier}`).toBe(covered);
				tiers += 1;
			}
		}
		expect(tiers).toBeGreaterThan(20);
	});

	it("copies in the vault have no confirmed price, so the total reads at least", () => {
		const { cost } = size("wizamart", "small", { provider: "aws" });
		expect(serviceRow(catalogFor("aws"), "backup-storage").usd).toBeNull();
		expect(cost.atLeast).toBe(true);
		expect(cost.coverage.unpricedIds).toContain("backup: backup-storage");
	});

	it("a second region's door: a balancer and its addresses, only where a tier has one", () => {
		const balancers = (tier: string) =>
			billed(sizeWithBill(request("opex-manager", tier, { provider: "aws" })).bill, "load-balancer");
		expect([balancers("large"), balancers("enterprise")]).toEqual([1, 2]);
	});
});

describe("a pool of connections", () => {
	const pin = { pins: [{ path: "database.poolSize", value: 40, until: null }] };

	it("is a line of its own on AWS, whose price nobody confirmed: at least", () => {
		const [plain, pooled] = [
			size("wizamart", "small", { provider: "aws" }),
			size("wizamart", "small", { provider: "aws", ...pin }),
		];
		expect(has(plain, "database", "proxy")).toBe(false);
		expect(component(pooled, "database", "proxy")).toMatchObject({ sku: "database-proxy", monthlyUsd: null });
		expect(pooled.cost.coverage.unpricedIds).toContain("proxy: database-proxy");
		expect(pooled.cost.monthly).toBe(plain.cost.monthly);
		expect(component(pooled, "database").settings.poolSize).toBe(40);
	});

	it("is no unchanged cost in the change set: it has none that is known, and somebody has to accept that", async () => {
		const side = async (told: Parameters<typeof size>[2]) => {
			const blueprint = size("wizamart", "small", { provider: "aws", ...told });
			const config = plainConfig(
				{ ladder: "wizamart", tier: "small", provider: "aws", region: blueprint.region },
				knownWords(ladderFolder("tiers")),
			);
			const names = { stack: "wizamart", project: "tierstack" };
			const state = await buildModel({ blueprint, kept: [], retiring: [], config }, names);
			return { state, blueprint, kept: [] };
		};
		const found = compareSides(await side({}), await side(pin));
		const created = found.changes.find(({ name }) => name === "database-proxy");
		expect(created).toMatchObject({ op: "create", cost: { before: 0, after: null, delta: null } });
		expect(
			found.reasons
				.filter(({ risk }) => risk === "cost")
				.map(({ text }) => text)
				.join(),
		).toContain("proxy");
		expect(found.cost.coverage.unpricedIds).toContain("proxy: database-proxy");
	});

	it("comes with the database on DigitalOcean", () => {
		expect(has(size("wizamart", "small", pin), "database", "proxy")).toBe(false);
	});
});
