import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DatabaseRow, MachineRow } from "../../src/catalog/rows.ts";
import { UserError } from "../../src/errors.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import {
	chooseDatabase,
	type DatabaseNeed,
	databaseShortfall,
	priceDatabase,
} from "../../src/sizing/chooseDatabase.ts";
import { chooseMachine, type MachineNeed } from "../../src/sizing/chooseMachine.ts";
import { rulesFor } from "../../src/sizing/providers.ts";
import { recommendTier } from "../../src/sizing/recommendTier.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { ladder, request } from "./requests.ts";

const NAMES = ladderNames("tiers");
const REGIONS = { digitalocean: "fra1", aws: "us-east-1" } as const;

/** A tier of any ladder on a provider that can carry it. */
const place = fc
	.constantFrom(...NAMES.flatMap((name) => ladder(name).tiers.map((tier) => ({ name, tier }))))
	.chain(({ name, tier }) => fc.constantFrom(...PROVIDERS).map((provider) => ({ name, tier, provider })))
	.filter(({ tier, provider }) => !(tier.database.kind === "aurora" && provider === "digitalocean"));

/** A workload: each metric by chance, as a share of what the tier is sized for. */
function workloadOf(name: string, sizeFor: number, most: number) {
	const measure = ladder(name).measure;
	const shares = Object.fromEntries(
		ladder(name).metrics.map((metric) => [
			metric.name,
			fc.double({ min: 0, max: most, noNaN: true }).map((share) => share * sizeFor * (metric.perMeasure ?? 0)),
		]),
	);
	const required = [measure];
	return fc.record(shares, { requiredKeys: required });
}

const loaded = (most: number) =>
	place.chain((at) => workloadOf(at.name, at.tier.sizeFor, most).map((workload) => ({ ...at, workload })));
const floors = fc.constantFrom("tier" as const, "ignore" as const);

function sized(name: string, tier: string, provider: Provider, told: Parameters<typeof request>[2]): Blueprint | null {
	try {
		return sizeTier(request(name, tier, { provider, ...told }));
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}

const find = (blueprint: Blueprint, role: string, name: string): Component | undefined =>
	blueprint.components.find((each) => each.role === role && each.name === name);

describe("sizing", () => {
	it("is total: up to its range every workload is sized, beyond it is sized or refused in one sentence", () => {
		fc.assert(
			fc.property(loaded(1), floors, ({ name, tier, provider, workload }, floor) => {
				expect(sized(name, tier.id, provider, { workload, floors: floor })).not.toBeNull();
			}),
			{ numRuns: 150 },
		);
		fc.assert(
			fc.property(loaded(1e6), floors, ({ name, tier, provider, workload }, floor) => {
				try {
					sizeTier(request(name, tier.id, { provider, workload, floors: floor }));
				} catch (error) {
					expect(error).toBeInstanceOf(UserError);
					if (error instanceof UserError) expect(error.problems).toHaveLength(1);
				}
			}),
			{ numRuns: 150 },
		);
	});

	it("is deterministic: the same request gives the same bytes", () => {
		fc.assert(
			fc.property(loaded(3), ({ name, tier, provider, workload }) => {
				const bytes = () => JSON.stringify(sized(name, tier.id, provider, { workload }));
				expect(bytes()).toBe(bytes());
			}),
			{ numRuns: 60 },
		);
	});

	it("is monotonic: more of anything never buys less", () => {
		const grown = loaded(2).chain((at) =>
			fc.double({ min: 1, max: 3, noNaN: true }).map((factor) => ({
				...at,
				more: Object.fromEntries(Object.entries(at.workload).map(([key, value]) => [key, value * factor])),
			})),
		);
		fc.assert(
			fc.property(grown, floors, ({ name, tier, provider, workload, more }, floor) => {
				const small = sized(name, tier.id, provider, { workload, floors: floor });
				const large = sized(name, tier.id, provider, { workload: more, floors: floor });
				if (small === null) expect(large).toBeNull();
				if (small === null || large === null) return;
				for (const component of small.components) {
					const bigger = find(large, component.role, component.name);
					expect(bigger, component.name).toBeDefined();
					if (bigger !== undefined) expectNoLess(component, bigger);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it("crosses no warning with any workload, unless the plan names what is too small", () => {
		fc.assert(
			fc.property(loaded(5), floors, ({ name, tier, provider, workload }, floor) => {
				const blueprint = sized(name, tier.id, provider, { workload, floors: floor });
				if (blueprint === null || blueprint.notes.some((note) => note.includes("though"))) return;
				for (const line of blueprint.headroom) {
					expect(line.used, `${line.role}.${line.metric}`).toBeLessThanOrEqual(line.warnAt * (1 + 1e-9));
				}
			}),
			{ numRuns: 150 },
		);
	});

	it("counts what every further host takes for itself", () => {
		const blueprint = sized("billify", "optimise", "aws", { workload: { users: 161 } });
		const line = blueprint?.headroom.find(({ role, metric }) => role === "app" && metric === "memoryGib");
		expect(line?.used ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(line?.warnAt ?? 0);
	});

	it("reaches every tier: a load in a tier's range is recommended that tier, with a way to the last", () => {
		fc.assert(
			fc.property(place, fc.double({ min: 0, max: 1, noNaN: true }), ({ name, tier, provider }, share) => {
				const own = ladder(name);
				const top = tier.upTo ?? tier.sizeFor;
				const load = tier.above + Math.max(1e-6, share) * (top - tier.above);
				const { tier: _, ...rest } = request(name, tier.id, { provider, workload: { [own.measure]: load } });
				const found = recommendTier(rest);
				expect(found.tier).toBe(tier.id);
				const next = own.tiers[own.tiers.indexOf(tier) + 1];
				expect(found.transition?.tier ?? null).toBe(next?.id ?? null);
				expect(found.blueprint.nextTier?.tier ?? null).toBe(next?.id ?? null);
			}),
			{ numRuns: 100 },
		);
	});
});

/** Price and size never fall; what had no price stays without. */
function expectNoLess(small: Component, large: Component): void {
	if (small.monthlyUsd === null) expect(large.monthlyUsd).toBeNull();
	if (small.monthlyUsd !== null && large.monthlyUsd !== null) {
		expect(large.monthlyUsd + 0.01, small.name).toBeGreaterThanOrEqual(small.monthlyUsd);
	}
	for (const key of ["storageGb"]) {
		const [before, after] = [small.settings[key], large.settings[key]];
		if (typeof before === "number" && typeof after === "number") expect(after).toBeGreaterThanOrEqual(before);
	}
}

const machineNeed: fc.Arbitrary<MachineNeed> = fc.record({
	vcpu: fc.double({ min: 0, max: 300, noNaN: true }),
	memoryGib: fc.double({ min: 0, max: 1200, noNaN: true }),
	memory: fc.record({
		sharedGib: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 600, noNaN: true })),
		perHostGib: fc.constantFrom(0, 0.5, 3),
	}),
	each: fc.record({
		vcpu: fc.constantFrom(0, 1, 2, 4, 8),
		memoryGib: fc.constantFrom(0, 1, 4, 8, 16),
	}),
	diskGb: fc.constantFrom(0, 25, 80, 160, 400),
	hosts: fc
		.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 }))
		.map(([min, more]) => ({ min, max: min + more })),
	rootDiskUsd: fc.constantFrom(0, 2, 11.52),
	elastic: fc.boolean(),
	region: fc.constant("fra1"),
});

describe("the choice of a machine", () => {
	it.each(PROVIDERS)(
		"is minimal on %s: no other machine, as many times as a usual day takes, does it for less",
		(provider) => {
			const { machines } = catalogFor(provider);
			const { host } = rulesFor(provider);
			const can = (row: MachineRow, hosts: number, need: MachineNeed) =>
				row.arch === host.arch &&
				(row.regions === null || row.regions.includes(need.region)) &&
				row.vcpu >= need.each.vcpu &&
				row.memoryGib >= need.each.memoryGib &&
				(row.diskGb === null || row.diskGb >= need.diskGb) &&
				row.vcpu * hosts >= need.vcpu - 1e-9 &&
				row.memoryGib * hosts >= need.memoryGib - 1e-9 &&
				(row.memoryGib - need.memory.perHostGib) * hosts >= need.memory.sharedGib - 1e-9;
			fc.assert(
				fc.property(machineNeed, (need) => {
					let least = Number.POSITIVE_INFINITY;
					let possible = false;
					for (const row of machines) {
						for (let hosts = need.hosts.min; hosts <= need.hosts.max; hosts += 1) {
							if (!can(row, hosts, need)) continue;
							possible = true;
							const usual = need.elastic ? need.hosts.min : hosts;
							least = Math.min(least, ((row.monthlyUsd ?? Number.POSITIVE_INFINITY) + need.rootDiskUsd) * usual);
						}
					}
					const choice = chooseMachine(machines, host, need);
					expect(choice !== null).toBe(possible);
					if (choice === null) return;
					expect(can(choice.row, choice.count.max, need)).toBe(true);
					const paid = ((choice.row.monthlyUsd ?? Number.POSITIVE_INFINITY) + need.rootDiskUsd) * choice.count.min;
					expect(paid).toBe(least);
				}),
				{ numRuns: 150 },
			);
		},
	);
});

const databaseNeed = (provider: Provider): fc.Arbitrary<DatabaseNeed> =>
	fc.record({
		engine: fc.constantFrom("postgres" as const, "mysql" as const),
		kind: fc.constant("instance" as const),
		vcpu: fc.constantFrom(0, 1, 2, 4, 8, 16),
		memoryGib: fc.double({ min: 0, max: 300, noNaN: true }),
		storageGb: fc.integer({ min: 0, max: 2000 }),
		connections: fc.integer({ min: 0, max: 1500 }),
		iops: fc.constantFrom(null, 3000, 10_000, 20_000),
		standbyNodes: fc.integer({ min: 0, max: provider === "aws" ? 1 : 2 }),
		region: fc.constant(REGIONS[provider]),
	});

describe("the choice of a database", () => {
	it.each(PROVIDERS)("is minimal on %s, storage and standbys counted", (provider) => {
		const catalog = catalogFor(provider);
		const rules = rulesFor(provider).database;
		const total = (row: DatabaseRow, need: DatabaseNeed): number | null => {
			const storage = rules.storage(row, need.storageGb, need.iops, catalog);
			if (typeof storage === "string") return null;
			return priceDatabase(row, storage, 1 + need.standbyNodes).reduce(
				(sum, item) => sum + (item.usd ?? Number.POSITIVE_INFINITY),
				0,
			);
		};
		fc.assert(
			fc.property(databaseNeed(provider), (need) => {
				const fits = catalog.databases.flatMap((row) => {
					const right = row.engine === need.engine && row.kind === need.kind && databaseShortfall(row, need) === null;
					const usd = right ? total(row, need) : null;
					return usd === null ? [] : [usd];
				});
				const choice = chooseDatabase(catalog, rules, need);
				expect(choice !== null).toBe(fits.length > 0);
				if (choice !== null) expect(total(choice.row, need)).toBe(Math.min(...fits));
			}),
			{ numRuns: 150 },
		);
	});
});
