import { expect, test } from "vitest";
import { Workspace } from "../engine/workspace.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** One resource, no work of its own: what the CLI, the language host and the provider take by themselves. */
const FLOOR = `
const { Vpc } = require("@pulumi/digitalocean/vpc.js");
new Vpc("network", { region: "fra1" });
`;

function median(values: readonly number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// The provider's own time for the other resources is in it: what is measured is more than what is wanted.
test("a quiet preview of the whole program beside one of a single resource", async () => {
	const [floor, ours] = [new Workspace({ program: FLOOR }), new Workspace()];
	for (const workspace of [floor, ours]) await workspace.createStack("dev");
	floor.writeStackFile("dev", {});
	ours.copyStackFile("dev");
	for (const workspace of [floor, ours]) {
		const up = await workspace.up("dev");
		expect(up.code, up.output).toBe(0);
	}
	const seconds = { floor: [] as number[], ours: [] as number[] };
	for (let round = 0; round < ROUNDS; round++) {
		const turns = [
			["floor", floor],
			["ours", ours],
		] as const;
		for (const [name, workspace] of turns) {
			const preview = await workspace.preview("dev");
			expect(preview.steps.filter(({ op }) => op !== "same")).toEqual([]);
			seconds[name].push(preview.seconds);
		}
	}
	const [one, whole] = [median(seconds.floor), median(seconds.ours)];
	console.log(
		`quiet preview: ${whole.toFixed(2)} s, of one resource ${one.toFixed(2)} s: ${(whole / one).toFixed(2)} times (at most 1.5 is wanted)`,
	);
});
