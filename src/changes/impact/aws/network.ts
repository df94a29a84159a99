import type { Plain, PlainRecord } from "../../../words.ts";
import { becomes } from "../conditions.ts";
import { down, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { Grant, PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const away = down("outage", null, "what goes out or in through it is cut until the new one is there");
const everything = down("outage", null, "everything that stands in it is replaced with it");
const moved = down("brief", [0, 2], "the address leads nowhere between release and the new association");

/** Who a rule of a security group lets in, or out. */
function ruleGrants(rule: PlainRecord): readonly Grant[] {
	const who = [rule.cidrIpv4, rule.cidrIpv6, rule.prefixListId, rule.referencedSecurityGroupId].filter(
		(each): each is string => typeof each === "string",
	);
	const [low, high] = [rule.fromPort, rule.toPort];
	const ports = typeof low === "number" && typeof high === "number" && low >= 0 ? ([low, high] as const) : null;
	const what = rule.ipProtocol === "-1" ? "*" : String(rule.ipProtocol ?? "");
	return who.map((each) => ({ what, ports, who: each }));
}

/** One address range or group of a rule, looked at by itself. */
function sourceGrant(value: Plain | undefined): readonly Grant[] {
	return typeof value === "string" ? ruleGrants({ cidrIpv4: value, ipProtocol: "-1" }) : [];
}

const rules = from(`${SDK} vpc/securityGroupIngressRule.d.ts; ${CFN}`, 47);
const endpoints = from(`${CFN} AWS::EC2::VPCEndpoint`, 48);

export const NETWORK_TYPES: readonly TypeRule[] = [
	part("ec2.Vpc", "private network", from(`${CFN} AWS::EC2::VPC`, 49), {
		remove: { ...removed, undoWhy: "create it again; the delete fails while anything stands in it" },
		replace: replaced({
			downtime: everything,
			data: "none",
			undo: "partial",
			undoWhy: "another change of network, with all that stands in it",
			route: "new-stack",
		}),
		capacity: ["cidrBlock"],
	}),
	part("ec2.Subnet", "subnet", from(`${CFN} AWS::EC2::Subnet`, 49, 98), {
		within: "vpcId",
		remove: { ...removed, undoWhy: "create it again; the delete fails while anything stands in it" },
		replace: replaced({
			downtime: everything,
			data: "none",
			undo: "partial",
			undoWhy: "another change of subnet, with all that stands in it",
			route: "new-stack",
		}),
		uniqueBy: ["vpcId", "cidrBlock"],
		capacity: [],
	}),
	part("ec2.InternetGateway", "way to the internet", from(`${CFN} AWS::EC2::InternetGateway`), {
		remove: { ...removed, downtime: away },
		replace: replaced({ downtime: away, data: "none", undo: "yes", undoWhy: "set it back" }),
	}),
	part("ec2.RouteTable", "table of routes", from(`${CFN} AWS::EC2::RouteTable`), {
		within: "vpcId",
		remove: { ...removed, downtime: away },
		replace: replaced({ downtime: away, data: "none", undo: "yes", undoWhy: "set it back" }),
	}),
	part("ec2.Route", "route", from(`${CFN} AWS::EC2::Route`), {
		within: "routeTableId",
		remove: { ...removed, downtime: away },
		replace: replaced({ downtime: away, data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: ["routeTableId", "destinationCidrBlock"],
	}),
	part("ec2.RouteTableAssociation", "subnet's table of routes", from(`${CFN} AWS::EC2::SubnetRouteTableAssociation`), {
		within: "subnetId",
		remove: { ...removed, downtime: away },
		replace: replaced({ downtime: away, data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: ["subnetId"],
	}),
	part("ec2.NatGateway", "way out for private subnets", from(`${PROVIDER}/ec2/vpc_nat_gateway.go`, 48), {
		remove: {
			...removed,
			downtime: down("outage", null, "what has no address of its own can call nobody outside"),
			undoWhy: "create it again; open connections do not come back",
		},
		replace: replaced({
			downtime: down("outage", null, "connections drop and the outgoing address changes: allow-lists of others break"),
			data: "none",
			undo: "partial",
			undoWhy: "the old outgoing address comes back only if it is kept",
			route: "address-first",
		}),
		uniqueBy: ["allocationId"],
		capacity: [],
	}),
	part("ec2.Eip", "fixed address", from(`${CFN} AWS::EC2::EIP`, 35, 52), {
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
		capacity: [],
	}),
	part("ec2.EipAssociation", "assignment of the fixed address", from(`${CFN} AWS::EC2::EIPAssociation`, 35), {
		within: "allocationId",
		remove: { ...removed, downtime: down("outage", null, "the address no longer leads to a host") },
		replace: replaced({
			downtime: moved,
			data: "none",
			undo: "yes",
			undoWhy: "assign it to the old host again",
			route: "detach-first",
		}),
		uniqueBy: [],
	}),
	part("ec2.SecurityGroup", "security group", from(`${CFN} AWS::EC2::SecurityGroup`, 47), {
		within: "vpcId",
		remove: { ...removed, undoWhy: "create it again; the delete hangs while anything is in it" },
		replace: replaced({
			downtime: down("outage", null, "its members lose what its rules let through until they are in the new group"),
			data: "none",
			undo: "yes",
			undoWhy: "replace it again",
			route: "detach-first",
		}),
		heldBy: "a group in use cannot be deleted: its members must leave it first",
		uniqueBy: ["name", "vpcId"],
	}),
	part(
		"ec2.DefaultSecurityGroup",
		"the network's default security group",
		from(`${SDK} ec2/defaultSecurityGroup.d.ts`),
		{
			within: "vpcId",
			remove: { ...removed, outcome: "no-effect", undoWhy: "the delete only forgets it; it stays as it is" },
		},
	),
	...(["vpc.SecurityGroupIngressRule", "vpc.SecurityGroupEgressRule"] as const).map((short) =>
		part(short, "rule of a security group", rules, {
			kind: "grant",
			within: "securityGroupId",
			remove: { ...removed, downtime: down("outage", null, "what it let through is refused") },
			replace: replaced({
				downtime: down("brief", [0, 2], "what it let through is refused until the new rule is there"),
				data: "none",
				undo: "yes",
				undoWhy: "set it back",
			}),
			opens: ruleGrants,
			grants: { cidrIpv4: sourceGrant, cidrIpv6: sourceGrant, referencedSecurityGroupId: sourceGrant },
		}),
	),
	part("ec2.VpcEndpoint", "private way to a service", endpoints, {
		within: "vpcId",
		remove: { ...removed, undoWhy: "create it again; calls go the public way meanwhile, where there is one" },
		replace: replaced({
			downtime: down("brief", [0, 2], "open connections to the service drop"),
			data: "none",
			undo: "yes",
			undoWhy: "set it back",
		}),
		uniqueBy: ["vpcId", "serviceName"],
	}),
	part("ec2.FlowLog", "log of the network's traffic", from(`${CFN} AWS::EC2::FlowLog`), {
		remove: { ...removed, risks: [{ risk: "recovery-gap", why: "traffic is no longer written down" }] },
	}),
	part("ec2.VpcPeeringConnection", "bridge between networks", from(`${CFN} AWS::EC2::VPCPeeringConnection`), {
		remove: { ...removed, downtime: away },
		replace: replaced({ downtime: away, data: "none", undo: "yes", undoWhy: "set it back" }),
	}),
	part(
		"ec2.VpcPeeringConnectionAccepter",
		"other end of a bridge between networks",
		from(`${SDK} ec2/vpcPeeringConnectionAccepter.d.ts`),
		{
			remove: { ...removed, outcome: "no-effect", undoWhy: "the delete only forgets it" },
			replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" }),
		},
	),
];

/** Inputs that any type may carry and that nobody outside the account notices. */
const TAGGED = [
	"ec2.Vpc",
	"ec2.Subnet",
	"ec2.InternetGateway",
	"ec2.RouteTable",
	"ec2.NatGateway",
	"ec2.Eip",
	"ec2.SecurityGroup",
	"ec2.DefaultSecurityGroup",
	"vpc.SecurityGroupIngressRule",
	"vpc.SecurityGroupEgressRule",
	"ec2.VpcEndpoint",
	"ec2.FlowLog",
	"ec2.VpcPeeringConnection",
	"ec2.VpcPeeringConnectionAccepter",
];

export const NETWORK_RULES: readonly PropertyRule[] = [
	...TAGGED.map((short) => inPlace(short, ["tags"], from(`${SDK}: tags are changed in place`))),
	{
		type: token("ec2.Vpc"),
		paths: ["enableDnsHostnames", "enableDnsSupport"],
		when: becomes(false),
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "names inside the network, the database's among them, are not answered"),
		},
		...from("AWS VPC user guide, DNS attributes: without them names and private ways to services do not resolve"),
	},
	{
		type: token("ec2.Subnet"),
		paths: ["mapPublicIpOnLaunch"],
		when: becomes(true),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "what is born in it gets an address of the internet" }] },
		...from(`${CFN} AWS::EC2::Subnet: in place`),
	},
	{
		type: token("ec2.VpcEndpoint"),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "the policy is not read here, so it counts as wider" }] },
		...from(`${CFN} AWS::EC2::VPCEndpoint: in place`),
	},
	{
		type: token("ec2.VpcEndpoint"),
		paths: ["privateDnsEnabled"],
		when: becomes(false),
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "the service's name leads the public way, which not every subnet has"),
		},
		...from(`${CFN} AWS::EC2::VPCEndpoint: in place`),
	},
	inPlace("ec2.Vpc", ["enableDnsHostnames", "enableDnsSupport"], from(`${CFN} AWS::EC2::VPC: in place`)),
	inPlace("ec2.Subnet", ["mapPublicIpOnLaunch"], from(`${CFN} AWS::EC2::Subnet: in place`)),
	{
		type: token("ec2.InternetGateway"),
		paths: ["vpcId"],
		effect: { ...quiet, outcome: "interrupts", downtime: away },
		...from(`${SDK} ec2/internetGateway.d.ts: detached and attached anew`),
	},
	{
		type: token("ec2.Route"),
		paths: ["gatewayId", "natGatewayId", "vpcEndpointId", "vpcPeeringConnectionId", "transitGatewayId"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("brief", [0, 2], "open connections over the old way drop"),
		},
		...from(`${CFN} AWS::EC2::Route: the target is changed in place`, 48),
	},
	{
		type: token("ec2.Eip"),
		paths: ["instance", "networkInterface"],
		effect: { ...quiet, outcome: "interrupts", downtime: moved },
		...from(`${CFN} AWS::EC2::EIP: associated anew in place`, 35),
	},
	{
		type: token("ec2.DefaultSecurityGroup"),
		paths: ["ingress", "egress"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who reaches what is in the default group changes" }] },
		...from(`${SDK} ec2/defaultSecurityGroup.d.ts: in place`),
	},
	...(["vpc.SecurityGroupIngressRule", "vpc.SecurityGroupEgressRule"] as const).map((short) => ({
		type: token(short),
		paths: ["cidrIpv4", "cidrIpv6", "fromPort", "toPort", "ipProtocol", "referencedSecurityGroupId", "prefixListId"],
		effect: {
			...quiet,
			risks: [{ risk: "exposure" as const, why: "a rule of a security group lets other traffic through than before" }],
		},
		...from(
			`${SDK} vpc/securityGroupIngressRule.d.ts: changed in place (by TF, from memory); CloudFormation replaces`,
			47,
		),
	})),
	...(["vpc.SecurityGroupIngressRule", "vpc.SecurityGroupEgressRule"] as const).map((short) =>
		inPlace(short, ["description"], rules),
	),
	inPlace(
		"ec2.VpcEndpoint",
		["routeTableIds", "subnetIds", "securityGroupIds", "privateDnsEnabled"],
		from(`${CFN} AWS::EC2::VPCEndpoint: in place`),
	),
	inPlace("ec2.VpcPeeringConnection", ["autoAccept"], from(`${SDK} ec2/vpcPeeringConnection.d.ts`)),
	inPlace("ec2.VpcPeeringConnectionAccepter", ["autoAccept"], from(`${SDK} ec2/vpcPeeringConnectionAccepter.d.ts`)),
	{
		type: token("ec2.SecurityGroup"),
		paths: ["revokeRulesOnDelete"],
		effect: { ...quiet, outcome: "no-effect" },
		...from(`${SDK} ec2/securityGroup.d.ts: only read at delete`),
	},
];
