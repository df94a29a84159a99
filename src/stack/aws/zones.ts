import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import { MOST_ZONES } from "./cidr.ts";

/**
 * Zones in which clusters cannot stand and newer machines are missing, by their ids, which mean the same place in
 * every account (AWS EKS user guide, "Network requirements": subnets must not be in these zones; read 2026-11-21).
 */
const UNFIT_ZONE_IDS = ["use1-az3", "usw1-az2", "cac1-az3"];

/** Regions where a new account has two fit zones; all other regions of the catalog have at least three. */
const TWO_ZONES = ["us-west-1"];

/** Zones a network of that region spans, whatever the tier: a subnet that nobody uses costs nothing. */
export function zoneCount(region: string): number {
	return TWO_ZONES.includes(region) ? 2 : MOST_ZONES;
}

/**
 * Names of a region's zones, in order. The letters differ from account to account, so AWS is asked; how many are
 * taken is known beforehand, and a subnet keeps the zone it was born in.
 */
export function zoneNames(region: string, parent: Resource): (zone: number) => Output<string> {
	const found = getAvailabilityZonesOutput(
		{
			region,
			state: "available",
			excludeZoneIds: UNFIT_ZONE_IDS,
			filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
		},
		{ parent },
	);
	return (zone) =>
		found.names.apply((names) => {
			const name = [...names].sort()[zone];
			if (name === undefined) throw new BugError(`region ${region} has fewer than ${zone + 1} zones for this account`);
			return name;
		});
}
