import { output } from "@pulumi/pulumi";
import { problem, UserError } from "../../errors.ts";
import { DEFAULTS } from "../hostSettings.ts";
import type { StackInput } from "../input.ts";
import { numberIn } from "../parts.ts";
import { registryLogin } from "../secrets.ts";
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
	// The built-in responder comes from a registry that asks nobody.
	const login = image === null ? null : registryLogin(config);
	const facts = {
		image,
		privateRegistry: login !== null,
		port,
		healthPath,
		healthySeconds: numberIn(blueprint.settings, "app.healthySeconds") ?? DEFAULTS.healthySeconds,
		stopSeconds: numberIn(blueprint.settings, "app.stopSeconds") ?? DEFAULTS.stopSeconds,
	};
	const registry = login === null ? null : output(login);
	return { facts, workloads: planWorkloads(blueprint.processes, facts), registry };
}
