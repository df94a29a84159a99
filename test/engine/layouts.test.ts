import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import type { StackInput } from "../../src/stack/input.ts";
import { LADDER } from "../builders/blueprint.ts";
import { stackInput } from "../builders/config.ts";
import { engineOps, expectedOps, readable } from "./oracle.ts";
import { compileProgram } from "./plugins/buildPlugins.ts";
import { Workspace } from "./workspace.ts";

const NAMES = { stack: "prod", project: "trial" };
const layouts = Object.entries(LADDER);

/** Whether two components are the same thing in the cloud: a managed database is not the one on the host. */
function sameThing(one: Component, other: Component): boolean {
	const onHost = [one, other].map(({ sku }) => sku === "on-host");
	return one.role === other.role && one.name === other.name && onHost[0] === onHost[1];
}

/** What a move leaves: what holds data and the new blueprint no longer asks for. */
function moved(from: Blueprint, to: Blueprint): StackInput {
	const kept = from.components.filter(
		(component) => component.stateful && !to.components.some((other) => sameThing(component, other)),
	);
	return stackInput(to, { kept });
}

/** Whether the data volume would get smaller, which the provider refuses already in the plan (trap 26). */
function shrinks(from: Blueprint, to: Blueprint): boolean {
	const [before, after] = [from, to].map((blueprint) =>
		Number(blueprint.components.find(({ name }) => name === "data")?.settings.storageGb ?? Number.NaN),
	);
	return Number(after) < Number(before);
}

describe("every layout on the real engine", () => {
	test.each(layouts)("%s goes up, stays quiet, and moves to every other as the model says", async (_, from) => {
		const workspace = new Workspace({ program: await compileProgram(join(import.meta.dirname, "stackProgram.ts")) });
		await workspace.createStack("prod");
		const write = (input: StackInput) => workspace.writeFile("input.prod.json", JSON.stringify(input));
		const here = stackInput(from);
		const model = await buildModel(here, NAMES);
		write(here);

		const up = await workspace.up("prod");
		expect(up.code, up.output).toBe(0);
		expect(readable(engineOps(up.steps))).toEqual(readable(expectedOps(null, model)));
		const again = await workspace.up("prod");
		expect(again.code, again.output).toBe(0);
		expect(readable(engineOps(again.steps))).toEqual([]);

		for (const [, to] of layouts.filter(([, other]) => other !== from)) {
			const there = moved(from, to);
			write(there);
			const preview = await workspace.preview("prod");
			if (shrinks(from, to)) {
				expect(preview.output).toContain("can only be expanded and not shrunk");
				continue;
			}
			expect(preview.code, preview.output).toBe(0);
			expect(readable(engineOps(preview.steps))).toEqual(readable(expectedOps(model, await buildModel(there, NAMES))));
		}
	});
});
