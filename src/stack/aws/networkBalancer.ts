import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { TargetGroupAttachment } from "@pulumi/aws/lb/targetGroupAttachment.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Input, Resource } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import type { Declare } from "./declare.ts";
import { type Opening, openingArgs, openingName } from "./groups.ts";
import { NAME_RULES, named, nameOf, type Site } from "./site.ts";

export interface NetworkBalancerArgs {
	readonly site: Site;
	readonly vpcId: Input<string>;
	/** One address in each, for good: a subnet that leaves replaces the balancer. */
	readonly subnetIds: readonly Input<string>[];
	/** IPv4 ranges that may connect. */
	readonly allowedRanges: readonly string[];
	/** The balancer that speaks HTTP, which this one hands everything to. */
	readonly balancer: LoadBalancer;
	/** Its security group. */
	readonly group: SecurityGroup;
	/** Its listeners: a port that none of them has cannot be handed on to it. */
	readonly listeners: readonly Resource[];
	/** Whether it speaks HTTPS. */
	readonly secure: boolean;
	readonly healthPath: string;
}

/**
 * A second door for callers whose own firewall wants addresses that never change: TCP, one address a zone, handed on
 * to the balancer that speaks HTTP, so that both doors have the same rules, firewall and logs.
 */
export function networkBalancer(declare: Declare, args: NetworkBalancerArgs): LoadBalancer {
	const { site } = args;
	const ports = args.secure ? [80, 443] : [80];
	const group = declare("securityGroup", SecurityGroup, "load-balancer-fixed-group", {
		vpcId: args.vpcId,
		description: "Public door with addresses that stay",
		tags: named(site, "fixed"),
	});
	const made = declare(
		"loadBalancer",
		LoadBalancer,
		"load-balancer-fixed",
		{
			name: nameOf(site, NAME_RULES.balancer, "fixed"),
			loadBalancerType: "network",
			internal: false,
			subnets: [...args.subnetIds],
			securityGroups: [group.id],
			enableCrossZoneLoadBalancing: true,
			enableDeletionProtection: isProtected("entry", site.protect),
			tags: named(site, "fixed"),
		},
		{ protect: isProtected("entry", site.protect) },
	);
	for (const port of ports) {
		for (const range of args.allowedRanges) {
			const opening: Opening = { peer: { kind: "range", range }, port, says: "Visitors" };
			declare(
				"securityGroupIngressRule",
				SecurityGroupIngressRule,
				openingName("load-balancer-fixed", opening),
				openingArgs(group, opening),
			);
		}
		declare("securityGroupEgressRule", SecurityGroupEgressRule, `load-balancer-fixed-${port}-to-load-balancer`, {
			securityGroupId: group.id,
			referencedSecurityGroupId: args.group.id,
			ipProtocol: "tcp",
			fromPort: port,
			toPort: port,
			description: "Only to the balancer that speaks HTTP",
		});
		const opening: Opening = {
			peer: { kind: "group", name: "fixed", id: group.id },
			port,
			says: "The door with addresses that stay",
		};
		declare(
			"securityGroupIngressRule",
			SecurityGroupIngressRule,
			openingName("load-balancer", opening),
			openingArgs(args.group, opening),
		);
		const targets = declare("targetGroup", TargetGroup, `load-balancer-fixed-${port}`, {
			name: nameOf(site, NAME_RULES.balancer, "fixed", `${port}`),
			vpcId: args.vpcId,
			targetType: "alb",
			protocol: "TCP",
			port,
			// The other door answers each path with a redirect or the application's own word: both mean it is there.
			healthCheck: {
				enabled: true,
				protocol: port === 443 ? "HTTPS" : "HTTP",
				path: args.healthPath,
				matcher: "200-399",
			},
			tags: named(site, "fixed", `${port}`),
		});
		declare(
			"targetGroupAttachment",
			TargetGroupAttachment,
			`load-balancer-fixed-${port}-target`,
			{ targetGroupArn: targets.arn, targetId: args.balancer.arn, port },
			{ dependsOn: [...args.listeners] },
		);
		declare("listener", Listener, `load-balancer-fixed-${port}-listener`, {
			loadBalancerArn: made.arn,
			port,
			protocol: "TCP",
			defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
		});
	}
	return made;
}
