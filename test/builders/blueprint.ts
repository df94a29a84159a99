import type { Blueprint, Component, Process, Setting } from "../../src/sizing/blueprint.ts";
import type { Layout, Role } from "../../src/words.ts";

/** A component with a name, a SKU and settings; every other field at its plainest. */
export function component(
	role: Role,
	name: string,
	sku: string,
	settings: Readonly<Record<string, Setting>> = {},
	rest: Partial<Omit<Component, "role" | "name" | "sku" | "settings">> = {},
): Component {
	return {
		role,
		name,
		sku,
		settings,
		count: { min: 1, max: 1 },
		vcpu: null,
		memoryGib: null,
		diskGb: null,
		unitMonthlyUsd: null,
		monthlyUsd: null,
		maxMonthlyUsd: null,
		why: "as the test wants it",
		rejected: [],
		stateful: false,
		priceMark: null,
		...rest,
	};
}

/** A process of the application; every field that is not said at its plainest. */
export function process(name: string, kind: Process["kind"], rest: Partial<Process> = {}): Process {
	return {
		name,
		kind,
		command: null,
		memoryMib: 100,
		cpu: null,
		replicas: { min: 1, max: 1 },
		schedule: kind === "timer" ? "*:0/5" : null,
		...rest,
	};
}

/** Ready-made components, each with one name: what differs is said in the test. */
export const parts = {
	hosts: (sku: string, count = 1) => component("app", "app", sku, {}, { count: { min: count, max: count } }),
	elasticHosts: (sku: string, min: number, max: number) =>
		component("app", "app", sku, { cpuTargetPercent: 70, cooldownMinutes: 5 }, { count: { min, max } }),
	data: (storageGb: number) => component("app", "data", "volume", { storageGb }, { stateful: true }),
	sqlite: () => component("database", "database", "on-host", { engine: "sqlite" }, { stateful: true }),
	postgres: (sku: string, settings: Readonly<Record<string, Setting>> = {}) =>
		component(
			"database",
			"database",
			sku,
			{ engine: "postgres", version: "17", standbyNodes: 0, storageGb: null, poolSize: null, ...settings },
			{ stateful: true },
		),
	mysql: (sku: string) =>
		component("database", "database", sku, { engine: "mysql", version: "8", standbyNodes: 0 }, { stateful: true }),
	replica: (sku: string, count: number) =>
		component("database", "replica", sku, {}, { count: { min: count, max: count } }),
	cache: (sku: string) =>
		component("cache", "cache", sku, {
			engine: "valkey",
			standbyNodes: 0,
			eviction: "allkeys_lru",
			persistence: "off",
		}),
	queue: (sku: string) => component("queue", "queue", sku, { standbyNodes: 0 }, { stateful: true }),
	files: (settings: Readonly<Record<string, Setting>> = {}) =>
		component(
			"files",
			"files",
			"bucket",
			{ storageGb: 250, versioning: true, lifecycleDays: 30, ...settings },
			{ stateful: true },
		),
	loadBalancer: (units = 1) =>
		component("load-balancer", "load-balancer", "load-balancer", {}, { count: { min: units, max: units } }),
	cdn: () => component("cdn", "cdn", "cdn"),
	backup: () =>
		component(
			"backup",
			"backup",
			"backup-daily",
			{ machines: "daily", dumpDays: 30, keepDays: 30, everyHours: 24, region: null },
			{ stateful: true },
		),
	cluster: () => component("app", "cluster", "kubernetes-control-plane-ha", { highAvailability: true }),
	workers: (sku: string, min: number, max: number) => component("app", "workers", sku, {}, { count: { min, max } }),
};

const THRESHOLDS: Readonly<Record<string, Setting>> = {
	"thresholds.cpuPercent.warning": 70,
	"thresholds.cpuPercent.critical": 85,
	"thresholds.memoryPercent.warning": 75,
	"thresholds.memoryPercent.critical": 90,
	"thresholds.diskPercent.warning": 70,
	"thresholds.diskPercent.critical": 85,
	"thresholds.connectionsPercent.warning": 80,
	"thresholds.connectionsPercent.critical": 95,
};

/** A blueprint of a made-up ladder `shop` on DigitalOcean in Frankfurt. */
export function blueprint(
	layout: Layout,
	components: readonly Component[],
	rest: Partial<Omit<Blueprint, "layout" | "components">> = {},
): Blueprint {
	return {
		schema: "tierstack.blueprint/1",
		ladder: "shop",
		tier: layout,
		provider: "digitalocean",
		region: "fra1",
		layout,
		workload: { clients: 50 },
		workloadSource: "top-of-range",
		demand: {},
		components,
		processes: [],
		settings: THRESHOLDS,
		cost: {
			currency: "USD",
			base: 0,
			usage: 0,
			monthly: 0,
			maxMonthly: 0,
			atLeast: true,
			byRole: {},
			documented: null,
			coverage: { priced: 0, free: 0, unpriced: components.length, unpricedIds: components.map(({ name }) => name) },
			pricesAsOf: null,
		},
		headroom: [],
		recovery: [],
		nextTier: null,
		notes: [],
		...rest,
	};
}

/** One blueprint a layout, growing as a ladder does: the same product from one host to a cluster. */
export const LADDER = {
	single: blueprint("single", [parts.hosts("s-2vcpu-4gb"), parts.data(100), parts.sqlite(), parts.backup()]),
	split: blueprint("split", [
		parts.hosts("s-4vcpu-8gb"),
		parts.data(250),
		parts.postgres("db-s-1vcpu-2gb"),
		parts.backup(),
	]),
	balanced: blueprint("balanced", [
		parts.hosts("s-4vcpu-8gb", 3),
		parts.postgres("db-s-4vcpu-8gb", { standbyNodes: 1, storageGb: 120, poolSize: 40 }),
		parts.cache("db-s-1vcpu-2gb"),
		parts.files(),
		parts.loadBalancer(),
		parts.backup(),
	]),
	autoscaled: blueprint("autoscaled", [
		parts.elasticHosts("s-4vcpu-8gb", 2, 6),
		parts.postgres("db-s-6vcpu-16gb", { standbyNodes: 1, storageGb: 300, poolSize: 80 }),
		parts.replica("db-s-6vcpu-16gb", 2),
		parts.cache("db-s-2vcpu-4gb"),
		parts.queue("db-s-1vcpu-2gb"),
		parts.files(),
		parts.loadBalancer(2),
		parts.cdn(),
		parts.backup(),
	]),
	kubernetes: blueprint(
		"kubernetes",
		[
			parts.cluster(),
			parts.workers("g-4vcpu-16gb", 3, 12),
			parts.postgres("db-s-6vcpu-16gb", { standbyNodes: 2, storageGb: 300, poolSize: 80 }),
			parts.replica("db-s-6vcpu-16gb", 2),
			parts.cache("db-s-2vcpu-4gb"),
			parts.queue("db-s-1vcpu-2gb"),
			parts.files(),
			parts.loadBalancer(4),
			parts.cdn(),
			parts.backup(),
		],
		{
			processes: [
				process("web", "web", { cpu: 1.5, memoryMib: 2560, replicas: { min: 3, max: 10 } }),
				process("jobs", "worker", { command: "work", memoryMib: 512, replicas: { min: 2, max: 2 } }),
				process("beat", "scheduler", { command: "beat" }),
				process("report", "timer", { command: "report", schedule: "Mon..Fri 02:30" }),
			],
		},
	),
} as const satisfies Record<Layout, Blueprint>;
