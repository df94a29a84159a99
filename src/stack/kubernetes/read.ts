import { problem, UserError } from "../../errors.ts";
import { DEFAULTS } from "../hostSettings.ts";
import type { StackInput } from "../input.ts";
import { numberIn } from "../parts.ts";
import { planWorkloads } from "./plan.ts";
import type { WorkloadArgs } from "./workloads.ts";

/**
 * What a cluster runs, from plain data; null when the tier has no cluster.
 *
 * @throws UserError when the stack file asks for what a cluster cannot do.
 */
export function workloadsOf({
	blueprint,
	config,
}: StackInput): Pick<WorkloadArgs, "facts" | "workloads" | "registry"> | null {
	if (blueprint.layout !== "kubernetes") return null;
	const { image, compose, port, healthPath } = config.app;
	if (compose !== null) {
		const said = `tier ${blueprint.tier} runs in a cluster, which takes no compose file; name an image`;
		throw new UserError([problem(said, { key: "tierstack:app.compose" })]);
	}
	const facts = {
		image,
		privateRegistry: false,
		port,
		healthPath,
		healthySeconds: numberIn(blueprint.settings, "app.healthySeconds") ?? DEFAULTS.healthySeconds,
		stopSeconds: numberIn(blueprint.settings, "app.stopSeconds") ?? DEFAULTS.stopSeconds,
	};
	return { facts, workloads: planWorkloads(blueprint.processes, facts), registry: null };
}
