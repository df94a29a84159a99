import type { Reporter, Vitest } from "vitest/node";
import { locateCli } from "./pulumiCli.ts";

/** Why the engine suite cannot run on this machine; null when it can. */
export function missingEngine(): string | null {
	const source = locateCli();
	return source.kind === "none" ? source.why : null;
}

/**
 * Says in the last lines of a run that the engine suite did not run, and why. With `TIERSTACK_REQUIRE_ENGINE=1` (the
 * gate) that is a failure.
 */
export class MissingEngineReporter implements Reporter {
	onInit(vitest: Vitest): void {
		const why = missingEngine();
		if (why === null || !vitest.projects.some((project) => project.name === "engine")) return;
		const required = process.env.TIERSTACK_REQUIRE_ENGINE === "1";
		process.once("exit", () => {
			console.error(`\nThe engine suite (test/engine) did NOT run: ${why}.`);
			console.error(
				"Install Pulumi (https://www.pulumi.com/docs/install/) or Go 1.25 or later, then run `npm test` again.",
			);
			if (required) process.exitCode = 1;
		});
	}
}
