import { type Problem, problem } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { findTier } from "../tiers/ladder.ts";
import { checkPins } from "./pins.ts";
import { overrideProcesses } from "./processOverrides.ts";
import { checkRegionServices } from "./regionServices.ts";
import type { SizingRequest } from "./request.ts";
import { checkWorkload } from "./workload.ts";

/** What is wrong with a request before anything is sized. */
export function checkRequest(request: SizingRequest): Problem[] {
	const { ladder, tier, catalog, region, months } = request;
	const regions = catalog.regions.map((row) => row.region);
	const ids = ladder.tiers.map((each) => each.id);
	const known = findTier(ladder, tier);
	return [
		...(known === undefined ? [problem(unknownWord("tier", tier, ids), { key: "tier" })] : []),
		...(known === undefined ? [] : checkRegionServices(catalog, region, known)),
		...(regions.includes(region)
			? []
			: [problem(unknownWord(`${catalog.provider} region`, region, regions), { key: "region" })]),
		...(months === null || (Number.isInteger(months) && months >= 0)
			? []
			: [problem(`must be a whole number of at least 0, found ${months}`, { key: "months" })]),
		...checkWorkload(ladder, request.workload),
		...checkPins(request),
		...checkProcesses(request),
	];
}

function checkProcesses({ ladder, tier, processes }: SizingRequest): readonly Problem[] {
	const found = findTier(ladder, tier);
	return found === undefined ? [] : overrideProcesses(found, processes).problems;
}
