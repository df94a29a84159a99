import { describe, expect, it } from "vitest";
import type { PropertyChange } from "../../src/changes/changeSet.ts";
import { partsOfChange } from "../../src/render/parts.ts";
import type { Plain } from "../../src/words.ts";

const json = (value: Plain) => JSON.stringify(value);
const changed = (old: Plain, next: Plain): PropertyChange => ({ path: "content", old, new: next, replaces: "no" });
const told = (old: Plain, next: Plain) =>
	partsOfChange(changed(old, next)).map(({ path, old: was, new: is }) => [path, was, is]);

describe("a property that holds JSON in a text", () => {
	it("is told by the parts that differ", () => {
		const old = { swapMib: 1024, processes: [{ name: "web", memoryMib: 6144 }], database: null };
		const next = { swapMib: 1024, processes: [{ name: "web", memoryMib: 12288 }], database: { engine: "postgres" } };
		expect(told(json(old), json(next))).toEqual([
			["content.database", null, { engine: "postgres" }],
			["content.processes[0].memoryMib", 6144, 12288],
		]);
	});

	it("names what came and what went", () => {
		expect(told(json({ a: 1, b: [1, 2] }), json({ b: [1], c: 3 }))).toEqual([
			["content.a", 1, null],
			["content.b[1]", 2, null],
			["content.c", null, 3],
		]);
	});

	it("keeps whether the change replaces", () => {
		const parts = partsOfChange({ ...changed(json({ a: 1 }), json({ a: 2 })), replaces: "yes" });
		expect(parts.map(({ replaces }) => replaces)).toEqual(["yes"]);
	});

	it.each([
		["a list beside an object", json([1]), json({ a: 1 })],
		["another kind of text", "{ not json", json({ a: 1 })],
		["a value that is no text", 3, json({ a: 1 })],
		[
			"more parts than anybody reads",
			json(Array.from({ length: 40 }, () => 1)),
			json(Array.from({ length: 40 }, () => 2)),
		],
	])("is told whole for %s", (_, old, next) => {
		expect(told(old, next)).toEqual([["content", old, next]]);
	});
});
