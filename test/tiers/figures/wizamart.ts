import { about, atLeast, atMost, between, holding, is, meeting, oneOf } from "./demands.ts";
import type { Reader } from "./figure.ts";
import { column, type PlanFigures, type Row, row, told } from "./figure.ts";
import {
	allowance,
	app,
	backup,
	cacheSetting,
	coefficient,
	critical,
	currency,
	databaseSetting,
	demand,
	filesGb,
	floor,
	included,
	layout,
	lostWithNode,
	managed,
	memory,
	monthly,
	part,
	planCost,
	planCostEach,
	planStep,
	present,
	range,
	rpo,
	rto,
	service,
	setting,
	usual,
	vcpu,
	volumeGb,
	warning,
	workload,
} from "./readers.ts";

const ALL = ["starter", "small", "medium", "large", "scale", "enterprise"];
const ON_VOLUME = ["starter", "small", "medium"];
const ON_BUCKET = ["large", "scale", "enterprise"];

/** Files of one image: a thumbnail, a medium one, the original. */
const sizesOfImage: Reader<number> = ({ blueprint }) =>
	String(blueprint.settings["uploads.variants"]).split(",").length;
const filesOf: Reader<number> = (seen) => (workload("images")(seen) ?? 0) * sizesOfImage(seen);
/** Leaf directories of the sharding: two hash letters have 256 values on each level. */
const leaves: Reader<number> = ({ blueprint }) =>
	String(blueprint.settings["uploads.sharding"])
		.split("-")
		.reduce((product, letters) => product * 16 ** Number(letters), 1);
const filesInLeaf: Reader<number> = (seen) => filesOf(seen) / leaves(seen);
/** Files of the ladder's average size in so many GB. */
const filesIn =
	(storageGb: number): Reader<number> =>
	(seen) =>
		(storageGb / coefficient("uploadsGb", "images")(seen)) * sizesOfImage(seen);

/** What a customer's own plan allows, and what one customer on it brings into a workload. */
function plan(name: string, figures: Record<string, [string, number | null, string?]>): Row[] {
	return Object.entries(figures).flatMap(([key, [figure, allowed, metric]]) => [
		row("large", `${name}: ${figure}`, allowance(name, key), is(allowed)),
		...(metric === undefined || allowed === null
			? []
			: [
					row("large", `${name}: ${figure}, for 10 clients`, workload(metric), is(allowed * 10), {
						workload: { [`clients.${name}`]: 10 },
					}),
				]),
	]);
}

/** A customers' mix of the plan: what was measured wins over what the plans allow. */
const mix = {
	"clients.essential": 500,
	"clients.professional": 300,
	"clients.business": 150,
	"clients.enterprise": 50,
	products: 440_000,
	orders: 700_000,
};

export const wizamart: PlanFigures = {
	ladder: "wizamart",
	file: "wizamart.md",
	sections: {
		"Tier Resource Allocations": [
			...plan("essential", {
				products: ["200 products", 200, "products"],
				imagesPerProduct: ["3 images a product", 3],
				ordersPerMonth: ["100 orders", 100, "orders"],
				skuVariants: ["1.2 SKU variants", 1.2],
				teamMembers: ["1 member", 1],
				apiRequestsPerDay: ["1,000 requests a day", 1000, "apiRequests"],
			}),
			...plan("professional", {
				products: ["500 products", 500, "products"],
				imagesPerProduct: ["5 images a product", 5],
				ordersPerMonth: ["500 orders", 500, "orders"],
				skuVariants: ["1.5 SKU variants", 1.5],
				teamMembers: ["3 members", 3],
				apiRequestsPerDay: ["5,000 requests a day", 5000, "apiRequests"],
			}),
			...plan("business", {
				products: ["2,000 products", 2000, "products"],
				imagesPerProduct: ["8 images a product", 8],
				ordersPerMonth: ["2,000 orders", 2000, "orders"],
				skuVariants: ["2 SKU variants", 2],
				teamMembers: ["10 members", 10],
				apiRequestsPerDay: ["20,000 requests a day", 20_000, "apiRequests"],
			}),
			...plan("enterprise", {
				products: ["unlimited products", null],
				imagesPerProduct: ["10+ images a product", 10],
				ordersPerMonth: ["unlimited orders", null],
				skuVariants: ["3 SKU variants", 3],
				teamMembers: ["unlimited members", null],
				apiRequestsPerDay: ["unlimited requests", null],
			}),
			told("prices of 49, 99, 199 and 399 euros", "prices to customers"),
		],
		"Scale Projections": [
			row("scale", "1,000 clients", workload("clients"), is(1000)),
			row("scale", "500 products a client", usual("products"), is(500)),
			row("scale", "500,000 products", workload("products"), is(500_000)),
			row("scale", "4 languages", setting("translations.languages"), is(4)),
			row(
				"scale",
				"2,000,000 rows of translations",
				(seen) => (workload("products")(seen) ?? 0) * Number(setting("translations.languages")(seen)),
				is(2_000_000),
			),
			row("scale", "5 images a product", usual("images"), is(5)),
			row("scale", "3 sizes an image", sizesOfImage, is(3)),
			row("scale", "7,500,000 files", filesOf, is(7_500_000)),
			row("scale", "200 KB a file", coefficient("uploadsGb", "images"), is((3 * 200) / 1e6)),
			row("scale", "1.5 TB of images", demand("uploadsGb"), is(1500)),
			row("scale", "15 to 25 GB of database", demand("databaseGb"), between(15, 25)),
			row("scale", "300 orders a client", usual("orders"), is(300)),
			row("scale", "300,000 orders", workload("orders"), is(300_000)),
			told("2.5 items an order, 750,000 items", "order items"),
			row("scale", "10,000 requests a client and day", usual("apiRequests"), is(10_000)),
			row("scale", "300M requests a month", demand("millionRequests"), is(300)),
			told("1,000 Business clients at 149 euros", "costs 199 euros, not 149"),
		],
		"Multi-Tier Mix": [
			row("enterprise", "1,000 clients", workload("clients"), is(1000), { workload: mix }),
			row("enterprise", "440,000 products", workload("products"), is(440_000), { workload: mix }),
			row("enterprise", "700,000 orders", workload("orders"), is(700_000), { workload: mix }),
			row("large", "500 essential clients, 50,000 orders", workload("orders"), is(50_000), {
				workload: { "clients.essential": 500 },
			}),
			row("enterprise", "300 professional clients, 150,000 orders", workload("orders"), is(150_000), {
				workload: { "clients.professional": 300 },
			}),
			row("enterprise", "150 business clients, 300,000 orders", workload("orders"), is(300_000), {
				workload: { "clients.business": 150 },
			}),
			...Object.entries({ essential: 50_000, professional: 90_000, business: 150_000 }).map(([name, products]) => {
				const clients = { essential: 500, professional: 300, business: 150 }[name] ?? 0;
				return row(
					"enterprise",
					`${name}: ${products} products, within what the plan allows`,
					workload("products"),
					atLeast(products),
					{
						workload: { [`clients.${name}`]: clients },
					},
				);
			}),
		],
		"Infrastructure Tiers": [
			row("starter", "1-50 clients", range, is([0, 50])),
			row("small", "50-100 clients", range, is([50, 100])),
			row("medium", "100-300 clients", range, is([100, 300])),
			row("large", "300-500 clients", range, is([300, 500])),
			row("scale", "500-1000 clients", range, is([500, 1000])),
			row("enterprise", "1000+ clients", range, is([1000, null])),
			...column("vCPU", vcpu, is, { starter: 2, small: 4, medium: 4, large: 8, scale: 16, enterprise: 32 }),
			...column(
				"GB of memory",
				memory,
				is,
				{
					starter: 4,
					small: 8,
					medium: 16,
					large: 32,
					scale: 64,
					enterprise: 128,
				},
				{ on: "digitalocean" },
			),
			...column(
				"GB of memory or more",
				memory,
				atLeast,
				{
					starter: 4,
					small: 8,
					medium: 16,
					large: 32,
					scale: 64,
					enterprise: 128,
				},
				{ on: "aws" },
			),
			...column("GB of SSD", volumeGb, atLeast, { starter: 100, small: 250, medium: 500 }),
			...column("GB of storage", filesGb, atLeast, { large: 1000, scale: 2000, enterprise: 4000 }),
			row("starter", "SQLite", databaseSetting("engine"), is("sqlite")),
			row(ALL.slice(1), "PostgreSQL", databaseSetting("engine"), is("postgres")),
			row(ON_BUCKET, "Redis", present("cache"), is(true)),
			row(["scale", "enterprise"], "CDN", present("cdn"), is(true)),
			row("enterprise", "PostgreSQL cluster", present("database", "replica"), is(true)),
			row("starter", "20-40 EUR", planCost, holding(20)),
			...column("EUR at least", (seen) => planCost(seen)?.min, is, {
				starter: 20,
				small: 60,
				medium: 100,
				large: 250,
				scale: 500,
				enterprise: 1500,
			}),
			...column("EUR at most", (seen) => planCost(seen)?.max, is, {
				starter: 40,
				small: 100,
				medium: 180,
				large: 400,
				scale: 900,
			}),
			row("enterprise", "1,500+ EUR, open ended", (seen) => planCost(seen)?.max, is(null)),
			row(ALL, "costs in euros", currency, is("EUR")),
		],
		"Recommended Configurations, Starter": [
			row("starter", "one server", layout, is("single")),
			told("Hetzner CX22", "Hetzner"),
			row(
				"starter",
				"2 vCPU",
				app((found) => found.vcpu),
				is(2),
			),
			row(
				"starter",
				"4 GB",
				app((found) => found.memoryGib),
				is(4),
			),
			row("starter", "100 GB of SSD", volumeGb, atLeast(100)),
			row("starter", "SQLite on the server", managed, is(false)),
			told("nginx for files and as proxy", "of nginx"),
		],
		"Recommended Configurations, Small-Medium": [
			row(["small", "medium"], "two servers", layout, is("split")),
			row(
				["small", "medium"],
				"4 vCPU",
				app((found) => found.vcpu),
				is(4),
			),
			row(
				["small", "medium"],
				"8-16 GB",
				app((found) => found.memoryGib),
				between(8, 16),
			),
			row(["small", "medium"], "managed PostgreSQL", managed, is(true)),
			row(["small", "medium"], "local SSD", setting("uploads"), is("volume")),
			row(["small", "medium"], "backup", backup("copiesFiles"), is(true)),
			told("Redis optional", "Redis is optional here", ["small", "medium"]),
			row(["small", "medium"], "80-180 EUR", planCost, meeting(80, 180)),
			told("80-180 against 60-100 and 100-180 EUR", "The two-server setup costs 80 to 180", ["small", "medium"]),
		],
		"Recommended Configurations, Large": [
			row(
				["large", "scale"],
				"2-4 servers asked for",
				floor((tier) => tier.app.hosts),
				is({ min: 2, max: 4 }),
			),
			row(
				["large", "scale"],
				"4 vCPU and 8 GB asked of each",
				floor((tier) => tier.app.host),
				is({ vcpu: 4, memoryGib: 8 }),
			),

			row(["large", "scale"], "load balancer", present("load-balancer"), is(true)),
			row(
				["large", "scale"],
				"2-4 servers",
				app((found) => found.count.max),
				between(2, 4),
			),
			row(
				["large", "scale"],
				"4 vCPU each",
				app((found) => found.vcpu),
				atLeast(4),
			),
			row(
				["large", "scale"],
				"8 GB each",
				app((found) => found.memoryGib),
				atLeast(8),
			),
			row(["large", "scale"], "managed PostgreSQL", managed, is(true)),
			told("production tier", '"Production tier" of the database', ["large", "scale"]),
			row(["large", "scale"], "Redis", present("cache"), is(true)),
			row(["large", "scale"], "object storage", setting("uploads"), is("bucket")),
			row("scale", "CDN", present("cdn"), is(true)),
			told("CDN from 300 clients on", "has a CDN and costs 400 to 900 euros", ["large", "scale"]),
			row(["large", "scale"], "400-900 EUR", planCost, meeting(400, 900)),
		],
		"Recommended Configurations, Enterprise": [
			row(
				"enterprise",
				"4-8 servers asked for",
				floor((tier) => tier.app.hosts),
				is({ min: 4, max: 8 }),
			),
			row(
				"enterprise",
				"4 vCPU and 16 GB asked of each",
				floor((tier) => tier.app.host),
				is({ vcpu: 4, memoryGib: 16 }),
			),

			row("enterprise", "CDN", present("cdn"), is(true)),
			row("enterprise", "load balancer", present("load-balancer"), is(true)),
			row(
				"enterprise",
				"health checks on several nodes",
				part("load-balancer", "load-balancer", (found) => found.count.min),
				is(2),
				{ on: "digitalocean" },
			),
			row(
				"enterprise",
				"4-8 servers",
				app((found) => found.count),
				is({ min: 4, max: 8 }),
			),
			row(
				"enterprise",
				"4 vCPU each",
				app((found) => found.vcpu),
				is(4),
			),
			row(
				"enterprise",
				"16 GB each",
				app((found) => found.memoryGib),
				is(16),
			),
			row("enterprise", "auto-scaling", layout, is("autoscaled")),
			row(
				"enterprise",
				"read replicas",
				part("database", "replica", (found) => found.count.min),
				atLeast(2),
			),
			row("enterprise", "Redis cluster", cacheSetting("standbyNodes"), atLeast(1)),
			told("Redis cluster of no stated size", "gives its Redis cluster no size", ["enterprise"]),
			row("enterprise", "S3", filesGb, atLeast(4000)),
			told("Prometheus + Grafana", "Prometheus and Grafana"),
			row("enterprise", "1,500+ EUR", planCost, holding(1500)),
		],
		"Image Storage Architecture, Capacity Calculations": [
			row("scale", "200 KB: 125,000 files in 25 GB", filesIn(25), is(125_000)),
			row("scale", "200 KB: 500,000 files in 100 GB", filesIn(100), is(500_000)),
			row("scale", "200 KB: 5,000,000 files in 1 TB", filesIn(1000), is(5_000_000)),
			...[
				"100 KB: 250,000, 1,000,000 and 10,000,000 files",
				"300 KB: 83,000, 333,000 and 3,330,000 files",
				"500 KB: 50,000, 200,000 and 2,000,000 files",
			].map((figure) => told(figure, "The files of 100, 300 and 500 KB")),
		],
		"Image Sizes Generated": [
			row(ALL, "3 variants", sizesOfImage, is(3)),
			row(ALL, "200, 800 and the original", setting("uploads.variants"), is("200,800,original")),
			row("scale", "10-20, 80-150 and 200-500 KB", coefficient("uploadsGb", "images"), between(290e-6, 670e-6)),
			told("600 KB a product", "The 600 KB a product"),
		],
		"Directory Structure": [
			row(ALL, "256 directories a level, two levels", leaves, is(256 * 256)),
			row("scale", "16 files a directory with 1M files", (seen) => 1e6 / leaves(seen), atMost(16)),
			row(ALL, "two hash letters, then two", setting("uploads.sharding"), is("2-2")),
		],
		"Performance Thresholds": [
			row(ALL, "below 10,000 files a directory: nothing to do", filesInLeaf, atMost(10_000)),
			row(ALL, "sharding, wanted from 100,000 files on, from the first tier", leaves, atLeast(2)),
			row(ON_BUCKET, "above 500,000 files: object storage", setting("uploads"), is("bucket")),
		],
		"Table Size Guidelines": [
			...[
				"below 10,000 rows in 1 ms",
				"10,000 to 100,000 rows in 10 ms",
				"100,000 to 1M rows in 50 ms",
				"1M to 10M rows in 200 ms: partitions",
				"above 10M rows: sharding or a database apart",
			].map((figure) => told(figure, "query times by rows of a table")),
			row("enterprise", "a dedicated database above 10M rows", managed, is(true)),
		],
		"Critical Indexes": [told("8 indexes on products, orders and inventory", "indexes, query times")],
		"Database Size Estimates": [
			row(
				"scale",
				"orders of a year: 500 MB and items 200 MB for 100K products",
				(seen) => monthly("databaseGb", "products", 100_000)(seen) * 12,
				about(0.7, 1),
			),
			row(
				"scale",
				"orders of a year: 5 GB and items 2 GB for 1M products",
				(seen) => monthly("databaseGb", "products", 1e6)(seen) * 12,
				about(7, 1),
			),
			row("scale", "indexes of 300 MB for 100K products", demand("databaseMemoryGib"), is(0.3), {
				workload: { products: 100_000 },
			}),
			row("scale", "indexes of 3 GB for 1M products", demand("databaseMemoryGib"), is(3), {
				workload: { products: 1e6 },
			}),
			row("scale", "1.5 GB for 100K products", demand("databaseGb"), atLeast(1.5), { workload: { products: 100_000 } }),
			row("scale", "15 GB for 1M products", demand("databaseGb"), atLeast(15), { workload: { products: 1e6 } }),
			...["products of 100 MB and 1 GB", "translations of 400 MB and 4 GB", "inventory of 50 and 500 MB"].map(
				(figure) => told(figure, "The plan's size table holds 1M products with all that belongs to them in 15 GB"),
			),
		],
		"Monthly Bandwidth Estimates": [
			row("scale", "10 views a product", usual("views"), is(10)),
			row("scale", "500 KB a view", coefficient("viewTransferGb", "views"), is(500e-6)),
			row("scale", "2.5 TB of image views", demand("viewTransferGb"), is(2500)),
			row("scale", "2 KB a request, 30 days", coefficient("transferGb", "apiRequests"), is((2 * 30) / 1e6)),
			row(
				"scale",
				"600 GB of requests",
				(seen) => coefficient("transferGb", "apiRequests")(seen) * (workload("apiRequests")(seen) ?? 0),
				is(600),
			),
			row(
				"scale",
				"50 GB of static assets",
				(seen) => coefficient("transferGb", "clients")(seen) * (workload("clients")(seen) ?? 0),
				is(50),
			),
			row(
				"scale",
				"3 TB in total",
				({ blueprint }) => (blueprint.demand.transferGb ?? 0) + (blueprint.demand.viewTransferGb ?? 0),
				about(3000, 6),
			),
			row(
				"scale",
				"images leave by the CDN",
				part("cdn", "cdn", (found) => found.settings.transferGb),
				is(2500),
			),
		],
		"Bandwidth Costs": [
			told("Hetzner: included, then 1 EUR a TB", "its transfer prices"),
			row("scale", "AWS: $90 for the first TB", (seen) => (service("egress")(seen) ?? 0) * 1000, is(90), { on: "aws" }),
			row("scale", "AWS: $85 for a TB more", (seen) => (service("cdn-transfer")(seen) ?? 0) * 1000, is(85), {
				on: "aws",
			}),
			row("scale", "DigitalOcean: 1 TB free", included("bucket", "transferGb"), atLeast(1000), { on: "digitalocean" }),
			row("scale", "DigitalOcean: $10 for a TB more", (seen) => (service("egress")(seen) ?? 0) * 1000, is(10), {
				on: "digitalocean",
			}),
			told("Cloudflare: free", "Cloudflare stands in front where the stack file says so"),
		],
		"When to Scale Up": [
			...(
				[
					["cpuPercent", 70, 85],
					["memoryPercent", 75, 90],
					["diskPercent", 70, 85],
					["queryMs", 100, 500],
					["responseMs", 500, 2000],
					["connectionsPercent", 80, 95],
					["errorPercent", 1, 5],
				] as const
			).flatMap(([name, low, high]) => [
				row(ALL, `${name}: warning above ${low}`, warning(name), is(low)),
				row(ALL, `${name}: critical above ${high}`, critical(name), is(high)),
			]),
		],
		"Architecture Transition Points": [
			row(
				"starter",
				"small from 50 clients on",
				({ blueprint }) => blueprint.nextTier,
				is({ tier: "small", metric: "clients", at: 50 }),
			),
			row("small", "medium from 100 clients on", ({ blueprint }) => blueprint.nextTier?.tier, is("medium")),
			row("medium", "large from 300 clients on", ({ blueprint }) => blueprint.nextTier?.tier, is("large")),
			row("large", "scale from 500 clients on", ({ blueprint }) => blueprint.nextTier?.tier, is("scale")),
			row(
				"scale",
				"enterprise from 1,000 clients on",
				({ blueprint }) => blueprint.nextTier,
				is({ tier: "enterprise", metric: "clients", at: 1000 }),
			),
			row("small", "PostgreSQL from 50 clients on", databaseSetting("engine"), is("postgres")),
			row("medium", "database apart from 100 clients on", managed, is(true)),
			told("database apart at 50 or at 100 clients", "small has the managed database", ["small"]),
			row("large", "cache from 300 clients on", present("cache"), is(true)),
			row(
				"large",
				"several servers from 300 clients on",
				app((found) => found.count.min),
				atLeast(2),
			),
			row("large", "storage above 500 GB", demand("uploadsGb"), atLeast(500)),
			row("scale", "object storage and CDN from 500 clients on", present("cdn"), is(true)),
			row("scale", "load balancing from 500 clients on", present("load-balancer"), is(true)),
			told("bucket and load balancer at 300 or at 500 clients", "names bucket and load", ["large"]),
			row("enterprise", "read replicas from 1,000 clients on", present("database", "replica"), is(true)),
			row("enterprise", "auto-scaling from 1,000 clients on", layout, is("autoscaled")),
			row("enterprise", "full redundancy: standby of the database", databaseSetting("standbyNodes"), atLeast(1)),
			row("small", "+40-60 EUR", planStep("starter"), meeting(40, 60)),
			row("medium", "+50-80 EUR", planStep("small"), meeting(50, 80)),
			row("large", "+150-200 EUR", planStep("medium"), meeting(150, 200)),
			row("scale", "+200-400 EUR", planStep("large"), meeting(200, 400)),
			row("enterprise", "+600-1,000 EUR", planStep("scale"), meeting(600, 1000)),
			told("1,000 or 1,100 EUR more than scale", "adds 600 to 1,000 euros to scale", ["enterprise"]),
		],
		"Monitoring Requirements": [
			row(
				ALL,
				"CPU, memory and disk are watched",
				part("monitoring", "monitoring", (found) => found.settings.alarms),
				atLeast(6),
			),
			told("latency p50 and p99, request rate, sessions, business metrics", "the business metrics"),
			told("Capacity Monitoring page of the admin", "the admin's pages"),
		],
		"Infrastructure Cost per Client": [
			...(
				[
					["starter", 25, 30, 1.2],
					["small", 75, 80, 1.07],
					["medium", 200, 150, 0.75],
					["large", 400, 350, 0.88],
					["scale", 800, 700, 0.88],
					["enterprise", 1500, 1800, 1.2],
				] as const
			).flatMap(([tier, clients, total, each]) => [
				row(
					tier,
					`${clients} clients`,
					({ tier: { above, upTo } }) => clients > above && clients <= (upTo ?? Infinity),
					is(true),
				),
				row(tier, `${total} EUR a month`, planCost, holding(total)),
				row(tier, `${each} EUR a client`, planCostEach(clients), holding(each)),
			]),
			row("enterprise", "sized for 1,500 clients", workload("clients"), is(1500)),
		],
		"Revenue vs Infrastructure Cost": [
			row("scale", "700-900 EUR of infrastructure at 1,000 clients", planCost, meeting(700, 900)),
			...["149,000 EUR of revenue", "3,000 EUR of support", "5,000 EUR of development", "96 % margin"].map((figure) =>
				told(figure, "revenue, support and development"),
			),
		],
		"Backup Strategy by Scale": [
			row("starter", "a copy of SQLite a day", backup("everyHours"), is(24)),
			row("small", "a dump a day", backup("everyHours"), atMost(24)),
			row("medium", "managed backups", managed, is(true)),
			row(["large", "scale", "enterprise"], "point-in-time recovery", lostWithNode, atMost(5)),
			row("enterprise", "streaming replicas", databaseSetting("standbyNodes"), atLeast(1)),
			row(ON_VOLUME, "files are copied", backup("copiesFiles"), is(true)),
			row("medium", "versions of files", backup("versioning"), is(true)),
			told("versions of files that lie on an SSD", "copied every 6 hours", ["medium"]),
			row(
				ON_BUCKET,
				"versions of files in the bucket",
				part("files", "files", (found) => found.settings.versioning),
				is(true),
			),
			row(ON_BUCKET, "cross-region copies", backup("region"), oneOf("ams3", "us-west-2")),
			...column("RTO minutes", rto, is, { starter: 240, small: 120, medium: 60, large: 30, enterprise: 5 }),
			...column("RPO minutes", rpo, is, { starter: 1440, small: 720, medium: 360, large: 60, enterprise: 5 }),
			...column("RPO kept when a node is lost, minutes", lostWithNode, atMost, {
				starter: 1440,
				small: 720,
				medium: 360,
				large: 60,
				scale: 15,
				enterprise: 5,
			}),
			...column("dump hours within RPO", backup("everyHours"), atMost, { starter: 24, small: 12, medium: 6 }),
			told("no row for scale", "no row for scale", ["scale"]),
		],
		"Platform Health Monitoring": [
			...["client growth and churn", "threshold status and distance to the next tier in the admin"].map((figure) =>
				told(figure, "the admin's pages"),
			),
		],
		"Alert Configuration": [
			row(ALL, "400,000 products: warning", warning("products"), is(400_000)),
			row(ALL, "475,000 products: critical", critical("products"), is(475_000)),
			row(ALL, "800 GB of 1 TB: warning", warning("filesPercent"), is(80)),
			row(ALL, "950 GB of 1 TB: critical", critical("filesPercent"), is(95)),
			row(
				"large",
				"bucket: warning at 800 GB",
				({ blueprint }) => blueprint.headroom.find(({ role }) => role === "files")?.warnAt,
				is(800),
			),
			row(
				"large",
				"bucket: critical at 950 GB",
				({ blueprint }) => blueprint.headroom.find(({ role }) => role === "files")?.criticalAt,
				is(950),
			),
			row(ALL, "20 GB of database: warning", warning("databaseGb"), is(20)),
			row(ALL, "24 GB of database: critical", critical("databaseGb"), is(24)),
			row(ALL, "200 ms on average: warning", warning("responseAverageMs"), is(200)),
			row(ALL, "500 ms on average: critical", critical("responseAverageMs"), is(500)),
			told("alarms below what enterprise holds", "ring from the first day on", ["enterprise"]),
		],
		"TL;DR Sizing Guide": [
			...column(
				"GB asked of the server",
				floor((tier) => tier.dataGb),
				is,
				{ starter: 100, small: 250, medium: 500 },
			),
			...column(
				"GB asked of the bucket",
				floor((tier) => tier.filesGb),
				is,
				{ large: 1000, scale: 2000, enterprise: 4000 },
			),
			...column(
				"vCPU asked of all servers",
				floor((tier) => tier.app.vcpu),
				is,
				{ starter: 2, small: 4, medium: 4, large: 8, scale: 16, enterprise: 32 },
			),
			...column(
				"GB of memory asked of all servers",
				floor((tier) => tier.app.memoryGib),
				is,
				{ starter: 4, small: 8, medium: 16, large: 32, scale: 64, enterprise: 128 },
			),

			...column("EUR a month", planCost, holding, {
				starter: 30,
				small: 80,
				medium: 150,
				large: 350,
				scale: 700,
				enterprise: 1500,
			}),
			...column("vCPU", vcpu, atLeast, { starter: 2, small: 4, medium: 4, large: 8, scale: 16, enterprise: 32 }),
			...column("GB of memory", memory, atLeast, {
				starter: 4,
				small: 8,
				medium: 16,
				large: 32,
				scale: 64,
				enterprise: 128,
			}),
			...column("GB of storage on the server", volumeGb, atLeast, { starter: 100, small: 250, medium: 500 }),
			...column("GB of storage in the bucket", filesGb, atLeast, { large: 1000, scale: 2000, enterprise: 4000 }),
		],
		"Key Formulas": [
			row("scale", "storage: 3 sizes x 200 KB an image", coefficient("uploadsGb", "images"), is(0.0006)),
			row("scale", "storage of 1,000 products with 5 images: 3 GB", demand("uploadsGb"), is(3), {
				workload: { products: 1000 },
			}),
			row("scale", "database: 0.00003 GB a product", coefficient("databaseGb", "products"), is(0.00003)),
			row("scale", "database: 0.00002 GB an order", coefficient("databaseGb", "orders"), is(0.00002)),
			row("scale", "transfer: 500 KB a view", coefficient("viewTransferGb", "views"), is(0.0005)),
			told("30 days of daily views", "comes out 30 times as high"),
		],
	},
};
