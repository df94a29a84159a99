import type { Catalog } from "../catalog/rows.ts";
import { type Problem, problem } from "../errors.ts";
import type { Tier } from "../tiers/ladder.ts";

/**
 * What a region lacks that the tier needs: an object store is in every tier (dumps live there), the others as the
 * tier has them. A service that no region of the catalog lists is not judged here.
 */
export function checkRegionServices(catalog: Catalog, region: string, tier: Tier): Problem[] {
	const row = catalog.regions.find((each) => each.region === region);
	if (row === undefined) return [];
	const needs = servicesOf(tier).filter((need) => catalog.regions.some((each) => offers(each.services, need)));
	const absent = needs.filter((need) => !offers(row.services, need));
	if (absent.length === 0) return [];
	const whole = catalog.regions.filter((each) => needs.every((need) => offers(each.services, need)));
	const lacks = absent.map((need) => need[0]).join(" and no ");
	const instead = whole.map((each) => each.region).join(", ");
	return [
		problem(`${region} offers no ${lacks}, which tier ${tier.id} needs; regions that offer everything: ${instead}`, {
			key: "region",
		}),
	];
}

/** Services by the catalog's words; each entry is what may stand for the other. */
function servicesOf({ cache, database, queue }: Tier): readonly (readonly string[])[] {
	return [
		["bucket"],
		...(cache === null ? [] : [["valkey", "redis"]]),
		...(database.place === "managed"
			? [[database.kind === "aurora" ? "aurora" : database.engine, database.engine]]
			: []),
		...(queue ? [["queue", "valkey"]] : []),
	];
}

function offers(services: readonly string[], need: readonly string[]): boolean {
	return need.some((service) => services.includes(service));
}
