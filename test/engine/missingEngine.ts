import { locateCli } from "./pulumiCli.ts";

/** Why the engine suite cannot run on this machine; null when it can. */
export function missingEngine(): string | null {
	const source = locateCli();
	return source.kind === "none" ? source.why : null;
}

/**
 * Says in the last lines of a run that was to hold the engine suite that it did not run, and why. With
 * `TIERSTACK_REQUIRE_ENGINE=1` (the gate) that is a failure. Called where the runner reads its configuration, and not a
 * reporter, so that `--reporter` on the command line cannot silence it.
 */
export function announceMissingEngine(args: readonly string[] = process.argv): void {
	const why = missingEngine();
	if (why === null || !asksForEngine(args)) return;
	process.once("exit", () => {
		console.error(`\nThe engine suite (test/engine) did NOT run: ${why}.`);
		console.error(
			"Install Pulumi (https://www.pulumi.com/docs/install/) or Go 1.25 or later, then run `npm test` again.",
		);
		if (process.env.TIERSTACK_REQUIRE_ENGINE === "1") process.exitCode = 1;
	});
}

/** Whether the command line names the project, or none. */
export function asksForEngine(args: readonly string[]): boolean {
	const named = args.flatMap((arg, index) =>
		arg === "--project"
			? [args[index + 1] ?? ""]
			: arg.startsWith("--project=")
				? [arg.slice("--project=".length)]
				: [],
	);
	return named.length === 0 || named.includes("engine");
}
