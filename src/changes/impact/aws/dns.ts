import { condition, shrinks } from "../conditions.ts";
import { down, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, Special, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, part, SDK, token } from "./source.ts";

const RECORD = "route53.Record";
const nameless = down("outage", null, "the name leads nowhere, and resolvers remember that for a while");

/** Nobody comes by it: the certificate's maker looks it up. */
const proof: Omit<Special, "effect"> = {
	says: "a name that proves a certificate's",
	holds: ({ name }) => /^(load-balancer|cdn)(-secondary)?-certificate-/.test(name),
};

export const DNS_TYPES: readonly TypeRule[] = [
	part("route53.Zone", "zone of names", from(`${CFN} AWS::Route53::HostedZone`, 31), {
		remove: {
			...removed,
			downtime: nameless,
			undo: "partial",
			undoWhy: "a new zone has other name servers, which the registrar must be told",
		},
		replace: replaced({
			downtime: nameless,
			data: "none",
			undo: "partial",
			undoWhy: "a new zone has other name servers, which the registrar must be told",
			route: "address-first",
		}),
	}),
	part(RECORD, "name", from(`${CFN} AWS::Route53::RecordSet`), {
		within: "zoneId",
		remove: { ...removed, downtime: nameless },
		replace: replaced({ downtime: nameless, data: "none", undo: "yes", undoWhy: "set it back" }),
		removeWhen: [{ ...proof, effect: { ...removed, undoWhy: "create it again, or the certificate is not renewed" } }],
		replaceWhen: [
			{ ...proof, effect: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" }) },
		],
	}),
];

export const DNS_RULES: readonly PropertyRule[] = [
	{
		type: token(RECORD),
		paths: ["ttl"],
		when: shrinks,
		effect: { ...quiet, undoWhy: "set it back" },
		...from(`${SDK} route53/record.d.ts`),
	},
	{
		type: token(RECORD),
		paths: ["records", "aliases"],
		when: condition("leads elsewhere", () => true),
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down(
				"rolling",
				null,
				"visitors move over as resolvers forget the old answer; both places must answer so long",
			),
			undoWhy: "point it back; visitors move back as resolvers forget",
			route: "address-first",
		},
		...from(`${SDK} route53/record.d.ts: in place`),
	},
	{
		type: token(RECORD),
		paths: ["type"],
		effect: { ...quiet, outcome: "interrupts", downtime: { ...nameless, class: "brief", minutes: [0, 2] } },
		...from(`${SDK} route53/record.d.ts: deleted and created within the update (by TF, from memory)`),
	},
	inPlace(
		RECORD,
		[
			"failoverRoutingPolicies",
			"healthCheckId",
			"latencyRoutingPolicies",
			"multivalueAnswerRoutingPolicy",
			"setIdentifier",
			"ttl",
			"weightedRoutingPolicies",
			"geolocationRoutingPolicies",
		],
		from(`${SDK} route53/record.d.ts: in place`),
	),
	{
		type: token(RECORD),
		paths: ["allowOverwrite"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read when the name is made" },
		...from(`${SDK} route53/record.d.ts`),
	},
	inPlace("route53.Zone", ["comment", "forceDestroy", "tags", "vpcs"], from(`${SDK} route53/zone.d.ts`)),
];
