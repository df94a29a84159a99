import { describe, expect, test } from "vitest";
import { StackTrial, tierBlueprint } from "./stackTrial.ts";

const LADDERS = {
	wizamart: ["starter", "small", "medium", "large", "scale", "enterprise"],
	billify: ["mvp", "growth", "optimise"],
};

describe.each(Object.entries(LADDERS))("%s on the real engine", (ladder, tiers) => {
	test.each(tiers)("%s goes up, stays quiet, and moves to every other tier as the model says", async (from) => {
		const trial = await StackTrial.start();
		await trial.up(trial.inputFor(tierBlueprint(ladder, from)));
		let agreed = 0;
		for (const to of tiers.filter((tier) => tier !== from))
			agreed += await trial.preview(trial.inputFor(tierBlueprint(ladder, to)));
		console.log(`${ladder} ${from}: ${tiers.length - 1} moves, engine and model agree on ${agreed} resources`);
	});

	test("a stack climbs tier by tier, keeps what holds data, and no promotion replaces anything that does", async () => {
		const trial = await StackTrial.start();
		for (const tier of tiers) {
			const run = await trial.up(trial.inputFor(tierBlueprint(ladder, tier)));
			const stateful = run.steps.filter(({ type }) => /:(DatabaseCluster|DatabaseDb|Volume|SpacesBucket)$/.test(type));
			expect(stateful.filter(({ op }) => op === "replace" || op === "delete")).toEqual([]);
		}
	});
});
