import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { ladderNames, loadLadder, parseLadder } from "../../src/tiers/load.ts";
import { SHIPPED } from "./shipped.ts";

/** A ladder that says no more than it must. */
const LADDER = `ladder: shop
title: A shop
source: The shop's plan
provider: digitalocean
regions: { digitalocean: fra1, aws: us-east-1 }
measure: clients
metrics:
  clients: { unit: clients, meaning: Shops., source: Page 1 }
  orders:
    unit: orders a month
    meaning: Orders of all shops.
    per: { metric: clients, count: 10 }
    source: Page 1
demand:
  databaseGb: { per: { orders: 0.001 }, source: Page 2 }
thresholds:
  cpuPercent: { warning: 70, critical: 85, source: Page 3 }
  memoryPercent: { warning: 75, critical: 90, source: Page 3 }
  diskPercent: { warning: 70, critical: 85, source: Page 3 }
  connectionsPercent: { warning: 80, critical: 95, source: Page 3 }
  filesPercent: { warning: 80, critical: 95, source: Page 3 }
host: { os: ubuntu-24.04, swapGib: 1, source: Page 4 }
processes:
  web: { kind: web, memoryMib: 256, source: Page 5 }
tiers:
  - id: first
    upTo: 10
    layout: single
    uploads: volume
    backup: { everyHours: 24, keepDays: 7, source: Page 6 }
    app: { vcpu: 1, memoryGib: 1, source: Page 7 }
    database: { engine: sqlite, place: host, source: Page 7 }
  - id: last
    upTo: null
    sizeFor: { value: 100, reason: The plan ends there. }
    layout: split
    uploads: volume
    backup: { everyHours: 24, keepDays: 7, source: Page 6 }
    app: { vcpu: 2, memoryGib: 4, source: Page 7 }
    database: { engine: postgres, place: managed, source: Page 7 }
`;

const FILE = "tiers/shop.yaml";

/** The problems of the ladder after an edit, as they are printed. */
function problemsOf(from: string, to: string, file = FILE): string[] {
	const edited = LADDER.replace(from, to);
	if (edited === LADDER && from !== to) throw new Error(`nothing to edit: ${from}`);
	try {
		parseLadder(edited, file);
	} catch (error) {
		if (error instanceof UserError) return error.message.split("\n");
		throw error;
	}
	return [];
}

describe("a ladder file", () => {
	it("is read with every default filled", () => {
		const ladder = parseLadder(LADDER, FILE);
		expect(ladder.tiers.map((tier) => [tier.id, tier.above, tier.upTo, tier.sizeFor])).toEqual([
			["first", 0, 10, 10],
			["last", 10, null, 100],
		]);
		expect(ladder.metrics.map((metric) => metric.perMeasure)).toEqual([1, 10]);
		expect(ladder.tiers[0]).toMatchObject({ zones: 1, cache: null, cdn: false, provider: "digitalocean" });
		expect(ladder.growthMonths).toBe(0);
	});

	it.each([
		[
			"a misspelt key",
			"    layout: single",
			"    layuot: single",
			[
				"tiers/shop.yaml:26: tiers.0.layout: is missing; allowed: single, split, balanced, autoscaled, kubernetes",
				'tiers/shop.yaml:28: tiers.0: unknown key "layuot"; allowed: id, upTo, sizeFor, provider, layout, uploads, zones, secondRegion, promises, backup, app, worker, cluster, dataGb, database, cache, filesGb, loadBalancer, cdn, queue, cost, settings, processes; did you mean "layout"?',
			],
		],
		[
			"an unknown word",
			"layout: split",
			"layout: splitt",
			[
				'tiers/shop.yaml:36: tiers.1.layout: unknown value "splitt"; allowed: single, split, balanced, autoscaled, kubernetes; did you mean "split"?',
			],
		],
		[
			"a text for a number",
			"upTo: 10",
			"upTo: ten",
			['tiers/shop.yaml:27: tiers.0.upTo: must be a number, found "ten"'],
		],
		[
			"a negative coefficient",
			"orders: 0.001",
			"orders: -1",
			["tiers/shop.yaml:15: demand.databaseGb.per.orders: must be at least 0, found -1"],
		],
		[
			"an unknown demand",
			"databaseGb:",
			"databseGb:",
			[
				'tiers/shop.yaml:15: demand: unknown key "databseGb"; allowed: uploadsGb, hostGb, databaseGb, databaseMemoryGib, databaseConnections, cacheGib, transferGb, viewTransferGb, requestsPerSecond, millionRequests, queueMillionRequests; did you mean "databaseGb"?',
			],
		],
		[
			"an unknown metric in a formula",
			"{ orders: 0.001 }",
			"{ order: 0.001 }",
			[
				'tiers/shop.yaml:15: demand.databaseGb.per.order: unknown metric "order"; allowed: clients, orders; did you mean "orders"?',
			],
		],
		[
			"a metric of a later one",
			"per: { metric: clients, count: 10 }",
			"per: { metric: sales, count: 10 }",
			['tiers/shop.yaml:12: metrics.orders.per.metric: unknown earlier metric "sales"; allowed: clients'],
		],
		[
			"another measure",
			"measure: clients",
			"measure: orders",
			['tiers/shop.yaml:6: measure: must be the first of the metrics, found "orders"'],
		],
		[
			"an alarm upside down",
			"warning: 70, critical: 85, source: Page 3 }\n  memory",
			"warning: 90, critical: 85, source: Page 3 }\n  memory",
			["tiers/shop.yaml:17: thresholds.cpuPercent: warning (90) must be below critical (85)"],
		],
		[
			"a missing alarm",
			"  diskPercent: { warning: 70, critical: 85, source: Page 3 }\n",
			"",
			["tiers/shop.yaml:16: thresholds: diskPercent is missing; sizing needs it"],
		],
		[
			"a process without memory",
			"memoryMib: 256, ",
			"",
			["tiers/shop.yaml:24: processes.web: must state either memoryMib or memoryShare"],
		],
		[
			"a timer without a schedule",
			"kind: web,",
			"kind: timer,",
			["tiers/shop.yaml:24: processes.web: is a timer and needs a schedule"],
		],
		["a tier twice", "id: last", "id: first", ['tiers/shop.yaml:33: tiers.1.id: "first" is written twice']],
		[
			"a range that falls",
			"value: 100",
			"value: 5",
			["tiers/shop.yaml:34: tiers.1.upTo: must be above 10, the top of the tier below, found 5"],
		],
		[
			"an open tier that is not the last",
			"upTo: 10",
			"upTo: null",
			[
				"tiers/shop.yaml:27: tiers.0.upTo: only the last tier may be open (null)",
				"tiers/shop.yaml:26: tiers.0.sizeFor: is missing; an open tier says what it is sized for",
			],
		],
		[
			"a last tier with an end",
			"upTo: null\n    sizeFor: { value: 100, reason: The plan ends there. }",
			"upTo: 100",
			["tiers/shop.yaml:34: tiers.1.upTo: the last tier takes every larger workload; write null"],
		],
		[
			"SQLite as a service",
			"engine: postgres, place: managed",
			"engine: sqlite, place: managed",
			["tiers/shop.yaml:40: tiers.1.database.place: sqlite lives on the host; write place: host"],
		],
		[
			"shards without the mode that has them",
			"    backup: { everyHours: 24, keepDays: 7, source: Page 6 }\n    app: { vcpu: 2",
			"    cache: { memoryGib: 1, shards: 2, clusterMode: false, source: Page 8 }\n    backup: { everyHours: 24, keepDays: 7, source: Page 6 }\n    app: { vcpu: 2",
			["tiers/shop.yaml:38: tiers.1.cache.clusterMode: 2 shards are cluster mode; write clusterMode: true"],
		],
		[
			"a volume for several hosts",
			"layout: split",
			"layout: balanced",
			[
				"tiers/shop.yaml:37: tiers.1.uploads: several hosts cannot share a volume; write uploads: bucket for layout balanced",
			],
		],
		[
			"a cluster without nodes",
			"layout: split\n    uploads: volume",
			"layout: kubernetes\n    uploads: bucket",
			['tiers/shop.yaml:36: tiers.1.layout: needs "cluster" with its nodes'],
		],
		[
			"costs without money",
			"layout: single",
			"layout: single\n    cost: { min: 1, max: 2, source: Page 8 }",
			["tiers/shop.yaml:29: tiers.0.cost: needs the ladder's money, for its currency"],
		],
		[
			"a note on an unknown tier",
			"tiers:\n  - id: first",
			'notes:\n  - { tiers: [fist], text: "A." }\ntiers:\n  - id: first',
			['tiers/shop.yaml:26: notes.0.tiers.0: unknown tier "fist"; allowed: first, last; did you mean "first"?'],
		],
		[
			"hosts upside down",
			"app: { vcpu: 2,",
			"app: { hosts: { min: 3, max: 2 }, vcpu: 2,",
			["tiers/shop.yaml:39: tiers.1.app.hosts: min (3) is above max (2)"],
		],
	])("with %s is refused with its line", (_what, from, to, expected) => {
		const found = problemsOf(from, to);
		expect(found).toEqual(expected);
	});

	it("must bear its own name", () => {
		expect(problemsOf("", "", "tiers/shoop.yaml")).toEqual([
			'tiers/shoop.yaml:1: ladder: must be the file\'s own name, "shoop", found "shop"',
		]);
	});

	it("tells every problem at once", () => {
		const edited = problemsOf("title: A shop\nsource: The shop's plan\n", "titel: A shop\n");
		expect(edited.map((each) => each.replace(/;.*/, ""))).toEqual([
			"tiers/shop.yaml:1: title: is missing",
			"tiers/shop.yaml:1: source: is missing",
			'tiers/shop.yaml:2: unknown key "titel"',
		]);
	});

	it("that is no YAML is refused with the line", () => {
		expect(problemsOf("upTo: 10", "upTo: [10")[0]).toMatch(/^tiers\/shop\.yaml:\d+: not valid YAML/);
		expect(problemsOf("title: A shop", "title: A shop\ntitle: B")[0]).toContain("the key is written twice");
	});

	it("never fails with anything but its problems, whatever is in it", () => {
		const lines = LADDER.split("\n");
		const edit = fc.record({
			line: fc.integer({ min: 0, max: lines.length - 1 }),
			with: fc.oneof(
				fc.string(),
				fc.constantFrom("", "  - ", "tiers: 5", "metrics: null", "demand: [1]", "upTo: .nan", "? x", "<<: *a"),
			),
		});
		fc.assert(
			fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
				const text = lines.map((line, index) => edits.find((each) => each.line === index)?.with ?? line).join("\n");
				try {
					parseLadder(text, FILE);
				} catch (error) {
					expect(error).toBeInstanceOf(UserError);
				}
			}),
			{ numRuns: 80 },
		);
	});
});

describe("the ladders that are checked in", () => {
	it("are the five plans, and what a team adds", () => {
		expect(ladderNames("tiers")).toEqual(expect.arrayContaining([...SHIPPED]));
		for (const name of ladderNames("tiers")) expect(loadLadder("tiers", name).name).toBe(name);
	});

	it("name a nearest one when there is none", () => {
		expect(() => loadLadder("tiers", "wizmart")).toThrow(/unknown ladder "wizmart".*did you mean "wizamart"/);
	});

	it.each([
		["billify", ["mvp", "growth", "optimise"], 1000],
		["django", ["1k", "10k", "100k", "1m", "10m"], 10_000_000],
		["opex-manager", ["small", "medium", "large", "enterprise"], 4000],
		["plotpro", ["starter", "growth", "scale"], 100],
		["wizamart", ["starter", "small", "medium", "large", "scale", "enterprise"], 1500],
	])("%s has its tiers, the last with a reasoned size", (name, ids, sizeFor) => {
		const { tiers } = loadLadder("tiers", name);
		expect(tiers.map((tier) => tier.id)).toEqual(ids);
		expect(tiers.at(-1)).toMatchObject({ upTo: null, sizeFor });
		expect(tiers.at(-1)?.sizeForReason).not.toBeNull();
	});

	it("are documented on their provider: opex-manager on AWS, django above 10k, the others on DigitalOcean", () => {
		const aws = SHIPPED.flatMap((name) =>
			loadLadder("tiers", name)
				.tiers.filter((tier) => tier.provider === "aws")
				.map((tier) => `${name} ${tier.id}`),
		);
		expect(aws).toEqual([
			"django 100k",
			"django 1m",
			"django 10m",
			"opex-manager small",
			"opex-manager medium",
			"opex-manager large",
			"opex-manager enterprise",
		]);
	});

	it("keep what wizamart's customers' own plans allow", () => {
		const { plans } = loadLadder("tiers", "wizamart");
		const rows = Object.entries(plans).map(([name, plan]) => [name, ...Object.values(plan)]);
		expect(rows).toEqual([
			["essential", 200, 3, 100, 1.2, 1, 1000],
			["professional", 500, 5, 500, 1.5, 3, 5000],
			["business", 2000, 8, 2000, 2, 10, 20_000],
			["enterprise", null, 10, null, 3, null, null],
		]);
	});

	it("say where every figure comes from", () => {
		for (const name of SHIPPED) {
			const ladder = loadLadder("tiers", name);
			const sources = [
				...ladder.metrics,
				...ladder.demand,
				...ladder.growth,
				...ladder.tiers.flatMap((tier) => [tier.app, tier.database, tier.backup, ...tier.processes]),
				...ladder.tiers.flatMap((tier) => [tier.cache, tier.worker, tier.cluster, tier.loadBalancer, tier.cost]),
			].flatMap((each) => (each === null ? [] : [each.source]));
			expect(sources.every((each) => each.length > 3)).toBe(true);
		}
	});
});
