import type { Plain } from "../../../words.ts";
import { becomes, condition } from "../conditions.ts";
import { down, NO_DOWNTIME, quiet, removed, replaced, unknownEffect } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const BALANCER = "lb.LoadBalancer";
const GROUP = "lb.TargetGroup";
const LISTENER = "lb.Listener";
const nameGone = down(
	"outage",
	null,
	"it answers at another host name; users come back when names point there and resolvers have forgotten",
);
const unheard = down("outage", null, "nobody listens on its port until the new one is there");
const network = condition("of a network load balancer", ({ newInputs }) => newInputs.loadBalancerType === "network");

export const LOAD_BALANCER_TYPES: readonly TypeRule[] = [
	part(BALANCER, "load balancer", from(`${PROVIDER}/elbv2/load_balancer.go`, 43, 44), {
		kind: "balancer",
		remove: {
			...removed,
			downtime: nameGone,
			undo: "partial",
			undoWhy: "a new one has another host name",
			route: "address-first",
		},
		replace: replaced({
			downtime: nameGone,
			data: "none",
			undo: "partial",
			undoWhy: "the old host name does not come back",
			route: "address-first",
		}),
		uniqueBy: ["name"],
		capacity: ["internal", "loadBalancerType"],
	}),
	part(GROUP, "what the load balancer sends to", from(`${PROVIDER}/elbv2/target_group.go`, 45, 92), {
		remove: { ...removed, downtime: down("outage", null, "nothing is sent to what was in it") },
		replace: replaced({
			downtime: down("brief", [0, 2], "hosts are registered anew and are sent nothing until their health is checked"),
			data: "none",
			undo: "yes",
			undoWhy: "replace it again",
		}),
		heldBy: "a listener still uses the old one, so it cannot be deleted, and the fixed name is taken until it is",
		uniqueBy: ["name"],
	}),
	part(
		"lb.TargetGroupAttachment",
		"a host's place behind the load balancer",
		from(`${PROVIDER}/elbv2/target_group_attachment.go`),
		{
			within: "targetGroupArn",
			remove: { ...removed, downtime: down("none", null, "it is drained: requests that run are finished") },
			replace: replaced({
				downtime: down("brief", [0, 2], "the new place is sent nothing until its health is checked"),
				data: "none",
				undo: "yes",
				undoWhy: "put it back",
			}),
		},
	),
	part(LISTENER, "door of the load balancer", from(`${CFN} AWS::ElasticLoadBalancingV2::Listener`, 45), {
		within: "loadBalancerArn",
		remove: { ...removed, downtime: unheard },
		replace: replaced({ downtime: unheard, data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: ["loadBalancerArn", "port"],
	}),
	part(
		"lb.ListenerRule",
		"rule at the load balancer's door",
		from(`${CFN} AWS::ElasticLoadBalancingV2::ListenerRule`),
		{
			within: "listenerArn",
			remove: { ...removed, downtime: down("outage", null, "what it sent somewhere goes where the others go") },
			replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" }),
		},
	),
	part("lb.ListenerCertificate", "further certificate at the door", from(`${SDK} lb/listenerCertificate.d.ts`), {
		within: "listenerArn",
		remove: { ...removed, downtime: down("outage", null, "its names have no certificate") },
	}),
	part("acm.Certificate", "certificate", from(`${CFN} AWS::CertificateManager::Certificate`, 89), {
		remove: { ...removed, undoWhy: "ask for it again; the delete fails while a door uses it" },
		replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "ask for the old one again" }),
		heldBy: "a door or a CDN still uses the old certificate",
	}),
	part(
		"acm.CertificateValidation",
		"proof of the certificate's names",
		from(`${SDK} acm/certificateValidation.d.ts`, 89),
		{
			within: "certificateArn",
			replace: replaced({
				downtime: NO_DOWNTIME,
				data: "none",
				undo: "yes",
				undoWhy: "it only waits until the certificate is there",
			}),
		},
	),
	part("wafv2.WebAcl", "web firewall", from(`${CFN} AWS::WAFv2::WebACL`, 51), {
		kind: "guard",
		heldBy: "the web firewall still stands before something",
		uniqueBy: ["name", "scope"],
		remove: { ...removed, undoWhy: "create it again; the delete fails while it stands before something" },
	}),
	part("wafv2.WebAclAssociation", "place of the web firewall", from(`${CFN} AWS::WAFv2::WebACLAssociation`, 51), {
		kind: "guard",
		within: "resourceArn",
		uniqueBy: ["resourceArn"],
		replace: replaced({
			downtime: down("none", null, "for a moment nothing is filtered"),
			data: "none",
			undo: "yes",
			undoWhy: "set it back",
			risks: [{ risk: "exposure", why: "between the old and the new web firewall requests come through unfiltered" }],
		}),
	}),
	part(
		"wafv2.WebAclLoggingConfiguration",
		"log of the web firewall",
		from(`${CFN} AWS::WAFv2::LoggingConfiguration`, 51),
		{
			within: "resourceArn",
		},
	),
];

const filters = {
	...quiet,
	risks: [{ risk: "exposure" as const, why: "the web firewall turns other requests away than before" }],
};

export const LOAD_BALANCER_RULES: readonly PropertyRule[] = [
	{
		type: token(BALANCER),
		paths: ["subnets", "subnetMappings"],
		when: network,
		effect: {
			...unknownEffect("subnets can be added in place; taking one away or exchanging them is another load balancer"),
			route: "address-first",
		},
		...from(`${PROVIDER}/elbv2/load_balancer.go: customizeDiffLoadBalancerNLB`, 43, 97),
	},
	{
		type: token(BALANCER),
		paths: ["subnets"],
		effect: { ...quiet, undoWhy: "set them back" },
		...from(`${PROVIDER}/elbv2/load_balancer.go: in place for application load balancers`, 43),
	},
	{
		type: token(BALANCER),
		paths: ["securityGroups"],
		when: condition(
			"from or to none, at a network load balancer",
			(step) => network.holds(step) && (lengthOf(step.old) === 0) !== (lengthOf(step.new) === 0),
		),
		effect: replaced({
			downtime: nameGone,
			data: "none",
			undo: "partial",
			undoWhy: "the old host name does not come back",
			route: "address-first",
		}),
		...from(`${PROVIDER}/elbv2/load_balancer.go`, 44, 97),
	},
	{
		type: token(BALANCER),
		paths: ["securityGroups"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who reaches the load balancer changes" }] },
		...from(`${PROVIDER}/elbv2/load_balancer.go: in place`, 44),
	},
	{
		type: token(BALANCER),
		paths: ["enableDeletionProtection"],
		when: becomes(false),
		effect: { ...quiet, undoWhy: "switch it on again" },
		...from(`${PROVIDER}/elbv2/load_balancer.go: in place`, 44),
	},
	{
		type: token(BALANCER),
		paths: ["accessLogs"],
		when: condition("nothing is written down any more", ({ old, new: next }) => isLogged(old) && !isLogged(next)),
		effect: { ...quiet, risks: [{ risk: "recovery-gap", why: "who asked for what is no longer written down" }] },
		...from(`${PROVIDER}/elbv2/load_balancer.go: in place`, 44),
	},
	{
		type: token(BALANCER),
		paths: ["dropInvalidHeaderFields"],
		when: becomes(false),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "headers that no standard allows reach the application" }] },
		...from(`${PROVIDER}/elbv2/load_balancer.go: in place`, 44),
	},
	{
		type: token(BALANCER),
		paths: ["enableWafFailOpen"],
		when: becomes(true),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "requests pass when the web firewall does not answer" }] },
		...from(`${PROVIDER}/elbv2/load_balancer.go: in place`, 44),
	},
	inPlace(
		BALANCER,
		[
			"accessLogs",
			"connectionLogs",
			"clientKeepAlive",
			"desyncMitigationMode",
			"dnsRecordClientRoutingPolicy",
			"dropInvalidHeaderFields",
			"enableCrossZoneLoadBalancing",
			"enableDeletionProtection",
			"enableHttp2",
			"enableWafFailOpen",
			"enableXffClientPort",
			"enableZonalShift",
			"idleTimeout",
			"ipAddressType",
			"preserveHostHeader",
			"tags",
			"xffHeaderProcessingMode",
		],
		from(`${PROVIDER}/elbv2/load_balancer.go: in place`, 44),
	),
	inPlace(
		GROUP,
		[
			"connectionTermination",
			"deregistrationDelay",
			"healthCheck",
			"loadBalancingAlgorithmType",
			"loadBalancingCrossZoneEnabled",
			"preserveClientIp",
			"proxyProtocolV2",
			"slowStart",
			"stickiness",
			"tags",
			"targetFailovers",
			"targetGroupHealth",
			"targetHealthStates",
		],
		from(`${PROVIDER}/elbv2/target_group.go: in place`, 45),
	),
	{
		type: token(LISTENER),
		paths: ["port", "protocol"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("brief", [0, 2], "whoever comes by the old port or protocol is refused"),
		},
		...from(`${CFN} AWS::ElasticLoadBalancingV2::Listener: in place`, 45),
	},
	{
		type: token(LISTENER),
		paths: ["sslPolicy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "which protocols and ciphers are taken changes" }] },
		...from(`${CFN} AWS::ElasticLoadBalancingV2::Listener: in place`, 45),
	},
	{
		type: token(LISTENER),
		paths: ["defaultActions"],
		when: condition("no longer sent on", ({ old, new: next }) => isRedirect(old) && !isRedirect(next)),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "pages are served in clear text again" }] },
		...from(`${CFN} AWS::ElasticLoadBalancingV2::Listener: in place`, 45),
	},
	inPlace(
		LISTENER,
		[
			"alpnPolicy",
			"certificateArn",
			"defaultActions",
			"mutualAuthentication",
			"tags",
			"tcpIdleTimeoutSeconds",
			"routingHttpResponseServerEnabled",
			"routingHttpResponseStrictTransportSecurityHeaderValue",
		],
		from(`${CFN} AWS::ElasticLoadBalancingV2::Listener: in place`, 45),
	),
	inPlace(
		"lb.ListenerRule",
		["actions", "conditions", "priority", "tags", "transforms"],
		from(`${CFN} AWS::ElasticLoadBalancingV2::ListenerRule: in place`),
	),
	inPlace(
		"acm.Certificate",
		["options", "tags", "earlyRenewalDuration"],
		from(`${CFN} AWS::CertificateManager::Certificate: in place`),
	),
	{
		type: token("wafv2.WebAcl"),
		paths: ["rules", "defaultAction", "ruleJson"],
		effect: filters,
		...from(`${CFN} AWS::WAFv2::WebACL: in place`, 51),
	},
	inPlace(
		"wafv2.WebAcl",
		[
			"associationConfig",
			"captchaConfig",
			"challengeConfig",
			"customResponseBodies",
			"dataProtectionConfig",
			"description",
			"tags",
			"tokenDomains",
			"visibilityConfig",
		],
		from(`${CFN} AWS::WAFv2::WebACL: in place`, 51),
	),
	inPlace(
		"wafv2.WebAclLoggingConfiguration",
		["logDestinationConfigs", "loggingFilter", "redactedFields"],
		from(`${CFN} AWS::WAFv2::LoggingConfiguration: in place`),
	),
];

function memberOf(value: Plain | undefined, key: string): Plain | undefined {
	return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}

function isLogged(value: Plain | undefined): boolean {
	return memberOf(value, "enabled") === true;
}

function isRedirect(value: Plain | undefined): boolean {
	const actions: readonly Plain[] = Array.isArray(value) ? value : [];
	return actions.some((action) => memberOf(action, "type") === "redirect");
}

function lengthOf(value: unknown): number {
	return Array.isArray(value) ? value.length : 0;
}
