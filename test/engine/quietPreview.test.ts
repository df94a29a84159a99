import { expect, test } from "vitest";
import { Workspace } from "./workspace.ts";

const ROUNDS = 3;
/** One resource, no work of its own: what the CLI, the language host and the provider take by themselves. */
const FLOOR = `
const { Vpc } = require("@pulumi/digitalocean/vpc.js");
new Vpc("network", { region: "fra1" });
`;
/** Of our program over the floor, in one run side by side. The aim is 1.5 beside what the provider takes for its part. */
const MOST = 2.5;

function median(values: readonly number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

test("a quiet preview of the whole program takes little more than one of a single resource", async () => {
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
		for (const [name, workspace] of Object.entries({ floor, ours } as const)) {
			const preview = await workspace.preview("dev");
			expect(preview.steps.filter(({ op }) => op !== "same")).toEqual([]);
			seconds[name === "floor" ? "floor" : "ours"].push(preview.seconds);
		}
	}
	const ratio = median(seconds.ours) / median(seconds.floor);
	console.log(
		`quiet preview: ${median(seconds.ours).toFixed(1)} s against ${median(seconds.floor).toFixed(1)} s for one resource, ${ratio.toFixed(2)} times`,
	);
	expect(ratio).toBeLessThan(MOST);
});
