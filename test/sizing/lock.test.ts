import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogFor, serviceRow } from "../../src/catalog/catalog.ts";
import type { Catalog } from "../../src/catalog/rows.ts";
import { UserError } from "../../src/errors.ts";
import { ladderFolder } from "../../src/knownWords.ts";
import { lockStack, sizeStack } from "../../src/sizeStack.ts";
import { chosenOf } from "../../src/sizing/chosen.ts";
import { applyLock } from "../../src/sizing/lock/applyLock.ts";
import {
	isCurrent,
	type Lock,
	type LockedComponent,
	lockKeyOf,
	lockOf,
	renderLock,
	staleBecause,
} from "../../src/sizing/lock/lock.ts";
import { parseLock } from "../../src/sizing/lock/parseLock.ts";
import { sizeTier, sizeWithBill } from "../../src/sizing/sizeTier.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { stackConfig } from "../builders/config.ts";
import { component, ladder, request, size } from "./requests.ts";

/** Every tier that a provider can carry. */
const PLACES = ladderNames("tiers").flatMap((name) =>
	ladder(name).tiers.flatMap(({ id: tier, database }) =>
		PROVIDERS.filter((provider) => !(database.kind === "aurora" && provider === "digitalocean")).map((provider) => ({
			name,
			tier,
			provider,
		})),
	),
);

function lockFor(name: string, tier: string, provider: Provider = "digitalocean"): Lock {
	const asked = request(name, tier, { provider });
	const key = lockKeyOf(stackConfig({ ladder: name, tier, provider, region: asked.region }));
	return lockOf(key, sizeWithBill(asked));
}

const locked = (name: string, tier: string, catalog: Catalog = catalogFor("digitalocean")) =>
	applyLock(lockFor(name, tier, catalog.provider), catalog, ladder(name));

describe("a lock", () => {
	it.each(PLACES)("gives the blueprint it was made from: $name $tier on $provider", ({ name, tier, provider }) => {
		const fresh = sizeTier(request(name, tier, { provider }));
		const again = locked(name, tier, catalogFor(provider));
		expect(again).toEqual({
			...fresh,
			components: fresh.components.map((each) => ({ ...each, rejected: [] })),
		});
	});

	it.each(PLACES)("is the same after it was written and read: $name $tier on $provider", ({ name, tier, provider }) => {
		const lock = lockFor(name, tier, provider);
		const text = renderLock(lock);
		expect(text.endsWith("}\n")).toBe(true);
		const read = parseLock(text, "tierstack.prod.lock.json");
		expect(read).toEqual(lock);
		expect(renderLock(read)).toBe(text);
	});

	it("holds no price", () => {
		for (const { name, tier, provider } of PLACES) {
			const text = renderLock(lockFor(name, tier, provider));
			expect(text).not.toMatch(/Usd"|"cost"|priceMark/);
			const priceless = withPrices(catalogFor(provider), () => null);
			const bare = applyLock(lockFor(name, tier, provider), priceless, ladder(name));
			expect(bare.components.filter(({ monthlyUsd }) => (monthlyUsd ?? 0) > 0)).toEqual([]);
		}
	});

	it("holds for exactly what sizing reads of the stack file", () => {
		const config = stackConfig({ ladder: "wizamart", tier: "small" });
		const lock = { ...lockFor("wizamart", "small"), for: lockKeyOf(config) };
		const holds = (rest: Parameters<typeof stackConfig>[0]) =>
			isCurrent(lock, lockKeyOf(stackConfig({ ladder: "wizamart", tier: "small", ...rest })));
		expect(holds({})).toBe(true);
		expect(holds({ protect: "all", domains: ["a.example.com"], apply: "window" })).toBe(true);
		expect(holds({ tier: "medium" })).toBe(false);
		expect(holds({ workload: { clients: 80 } })).toBe(false);
		expect(holds({ months: 6 })).toBe(false);
		expect(holds({ edge: "cloudflare" })).toBe(false);
		expect(holds({ pins: [{ path: "app.count", value: 2, until: null }] })).toBe(false);
	});

	it("a pin may last longer, or stand elsewhere in the list, without a new lock", () => {
		const count = { path: "app.count", value: 2 };
		const sku = { path: "database.sku", value: "db-s-1vcpu-2gb" };
		const key = lockKeyOf(
			stackConfig({ pins: [count, sku].map((pin) => ({ ...pin, until: "2026-09-01" })), ladder: "wizamart" }),
		);
		const later = [sku, count].map((pin) => ({ ...pin, until: "2027-09-01" }));
		expect(
			isCurrent(
				{ ...lockFor("wizamart", "small"), for: key },
				lockKeyOf(stackConfig({ pins: later, ladder: "wizamart" })),
			),
		).toBe(true);
	});

	it("says what it was made for and is no longer", () => {
		const lock = lockFor("wizamart", "small");
		const now = stackConfig({ ladder: "wizamart", tier: "medium", workload: { clients: 80 } });
		expect(staleBecause(lock, lockKeyOf(now))).toBe("tier small -> medium, workload");
	});
});

describe("a locked blueprint survives any edit of the catalog", () => {
	/** For each row: leave it, take it away, or give it another price or none. */
	const edit = fc.constantFrom("same", "gone", "unpriced", "dearer", "cheaper");
	const catalogEdit = fc.record({ seeds: fc.array(edit, { minLength: 1, maxLength: 40 }), whole: fc.boolean() });

	it("same sizes, counts and settings; unpriced where a row is gone, never a crash", () => {
		fc.assert(
			fc.property(fc.constantFrom(...PLACES), catalogEdit, ({ name, tier, provider }, { seeds, whole }) => {
				const catalog = edited(catalogFor(provider), whole ? ["gone"] : seeds);
				const before = locked(name, tier, catalogFor(provider));
				const after = locked(name, tier, catalog);
				expect(withoutMoney(after)).toEqual(withoutMoney(before));
				const sum = after.components.reduce((total, each) => total + (each.monthlyUsd ?? 0), 0);
				expect(after.cost.monthly).toBeCloseTo(sum, 2);
				expect(after.cost.atLeast).toBe(after.cost.coverage.unpriced > 0);
				expect(after.components.every(({ monthlyUsd }) => monthlyUsd === null || monthlyUsd >= 0)).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	it("a cheaper and larger size of every kind, put on sale tomorrow, is not taken", () => {
		fc.assert(
			fc.property(fc.constantFrom(...PLACES), ({ name, tier, provider }) => {
				const catalog = catalogFor(provider);
				const bargain = <Row extends { readonly sku: string; readonly monthlyUsd: number | null }>(
					rows: readonly Row[],
				) => rows.map((row) => ({ ...row, sku: `${row.sku}-bargain`, monthlyUsd: 0.01 }));
				const richer: Catalog = {
					...catalog,
					machines: [...bargain(catalog.machines), ...catalog.machines],
					databases: [...bargain(catalog.databases), ...catalog.databases],
					caches: [...bargain(catalog.caches), ...catalog.caches],
				};
				const fresh = sizeTier({ ...request(name, tier, { provider }), catalog: richer });
				expect(locked(name, tier, richer)).toEqual(locked(name, tier, catalog));
				// The edit is one that sizing afresh would follow, unless the plan names every size itself.
				const named = fresh.components.filter(({ sku }) => sku.endsWith("-bargain")).length;
				const sizes = fresh.components.filter(({ vcpu, why }) => vcpu !== null && !why.startsWith("the plan names"));
				expect(named > 0 || sizes.length === 0, `${name} ${tier}`).toBe(true);
			}),
			{ numRuns: 40 },
		);
	});

	it("a dearer machine costs more and stays; a machine that is no longer sold stays without a price", () => {
		const catalog = catalogFor("digitalocean");
		const { sku, monthlyUsd } = component(locked("wizamart", "small"), "app");
		const machines = (change: (usd: number) => number | null) =>
			catalog.machines.map((row) =>
				row.sku === sku && row.monthlyUsd !== null ? { ...row, monthlyUsd: change(row.monthlyUsd) } : row,
			);
		const dearer = locked("wizamart", "small", { ...catalog, machines: machines((usd) => usd * 10) });
		expect(component(dearer, "app")).toMatchObject({ sku, monthlyUsd: (monthlyUsd ?? 0) * 10 });
		const gone = locked("wizamart", "small", { ...catalog, machines: [] });
		expect(component(gone, "app")).toMatchObject({ sku, monthlyUsd: null, priceMark: null });
		expect(gone.cost.atLeast).toBe(true);
		expect(gone.cost.coverage.unpricedIds).toContain(`app: ${sku}`);
	});

	it("a tier that the ladder no longer has is priced without the plan's own range", () => {
		const own = ladder("wizamart");
		const shorter = { ...own, tiers: own.tiers.filter(({ id }) => id !== "small") };
		const blueprint = applyLock(lockFor("wizamart", "small"), catalogFor("digitalocean"), shorter);
		expect(blueprint.cost.documented).toBeNull();
		expect(blueprint.cost.monthly).toBe(locked("wizamart", "small").cost.monthly);
	});
});

describe("a locked blueprint survives any edit of its ladder", () => {
	const grown = fc.record({
		factor: fc.double({ min: 0.1, max: 20, noNaN: true }),
		engine: fc.constantFrom("16", "18"),
		dropTier: fc.boolean(),
		swapGib: fc.integer({ min: 0, max: 8 }),
	});

	it("floors, formulas, versions, thresholds and tiers may change: sizes, settings and headroom stay", () => {
		fc.assert(
			fc.property(fc.constantFrom(...PLACES), grown, ({ name, tier, provider }, edit) => {
				const own = ladder(name);
				const times = (value: number | null) => (value === null ? null : value * edit.factor);
				const tiers = own.tiers
					.filter(({ id }) => !(edit.dropTier && id === tier))
					.map((each) => ({
						...each,
						app: { ...each.app, vcpu: times(each.app.vcpu), memoryGib: times(each.app.memoryGib), machine: {} },
						dataGb: times(each.dataGb),
						database: { ...each.database, version: edit.engine, memoryGib: times(each.database.memoryGib) },
					}));
				const edited = {
					...own,
					tiers,
					swapGib: edit.swapGib,
					demand: own.demand.map((each) => ({ ...each, fixed: each.fixed * edit.factor })),
					thresholds: { ...own.thresholds, diskPercent: { warning: 30, critical: 40 } },
				};
				const catalog = catalogFor(provider);
				const lock = lockFor(name, tier, provider);
				expect(withoutMoney(applyLock(lock, catalog, edited))).toEqual(withoutMoney(applyLock(lock, catalog, own)));
			}),
			{ numRuns: 60 },
		);
	});
});

describe("what is chosen once", () => {
	const ladders = ladderFolder("tiers");
	/** The catalog of some later day: new clusters begin with another minor. */
	const later = (provider: Provider): Catalog => {
		const catalog = catalogFor(provider);
		const services = catalog.services.map((row) => (row.version === undefined ? row : { ...row, version: "1.99" }));
		return { ...catalog, services };
	};
	const clusters = [
		["opex-manager", "large", "aws"],
		["opex-manager", "large", "digitalocean"],
	] as const;

	it.each(clusters)(
		"the Kubernetes minor of %s %s on %s: a later default moves no locked stack",
		(name, tier, provider) => {
			const born = component(locked(name, tier, catalogFor(provider)), "app", "cluster").settings.version;
			expect(born).toBe(serviceRow(catalogFor(provider), "kubernetes-control-plane").version);
			expect(born).toMatch(/^1\.\d+$/);
			expect(component(locked(name, tier, later(provider)), "app", "cluster").settings.version).toBe(born);
			const fresh = sizeTier({ ...request(name, tier, { provider }), catalog: later(provider) });
			expect(component(fresh, "app", "cluster").settings.version).toBe("1.99");
		},
	);

	it.each(clusters)("and it goes along to the next tier: %s %s on %s", (name, tier, provider) => {
		const before = sizeTier(request(name, tier, { provider }));
		const above = { ...request(name, "enterprise", { provider }), catalog: later(provider) };
		const moved = sizeTier({ ...above, chosen: chosenOf(before, true) });
		expect(component(moved, "app", "cluster").settings.version).toBe(
			component(before, "app", "cluster").settings.version,
		);
	});

	it("read replicas that only grow keep the nodes that a measured load once asked for", () => {
		const measured = { provider: "digitalocean", workload: { users: 0, records: 200_000.000_001 } } as const;
		const before = size("opex-manager", "large", measured);
		const moved = size("opex-manager", "enterprise", { ...measured, chosen: chosenOf(before, true) });
		const [was, is] = [component(before, "database", "replica"), component(moved, "database", "replica")];
		expect(is.vcpu).toBeGreaterThanOrEqual(was.vcpu ?? Number.POSITIVE_INFINITY);
		expect(is.memoryGib).toBeGreaterThanOrEqual(was.memoryGib ?? Number.POSITIVE_INFINITY);
		const anew = size("opex-manager", "enterprise", measured);
		expect(component(anew, "database", "replica").vcpu, "a new stack need not").toBeLessThan(was.vcpu ?? 0);
	});

	it("majors of managed engines go along, unless the plan asks for a newer one; they never go back", () => {
		const before = size("wizamart", "small", { pins: [{ path: "database.version", value: "16", until: null }] });
		const at = (version: string | null, pinned: string) => {
			const own = ladder("wizamart");
			const tiers = own.tiers.map((each) => ({ ...each, database: { ...each.database, version } }));
			const from = size("wizamart", "small", { pins: [{ path: "database.version", value: pinned, until: null }] });
			const moved = size("wizamart", "medium", { ladder: { ...own, tiers }, chosen: chosenOf(from, true) });
			return component(moved, "database").settings.version;
		};
		expect(component(before, "database").settings.version).toBe("16");
		expect(at(null, "16")).toBe("16");
		expect(at("17", "16")).toBe("17");
		expect(at("17", "18")).toBe("18");
	});

	it("an engine on the host has the major of its system, locked with the image", () => {
		const host = locked("django", "10k");
		expect(component(host, "database")).toMatchObject({
			sku: "on-host",
			settings: { engine: "postgres", version: "14" },
		});
		const other = { ...ladder("django"), os: "ubuntu-24.04" };
		expect(component(size("django", "10k", { ladder: other }), "database").settings.version).toBe("16");
		const edited = applyLock(lockFor("django", "10k"), catalogFor("digitalocean"), other);
		expect(component(edited, "database").settings.version).toBe("14");
		expect(component(edited, "app").settings.image).toBe("ubuntu-22-04-x64");
		const before = size("django", "1k");
		const moved = size("django", "10k", { ladder: other, chosen: chosenOf(before, true) });
		expect(component(moved, "database").settings.version).toBe("14");
		expect(component(moved, "app").settings.image).toBe("ubuntu-22-04-x64");
		expect(component(size("plotpro", "starter"), "database").settings.version).toBe("8.0");
	});

	it("a hand-edited tier line and a promotion keep it; sizing afresh on the same tier, and another cloud, do not", () => {
		const config = stackConfig({ ladder: "wizamart", tier: "small" });
		const old = lockStack(config, ladders);
		const aged = {
			...old,
			blueprint: {
				...old.blueprint,
				components: old.blueprint.components.map((each) =>
					each.role === "database" ? { ...each, settings: { ...each.settings, version: "18" } } : each,
				),
			},
		};
		const raised = { ...config, tier: "medium" };
		const version = (blueprint: { components: readonly LockedComponent[] }) =>
			blueprint.components.find(({ role }) => role === "database")?.settings.version;
		expect(version(sizeStack(raised, ladders, aged))).toBe("18");
		expect(version(lockStack(raised, ladders, aged).blueprint)).toBe("18");
		expect(version(sizeStack(config, ladders, aged))).toBe("18");
		expect(version(lockStack(config, ladders, aged).blueprint)).toBe("17");
		const elsewhere = { ...raised, provider: "aws", region: "us-east-1" } as const;
		expect(version(sizeStack(elsewhere, ladders, aged))).toBe("17");
	});
});

describe("a lock that cannot be read is told in one sentence", () => {
	const text = renderLock(lockFor("billify", "mvp"));
	it.each([
		["half a file", text.slice(0, 200), "no JSON"],
		["a merge left undone", `<<<<<<< HEAD\n${text}`, "a merge was left undone"],
		["a later schema", text.replace("tierstack.lock/1", "tierstack.lock/2"), "schema: "],
		["a figure that is none", text.replace(/"vcpu": \d+/, '"vcpu": "two"'), "vcpu: "],
		["another tier inside", text.replace('"tier": "mvp"', '"tier": "growth"'), "it was made for tier"],
		["nothing of a lock", "[]", "expected object"],
	])("%s", (_what, broken, told) => {
		expect(broken).not.toBe(text);
		try {
			parseLock(broken, "tierstack.prod.lock.json");
			expect.unreachable();
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			expect(error.problems).toHaveLength(1);
			expect(error.message).toContain("tierstack.prod.lock.json: is no lock that can be read");
			expect(error.message).toContain(told);
			expect(error.message).toMatch(/write it anew: tierstack promote prod --resize$/);
		}
	});
});

function withPrices(catalog: Catalog, change: (usd: number | null) => number | null): Catalog {
	const monthly = <Row extends { readonly monthlyUsd: number | null }>(rows: readonly Row[]) =>
		rows.map((row) => ({ ...row, monthlyUsd: change(row.monthlyUsd) }));
	return {
		...catalog,
		machines: monthly(catalog.machines),
		databases: monthly(catalog.databases).map((row) => ({ ...row, storageUsdPerGb: change(row.storageUsdPerGb) })),
		caches: monthly(catalog.caches),
		services: catalog.services.map((row) => ({ ...row, usd: change(row.usd) })),
	};
}

type RowEdit = "same" | "gone" | "unpriced" | "dearer" | "cheaper";

function edited(catalog: Catalog, edits: readonly RowEdit[]): Catalog {
	const priced = (change: (usd: number | null) => number | null) => withPrices(catalog, change);
	const catalogs: Readonly<Record<Exclude<RowEdit, "gone">, Catalog>> = {
		same: catalog,
		unpriced: priced(() => null),
		dearer: priced((usd) => (usd === null ? null : usd * 7)),
		cheaper: priced((usd) => (usd === null ? null : usd / 7)),
	};
	const pick = <Row>(rowsOf: (from: Catalog) => readonly Row[]): Row[] =>
		rowsOf(catalog).flatMap((_row, index) => {
			const edit = edits[index % edits.length] ?? "same";
			return edit === "gone" ? [] : rowsOf(catalogs[edit]).slice(index, index + 1);
		});
	return {
		provider: catalog.provider,
		machines: pick((from) => from.machines),
		databases: pick((from) => from.databases),
		caches: pick((from) => from.caches),
		services: pick((from) => from.services),
		regions: pick((from) => from.regions),
	};
}

function withoutMoney(blueprint: ReturnType<typeof applyLock>) {
	const { cost: _cost, components, ...rest } = blueprint;
	const bare = components.map(
		({ unitMonthlyUsd: _unit, monthlyUsd: _month, maxMonthlyUsd: _most, priceMark: _mark, ...kept }) => kept,
	);
	return { ...rest, components: bare };
}
