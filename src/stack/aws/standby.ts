import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { TLS_POLICY } from "./certificate.ts";
import type { Declare } from "./declare.ts";
import type { Ground } from "./ground.ts";
import { type Opening, openingArgs, openingName } from "./groups.ts";
import { NAME_RULES, named, nameOf, type Site } from "./site.ts";

export interface StandbyArgs {
	readonly site: Site;
	/** Second region's network, where hosts will come. */
	readonly ground: Ground;
	/** Names it will answer for; the first region's certificate has proved them already. */
	readonly domains: readonly string[];
	/** The first region's proof; a certificate here waits for it. */
	readonly proved: readonly Resource[];
	readonly allowedRanges: readonly string[];
	readonly targetPort: number;
	readonly healthPath: string;
}

/**
 * Door of the second region: it has its certificate and its name, and nothing behind it until a person starts hosts
 * there. Made before it is needed, because on the day it is needed nobody wants to wait for a certificate.
 */
export function standbyDoor(declare: Declare, args: StandbyArgs): LoadBalancer {
	const { site, ground } = args;
	const { region, vpcId } = ground;
	const name = "load-balancer-secondary";
	const certificateArn = certificateIn(declare, args);
	const group = declare("securityGroup", SecurityGroup, `${name}-group`, {
		region,
		vpcId,
		description: "Public door of the second region",
		tags: named(site, "secondary", "web"),
	});
	for (const port of [80, 443]) {
		for (const range of args.allowedRanges) {
			const opening: Opening = { peer: { kind: "range", range }, port, says: "Visitors" };
			declare("securityGroupIngressRule", SecurityGroupIngressRule, openingName(name, opening), {
				region,
				...openingArgs(group, opening),
			});
		}
	}
	declare("securityGroupEgressRule", SecurityGroupEgressRule, `${name}-to-hosts`, {
		region,
		securityGroupId: group.id,
		referencedSecurityGroupId: ground.clientGroupId,
		ipProtocol: "tcp",
		fromPort: args.targetPort,
		toPort: args.targetPort,
		description: "Only to what serves",
	});
	const opening: Opening = {
		peer: { kind: "group", name: "load-balancer", id: group.id },
		port: args.targetPort,
		says: "The door of this region",
	};
	declare("securityGroupIngressRule", SecurityGroupIngressRule, openingName(`${name}-hosts`, opening), {
		region,
		...openingArgs({ id: ground.clientGroupId }, opening),
	});
	const door = declare("loadBalancer", LoadBalancer, name, {
		region,
		name: nameOf(site, NAME_RULES.balancer, "standby"),
		loadBalancerType: "application",
		internal: false,
		subnets: [...ground.publicSubnetIds],
		securityGroups: [group.id],
		dropInvalidHeaderFields: true,
		tags: named(site, "secondary", "web"),
	});
	const targets = declare("targetGroup", TargetGroup, `${name}-hosts`, {
		region,
		name: nameOf(site, NAME_RULES.balancer, "standby", "hosts"),
		vpcId,
		targetType: "instance",
		protocol: "HTTP",
		port: args.targetPort,
		healthCheck: { enabled: true, protocol: "HTTP", path: args.healthPath, matcher: "200" },
		tags: named(site, "secondary", "hosts"),
	});
	const common = { region, loadBalancerArn: door.arn };
	declare("listener", Listener, `${name}-http`, {
		...common,
		port: 80,
		protocol: "HTTP",
		defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
	});
	declare("listener", Listener, `${name}-https`, {
		...common,
		port: 443,
		protocol: "HTTPS",
		sslPolicy: TLS_POLICY,
		certificateArn,
		defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
	});
	return door;
}

/** The same names, proved by the same records: only the certificate itself belongs to a region. */
function certificateIn(declare: Declare, { site, ground: { region }, domains, proved }: StandbyArgs): Output<string> {
	const [first = "", ...rest] = domains;
	const certificate = declare("certificate", Certificate, "load-balancer-secondary-certificate", {
		region,
		domainName: first,
		// Written out when it is empty: left out, the names that were there would stay, and their proofs would be gone.
		subjectAlternativeNames: rest,
		validationMethod: "DNS",
		tags: named(site, "secondary", "certificate"),
	});
	return declare(
		"certificateValidation",
		CertificateValidation,
		"load-balancer-secondary-certificate-proof",
		{ region, certificateArn: certificate.arn },
		{ dependsOn: [...proved] },
	).certificateArn;
}
