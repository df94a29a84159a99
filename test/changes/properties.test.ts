import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { compareStates } from "../../src/changes/compareStates.ts";
import { type DesiredResource, SECRET_KEY } from "../../src/changes/desired.ts";
import { canonical } from "../../src/changes/hash.ts";
import { IMPACTS, knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import type { Plain, PlainRecord } from "../../src/words.ts";
import { ref } from "../builders/desired.ts";
import { blueprint, comparison, component, resource, side } from "./builders.ts";

const TYPES = (IMPACTS.digitalocean?.types ?? []).map(({ type }) => type);

const leaf: fc.Arbitrary<Plain> = fc.oneof(
	fc.boolean(),
	fc.integer({ min: 0, max: 300 }),
	fc.constantFrom(
		"a",
		"b",
		"1.33.1-do.0",
		"1.34.1-do.0",
		"17",
		"s-1vcpu-1gb",
		"s-2vcpu-4gb",
		ref("r0", "id"),
		ref("r1", "name"),
		ref("r2", "uuid"),
	),
);
const value: fc.Arbitrary<Plain> = fc.oneof(
	{ weight: 4, arbitrary: leaf },
	{ weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }) },
	{ weight: 1, arbitrary: fc.dictionary(fc.constantFrom("size", "enabled", "days"), leaf, { maxKeys: 2 }) },
);

/** A resource of a type with a rule, some of its real inputs set to anything. */
const anyResource = (slot: number): fc.Arbitrary<DesiredResource> =>
	fc.constantFrom(...TYPES).chain((type) => {
		const inputs = knowledgeOf(type).schema?.known ?? [];
		const options = fc.record({
			protect: fc.boolean(),
			retainOnDelete: fc.boolean(),
			deleteBeforeReplace: fc.constantFrom(null, true, false),
		});
		const set = fc.uniqueArray(fc.tuple(fc.constantFrom(...inputs, "unheardOf"), value), {
			maxLength: 6,
			selector: ([name]) => name,
		});
		return fc
			.tuple(set, options)
			.map(([entries, told]) => resource(type, `r${slot}`, Object.fromEntries(entries), told));
	});

const anyState = fc
	.integer({ min: 0, max: 5 })
	.chain((count) => fc.tuple(...Array.from({ length: count }, (_, slot) => anyResource(slot))));

/** The same resources with other inputs, some gone: what a change of tier looks like. */
const anyChange = anyState.chain((before) =>
	fc
		.tuple(...before.map((old) => fc.oneof(fc.constant(old), fc.constant(null), sameType(old), anyResource(9))))
		.map((after) => ({ before, after: unique(after) })),
);

function sameType(old: DesiredResource): fc.Arbitrary<DesiredResource> {
	const known = knowledgeOf(old.type).schema?.known ?? [];
	return fc
		.uniqueArray(fc.tuple(fc.constantFrom(...known), value), { maxLength: 6, selector: ([name]) => name })
		.map((entries) => ({ ...old, inputs: { ...old.inputs, ...Object.fromEntries(entries) } }));
}

function unique(resources: readonly (DesiredResource | null)[]): DesiredResource[] {
	const byUrn = new Map(resources.flatMap((each) => (each === null ? [] : [[each.urn, each] as const])));
	return [...byUrn.values()];
}

// Many small comparisons: seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
const RUNS = { numRuns: 300 };

describe("whatever is compared", () => {
	it("with itself is nothing to change", () => {
		fc.assert(
			fc.property(anyState, (resources) => {
				const { verdict, changes, totals } = compareStates(comparison(resources, resources));
				expect(verdict).toBe("none");
				expect(changes).toEqual([]);
				expect(totals.same).toBe(resources.length);
			}),
			RUNS,
		);
	});

	it("gives the same bytes again, in whatever order it is told", () => {
		fc.assert(
			fc.property(anyChange, ({ before, after }) => {
				const once = JSON.stringify(compareStates(comparison(before, after)));
				expect(JSON.stringify(compareStates(comparison([...before].reverse(), [...after].reverse())))).toBe(once);
			}),
			RUNS,
		);
	});

	it("creates there what it deletes on the way back", () => {
		fc.assert(
			fc.property(anyChange, ({ before, after }) => {
				const urns = (changes: ReturnType<typeof compareStates>, op: string) =>
					changes.changes.filter((each) => each.op === op).map(({ urn }) => urn);
				const [there, back] = [compareStates(comparison(before, after)), compareStates(comparison(after, before))];
				expect(urns(there, "create")).toEqual(urns(back, "delete"));
				expect(urns(there, "delete")).toEqual(urns(back, "create"));
			}),
			RUNS,
		);
	});

	it("counts every resource once and lists changes by URN", () => {
		fc.assert(
			fc.property(anyChange, ({ before, after }) => {
				const { changes, totals } = compareStates(comparison(before, after));
				const urns = new Set([...before, ...after].map(({ urn }) => urn));
				expect(Object.values(totals).reduce((sum, each) => sum + each, 0)).toBe(urns.size);
				expect(changes.map(({ urn }) => urn)).toEqual([...changes.map(({ urn }) => urn)].sort());
				expect(changes.length).toBe(urns.size - totals.same);
			}),
			RUNS,
		);
	});

	it("is never safe when it refuses, loses, opens or does not know", () => {
		fc.assert(
			fc.property(anyChange, ({ before, after }) => {
				const { changes, verdict } = compareStates(comparison(before, after));
				const grave = changes.some(({ outcome, data, undo, security, downtime }) => {
					const lasts = !["none", "rolling"].includes(downtime.class);
					const loses = ["lost", "lost-unless-snapshot", "unknown"].includes(data);
					return (
						["refused", "unknown"].includes(outcome) ||
						lasts ||
						loses ||
						undo === "no" ||
						undo === "unknown" ||
						security === "wider"
					);
				});
				if (grave) expect(["needs-acceptance", "blocked"]).toContain(verdict);
			}),
			RUNS,
		);
	});

	it("calls a property nobody wrote down unknown, never safe", () => {
		fc.assert(
			fc.property(fc.constantFrom(...TYPES), (type) => {
				const { changes, verdict } = compareStates(
					comparison([resource(type, "r", { unheardOf: 1 })], [resource(type, "r", { unheardOf: 2 })]),
				);
				expect(changes[0]?.outcome).toBe("unknown");
				expect(verdict).toBe("needs-acceptance");
			}),
		);
	});

	it("has a hash that prices, texts, base and layer do not move, and a value does", () => {
		fc.assert(
			fc.property(anyChange, fc.integer({ min: 1, max: 999 }), ({ before, after }, usd) => {
				const input = comparison(before, after);
				const dear = component({ monthlyUsd: usd, unitMonthlyUsd: usd, why: "dearer" });
				const other = {
					...input,
					base: { kind: "deployed", ref: "x" },
					layer: "engine",
					stack: null,
					to: side(after, { blueprint: blueprint({ tier: "small", components: [dear], notes: ["other"] }) }),
				} as const;
				expect(compareStates(other).hash).toBe(compareStates(input).hash);
			}),
			RUNS,
		);
		const alert = (level: number) => [resource("MonitorAlert", "cpu", { value: level })];
		expect(compareStates(comparison(alert(1), alert(2))).hash).not.toBe(
			compareStates(comparison(alert(1), alert(3))).hash,
		);
	});

	it("is plain data: what JSON says of it is all there is", () => {
		fc.assert(
			fc.property(anyChange, ({ before, after }) => {
				const changes = compareStates(comparison(before, after));
				expect(JSON.parse(JSON.stringify(changes))).toEqual(changes);
				expect(changes.hash).toMatch(/^[0-9a-f]{64}$/);
			}),
			{ numRuns: 50 },
		);
	});
});

describe("secrets", () => {
	/** Digests stand for secrets in recorded inputs; one is told apart by it and never shown. */
	const digest = "SENTINEL0123456789";
	const secret = (mark: string): PlainRecord => ({ [SECRET_KEY]: `${digest}${mark}` });
	const bury = (value: Plain, mark: string): Plain => {
		if (Array.isArray(value)) return [...value, secret(mark)];
		if (typeof value === "object" && value !== null) return { ...value, hidden: secret(mark) };
		return secret(mark);
	};

	it("appear nowhere in a change set, wherever they stand in the inputs", () => {
		fc.assert(
			fc.property(anyChange, ({ before, after }) => {
				const hide = (resources: readonly DesiredResource[], mark: string) =>
					resources.map((each) => ({
						...each,
						inputs: Object.fromEntries(Object.entries(each.inputs).map(([key, inner]) => [key, bury(inner, mark)])),
					}));
				const changes = compareStates(comparison(hide(before, "old"), hide(after, "new")));
				expect(JSON.stringify(changes)).not.toContain(digest);
			}),
			RUNS,
		);
	});

	it("that changed are told as changed, without either value", () => {
		const key = (mark: string) => resource("SpacesKey", "files-key", { name: "k", grants: [], token: secret(mark) });
		const { changes } = compareStates(comparison([key("old")], [key("new")]));
		expect(changes[0]?.props).toEqual([{ path: "token", old: SECRET_KEY, new: SECRET_KEY, replaces: "no" }]);
	});

	it("that the provider calls secret are hidden though the program did not", () => {
		const certificate = (privateKey: string) => resource("Certificate", "c", { type: "custom", privateKey });
		const { changes } = compareStates(comparison([certificate("SENTINEL-1")], [certificate("SENTINEL-2")]));
		expect(changes[0]?.op).toBe("replace");
		expect(JSON.stringify(changes)).not.toContain("SENTINEL");
	});

	it("that become plain text are hidden on the side where they were secret", () => {
		const key = (token: Plain) => resource("SpacesKey", "files-key", { token });
		const { changes } = compareStates(comparison([key(secret("old"))], [key("public")]));
		expect(changes[0]?.props[0]?.old).toBe(SECRET_KEY);
	});
});

describe("the canonical form", () => {
	it("does not depend on the order of keys", () => {
		expect(canonical({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
	});
});
