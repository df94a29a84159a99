import { beforeAll, describe, expect, it } from "vitest";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import type { PlainRecord } from "../../src/words.ts";
import { expectedOps, readable } from "../engine/oracle.ts";
import { everyTier } from "../scan/states.ts";
import { coverageOf, coverageText } from "./coverage.ts";
import { compareSides, LADDERS, type RealTier, realTiers, sideAfter } from "./models.ts";

const tiers: RealTier[] = [];
const impossible: string[] = [];
const matrix: {
	from: RealTier;
	to: RealTier;
	/** Towards a larger tier. */
	up: boolean;
	changes: ChangeSet;
	states: readonly [DesiredState, DesiredState];
}[] = [];
/** The same tiers with names, certificates and alarms asked for. */
let asked: readonly DesiredState[] = [];

beforeAll(async () => {
	for (const ladder of LADDERS) {
		const found = await realTiers(ladder, "aws");
		tiers.push(...found.tiers);
		impossible.push(...found.impossible);
		for (const [here, from] of found.tiers.entries()) {
			for (const [there, to] of found.tiers.entries()) {
				if (from === to) continue;
				const after = await sideAfter(from, to);
				const states = [from.side.state, after.state] as const;
				matrix.push({ from, to, up: there > here, changes: compareSides(from.side, after), states });
			}
		}
	}
	asked = (await everyTier(["aws"])).map(({ state }) => state);
}, 600_000);

function label({ from, to }: (typeof matrix)[number]): string {
	return `${from.ladder} ${from.tier} -> ${to.tier}`;
}

describe("what AWS's stacks set", () => {
	it("is covered, property by property: nothing the tiers set is unknown to the catalogue", () => {
		const coverage = coverageOf([...tiers.map(({ side }) => side.state), ...asked]);
		process.stdout.write(`AWS coverage: ${coverageText(coverage)}\n`);
		expect(coverage.uncovered).toEqual([]);
		expect(coverage.set.size).toBeGreaterThan(300);
	});
});

describe("every ordered pair of AWS's tiers", () => {
	it("is judged, and nothing is unknown because nobody wrote it down", () => {
		const holes = matrix.flatMap((pair) =>
			pair.changes.changes
				.filter(({ undoWhy, downtime }) => `${undoWhy} ${downtime.why}`.includes("nothing is written down"))
				.map(({ name, undoWhy }) => `${label(pair)} ${name}: ${undoWhy}`),
		);
		expect(holes).toEqual([]);
		const verdicts = new Map<string, number>();
		for (const { changes } of matrix) verdicts.set(changes.verdict, (verdicts.get(changes.verdict) ?? 0) + 1);
		expect(matrix.length).toBeGreaterThan(60);
		process.stdout.write(
			`AWS pairs: ${matrix.length} of ${LADDERS.length} ladders, ${JSON.stringify(Object.fromEntries(verdicts))}, ${impossible.length} tiers AWS cannot meet\n`,
		);
	});

	it("has the operations of the engine's oracle, which the engine suite holds against the real engine", () => {
		let agreed = 0;
		for (const pair of matrix) {
			const ops = new Map(pair.changes.changes.map(({ urn, op }) => [urn, op]));
			expect(readable(ops), label(pair)).toEqual(readable(expectedOps(...pair.states, "preview")));
			agreed += pair.states[1].resources.length;
		}
		process.stdout.write(
			`AWS operations: ${matrix.length} pairs, ${agreed} resources, 0 disagreements with the oracle\n`,
		);
	});

	it("never loses data unasked: what holds data is kept, refused or told", () => {
		const silent = matrix.flatMap((pair) =>
			pair.changes.changes
				.filter(({ data }) => data === "lost" || data === "lost-unless-snapshot")
				.filter(
					({ urn, name }) =>
						!pair.changes.reasons.some(
							(reason) => reason.risk === "data-loss" && (reason.urn === urn || urn.includes(name)),
						),
				)
				.map(({ name }) => `${label(pair)} ${name}`),
		);
		expect(silent).toEqual([]);
	});

	it("replaces or deletes nothing that holds data on the way up", () => {
		const gone = matrix
			.filter(({ up }) => up)
			.flatMap((pair) =>
				pair.changes.changes
					.filter(
						({ type, op, data }) =>
							knowledgeOf(type).rule?.kind === "data" && (op === "replace" || op === "delete") && data !== "none",
					)
					.map(({ name, op }) => `${label(pair)} ${op} ${name}`),
			);
		expect(gone).toEqual([]);
	});

	it("is nothing to change from a tier to itself", () => {
		for (const { side } of tiers) expect(compareSides(side, side).changes).toEqual([]);
	});
});

describe("the cache's cluster mode", () => {
	const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
	const pairOf = (ladder: string, from: string, to: string) => {
		const found = matrix.find((each) => each.from.ladder === ladder && each.from.tier === from && each.to.tier === to);
		if (found === undefined) throw new Error(`no pair ${ladder} ${from} -> ${to}`);
		return found;
	};
	const caches = ({ changes }: ChangeSet) =>
		changes.filter(({ type }) => type === CACHE).map(({ name, op, outcome, data }) => [name, op, outcome, data]);

	it("is never switched on a cache that is there, by any pair of any ladder (trap 77)", () => {
		let stays = 0;
		for (const pair of matrix) {
			const [before, after] = pair.states;
			for (const cache of before.resources.filter(({ type }) => type === CACHE)) {
				const then = after.resources.find(({ urn }) => urn === cache.urn);
				if (then === undefined) continue;
				expect(then.inputs.clusterMode, `${label(pair)} ${cache.name}`).toBe(cache.inputs.clusterMode);
				stays += 1;
			}
		}
		expect(stays).toBeGreaterThan(10);
		const inClusterMode = tiers.filter(({ blueprint }) =>
			blueprint.components.some(({ settings }) => settings.kind === "cluster"),
		);
		expect(inClusterMode.map(({ ladder, tier }) => `${ladder} ${tier}`)).toEqual([
			"opex-manager large",
			"opex-manager enterprise",
		]);
	});

	it("from medium to large: a new one beside the old one, which is kept and paid, with the steps of the migration", () => {
		const { changes } = pairOf("opex-manager", "medium", "large");
		expect(caches(changes)).toEqual([["cache-cluster", "create", "applied", "none"]]);
		const kept = changes.kept.filter(({ urn }) => urn.endsWith("::cache"));
		expect(kept).toHaveLength(1);
		expect(kept[0]?.monthlyUsd).toBeGreaterThan(0);
		const made = changes.changes.find(({ name, type }) => name === "cache-cluster" && type === CACHE);
		expect(made?.cost.before).toBe(0);
		expect(made?.cost.after).toBeGreaterThan(0);
		expect(made?.explainedBy).toBe("tiers.large.cache");
		expect(changes.cost.byRole.cache?.before).toBe(kept[0]?.monthlyUsd);
		expect(changes.cost.byRole.cache?.after).toBeCloseTo(Number(kept[0]?.monthlyUsd) + Number(made?.cost.after), 2);
		expect(changes.steps.map(({ title }) => title)).toContain("Move the cache to cluster mode");
		expect(changes.reasons.filter(({ risk, urn }) => risk === "data-loss" && urn?.includes("cache"))).toEqual([]);
	});

	it("from large to enterprise: no word of the cache", () => {
		const { changes } = pairOf("opex-manager", "large", "enterprise");
		expect(changes.changes.filter(({ role }) => role === "cache")).toEqual([]);
		expect(changes.kept.filter(({ urn }) => urn.includes("::cache"))).toEqual([]);
		expect(changes.steps.map(({ title }) => title).join()).not.toContain("cluster mode");
	});

	it("from large back to medium: the old kind anew, the one in cluster mode kept", () => {
		const { changes } = pairOf("opex-manager", "large", "medium");
		expect(caches(changes)).toEqual([["cache", "create", "applied", "none"]]);
		expect(changes.kept.map(({ urn }) => urn.split("::").at(-1))).toContain("cache-cluster");
		expect(changes.steps.map(({ title }) => title)).toContain("Move the cache out of cluster mode");
	});

	/** A tier as it stands, and its cache edited by hand. */
	const edited = (tier: string, edit: (inputs: PlainRecord) => PlainRecord) => {
		const found = tiers.find((each) => each.ladder === "opex-manager" && each.tier === tier);
		if (found === undefined) throw new Error(`no opex-manager ${tier}`);
		const { side } = found;
		const resources = side.state.resources.map((each) =>
			each.type === CACHE ? { ...each, inputs: edit(each.inputs) } : each,
		);
		return compareSides(side, { ...side, state: { ...side.state, resources } });
	};

	it.each([
		[
			"on at once",
			"medium",
			({ numCacheClusters: _, ...inputs }: PlainRecord) => ({
				...inputs,
				clusterMode: "enabled",
				numNodeGroups: 1,
				replicasPerNodeGroup: 1,
			}),
		],
		[
			"back",
			"large",
			({ clusterMode: _, numNodeGroups: __, replicasPerNodeGroup: ___, ...inputs }: PlainRecord) => ({
				...inputs,
				numCacheClusters: 3,
			}),
		],
	] as const)("switched %s by hand is refused, and the way beside it is shown", (_, tier, edit) => {
		const switched = edited(tier, edit);
		expect(switched.changes.map(({ op, outcome, data }) => [op, outcome, data])).toEqual([
			["update", "refused", "kept"],
		]);
		expect(switched.verdict).toBe("blocked");
		expect(switched.changes[0]?.downtime.why).toContain("from disabled over compatible to enabled");
		expect(switched.routes.map(({ title }) => title)).toEqual([
			"A cache of the other kind beside it, switch, end the old one",
		]);
	});

	it("made compatible together with something else is refused: nothing else may change then", () => {
		const both = edited("medium", (inputs) => ({
			...inputs,
			clusterMode: "compatible",
			nodeType: "cache.m6g.4xlarge",
		}));
		expect(both.changes.map(({ outcome }) => outcome)).toEqual(["refused"]);
		const alone = edited("medium", (inputs) => ({ ...inputs, clusterMode: "compatible" }));
		expect(alone.changes.map(({ outcome, undo }) => [outcome, undo])).toEqual([["applied", "no"]]);
	});

	it("takes more shards while it serves, which is said to take a time that depends on what it holds", () => {
		const { changes, verdict } = edited("large", (inputs) => ({ ...inputs, numNodeGroups: 3 }));
		expect(changes.map(({ op, outcome, downtime }) => [op, outcome, downtime.class])).toEqual([
			["update", "applied", "none"],
		]);
		expect(changes[0]?.downtime.why).toContain("how long depends on what it holds");
		expect(verdict).toBe("safe");
	});
});
