import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import type { Input } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { AwsComponent } from "./child.ts";
import type { Site } from "./site.ts";
import { zonesOf } from "./zone.ts";

/** Where a name points: an address, or a balancer by its name and zone. */
export type DnsTarget =
	| { readonly kind: "address"; readonly address: Input<string> }
	| { readonly kind: "balancer"; readonly name: Input<string>; readonly zoneId: Input<string> };

export interface DnsArgs {
	readonly site: Site;
	/** Host names the application answers for. */
	readonly domains: readonly string[];
	/** Where they point. In place: users follow within the time to live. */
	readonly target: DnsTarget;
	/** Door in the second region, taken when nothing well is behind the first; null = there is none. */
	readonly standby: Extract<DnsTarget, { kind: "balancer" }> | null;
}

/** Short, so that a move to another address (host -> load balancer) is over in minutes. */
const TTL_SECONDS = 60;

/**
 * Records of the domains, in zones that are looked up and never owned. With a second region a name points to a pair of
 * records beside it, of which the first that is well answers: so the name itself is changed in place when the pair
 * comes, and is never gone.
 */
export class Dns extends AwsComponent {
	constructor(args: DnsArgs) {
		super("dns", "dns", args.site);
		const zoneOf = zonesOf(this);
		const options = { protect: isProtected("entry", args.site.protect) };
		for (const domain of args.domains) {
			const zoneId = zoneOf(domain);
			this.declare(
				"record",
				DnsRecord,
				`dns-${domain}`,
				{ zoneId, name: domain, type: "A", ...pointing(this.#entry(args, domain, zoneId)) },
				options,
			);
		}
		this.registerOutputs({});
	}

	#entry({ target, standby }: DnsArgs, domain: string, zoneId: Input<string>): DnsTarget {
		if (standby === null) return target;
		const name = `tierstack-entry.${domain}`;
		const pair = [
			["first", "PRIMARY", target],
			["second", "SECONDARY", standby],
		] as const;
		const made = pair.map(([setIdentifier, type, to]) =>
			this.declare("record", DnsRecord, `dns-${setIdentifier}-${domain}`, {
				zoneId,
				name,
				type: "A",
				...pointing(to),
				setIdentifier,
				failoverRoutingPolicies: [{ type }],
			}),
		);
		return { kind: "balancer", name: made[0]?.fqdn ?? name, zoneId };
	}
}

/** A balancer behind which nothing is well is passed over where there is another answer. */
function pointing(target: DnsTarget) {
	return target.kind === "address"
		? { records: [target.address], ttl: TTL_SECONDS }
		: { aliases: [{ name: target.name, zoneId: target.zoneId, evaluateTargetHealth: true }] };
}
