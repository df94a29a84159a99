import { beforeAll, describe, expect, it } from "vitest";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { knowledgeOf } from "../../src/changes/impact/catalogue.ts";
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
