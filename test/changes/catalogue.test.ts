import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROUTE_IDS } from "../../src/changes/advice/routeIds.ts";
import { routeFor } from "../../src/changes/advice/routes.ts";
import { rulePath } from "../../src/changes/diff/paths.ts";
import { IMPACTS } from "../../src/changes/impact/catalogue.ts";
import type { Effect } from "../../src/changes/impact/rule.ts";
import { replaceTable } from "../../src/changes/replaces/generate.mjs";

const impacts = Object.entries(IMPACTS);

function effects(): readonly Effect[] {
	return impacts.flatMap(([, { types, properties }]) => [
		...types.flatMap(({ create, remove, replace }) => [create, remove, replace]),
		...properties.map(({ effect }) => effect),
	]);
}

describe.each(impacts)("the impact catalogue of %s", (_, impact) => {
	it("names types and inputs that the provider's schema has", () => {
		const wrong: string[] = [];
		for (const { type, within, uniqueBy } of impact.types) {
			const { known = [] } = impact.schema[type] ?? {};
			if (known.length === 0) wrong.push(type);
			for (const input of [...uniqueBy, ...(within === null ? [] : [within])]) {
				if (!known.includes(input)) wrong.push(`${type} ${input}`);
			}
		}
		for (const { type, paths } of impact.properties) {
			const { known = [] } = impact.schema[type] ?? {};
			for (const path of paths) if (!known.includes(rulePath(path).split(".")[0] ?? "")) wrong.push(`${type} ${path}`);
		}
		expect(wrong).toEqual([]);
	});

	it("gives every statement a source with its date", () => {
		for (const { source, readAt, traps } of [...impact.types, ...impact.properties]) {
			expect(source.length).toBeGreaterThan(8);
			expect(readAt).toMatch(/^20\d\d-\d\d-\d\d$/);
			for (const trap of traps) expect(trap).toBeGreaterThan(0);
		}
	});

	it("has each type once", () => {
		const types = impact.types.map(({ type }) => type);
		expect(new Set(types).size).toBe(types.length);
	});
});

describe("effects", () => {
	it("have minutes that fit their class, with a reason wherever there is an interruption", () => {
		for (const { downtime } of effects()) {
			if (downtime.minutes !== null) {
				const [low, high] = downtime.minutes;
				expect(low).toBeLessThanOrEqual(high);
				if (downtime.class === "brief") expect(high).toBeLessThanOrEqual(2);
			}
			if (downtime.class !== "none") expect(downtime.why).not.toBe("");
		}
	});

	it("say what going back means wherever it is not simply yes, and what is lost never has a way back", () => {
		for (const { undo, undoWhy, data } of effects()) {
			if (undo !== "yes") expect(undoWhy).not.toBe("");
			if (data === "lost" || data === "lost-unless-snapshot") expect(undo).toBe("no");
		}
	});

	it("that lose data or interrupt for long offer a way that does not", () => {
		const bare = impacts.flatMap(([, { types }]) =>
			types
				.filter(({ replace, kind }) => kind === "data" && replace.data !== "none" && replace.route === undefined)
				.map(({ type }) => type),
		);
		expect(bare).toEqual([]);
	});
});

describe("safer routes", () => {
	it.each(ROUTE_IDS)("%s is numbered steps, some of them commands", (id) => {
		const { title, steps, resource } = routeFor(id, { stack: "prod", resource: "database", role: "database" });
		expect(resource).toBe("database");
		expect(title).not.toBe("");
		expect(steps.length).toBeGreaterThanOrEqual(3);
		expect(steps.some((step) => step.includes("`"))).toBe(true);
		for (const step of steps) expect(step).not.toMatch(/\b(droplet|spaces|rds|ec2)\b/i);
	});

	it("that copy data compare both sides and take the time", () => {
		for (const id of ["snapshot-restore", "side-by-side", "new-bucket-sync"] as const) {
			const text = routeFor(id, { stack: "prod", resource: "x", role: null }).steps.join(" ");
			expect(text).toMatch(/[Cc]ount|check/);
			expect(text).toMatch(/time|long/);
		}
	});
});

describe("the table of what replaces", () => {
	const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

	it.each(["aws", "digitalocean"])("of %s is what its generator makes of the provider's schema", (provider) => {
		const data = `test/engine/${provider}/data`;
		expect(replaceTable(json(`${data}/schema.json`), json(`${data}/provider.json`))).toEqual(
			json(`src/changes/replaces/${provider}.json`),
		);
	});
});
