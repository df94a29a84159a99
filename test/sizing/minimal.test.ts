import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogFor, monthlyUnitUsd, serviceRow } from "../../src/catalog/catalog.ts";
import type { CacheRow, MachineRow } from "../../src/catalog/rows.ts";
import { UserError } from "../../src/errors.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import { type DatabaseNeed, databaseShortfall } from "../../src/sizing/chooseDatabase.ts";
import { rulesFor } from "../../src/sizing/providers.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { ladder, size } from "./requests.ts";

/*
 * Nothing cheaper on sale meets what a blueprint was sized for: each role of a whole blueprint is held against every row
 * of the catalog by a search of its own, which knows the requirements and not how sizing finds its way.
 */

const FULL = Number.POSITIVE_INFINITY;

const TIERS = ladderNames("tiers").flatMap((name) => ladder(name).tiers.map(({ id }) => ({ name, tier: id })));

interface Sized {
	readonly blueprint: Blueprint;
	readonly own: ReturnType<typeof freed>;
	readonly tier: ReturnType<typeof freed>["tiers"][number];
	readonly share: number;
	readonly provider: Provider;
}

function freed(name: string) {
	const own = ladder(name);
	return {
		...own,
		tiers: own.tiers.map((tier) => ({
			...tier,
			app: { ...tier.app, machine: {} },
			worker: tier.worker === null ? null : { ...tier.worker, machine: {} },
			database: { ...tier.database, machine: {} },
			cache: tier.cache === null ? null : { ...tier.cache, machine: {} },
			cluster: tier.cluster === null ? null : { ...tier.cluster, machine: {} },
		})),
	};
}

function sized(at: { name: string; tier: string }, provider: Provider, share: number): Sized | null {
	const own = freed(at.name);
	const tier = own.tiers.find(({ id }) => id === at.tier);
	if (tier === undefined) throw new Error(`no tier ${at.tier}`);
	try {
		const workload = { [own.measure]: tier.sizeFor * share };
		return { blueprint: size(at.name, at.tier, { ladder: own, provider, workload }), own, tier, share, provider };
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}

const find = ({ components }: Blueprint, role: string, name: string): Component | undefined =>
	components.find((each) => each.role === role && each.name === name);
const figure = (value: unknown): number => (typeof value === "number" ? value : 0);
const usd = (row: { readonly monthlyUsd: number | null }) => row.monthlyUsd ?? FULL;

/** Holds a role to be the cheapest at any load, in every tier of both providers that has it. */
function everywhere(role: string, name: string, hold: (sized: Sized, component: Component) => void): void {
	for (const provider of PROVIDERS) {
		const having = TIERS.filter((at) => {
			const found = sized(at, provider, 1);
			return found !== null && find(found.blueprint, role, name) !== undefined;
		});
		expect(having.length, `${role}/${name} on ${provider}`).toBeGreaterThan(0);
		fc.assert(
			fc.property(fc.constantFrom(...having), fc.double({ min: 0.05, max: 4, noNaN: true }), (at, share) => {
				const found = sized(at, provider, share);
				const component = found === null ? undefined : find(found.blueprint, role, name);
				// Above what is on sale nothing is sized; up to its own top every tier is.
				if (share <= 1) expect(component).toBeDefined();
				if (found !== null && component !== undefined) hold(found, component);
			}),
			{ numRuns: 60 },
		);
	}
}

describe("sizing is minimal", () => {
	it("caches: no other node of the engine holds the plan's memory and the data for less", () => {
		everywhere("cache", "cache", ({ blueprint, own, tier, share, provider }, cache) => {
			const shards = figure(cache.settings.shards);
			const floors = tier.cache;
			if (floors === null) throw new Error("a cache without floors");
			const planGib = (floors.memoryGib * Math.max(1, share) * floors.shards) / shards;
			const dataGib = figure(blueprint.demand.cacheGib) / shards / (own.thresholds.memoryPercent.warning / 100);
			const nodes = 1 + figure(cache.settings.standbyNodes);
			const fits = (row: CacheRow) =>
				row.engine === cache.settings.engine &&
				(row.regions === null || row.regions.includes(blueprint.region)) &&
				row.nodes.max >= nodes &&
				row.memoryGib >= planGib - 1e-9 &&
				(row.usableGib === null || row.usableGib >= dataGib - 1e-9);
			const offered = catalogFor(provider).caches.filter(fits);
			const least = Math.min(...offered.map(usd));
			expect(offered.map(({ sku }) => sku)).toContain(cache.sku);
			if (least === FULL) expect(cache.unitMonthlyUsd).toBeNull();
			else expect(cache.unitMonthlyUsd).toBeCloseTo(least * nodes, 1);
		});
	});

	it("queues that a cache serves as: no other node with a standby costs less", () => {
		const held = fc.constantFrom(
			...ladderNames("tiers").flatMap((name) =>
				ladder(name).tiers.flatMap((t) => (t.queue ? [{ name, tier: t.id }] : [])),
			),
		);
		let seen = 0;
		fc.assert(
			fc.property(held, (at) => {
				const found = sized(at, "digitalocean", 1);
				const queue = found === null ? undefined : find(found.blueprint, "queue", "queue");
				if (found === null || queue === undefined) return;
				seen += 1;
				const nodes = 1 + figure(queue.settings.standbyNodes);
				const offered = catalogFor("digitalocean").caches.filter(
					(row) => row.engine === queue.settings.engine && row.nodes.max >= nodes,
				);
				expect(queue.unitMonthlyUsd).toBeCloseTo(Math.min(...offered.map(usd)) * nodes, 1);
			}),
			{ numRuns: 20 },
		);
		expect(seen).toBeGreaterThan(3);
	});

	it("nodes of a cluster: no other machine, as many times as it takes, does it for less", () => {
		everywhere("app", "workers", ({ blueprint, own, tier, share, provider }, nodes) => {
			const floors = tier.cluster;
			if (floors === null) throw new Error("a cluster without floors");
			const level = (name: "cpuPercent" | "memoryPercent") => own.thresholds[name].warning / 100;
			const pods = blueprint.processes;
			const vcpu = pods.reduce((sum, pod) => sum + (pod.cpu ?? 0) * pod.replicas.max, 0) / level("cpuPercent");
			const gib = pods.reduce((sum, pod) => sum + pod.memoryMib * pod.replicas.max, 0) / 1024 / level("memoryPercent");
			const catalog = catalogFor(provider);
			const rules = rulesFor(provider);
			const least = {
				vcpu: Math.max(floors.node.vcpu ?? 0, own.leastHost.vcpu),
				gib: Math.max(floors.node.memoryGib ?? 0, own.leastHost.memoryGib),
			};
			expect(nodes.count.min).toBe(Math.max(1, Math.ceil(floors.nodes.min * Math.max(1, share) - 1e-9)));
			const fits = (row: MachineRow) =>
				row.arch === rules.host.arch &&
				!rules.host.shunned.includes(row.family) &&
				(row.regions === null || row.regions.includes(blueprint.region)) &&
				row.vcpu >= least.vcpu &&
				row.memoryGib >= least.gib &&
				row.vcpu * nodes.count.max >= vcpu - 1e-6 &&
				row.memoryGib * nodes.count.max >= gib - 1e-6;
			const offered = catalog.machines.filter(fits);
			const diskUsd =
				rules.host.rootDiskGb === null
					? 0
					: rules.host.rootDiskGb * (monthlyUnitUsd(serviceRow(catalog, "volume")) ?? FULL);
			// Money of a cluster is its nodes': as many as the load needs of each kind.
			const price = (row: MachineRow) =>
				(usd(row) + diskUsd) *
				Math.max(nodes.count.min, Math.ceil(vcpu / row.vcpu - 1e-6), Math.ceil(gib / row.memoryGib - 1e-6));
			const taken = offered.find(({ sku }) => sku === nodes.sku);
			expect(taken, nodes.sku).toBeDefined();
			if (taken !== undefined) expect(price(taken)).toBeCloseTo(Math.min(...offered.map(price)), 2);
		});
	});

	it("read replicas: no plan that is as large as the primary costs less", () => {
		everywhere("database", "replica", ({ blueprint, provider }, replica) => {
			const primary = find(blueprint, "database", "database");
			if (primary === undefined) throw new Error("a replica without a primary");
			const { engine } = primary.settings;
			if (engine !== "postgres" && engine !== "mysql") throw new Error(`replicas of ${engine}`);
			const need: DatabaseNeed = {
				engine,
				kind: primary.settings.kind === "aurora" ? "aurora" : "instance",
				vcpu: primary.vcpu ?? 0,
				memoryGib: primary.memoryGib ?? 0,
				storageGb: primary.diskGb ?? 0,
				connections: figure(primary.settings.maxConnections),
				iops: null,
				standbyNodes: 0,
				region: blueprint.region,
			};
			const offered = catalogFor(provider).databases.filter(
				(row) => row.engine === engine && row.kind === need.kind && databaseShortfall(row, need) === null,
			);
			expect(offered.map(({ sku }) => sku)).toContain(replica.sku);
			const taken = offered.find(({ sku }) => sku === replica.sku);
			expect(usd(taken ?? { monthlyUsd: null })).toBe(Math.min(...offered.map(usd)));
			expect(replica.diskGb).toBe(primary.diskGb);
		});
	});

	it("load balancers: one node fewer would pass its limit, or the plan's number", () => {
		everywhere("load-balancer", "load-balancer", ({ blueprint, own, tier, provider }, balancer) => {
			const limit = rulesFor(provider).edge.loadBalancerNodes;
			const nodes = balancer.count.min;
			expect(balancer.count.max).toBe(nodes);
			if (limit === null) {
				expect(nodes).toBe(1);
				return;
			}
			const load = figure(blueprint.demand.requestsPerSecond) / (own.thresholds.cpuPercent.warning / 100);
			expect(limit.requestsPerSecond * nodes).toBeGreaterThanOrEqual(load - 1e-6);
			const fewer = nodes - 1;
			const tooFew = fewer < (tier.loadBalancer?.nodes ?? 1) || limit.requestsPerSecond * fewer < load;
			expect(tooFew).toBe(true);
		});
	});

	it("volumes: a step smaller would pass the warning, or fall below the plan", () => {
		everywhere("app", "data", ({ blueprint, own, tier, share, provider }, data) => {
			const STEP_GB = 10;
			const used = blueprint.headroom.find(({ role, metric }) => role === "app" && metric === "storageGb")?.used ?? 0;
			const needGb = Math.max(
				(tier.dataGb ?? 0) * Math.max(1, share),
				used / (own.thresholds.diskPercent.warning / 100),
			);
			const gb = figure(data.settings.storageGb);
			expect(gb).toBeGreaterThanOrEqual(needGb - 0.01);
			expect(gb - STEP_GB).toBeLessThan(Math.max(needGb, 0.01));
			const unit = monthlyUnitUsd(serviceRow(catalogFor(provider), "volume")) ?? FULL;
			expect(data.unitMonthlyUsd).toBeCloseTo(gb * unit, 1);
		});
	});
});
