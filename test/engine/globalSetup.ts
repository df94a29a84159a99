import type { TestProject } from "vitest/node";
import { buildPlugins } from "./plugins/buildPlugins.ts";
import { locateCli, provideCli } from "./pulumiCli.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Path of the Pulumi CLI, and the folder of plugins to put before everything else on PATH. */
		readonly engine: { readonly cli: string; readonly plugins: string };
	}
}

/** Once a run: the CLI (built when it has to be) and the plugins. */
export default async function setup(project: TestProject): Promise<void> {
	const cli = provideCli(locateCli());
	project.provide("engine", { cli, plugins: await buildPlugins(cli) });
}
