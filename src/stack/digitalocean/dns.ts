import { DnsRecord } from "@pulumi/digitalocean/dnsRecord.js";
import type { GetDomainsResult } from "@pulumi/digitalocean/getDomains.js";
import { getDomainsOutput } from "@pulumi/digitalocean/getDomains.js";
import type { Input } from "@pulumi/pulumi";
import { lateProblem } from "../lateProblem.ts";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import type { Site } from "./site.ts";

/** Names, and where they point. */
export interface DnsArgs {
	readonly site: Site;
	/** Host names the application answers for. */
	readonly domains: readonly string[];
	/** Public address they point to. In place: users follow within the time to live. */
	readonly address: Input<string>;
}

/** Short, so that a move to another address (host -> load balancer) is over in minutes. */
const TTL_SECONDS = 300;

/**
 * Records of the domain, in a zone that is looked up and never owned: deleting a zone would delete everybody's
 * records in it.
 */
export class Dns extends DigitalOceanComponent {
	constructor(args: DnsArgs) {
		super("dns", "dns");
		const zones = getDomainsOutput({}, { parent: this });
		for (const domain of args.domains) {
			const place = zones.apply((found) => placeIn(found, domain));
			this.declare(
				"dnsRecord",
				DnsRecord,
				`dns-${domain}`,
				{ domain: place.zone, name: place.name, type: "A", value: args.address, ttl: TTL_SECONDS },
				{ protect: isProtected("entry", args.site.protect) },
			);
		}
		this.registerOutputs({});
	}
}

/** The longest zone that holds the domain, and the domain's name inside it. */
function placeIn(found: GetDomainsResult, domain: string): { zone: string; name: string } {
	const zone = found.domains
		.map((each) => each.name)
		.filter((name) => domain === name || domain.endsWith(`.${name}`))
		.sort((left, right) => right.length - left.length)[0];
	if (zone === undefined) {
		throw lateProblem(
			`DigitalOcean does not serve the DNS of "${domain}"; add its zone there (doctl compute domain create), or set tierstack:edge to none and the records elsewhere`,
			"tierstack:domain",
		);
	}
	return { zone, name: domain === zone ? "@" : domain.slice(0, -zone.length - 1) };
}
