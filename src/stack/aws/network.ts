import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import { EipAssociation } from "@pulumi/aws/ec2/eipAssociation.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { type Input, interpolate, type Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { neighbourRange } from "./cidr.ts";
import type { Ground } from "./ground.ts";
import { ANYWHERE, type Opening, openingArgs, openingName } from "./groups.ts";
import { policyDocument, trustOf } from "./policyDocument.ts";
import { RegionNetwork } from "./regionNetwork.ts";
import { named, type Site } from "./site.ts";

export interface NetworkArgs {
	readonly site: Site;
	/** Range of the network, such as `10.0.0.0/16`. A change replaces it with everything in it. */
	readonly range: string;
	/**
	 * Gateways through which hosts without public addresses reach the internet: none = the hosts' subnets are public
	 * and each host has an address; one = one zone carries all; one a zone = no zone depends on another. In place:
	 * routes change, connections drop for a moment.
	 */
	readonly natGateways: number;
	/**
	 * Whether users reach a host directly and so need an address that outlives it.
	 * Turning it off gives the address back: DNS must point elsewhere first.
	 */
	readonly reservedAddress: boolean;
	/** Whether who talked to whom is logged, without contents. In place. */
	readonly flowLogs: boolean;
	/** Region in which a copy of the data stands by, such as `us-west-2`; null = none. It gets a network of its own. */
	readonly secondaryRegion: string | null;
}

/** What hosts may call: registries, mirrors and the services of others, whose addresses nobody knows beforehand. */
const OUTWARD = {
	ipProtocol: "-1",
	cidrIpv4: ANYWHERE,
	description: "Images, updates and the services the application calls",
} as const;
/** Days after which logs of connections go. */
const FLOW_LOG_DAYS = 90;

/**
 * The ground everything stands on: subnets over the region's zones, the way to the internet, the hosts' group and
 * their public address.
 *
 * Subnets are the same in every tier. What changes is where the hosts' subnets send what leaves the network: straight
 * out where there is no gateway, through one in their zone where there is. So a host is never replaced by a promotion.
 */
export class Network extends RegionNetwork {
	readonly primary: Ground;
	/** Ground of the second region. */
	readonly secondary: Ground | null;
	/** First zone, where slot 1 stands. */
	readonly firstZone: Output<string>;
	/** Subnets of hosts and nodes, first zone first. */
	readonly privateSubnetIds: readonly Input<string>[];
	/** Public address that survives the host; null behind a load balancer. */
	readonly address: Eip | null;
	readonly #hosts: SecurityGroup;

	constructor(args: NetworkArgs) {
		super("network", args.site);
		const { site } = args;
		const region = this.region("network", {
			site,
			region: site.region,
			range: args.range,
			natGateways: args.natGateways,
			guarded: true,
		});
		this.firstZone = region.firstZone;
		this.privateSubnetIds = region.privateSubnets.map(({ id }) => id);
		this.declare("defaultSecurityGroup", DefaultSecurityGroup, "network-default-group", { vpcId: region.vpc.id });
		this.#hosts = this.declare("securityGroup", SecurityGroup, "network-hosts", {
			vpcId: region.vpc.id,
			description: "Everything that runs the application",
			tags: named(site, "hosts"),
		});
		this.declare("securityGroupEgressRule", SecurityGroupEgressRule, "network-hosts-out", {
			securityGroupId: this.#hosts.id,
			...OUTWARD,
		});
		this.primary = {
			region: site.region,
			vpcId: region.vpc.id,
			isolatedSubnetIds: region.isolatedSubnets.map(({ id }) => id),
			clientGroupId: this.#hosts.id,
			publicSubnetIds: region.publicSubnets.map(({ id }) => id),
		};
		this.secondary = args.secondaryRegion === null ? null : this.#secondary(args, args.secondaryRegion);
		if (args.flowLogs) this.#flowLogs(site, region.vpc.id);
		this.address = args.reservedAddress
			? this.declare(
					"eip",
					Eip,
					"network-address",
					{ domain: "vpc", tags: named(site, "address") },
					{ protect: isProtected("entry", site.protect) },
				)
			: null;
		this.registerOutputs({ vpcId: region.vpc.id });
	}

	/** Opens a port of the hosts to somebody. */
	admit(openings: readonly Opening[]): void {
		for (const opening of openings) {
			this.declare(
				"securityGroupIngressRule",
				SecurityGroupIngressRule,
				openingName("network-hosts", opening),
				openingArgs(this.#hosts, opening),
			);
		}
	}

	/** Points the reserved address at a host. The old assignment must end before the new one can begin. */
	pointTo(instanceId: Input<string>): void {
		if (this.address === null) return;
		this.declare(
			"eipAssociation",
			EipAssociation,
			"network-address-assignment",
			{ allocationId: this.address.allocationId, instanceId },
			{ deleteBeforeReplace: true },
		);
	}

	/** A second region's network: what holds data stands by there, and hosts have room to come. */
	#secondary({ site, range }: NetworkArgs, region: string): Ground {
		const made = this.region("network-secondary", {
			site,
			region,
			range: neighbourRange(range),
			natGateways: 0,
			guarded: false,
		});
		this.declare("defaultSecurityGroup", DefaultSecurityGroup, "network-secondary-default-group", {
			region,
			vpcId: made.vpc.id,
		});
		const group = this.declare("securityGroup", SecurityGroup, "network-secondary-hosts", {
			region,
			vpcId: made.vpc.id,
			description: "Everything that runs the application",
			tags: named(site, "secondary", "hosts"),
		});
		this.declare("securityGroupEgressRule", SecurityGroupEgressRule, "network-secondary-hosts-out", {
			region,
			securityGroupId: group.id,
			...OUTWARD,
		});
		return {
			region,
			vpcId: made.vpc.id,
			isolatedSubnetIds: made.isolatedSubnets.map(({ id }) => id),
			clientGroupId: group.id,
			publicSubnetIds: made.publicSubnets.map(({ id }) => id),
		};
	}

	#flowLogs(site: Site, vpcId: Input<string>): void {
		const logs = this.declare("logGroup", LogGroup, "network-flow-logs", {
			retentionInDays: FLOW_LOG_DAYS,
			tags: named(site, "flow-logs"),
		});
		const role = this.declare("role", Role, "network-flow-logs-role", {
			assumeRolePolicy: trustOf("vpc-flow-logs.amazonaws.com"),
			description: "Writes the log of connections",
		});
		const policy = this.declare("rolePolicy", RolePolicy, "network-flow-logs-policy", {
			role: role.id,
			policy: policyDocument({
				Effect: "Allow",
				Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
				Resource: [logs.arn, interpolate`${logs.arn}:*`],
			}),
		});
		this.declare(
			"flowLog",
			FlowLog,
			"network-flow-log",
			{
				vpcId,
				trafficType: "ALL",
				logDestinationType: "cloud-watch-logs",
				logDestination: logs.arn,
				iamRoleArn: role.arn,
				tags: named(site, "flow-log"),
			},
			{ dependsOn: [policy] },
		);
	}
}
