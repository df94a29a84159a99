import { describe, expect, test } from "vitest";
import { LADDER } from "../builders/blueprint.ts";
import { StackTrial } from "./stackTrial.ts";

/**
 * The two layouts without a numbered host, everything in them, and the ways from them that no shipped ladder goes on
 * DigitalOcean: each other way between layouts is one of `ladders/`.
 */
const WAYS = { autoscaled: ["kubernetes"], kubernetes: ["autoscaled", "single"] } as const;

describe("layouts made by hand, on the real engine", () => {
	test.each(["autoscaled", "kubernetes"] as const)(
		"%s goes up, stays quiet, and moves as the model says where no ladder does",
		async (layout) => {
			const trial = await StackTrial.start();
			const input = trial.inputFor(LADDER[layout]);
			await trial.up(input);
			await trial.expectQuiet();
			// Who answers is told by a component: the engine shows it as the model does.
			const app = { ...input.config.app, image: "registry.example.com/shop:1.4" };
			expect(await trial.preview({ ...input, config: { ...input.config, app } }), "an image").toBeGreaterThan(0);
			for (const to of WAYS[layout]) {
				expect(await trial.preview(trial.inputFor(LADDER[to])), to).toBeGreaterThan(0);
			}
		},
	);
});
