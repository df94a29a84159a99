import type { Change, ChangeSet } from "../../src/changes/changeSet.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";

/** A machine as sizing describes it; every field can be told otherwise. */
export function component(told: Partial<Component> = {}): Component {
	return {
		role: "app",
		name: "app",
		sku: "s-2vcpu-4gb",
		count: { min: 1, max: 1 },
		vcpu: 2,
		memoryGib: 4,
		diskGb: 80,
		unitMonthlyUsd: 24,
		monthlyUsd: 24,
		maxMonthlyUsd: 24,
		why: "the cheapest with 2 vCPU and 4 GiB",
		rejected: [{ sku: "s-2vcpu-2gb", because: "2 GiB is less than the 4 GiB required" }],
		settings: {},
		stateful: false,
		priceMark: "A",
		...told,
	};
}

export function blueprint(told: Partial<Blueprint> = {}): Blueprint {
	return {
		schema: "tierstack.blueprint/1",
		ladder: "shop",
		tier: "starter",
		provider: "digitalocean",
		region: "fra1",
		layout: "single",
		workload: { clients: 50 },
		workloadSource: "top-of-range",
		demand: {},
		components: [component()],
		processes: [],
		settings: {},
		cost: {
			currency: "USD",
			base: 24,
			usage: 0,
			monthly: 24,
			maxMonthly: 24,
			atLeast: false,
			byRole: { app: 24 },
			documented: { min: 20, max: 40, currency: "EUR", rate: 1.1, rateDate: "2026-01-02", fit: "within" },
			coverage: { priced: 1, free: 0, unpriced: 0, unpricedIds: [] },
			pricesAsOf: "2026-01-01",
		},
		headroom: [{ role: "app", metric: "memoryGib", used: 2, capacity: 4, warnAt: 3, criticalAt: 3.6 }],
		recovery: [
			{
				scenario: "process-or-node",
				rtoMinutes: 240,
				rpoMinutes: 1440,
				mechanism: "rebuild from user data and the nightly dump",
				basis: "estimate",
				met: true,
			},
		],
		nextTier: { tier: "small", metric: "clients", at: 50 },
		notes: ["the plan counts 600 KB a product"],
		...told,
	};
}

const urn = (name: string) => `urn:pulumi:dev::tierstack::digitalocean:index/droplet:Droplet::${name}`;

export function change(told: Partial<Change> = {}): Change {
	const name = told.name ?? "app-1";
	return {
		urn: urn(name),
		type: "digitalocean:index/droplet:Droplet",
		name,
		role: "app",
		op: "update",
		outcome: "applied",
		order: null,
		props: [],
		downtime: { class: "none", minutes: null, basis: "documented", why: "" },
		data: "none",
		undo: "yes",
		undoWhy: "",
		cost: { before: 0, after: 0, delta: 0 },
		security: "same",
		explainedBy: "tier",
		join: null,
		...told,
	};
}

export function changeSet(told: Partial<ChangeSet> = {}): ChangeSet {
	return {
		schema: "tierstack.changes/1",
		stack: "dev",
		base: { kind: "git", ref: "3f2c1a" },
		from: { ladder: "shop", tier: "starter", provider: "digitalocean", region: "fra1" },
		to: { ladder: "shop", tier: "small", provider: "digitalocean", region: "fra1" },
		layer: "model",
		totals: { create: 0, update: 0, replace: 0, delete: 0, same: 0 },
		changes: [],
		kept: [],
		steps: [],
		routes: [],
		cost: {
			currency: "USD",
			before: 24,
			after: 48,
			delta: 24,
			byRole: { app: { before: 24, after: 48, delta: 24 } },
			coverage: { priced: 1, free: 0, unpriced: 0, unpricedIds: [] },
		},
		downtime: { class: "none", minutes: null },
		verdict: "safe",
		reasons: [],
		accepted: [],
		next: "tierstack promote dev small",
		hash: "0".repeat(64),
		...told,
	};
}

/** A move with one of everything: the widest text a renderer meets. */
export const busyChangeSet: ChangeSet = changeSet({
	totals: { create: 2, update: 2, replace: 1, delete: 1, same: 12 },
	changes: [
		change({
			outcome: "interrupts",
			props: [{ path: "size", old: "s-1vcpu-2gb", new: "s-2vcpu-4gb", replaces: "no" }],
			downtime: { class: "restart", minutes: [1, 3], basis: "estimate", why: "a resize powers the machine off" },
			undo: "yes",
			cost: { before: 12, after: 24, delta: 12 },
		}),
		change({
			name: "database",
			role: "database",
			op: "create",
			cost: { before: null, after: 30, delta: 30 },
		}),
		change({ name: "project", role: null, op: "create" }),
		change({
			name: "firewall",
			role: "network",
			props: [{ path: "inboundRules[0].sourceAddresses", old: ["10.0.0.0/16"], new: ["0.0.0.0/0"], replaces: "no" }],
			security: "wider",
		}),
		change({
			name: "cache",
			role: "cache",
			op: "replace",
			outcome: "replaced",
			order: "delete-first",
			props: [{ path: "engine", old: "redis", new: "valkey", replaces: "yes" }],
			downtime: { class: "outage", minutes: [5, 15], basis: "documented", why: "the old one goes first" },
			data: "lost",
			undo: "no",
			undoWhy: "the cache's contents are gone",
		}),
		change({
			name: "data",
			role: "app",
			op: "delete",
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "a deleted volume is gone",
			cost: { before: 10, after: 0, delta: -10 },
		}),
	],
	kept: [{ urn: urn("uploads"), monthlyUsd: 10 }],
	steps: [{ title: "Move the rows", why: "the engine changes", steps: ["stop the app", "run `pgloader shop.db`"] }],
	downtime: { class: "outage", minutes: [6, 18] },
	verdict: "blocked",
	reasons: [{ risk: "data-loss", urn: urn("cache"), text: "the cache is deleted before it is made again" }],
	accepted: [{ risk: "downtime", resource: "app-1", until: "2026-09-01" }],
	cost: {
		currency: "USD",
		before: 22,
		after: 54,
		delta: 32,
		byRole: { app: { before: 22, after: 24, delta: 2 }, database: { before: 0, after: 30, delta: 30 } },
		coverage: { priced: 3, free: 1, unpriced: 1, unpricedIds: ["cache"] },
	},
});
