import { beforeAll, describe, expect, it } from "vitest";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import { type DesiredState, isSecret } from "../../src/changes/desired.ts";
import { covers, memberPath, rulePath } from "../../src/changes/diff/paths.ts";
import { knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import type { Plain } from "../../src/words.ts";
import { expectedOps, readable } from "../engine/oracle.ts";
import { everyTier } from "../scan/states.ts";
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

/** Paths of everything inside that is no list or record, without indices. */
function leavesOf(value: Plain, path: string): readonly string[] {
	if (typeof value !== "object" || value === null || isSecret(value)) return [rulePath(path)];
	const inner = Object.entries(value);
	if (inner.length === 0) return [rulePath(path)];
	return inner.flatMap(([key, each]) =>
		leavesOf(each, Array.isArray(value) ? `${path}[${key}]` : memberPath(path, key)),
	);
}

describe("what AWS's stacks set", () => {
	it("is covered, property by property: nothing the tiers set is unknown to the catalogue", () => {
		const set = new Set<string>();
		const uncovered = new Set<string>();
		for (const { resources } of [...tiers.map(({ side }) => side.state), ...asked]) {
			for (const { type, custom, inputs } of resources) {
				if (!custom) continue;
				const { rule, schema, properties } = knowledgeOf(type);
				if (rule === null || schema === null) uncovered.add(type);
				const paths = [...(schema?.replaces ?? []), ...properties.flatMap(({ paths: own }) => own)];
				for (const leaf of leavesOf(inputs, "")) {
					set.add(`${type}.${leaf}`);
					if (!paths.some((known) => covers(known, leaf))) uncovered.add(`${type}.${leaf}`);
				}
			}
		}
		expect([...uncovered]).toEqual([]);
		expect(set.size).toBeGreaterThan(300);
		process.stdout.write(
			`AWS coverage: ${set.size} properties of ${new Set([...set].map((each) => each.split(".")[0])).size} types are set\n`,
		);
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
