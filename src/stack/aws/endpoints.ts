import { catalogFor, monthlyUnitUsd, serviceRow } from "../../catalog/catalog.ts";
import { MAX_SECRET_BYTES } from "../../host/plan.ts";
import { BIRTH_FACTS } from "../../host/renderUserData.ts";
import { HOURS_PER_MONTH } from "../../words.ts";

/** An interface endpoint of one service of AWS, weighed against the gateways it would relieve. */
export interface Weighed {
	/** What it costs before it carries anything. */
	readonly monthlyUsd: number;
	/** GB a month that one service must exchange with the hosts for it to cost less than the gateways. */
	readonly paysAboveGb: number;
}

/**
 * What a host's own programs exchange with a service of AWS, at most, in GB a month. Logs stay on the host or go to
 * the team's own collector. Dumps and the layers of images in a registry of AWS come from buckets, whose endpoint is
 * free (docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html, read 2026-11-21). What the session agent
 * and a cluster's own daemons say all day, no document tells.
 */
export const OWN_TRAFFIC_GB: Readonly<Record<string, number>> = {
	// Settings, secrets and host key, each as large as a secret can be, at every look.
	secretsmanager: (3 * MAX_SECRET_BYTES * (3600 / BIRTH_FACTS.aws.pollSeconds) * HOURS_PER_MONTH) / 2 ** 30,
};

/**
 * Weighs an endpoint with a foot in each zone that has a gateway: hours against the difference by the GB.
 *
 * @param zones zones with a gateway, 1 or more.
 * @returns null where a price is not confirmed, or where no traffic makes up for it.
 */
export function weighEndpoint(zones: number): Weighed | null {
	const usd = (id: string) => monthlyUnitUsd(serviceRow(catalogFor("aws"), id));
	const hours = usd("interface-endpoint");
	const carried = usd("interface-endpoint-transfer");
	const passed = usd("nat-gateway-transfer");
	if (hours === null || carried === null || passed === null || carried >= passed) return null;
	const monthlyUsd = hours * zones;
	return { monthlyUsd, paysAboveGb: monthlyUsd / (passed - carried) };
}
