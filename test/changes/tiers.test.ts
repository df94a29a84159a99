import { beforeAll, describe, expect, it } from "vitest";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { LADDER as LAYOUTS, parts } from "../builders/blueprint.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { expectedOps, readable } from "../engine/oracle.ts";
import { coverageOf, coverageText } from "./coverage.ts";
import { compareSides, LADDERS, type RealTier, realTiers, sideAfter } from "./models.ts";

const all = new Map<string, readonly RealTier[]>();
const impossible: string[] = [];
const rich: DesiredState[] = [];
const matrix: { from: string; to: string; changes: ChangeSet; states: readonly [DesiredState, DesiredState] }[] = [];

/** Everything a stack file can ask for, on every layout, with a volume and a database being retired. */
const EVERYTHING = {
	domains: ["shop.example.com", "www.example.com"],
	alerts: { email: ["ops@example.com"], slack: { channel: "#ops", urlSecret: "SLACK_URL" }, webhook: null },
	protect: "all",
	secretNames: ["SLACK_URL", "API_KEY"],
} as const;

beforeAll(async () => {
	for (const blueprint of Object.values(LAYOUTS)) {
		for (const edge of ["provider", "cloudflare", "none"] as const) {
			const retiring = blueprint.layout === "autoscaled" ? [parts.data(100)] : [];
			const input = stackInput(blueprint, { retiring, config: { ...EVERYTHING, edge } });
			rich.push(await buildModel(input, NAMES));
		}
	}
	for (const ladder of LADDERS) {
		const found = await realTiers(ladder);
		all.set(ladder, found.tiers);
		impossible.push(...found.impossible);
		for (const from of found.tiers) {
			for (const to of found.tiers) {
				if (from === to) continue;
				const after = await sideAfter(from, to);
				const states = [from.side.state, after.state] as const;
				matrix.push({ from: `${ladder} ${from.tier}`, to: to.tier, changes: compareSides(from.side, after), states });
			}
		}
	}
}, 180_000);

function tier(ladder: string, id: string): RealTier {
	const found = all.get(ladder)?.find((each) => each.tier === id);
	if (found === undefined) throw new Error(`no tier ${ladder} ${id}`);
	return found;
}

function found(from: string, to: string): ChangeSet {
	const pair = matrix.find((each) => each.from === from && each.to === to);
	if (pair === undefined) throw new Error(`no pair ${from} -> ${to}`);
	return pair.changes;
}

describe("what the stack sets", () => {
	it("is covered, property by property: nothing the tiers set is unknown to the catalogue", () => {
		const coverage = coverageOf([...[...all.values()].flat().map(({ side }) => side.state), ...rich]);
		process.stdout.write(`coverage: ${coverageText(coverage)}\n`);
		expect(coverage.uncovered).toEqual([]);
		expect(coverage.set.size).toBeGreaterThan(50);
	});
});

describe("every ordered pair of tiers", () => {
	it("is judged, and nothing is unknown because nobody wrote it down", () => {
		const verdicts = new Map<string, number>();
		for (const { changes } of matrix) verdicts.set(changes.verdict, (verdicts.get(changes.verdict) ?? 0) + 1);
		const resources = matrix.reduce(
			(sum, { changes }) => sum + Object.values(changes.totals).reduce((a, b) => a + b, 0),
			0,
		);
		process.stdout.write(
			`pairs: ${matrix.length} of ${LADDERS.length} ladders, ${resources} resources, ${JSON.stringify(Object.fromEntries(verdicts))}, ` +
				`${impossible.length} tiers the provider cannot meet\n`,
		);
		const holes = matrix.flatMap(({ from, to, changes }) =>
			changes.changes
				.filter(({ undoWhy, downtime }) => `${undoWhy} ${downtime.why}`.includes("nothing is written down"))
				.map(({ name, undoWhy }) => `${from} -> ${to} ${name}: ${undoWhy}`),
		);
		expect(holes).toEqual([]);
		expect(matrix.length).toBeGreaterThan(30);
	});

	it("has the operations of the engine's oracle, which the engine suite holds against the real engine", () => {
		let agreed = 0;
		for (const { from, to, changes, states } of matrix) {
			const ops = new Map(changes.changes.map(({ urn, op }) => [urn, op]));
			expect(readable(ops), `${from} -> ${to}`).toEqual(readable(expectedOps(...states, "preview")));
			agreed += states[1].resources.length;
		}
		process.stdout.write(`operations: ${matrix.length} pairs, ${agreed} resources, 0 disagreements with the oracle\n`);
	});

	it("never loses data unasked: what holds data is kept, refused or told", () => {
		const silent = matrix.flatMap(({ from, to, changes }) =>
			changes.changes
				.filter(({ data }) => data === "lost" || data === "lost-unless-snapshot")
				.filter(
					({ urn, name }) =>
						!changes.reasons.some(
							(reason) => reason.risk === "data-loss" && (reason.urn === urn || urn.includes(name)),
						),
				)
				.map(({ name }) => `${from} -> ${to} ${name}`),
		);
		expect(silent).toEqual([]);
		for (const { changes } of matrix) {
			if (changes.reasons.some(({ risk }) => risk === "data-loss" || risk === "refused"))
				expect(changes.verdict).toBe("blocked");
		}
	});

	it("is explained by a field of the ladder", () => {
		const bare = matrix.flatMap(({ from, to, changes }) =>
			changes.changes.filter(({ explainedBy }) => explainedBy === null).map(({ name }) => `${from} -> ${to} ${name}`),
		);
		expect(bare).toEqual([]);
	});

	it("creates what the way back deletes", () => {
		for (const tiers of all.values()) {
			for (const from of tiers) {
				for (const to of tiers) {
					const [there, back] = [compareSides(from.side, to.side), compareSides(to.side, from.side)];
					const urns = (changes: ChangeSet, op: string) =>
						changes.changes.filter((each) => each.op === op).map(({ urn }) => urn);
					expect(urns(there, "create")).toEqual(urns(back, "delete"));
					expect(urns(there, "delete")).toEqual(urns(back, "create"));
				}
			}
		}
	});
});

describe("a tier against itself", () => {
	it("is nothing to change", () => {
		for (const { side } of [...all.values()].flat()) {
			const changes = compareSides(side, side);
			expect(changes.verdict).toBe("none");
			expect(changes.changes).toEqual([]);
			expect(changes.next).toBe("");
		}
	});

	it("is all created, and safe, when nothing is there yet", () => {
		for (const { side } of [...all.values()].flat()) {
			const changes = compareSides(null, side);
			expect(changes.verdict).toBe("safe");
			expect(new Set(changes.changes.map(({ op }) => op))).toEqual(new Set(["create"]));
			expect(changes.totals.create).toBe(side.state.resources.length);
		}
	});
});

describe("wizamart, starter -> small", () => {
	it("resizes the host in place: a power-off, the root disk stays, so it can go back", () => {
		const host = found("wizamart starter", "small").changes.find(({ name }) => name === "app-1");
		expect(host).toMatchObject({
			op: "update",
			outcome: "interrupts",
			downtime: { class: "restart", minutes: [1, 10], basis: "estimate" },
			data: "kept",
			undo: "yes",
			explainedBy: "tiers.small.app",
		});
		expect(host?.undoWhy).toContain("root disk stays");
		expect(host?.props.map(({ path }) => path)).toEqual(["size"]);
	});

	it("creates the managed PostgreSQL, closed from birth", () => {
		const created = found("wizamart starter", "small").changes.filter(({ op }) => op === "create");
		expect(created.map(({ name }) => name)).toEqual(
			expect.arrayContaining(["database", "database-firewall", "database-db"]),
		);
		const cluster = created.find(({ type }) => type.endsWith(":DatabaseCluster"));
		expect(cluster?.cost.delta).toBeGreaterThan(0);
		expect(cluster?.explainedBy).toBe("tiers.small.database");
	});

	it("tells the step a person must do, with its commands", () => {
		const { steps } = found("wizamart starter", "small");
		expect(steps.map(({ title }) => title)).toEqual(["Move the rows from SQLite on the host to PostgreSQL"]);
		const text = steps[0]?.steps.join("\n") ?? "";
		for (const part of [
			"--target '**::database*'",
			"systemctl stop",
			".backup",
			"pgloader",
			"Count the rows",
			"time",
		]) {
			expect(text).toContain(part);
		}
		expect(text.indexOf("--target")).toBeLessThan(text.indexOf("pgloader"));
	});

	it("says what it costs by role, and what has to be accepted", () => {
		const { cost, verdict, reasons, next } = found("wizamart starter", "small");
		expect(cost.delta).toBeCloseTo((cost.after ?? 0) - (cost.before ?? 0), 2);
		expect(cost.byRole.database?.before).toBe(0);
		expect(cost.byRole.app?.delta).toBeGreaterThan(0);
		expect(verdict).toBe("needs-acceptance");
		expect(new Set(reasons.map(({ risk }) => risk))).toContain("downtime");
		expect(next).toMatch(
			/^tierstack promote <stack> small --accept cost,downtime,.* --reason "<why>", then pulumi up --stack <stack>$/,
		);
	});
});

describe("wizamart, other moves", () => {
	it("keeps the managed database on the way down, with what it costs", () => {
		const { kept, changes, steps } = found("wizamart small", "starter");
		expect(kept.map(({ urn }) => urn.split("::").at(-1))).toEqual(["database"]);
		expect(kept[0]?.monthlyUsd).toBeGreaterThan(0);
		expect(changes.filter(({ op }) => op === "delete")).toEqual([]);
		expect(steps.map(({ title }) => title)).toEqual(["Move the rows from PostgreSQL to SQLite on the host"]);
	});

	it("keeps the volume when uploads move to the bucket, and says how to copy", () => {
		const { kept, steps } = found("wizamart medium", "large");
		expect(kept.map(({ urn }) => urn.split("::").at(-1))).toContain("data");
		expect(steps.map(({ title }) => title)).toContain("Copy the uploads from the volume to the bucket");
		expect(steps.map(({ title }) => title)).toContain("Point names to the load balancer");
	});

	it("closing hosts behind the first balancer is no widening", () => {
		const firewall = found("wizamart medium", "large").changes.find(({ name }) => name === "network-firewall");
		expect(firewall?.security).toBe("narrower");
		const back = found("wizamart large", "medium").changes.find(({ name }) => name === "network-firewall");
		expect(back?.security).toBe("wider");
	});

	it("resizes hosts behind a balancer one by one", () => {
		const scale = tier("wizamart", "scale");
		const size = (sku: string) => ({
			...scale.side,
			state: {
				...scale.side.state,
				resources: scale.side.state.resources.map((each) =>
					each.type.endsWith(":Droplet") ? { ...each, inputs: { ...each.inputs, size: sku } } : each,
				),
			},
		});
		const capacities = {
			small: { vcpu: 1, memoryGib: 1, diskGb: 25 },
			large: { vcpu: 2, memoryGib: 2, diskGb: 50 },
		};
		const { changes, downtime } = compareSides(size("small"), size("large"), { capacities });
		expect(new Set(changes.map((each) => each.downtime.class))).toEqual(new Set(["rolling"]));
		expect(downtime.class).toBe("rolling");
	});

	it("says that a database stays when going back, and a cache does not", () => {
		const created = found("wizamart medium", "large").changes.filter(
			({ op, type }) => op === "create" && type.endsWith(":DatabaseCluster"),
		);
		expect(created.map(({ name, undo }) => [name, undo])).toEqual([["cache", "yes"]]);
		const first = found("wizamart starter", "small").changes.find(({ type }) => type.endsWith(":DatabaseCluster"));
		expect([first?.name, first?.undo]).toEqual(["database", "partial"]);
	});

	it("does not call the loss of a cache a loss of data", () => {
		const { reasons } = found("wizamart large", "medium");
		expect(reasons.filter(({ risk }) => risk === "data-loss")).toEqual([]);
	});
});
