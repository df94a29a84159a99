import { losesMembers } from "../conditions.ts";
import { created, down, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { inbound, outbound } from "./grants.ts";
import { from, PROVIDER, token } from "./source.ts";

const VPC = token("Vpc");
const FIREWALL = token("Firewall");
const ADDRESS = token("ReservedIp");
const ASSIGNMENT = token("ReservedIpAssignment");
const TAG = token("Tag");
const KEY = token("SshKey");
const PROJECT = token("Project");
const MEMBERS = token("ProjectResources");

const setBack = replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" });
/** Firewall, balancer and trusted sources go by tag. */
const UNTAGGED = {
	risk: "exposure",
	why: "what loses the tag leaves the firewall, the balancer and the trusted sources",
} as const;
const moved = down("brief", [0, 2], "the address leads nowhere between release and the new assignment");

export const NETWORK_TYPES: readonly TypeRule[] = [
	{
		type: VPC,
		word: "private network",
		kind: "part",
		within: null,
		create: created,
		remove: { ...removed, undoWhy: "create it again; the delete fails while anything stands in it" },
		replace: replaced({
			downtime: down("outage", null, "everything that stands in the network is replaced with it"),
			data: "none",
			undo: "partial",
			undoWhy: "another change of network, with all that stands in it",
			route: "new-stack",
		}),
		uniqueBy: ["name"],
		capacity: ["region", "ipRange"],
		...from(`${PROVIDER} vpc/resource_vpc.go; openapi vpc.yml:68`, 33),
	},
	{
		type: FIREWALL,
		word: "firewall",
		kind: "guard",
		within: null,
		create: created,
		remove: { ...removed, undoWhy: "create it again; until then every port is open" },
		replace: setBack,
		uniqueBy: ["name"],
		capacity: [],
		grants: { inboundRules: inbound, outboundRules: outbound },
		...from(`${PROVIDER} firewall/resource_firewall.go`, 13),
	},
	{
		type: ADDRESS,
		word: "reserved address",
		kind: "part",
		within: null,
		create: created,
		remove: {
			...removed,
			downtime: down("outage", null, "whoever comes by this address is lost; names must point elsewhere first"),
			undo: "no",
			undoWhy: "the provider gives the address to somebody else",
			route: "address-first",
		},
		replace: replaced({
			downtime: down("outage", null, "another address: names must follow"),
			data: "none",
			undo: "no",
			undoWhy: "the provider gives the old address to somebody else",
			route: "address-first",
		}),
		uniqueBy: [],
		capacity: ["ipAddress"],
		...from(`${PROVIDER} reservedip/resource_reserved_ip.go`, 35),
	},
	{
		type: ASSIGNMENT,
		word: "assignment of the reserved address",
		kind: "part",
		within: "ipAddress",
		create: created,
		remove: { ...removed, downtime: down("outage", null, "the address no longer leads to a host") },
		replace: replaced({
			downtime: moved,
			data: "none",
			undo: "yes",
			undoWhy: "assign it to the old host again",
			route: "detach-first",
		}),
		uniqueBy: ["ipAddress"],
		capacity: [],
		...from(`${PROVIDER} reservedip/resource_reserved_ip_assignment.go`, 35, 92),
	},
	{
		type: TAG,
		word: "tag",
		kind: "part",
		within: null,
		create: created,
		remove: {
			...removed,
			risks: [UNTAGGED],
			undoWhy: "create it again, and tag what had it",
		},
		replace: { ...setBack, risks: [UNTAGGED] },
		uniqueBy: ["name"],
		capacity: [],
		...from(`${PROVIDER} tag/resource_tag.go`, 25),
	},
	{
		type: KEY,
		word: "SSH key of the account",
		kind: "part",
		within: null,
		create: created,
		remove: removed,
		replace: setBack,
		uniqueBy: ["publicKey"],
		capacity: [],
		...from(`${PROVIDER} sshkey/resource_ssh_key.go`, 5),
	},
	...[PROJECT, MEMBERS].map(
		(type): TypeRule => ({
			type,
			word: "project in the console",
			kind: "part",
			within: null,
			create: created,
			remove: { ...removed, undoWhy: "members move to the default project" },
			replace: setBack,
			uniqueBy: type === PROJECT ? ["name"] : [],
			capacity: [],
			...from(`${PROVIDER} project/resource_project.go:273`, 8),
		}),
	),
];

export const NETWORK_RULES: readonly PropertyRule[] = [
	{
		type: VPC,
		paths: ["name", "description"],
		effect: quiet,
		...from(`${PROVIDER} vpc/resource_vpc.go: in place`, 33),
	},
	{
		type: FIREWALL,
		paths: ["tags", "dropletIds"],
		when: losesMembers,
		effect: {
			...quiet,
			risks: [{ risk: "exposure", why: "hosts that left the firewall are open" }],
			undoWhy: "take them in again",
		},
		...from(`${PROVIDER} firewall/resource_firewall.go: in place`, 25),
	},
	{
		type: FIREWALL,
		paths: ["name", "inboundRules", "outboundRules", "tags", "dropletIds"],
		effect: quiet,
		...from(`${PROVIDER} firewall/resource_firewall.go: in place`),
	},
	{
		type: ADDRESS,
		paths: ["dropletId"],
		effect: { ...quiet, outcome: "interrupts", downtime: moved },
		...from(`${PROVIDER} reservedip/resource_reserved_ip.go: in place`, 35),
	},
	{ type: KEY, paths: ["name"], effect: quiet, ...from(`${PROVIDER} sshkey/resource_ssh_key.go: in place`) },
	{
		type: PROJECT,
		paths: ["name", "description", "purpose", "environment", "isDefault", "resources"],
		effect: quiet,
		...from(`${PROVIDER} project/resource_project.go: in place`, 8),
	},
	{
		type: MEMBERS,
		paths: ["resources"],
		effect: quiet,
		...from(`${PROVIDER} project/resource_project_resources.go: in place`, 8),
	},
];
