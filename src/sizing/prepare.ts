import { BugError } from "../errors.ts";
import { findTier } from "../tiers/ladder.ts";
import { type Case, scaleFloors } from "./case.ts";
import { computeDemand } from "./demand.ts";
import { planProcesses } from "./processes.ts";
import { overrideProcesses } from "./processOverrides.ts";
import { rulesFor } from "./providers.ts";
import type { SizingRequest } from "./request.ts";
import { resolveWorkload } from "./workload.ts";

/** Works out everything a checked request says before the first SKU is looked at. */
export function prepare(request: SizingRequest): Case {
	const { ladder, catalog } = request;
	const tier = findTier(ladder, request.tier);
	if (tier === undefined) throw new BugError(`tier ${request.tier} was not checked`);
	const load = resolveWorkload(ladder, tier, request.workload);
	const floorScale = scaleFloors(request.floors, load.share);
	// Pods follow the load; on hosts the web server's workers follow the machine.
	const copyScale = tier.layout === "kubernetes" ? floorScale : 1;
	return {
		request,
		ladder,
		tier,
		catalog,
		rules: rulesFor(catalog.provider),
		load,
		planned: planProcesses(overrideProcesses(tier, request.processes).processes, load.figures, copyScale),
		demand: computeDemand(ladder, load, request.months),
		floorScale,
	};
}
