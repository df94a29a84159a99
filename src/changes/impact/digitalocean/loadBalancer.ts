import { becomes, condition } from "../conditions.ts";
import { created, down, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { balancerFirewall, entryPorts } from "./grants.ts";
import { API, from, PROVIDER, token } from "./source.ts";

const BALANCER = token("LoadBalancer");
const CERTIFICATE = token("Certificate");

const addressGone = down(
	"outage",
	null,
	"its address goes; users come back when names point elsewhere and resolvers have forgotten",
);

export const LOAD_BALANCER_TYPES: readonly TypeRule[] = [
	{
		type: BALANCER,
		word: "load balancer",
		kind: "balancer",
		within: null,
		create: created,
		remove: {
			...removed,
			downtime: addressGone,
			undo: "partial",
			undoWhy: "a new one has another address",
			route: "address-first",
		},
		replace: replaced({
			downtime: addressGone,
			data: "none",
			undo: "partial",
			undoWhy: "the old address does not come back",
			route: "address-first",
		}),
		uniqueBy: ["name"],
		capacity: ["sizeUnit", "size"],
		grants: { firewall: balancerFirewall, forwardingRules: entryPorts },
		...from(`${PROVIDER} loadbalancer/resource_loadbalancer.go:144`, 24),
	},
	{
		type: CERTIFICATE,
		word: "certificate",
		kind: "part",
		within: null,
		create: created,
		remove: { ...removed, undoWhy: "ask for it again; the delete waits while a balancer uses it" },
		replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "ask for the old one again" }),
		deleteFirst: down("outage", null, "HTTPS has no certificate until the new one is there"),
		uniqueBy: ["name"],
		capacity: [],
		...from(`${PROVIDER} certificate/resource_certificate.go`, 23, 92),
	},
];

export const LOAD_BALANCER_RULES: readonly PropertyRule[] = [
	{
		type: BALANCER,
		paths: ["sizeUnit", "size"],
		effect: { ...quiet, undoWhy: "set it back an hour later: one change an hour, none in the first" },
		coolDown: "its size may change once an hour, and not in its first hour",
		...from(`${API} load_balancer_base.yml:40`, 24),
	},
	{
		type: BALANCER,
		paths: ["redirectHttpToHttps"],
		when: becomes(false),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "pages are served in clear text again" }] },
		...from(`${PROVIDER} loadbalancer: in place`, 23),
	},
	{
		type: BALANCER,
		paths: ["tlsCipherPolicy"],
		when: condition("no longer only strong ciphers", ({ old, new: next }) => old === "STRONG" && next !== "STRONG"),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "weaker ciphers are taken again" }] },
		...from(`${PROVIDER} loadbalancer: in place`, 23),
	},
	{
		type: BALANCER,
		paths: [
			"name",
			"dropletIds",
			"dropletTag",
			"forwardingRules",
			"healthcheck",
			"stickySessions",
			"httpIdleTimeoutSeconds",
			"redirectHttpToHttps",
			"tlsCipherPolicy",
			"firewall",
			"enableBackendKeepalive",
			"disableLetsEncryptDnsRecords",
			"projectId",
		],
		effect: quiet,
		...from(`${PROVIDER} loadbalancer/resource_loadbalancer.go:866: the whole object is sent again`, 24, 25),
	},
];
