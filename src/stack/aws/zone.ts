import { getZone } from "@pulumi/aws/route53/getZone.js";
import { getZonesOutput } from "@pulumi/aws/route53/getZones.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { lateProblem } from "../lateProblem.ts";

/**
 * Finds the public zone that holds a host name: the longest one of the account that the name ends with. Zones are
 * looked up and never owned: deleting one would delete everybody's records in it.
 *
 * @param parent whose provider is asked.
 */
export function zonesOf(parent: Resource): (domain: string) => Output<string> {
	const found = getZonesOutput({ parent }).ids.apply((ids) =>
		Promise.all(ids.map((zoneId) => getZone({ zoneId }, { parent }))),
	);
	return (domain) =>
		found.apply((zones) => {
			const [zone] = zones
				.filter(({ privateZone, name }) => privateZone !== true && holds(name, domain))
				.sort((left, right) => right.name.length - left.name.length);
			if (zone === undefined) {
				throw lateProblem(
					`Route 53 does not serve the DNS of "${domain}"; make its hosted zone there and delegate the name, or set tierstack:edge to none and the records elsewhere`,
					"tierstack:domain",
				);
			}
			return zone.zoneId;
		});
}

function holds(zone: string, domain: string): boolean {
	const name = zone.replace(/\.$/, "");
	return domain === name || domain.endsWith(`.${name}`);
}
