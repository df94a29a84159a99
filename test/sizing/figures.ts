import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { component, has } from "./requests.ts";

/** One figure of a plan, where it stands there, and how a blueprint shows it. */
export interface Figure {
	readonly ladder: string;
	readonly tier: string;
	readonly provider?: "digitalocean" | "aws";
	/** The figure in the plan's words. */
	readonly figure: string;
	/** Section of the plan. */
	readonly source: string;
	readonly read: (blueprint: Blueprint) => unknown;
	/** What must be read: exactly this, or at least so much. */
	readonly is?: unknown;
	readonly atLeast?: number;
}

const app = (b: Blueprint) => component(b, "app");
const database = (b: Blueprint) => component(b, "database");
const vcpu = (b: Blueprint) => (app(b).vcpu ?? 0) * app(b).count.max;
const memory = (b: Blueprint) => (app(b).memoryGib ?? 0) * app(b).count.max;
const hosts = (b: Blueprint) => app(b).count;
const setting = (key: string) => (b: Blueprint) => b.settings[key];
const data = (b: Blueprint) => component(b, "app", "data").settings.storageGb;
const process = (name: string) => (b: Blueprint) => b.processes.find((each) => each.name === name)?.memoryMib;
const demand = (name: string) => (b: Blueprint) => Math.round((b.demand[name] ?? 0) * 1e6) / 1e6;

type Row = Omit<Figure, "ladder" | "tier" | "provider">;
const rows = (ladder: string, tier: string, list: readonly Row[], provider?: Figure["provider"]): Figure[] =>
	list.map((row) => ({ ladder, tier, ...row, ...(provider === undefined ? {} : { provider }) }));

const thresholds = (ladder: string, tier: string, source: string, levels: Record<string, [number, number]>) =>
	rows(
		ladder,
		tier,
		Object.entries(levels).flatMap(([name, [warning, critical]]) => [
			{ figure: `${name} warning`, source, read: setting(`thresholds.${name}.warning`), is: warning },
			{ figure: `${name} critical`, source, read: setting(`thresholds.${name}.critical`), is: critical },
		]),
	);

const wizamart: Figure[] = [
	...rows("wizamart", "starter", [
		{ figure: "1-50 clients", source: "Infrastructure Tiers", read: (b) => b.workload.clients, is: 50 },
		{ figure: "2 vCPU", source: "Infrastructure Tiers", read: vcpu, is: 2 },
		{ figure: "4 GB", source: "Infrastructure Tiers", read: memory, is: 4 },
		{ figure: "100 GB SSD", source: "Infrastructure Tiers", read: data, atLeast: 100 },
		{ figure: "SQLite", source: "Infrastructure Tiers", read: (b) => database(b).settings.engine, is: "sqlite" },
		{ figure: "20 to 40 EUR", source: "Infrastructure Tiers", read: (b) => b.cost.documented?.max, is: 40 },
		{
			figure: "daily copy",
			source: "Backup Strategy by Scale",
			read: (b) => component(b, "backup").settings.everyHours,
			is: 24,
		},
	]),
	...rows("wizamart", "small", [
		{ figure: "4 vCPU", source: "Infrastructure Tiers", read: vcpu, is: 4 },
		{ figure: "8 GB", source: "Infrastructure Tiers", read: memory, is: 8 },
		{ figure: "250 GB SSD", source: "Infrastructure Tiers", read: data, is: 250 },
		{ figure: "PostgreSQL", source: "Infrastructure Tiers", read: (b) => database(b).settings.engine, is: "postgres" },
		{ figure: "managed", source: "Recommended Configurations", read: (b) => database(b).sku !== "on-host", is: true },
		{
			figure: "RPO 12h",
			source: "Backup Strategy by Scale",
			read: (b) => component(b, "backup").settings.everyHours,
			is: 12,
		},
	]),
	...rows("wizamart", "medium", [
		{ figure: "100-300 clients", source: "Infrastructure Tiers", read: (b) => b.workload.clients, is: 300 },
		{ figure: "4 vCPU", source: "Infrastructure Tiers", read: vcpu, is: 4 },
		{ figure: "16 GB", source: "Infrastructure Tiers", read: memory, is: 16 },
		{ figure: "500 GB SSD", source: "Infrastructure Tiers", read: data, atLeast: 500 },
		{
			figure: "RPO 6h",
			source: "Backup Strategy by Scale",
			read: (b) => component(b, "backup").settings.everyHours,
			is: 6,
		},
	]),
	...rows("wizamart", "large", [
		{ figure: "8 vCPU", source: "Infrastructure Tiers", read: vcpu, is: 8 },
		{ figure: "32 GB", source: "Infrastructure Tiers", read: memory, is: 32 },
		{ figure: "2 to 4 servers", source: "Recommended Configurations, Large", read: (b) => hosts(b).min, atLeast: 2 },
		{ figure: "each 4 vCPU", source: "Recommended Configurations, Large", read: (b) => app(b).vcpu, atLeast: 4 },
		{ figure: "each 8 GB", source: "Recommended Configurations, Large", read: (b) => app(b).memoryGib, atLeast: 8 },
		{ figure: "1 TB", source: "Infrastructure Tiers", read: (b) => component(b, "files").settings.storageGb, is: 1000 },
		{ figure: "Redis", source: "Infrastructure Tiers", read: (b) => has(b, "cache"), is: true },
		{
			figure: "load balancer",
			source: "Recommended Configurations, Large",
			read: (b) => has(b, "load-balancer"),
			is: true,
		},
	]),
	...rows("wizamart", "scale", [
		{ figure: "16 vCPU", source: "Infrastructure Tiers", read: vcpu, is: 16 },
		{ figure: "64 GB", source: "Infrastructure Tiers", read: memory, is: 64 },
		{ figure: "2 TB", source: "Infrastructure Tiers", read: (b) => component(b, "files").settings.storageGb, is: 2000 },
		{ figure: "CDN", source: "Infrastructure Tiers", read: (b) => has(b, "cdn"), is: true },
		{ figure: "500,000 products", source: "Scale Projections", read: (b) => b.workload.products, is: 500_000 },
		{ figure: "1.5 TB of images", source: "Scale Projections", read: demand("uploadsGb"), is: 1500 },
		{ figure: "15 to 25 GB of database", source: "Scale Projections", read: demand("databaseGb"), is: 21 },
		{ figure: "300,000 orders", source: "Scale Projections", read: (b) => b.workload.orders, is: 300_000 },
		{ figure: "300M requests", source: "Scale Projections", read: demand("millionRequests"), is: 300 },
		{ figure: "2.5 TB of views", source: "Monthly Bandwidth Estimates", read: demand("viewTransferGb"), is: 2500 },
		{ figure: "600 GB and 50 GB", source: "Monthly Bandwidth Estimates", read: demand("transferGb"), is: 650 },
		{
			figure: "indexes of 3 GB for 1M products",
			source: "Database Size Estimates",
			read: demand("databaseMemoryGib"),
			is: 1.5,
		},
	]),
	...rows("wizamart", "enterprise", [
		{ figure: "1500 clients", source: "Infrastructure Cost per Client", read: (b) => b.workload.clients, is: 1500 },
		{ figure: "32+ vCPU", source: "Infrastructure Tiers", read: vcpu, is: 32 },
		{ figure: "128 GB+", source: "Infrastructure Tiers", read: memory, is: 128 },
		{ figure: "4-8 servers", source: "Recommended Configurations, Enterprise", read: hosts, is: { min: 4, max: 8 } },
		{
			figure: "4 TB+",
			source: "Infrastructure Tiers",
			read: (b) => component(b, "files").settings.storageGb,
			is: 4000,
		},
		{
			figure: "read replicas",
			source: "Recommended Configurations, Enterprise",
			read: (b) => has(b, "database", "replica"),
			is: true,
		},
	]),
	...[
		["starter", 240, 1440],
		["small", 120, 720],
		["medium", 60, 360],
		["large", 30, 60],
		["enterprise", 5, 5],
	].flatMap(([tier, rto, rpo]) =>
		rows("wizamart", String(tier), [
			{ figure: "RTO", source: "Backup Strategy by Scale", read: setting("promises.rtoMinutes"), is: rto },
			{ figure: "RPO", source: "Backup Strategy by Scale", read: setting("promises.rpoMinutes"), is: rpo },
		]),
	),
	...thresholds("wizamart", "small", "Scaling Triggers & Thresholds", {
		cpuPercent: [70, 85],
		memoryPercent: [75, 90],
		diskPercent: [70, 85],
		queryMs: [100, 500],
		responseMs: [500, 2000],
		connectionsPercent: [80, 95],
		errorPercent: [1, 5],
	}),
	...thresholds("wizamart", "small", "Alert Configuration", {
		products: [400_000, 475_000],
		filesPercent: [80, 95],
		databaseGb: [20, 24],
		responseAverageMs: [200, 500],
	}),
];

const billify: Figure[] = [
	...rows("billify", "mvp", [
		{ figure: "10 users", source: "Web server requirements", read: (b) => b.workload.users, is: 10 },
		{ figure: "512 MB", source: "Web server requirements", read: memory, is: 0.5 },
		{ figure: "1 vCPU", source: "Web server requirements", read: vcpu, is: 1 },
		{ figure: "10 GB SSD", source: "Web server requirements", read: (b) => app(b).diskGb, is: 10 },
		{ figure: "Django 200 MB", source: "Web server requirements", read: process("web"), is: 200 },
		{ figure: "Celery 100 MB", source: "Web server requirements", read: process("worker"), is: 100 },
		{ figure: "sync 100 MB", source: "Web server requirements", read: process("sync"), is: 100 },
		{
			figure: "500 GB transfer",
			source: "Web server requirements",
			read: (b) => component(b, "network").settings.includedTransferGb,
			is: 500,
		},
		{ figure: "4 GB a month", source: "Web server requirements", read: demand("transferGb"), is: 4 },
		{ figure: "500 MB and 1 GB of logs", source: "Web server requirements", read: demand("hostGb"), is: 1.5 },
		{
			figure: "database 1 GB, 1 vCPU",
			source: "Database server requirements",
			read: (b) => [database(b).memoryGib, database(b).vcpu],
			is: [1, 1],
		},
		{
			figure: "database 10 GB",
			source: "Database server requirements",
			read: (b) => database(b).settings.storageGb,
			is: 10,
		},
		{
			figure: "10 connections",
			source: "Database server requirements",
			read: (b) => database(b).settings.connections,
			is: 10,
		},
		{
			figure: "100 + 100 + 64 MB and a quarter of 1 GB",
			source: "Database server requirements",
			read: (b) => b.headroom.find((line) => line.role === "database" && line.metric === "memoryGib")?.used,
			is: (100 + 100 + 64 + 256) / 1024,
		},
		{
			figure: "half a year of 0.4 GB a month and 0.6 GB",
			source: "Database server requirements",
			read: demand("databaseGb"),
			is: 3,
		},
		{
			figure: "half a year of 600 MB a month",
			source: "Object storage requirements",
			read: demand("uploadsGb"),
			is: 3.6,
		},
		{ figure: "1.2 GB of downloads", source: "Object storage requirements", read: demand("viewTransferGb"), is: 1.2 },
	]),
	...rows("billify", "growth", [
		{ figure: "100 users", source: "Web server requirements", read: (b) => b.workload.users, is: 100 },
	]),
	...rows("billify", "optimise", [
		{ figure: "1000+ users", source: "Web server requirements", read: (b) => b.workload.users, is: 1000 },
	]),
];

const opex: Figure[] = [
	...rows(
		"opex-manager",
		"small",
		[
			{ figure: "2 vCPU, 4 GB", source: "Development Environment", read: (b) => [vcpu(b), memory(b)], is: [2, 4] },
			{ figure: "t3.medium", source: "Development Environment", read: (b) => app(b).sku, is: "t3.medium" },
			{ figure: "database 2 vCPU", source: "PostgreSQL, Small Scale", read: (b) => database(b).vcpu, atLeast: 2 },
			{ figure: "database 4 GB", source: "PostgreSQL, Small Scale", read: (b) => database(b).memoryGib, atLeast: 4 },
			{ figure: "50 GB", source: "PostgreSQL, Small Scale", read: (b) => database(b).settings.storageGb, is: 50 },
			{
				figure: "100 connections",
				source: "PostgreSQL, Small Scale",
				read: (b) => database(b).settings.maxConnections,
				atLeast: 100,
			},
			{
				figure: "2 GB a year at 50 users",
				source: "Database Growth Estimates",
				read: demand("databaseGb"),
				atLeast: 2,
			},
			{ figure: "5,000 records", source: "Database Growth Estimates", read: (b) => b.workload.records, is: 5000 },
			{
				figure: "30 days",
				source: "Backup & Disaster Recovery",
				read: (b) => component(b, "backup").settings.keepDays,
				is: 30,
			},
			{ figure: "$110", source: "Cost Summary, Small Scale", read: (b) => b.cost.documented?.max, is: 110 },
		],
		"aws",
	),
	...rows(
		"opex-manager",
		"medium",
		[
			{
				figure: "t3.large, 2 to 3",
				source: "Production Environment",
				read: (b) => [app(b).sku, hosts(b).max],
				is: ["t3.large", 3],
			},
			{ figure: "4 vCPU", source: "Production Environment", read: vcpu, atLeast: 4 },
			{ figure: "8 GB", source: "Production Environment", read: memory, atLeast: 8 },
			{
				figure: "database 4 vCPU, 16 GB",
				source: "PostgreSQL, Medium Scale",
				read: (b) => [database(b).vcpu, database(b).memoryGib],
				is: [4, 16],
			},
			{
				figure: "250 GB",
				source: "PostgreSQL, Medium Scale",
				read: (b) => database(b).settings.storageGb,
				atLeast: 250,
			},
			{
				figure: "500 connections",
				source: "PostgreSQL, Medium Scale",
				read: (b) => database(b).settings.maxConnections,
				atLeast: 500,
			},
			{
				figure: "cache of 4 GB",
				source: "Redis, Production (Medium Scale)",
				read: (b) => component(b, "cache").memoryGib,
				atLeast: 4,
			},
			{
				figure: "master and replica",
				source: "Redis, Production (Medium Scale)",
				read: (b) => component(b, "cache").settings.standbyNodes,
				is: 1,
			},
			{
				figure: "250 GB of files",
				source: "Production Environment",
				read: (b) => component(b, "files").settings.storageGb,
				is: 250,
			},
			{
				figure: "500 requests a second",
				source: "Expected Traffic Patterns",
				read: demand("requestsPerSecond"),
				is: 500,
			},
			{ figure: "500 GB", source: "Data Transfer Estimates", read: demand("transferGb"), is: 500 },
			{ figure: "backend 2 GB and frontend 512 MB", source: "Container Resources", read: process("web"), is: 2560 },
		],
		"aws",
	),
	...rows(
		"opex-manager",
		"large",
		[
			{
				figure: "6-20 workers",
				source: "Kubernetes Deployment",
				read: (b) => component(b, "app", "workers").count,
				is: { min: 6, max: 20 },
			},
			{
				figure: "8 vCPU a worker",
				source: "Kubernetes Deployment",
				read: (b) => component(b, "app", "workers").vcpu,
				is: 8,
			},
			{
				figure: "16 GB a worker",
				source: "Kubernetes Deployment",
				read: (b) => component(b, "app", "workers").memoryGib,
				atLeast: 16,
			},
			{ figure: "db.r5.2xlarge", source: "Estimated Costs", read: (b) => database(b).sku, is: "db.r5.2xlarge" },
			{ figure: "Multi-AZ", source: "Estimated Costs", read: (b) => database(b).settings.standbyNodes, is: 1 },
			{ figure: "64 GB", source: "PostgreSQL, Large Scale", read: (b) => database(b).memoryGib, atLeast: 64 },
			{ figure: "1 TB", source: "PostgreSQL, Large Scale", read: (b) => database(b).settings.storageGb, is: 1000 },
			{ figure: "20,000 IOPS", source: "PostgreSQL, Large Scale", read: (b) => database(b).settings.iops, is: 20_000 },
			{
				figure: "1,000 connections",
				source: "PostgreSQL, Large Scale",
				read: (b) => database(b).settings.maxConnections,
				atLeast: 1000,
			},
			{
				figure: "2-3 read replicas",
				source: "PostgreSQL, Large Scale",
				read: (b) => component(b, "database", "replica").count.max,
				is: 2,
			},
			{
				figure: "3 nodes of 8 GB",
				source: "Redis, Production (Large Scale)",
				read: (b) => component(b, "cache").memoryGib,
				atLeast: 8,
			},
			{
				figure: "3+ nodes",
				source: "Redis, Production (Large Scale)",
				read: (b) => component(b, "cache").settings.standbyNodes,
				is: 2,
			},
			{ figure: "CDN", source: "Enterprise Environment", read: (b) => has(b, "cdn"), is: true },
			{ figure: "queue", source: "Enterprise Environment", read: (b) => component(b, "queue").sku, is: "queue" },
			{
				figure: "ALB + NLB",
				source: "Estimated Costs",
				read: (b) => component(b, "load-balancer").settings.kinds,
				is: ["http", "tcp"],
			},
			{
				figure: "5,000 requests a second",
				source: "Expected Traffic Patterns",
				read: demand("requestsPerSecond"),
				is: 5000,
			},
			{ figure: "5 TB", source: "Data Transfer Estimates", read: demand("transferGb"), is: 5000 },
			{
				figure: "replicas 3-10",
				source: "Container Resources",
				read: (b) => b.processes.find((each) => each.name === "web")?.replicas,
				is: { min: 3, max: 10 },
			},
		],
		"aws",
	),
	...rows(
		"opex-manager",
		"enterprise",
		[
			{ figure: "2000+ users", source: "Cost Summary, Enterprise Scale", read: (b) => b.workload.users, atLeast: 2000 },
			{
				figure: "multi-region",
				source: "Phase 4",
				read: (b) => component(b, "database", "secondary").settings.region,
				is: "us-west-2",
			},
			{
				figure: "WAF",
				source: "Cost Summary, Enterprise Scale",
				read: (b) => component(b, "load-balancer").settings.waf,
				is: true,
			},
			{
				figure: "3 zones",
				source: "High Availability Architecture",
				read: (b) => component(b, "app", "workers").settings.zones,
				is: 3,
			},
		],
		"aws",
	),
];

const plotpro: Figure[] = [
	...rows("plotpro", "starter", [
		{ figure: "1-10 clients", source: "Starter Tier", read: (b) => b.workload.clients, is: 10 },
		{ figure: "2 vCPU, 4 GB", source: "Starter Tier", read: (b) => [vcpu(b), memory(b)], is: [2, 4] },
		{ figure: "25 GB+", source: "Starter Tier", read: data, atLeast: 25 },
		{ figure: "$20-25", source: "Starter Tier", read: (b) => b.cost.documented?.max, is: 25 },
		{ figure: "swap of 4 GB", source: "Critical Optimization Checklist", read: (b) => app(b).settings.swapGib, is: 4 },
		{
			figure: "max_connections 200",
			source: "Critical Optimization Checklist",
			read: (b) => database(b).settings.maxConnections,
			is: 200,
		},
		{ figure: "one database a client", source: "Isolated Databases", read: (b) => b.workload.databases, is: 10 },
		{ figure: "Ubuntu 22.04", source: "Starter Tier", read: (b) => app(b).settings.image, is: "ubuntu-22-04-x64" },
	]),
	...rows("plotpro", "growth", [
		{ figure: "4 vCPU, 8 GB", source: "Growth Tier", read: (b) => [vcpu(b), memory(b)], is: [4, 8] },
		{ figure: "50 GB+", source: "Growth Tier", read: data, is: 50 },
	]),
	...rows("plotpro", "scale", [
		{ figure: "server A 4 vCPU, 8 GB", source: "Scale Tier", read: (b) => [vcpu(b), memory(b)], is: [4, 8] },
		{ figure: "server B 4 vCPU", source: "Scale Tier", read: (b) => database(b).vcpu, atLeast: 4 },
		{ figure: "server B 16 GB", source: "Scale Tier", read: (b) => database(b).memoryGib, atLeast: 16 },
		{ figure: "MySQL", source: "Scale Tier", read: (b) => database(b).settings.engine, is: "mysql" },
		{
			figure: "background worker at 100+",
			source: "PDF Queue",
			read: (b) => b.processes.some((each) => each.name === "receipts"),
			is: true,
		},
	]),
];

const django: Figure[] = [
	...rows("django", "1k", [
		{ figure: "2 vCPU, 4 GB", source: "1K Daily Active Users", read: (b) => [vcpu(b), memory(b)], is: [2, 4] },
		{ figure: "80 GB SSD", source: "1K Daily Active Users", read: data, is: 80 },
		{ figure: "GUNICORN_WORKERS=5", source: "1K-10K DAU Optimizations", read: (b) => app(b).settings.workers, is: 5 },
		{ figure: "GUNICORN_THREADS=2", source: "1K-10K DAU Optimizations", read: setting("web.threads"), is: 2 },
		{ figure: "limit of 3 GB", source: "1K-10K DAU Optimizations", read: process("web"), is: 3072 },
		{ figure: "limit of 2 CPUs", source: "1K-10K DAU Optimizations", read: (b) => b.processes[0]?.cpu, is: 2 },
		{
			figure: "kept 7 days",
			source: "Backup Strategy, 1K-10K DAU",
			read: (b) => component(b, "backup").settings.keepDays,
			is: 7,
		},
		{ figure: "RAM above 80 %", source: "Scaling Triggers", read: setting("thresholds.memoryPercent.warning"), is: 80 },
		{
			figure: "response above 500 ms",
			source: "Scaling Triggers",
			read: setting("thresholds.responseMs.warning"),
			is: 500,
		},
	]),
	...rows("django", "10k", [
		{ figure: "4 vCPU, 8 GB", source: "10K DAU", read: (b) => [vcpu(b), memory(b)], is: [4, 8] },
		{ figure: "160 GB SSD", source: "10K DAU", read: data, is: 160 },
		{
			figure: "GUNICORN_WORKERS=9 at 4 vCPU",
			source: "100K DAU Optimizations",
			read: (b) => app(b).settings.workers,
			is: 9,
		},
	]),
	...rows(
		"django",
		"100k",
		[
			{ figure: "2-3 c5.xlarge", source: "100K DAU", read: (b) => [app(b).sku, hosts(b).max], is: ["c5.xlarge", 3] },
			{ figure: "db.r5.large", source: "100K DAU", read: (b) => database(b).sku, is: "db.r5.large" },
			{ figure: "cache.t3.medium", source: "100K DAU", read: (b) => component(b, "cache").sku, is: "cache.t3.medium" },
			{ figure: "GUNICORN_THREADS=4", source: "100K DAU Optimizations", read: setting("web.threads"), is: 4 },
			{
				figure: "allkeys-lru",
				source: "100K DAU Optimizations",
				read: (b) => component(b, "cache").settings.eviction,
				is: "allkeys-lru",
			},
			{
				figure: "cross-region copies",
				source: "Backup Strategy, 100K+ DAU",
				read: (b) => component(b, "backup").settings.region,
				is: "us-west-2",
			},
		],
		"aws",
	),
	...rows(
		"django",
		"1m",
		[
			{
				figure: "5-10 c5.2xlarge",
				source: "1M DAU",
				read: (b) => [app(b).sku, hosts(b)],
				is: ["c5.2xlarge", { min: 5, max: 10 }],
			},
			{
				figure: "Multi-AZ db.r5.2xlarge",
				source: "1M DAU",
				read: (b) => [database(b).sku, database(b).settings.standbyNodes],
				is: ["db.r5.2xlarge", 1],
			},
			{
				figure: "read replicas",
				source: "1M+ DAU Architecture Changes",
				read: (b) => has(b, "database", "replica"),
				is: true,
			},
			{ figure: "Celery", source: "1M+ DAU Architecture Changes", read: (b) => has(b, "app", "worker"), is: true },
		],
		"aws",
	),
	...rows(
		"django",
		"10m",
		[
			{ figure: "50+ nodes", source: "10M DAU", read: (b) => component(b, "app", "workers").count.min, is: 50 },
			{ figure: "Aurora Global Database", source: "10M DAU", read: (b) => has(b, "database", "secondary"), is: true },
			{ figure: "$50,000+", source: "10M DAU", read: (b) => b.cost.documented?.min, is: 50_000 },
		],
		"aws",
	),
];

export const figures: readonly Figure[] = [...wizamart, ...billify, ...opex, ...plotpro, ...django];
