import type { Plugin } from "vitest/config";
import { locateCli } from "./pulumiCli.ts";

/** Why the engine suite cannot run on this machine; null when it can. */
export function missingEngine(): string | null {
	const source = locateCli();
	return source.kind === "none" ? source.why : null;
}

/**
 * Says in the last lines of a run that the engine suite did not run, and why. With `TIERSTACK_REQUIRE_ENGINE=1` (the
 * gate) that is a failure. A plugin and no reporter, so that `--reporter` on the command line cannot silence it.
 */
export function announceMissingEngine(): Plugin {
	return {
		name: "tierstack:missing-engine",
		configureVitest({ vitest }) {
			const why = missingEngine();
			if (why === null) return;
			process.once("exit", () => {
				if (!vitest.projects.some((project) => project.name === "engine")) return;
				console.error(`\nThe engine suite (test/engine) did NOT run: ${why}.`);
				console.error(
					"Install Pulumi (https://www.pulumi.com/docs/install/) or Go 1.25 or later, then run `npm test` again.",
				);
				if (process.env.TIERSTACK_REQUIRE_ENGINE === "1") process.exitCode = 1;
			});
		},
	};
}
