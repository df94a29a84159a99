import { describe, expect, test } from "vitest";
import { LADDER } from "../builders/blueprint.ts";
import { StackTrial } from "./stackTrial.ts";

/** The two layouts without a numbered host, and the way from them to each of the others, which no shipped ladder goes. */
describe("layouts made by hand, on the real engine", () => {
	test.each(["autoscaled", "kubernetes"] as const)(
		"%s goes up, stays quiet, and moves to every other as the model says",
		async (layout) => {
			const trial = await StackTrial.start();
			const input = trial.inputFor(LADDER[layout]);
			await trial.up(input);
			await trial.expectQuiet();
			// Who answers is told by a component: the engine shows it as the model does.
			const app = { ...input.config.app, image: "registry.example.com/shop:1.4" };
			expect(await trial.preview({ ...input, config: { ...input.config, app } }), "an image").toBeGreaterThan(0);
			for (const [name, to] of Object.entries(LADDER)) {
				if (name !== layout) expect(await trial.preview(trial.inputFor(to)), name).toBeGreaterThan(0);
			}
		},
	);
});
