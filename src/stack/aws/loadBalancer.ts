import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { LoadBalancer as Balancer } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { TargetGroupAttachment } from "@pulumi/aws/lb/targetGroupAttachment.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Input, Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { accessLogs } from "./accessLogs.ts";
import { certificateOf, TLS_POLICY, type Tls } from "./certificate.ts";
import { AwsComponent } from "./child.ts";
import type { Ground } from "./ground.ts";
import { type Opening, openingArgs, openingName } from "./groups.ts";
import { networkBalancer } from "./networkBalancer.ts";
import { NAME_RULES, named, nameOf, type Site } from "./site.ts";
import { standbyDoor } from "./standby.ts";
import { firewall } from "./waf.ts";

export interface LoadBalancerArgs {
	readonly site: Site;
	readonly vpcId: Input<string>;
	/** Public subnets it stands in, one a zone and two at least. In place. */
	readonly subnetIds: readonly Input<string>[];
	/** Security group of what it sends to. */
	readonly targetGroupId: Input<string>;
	readonly tls: Tls;
	/** What takes traffic: hosts by their proxy, or the nodes of a cluster. Another kind is another group of targets. */
	readonly targets: "hosts" | "nodes";
	/** Port of the targets that takes traffic. */
	readonly targetPort: number;
	/** Path that answers 200 when a target can serve. In place. */
	readonly healthPath: string;
	/** Whether a visitor stays on one target. In place. */
	readonly sticky: boolean;
	/** Seconds an idle connection stays open, 1 to 4000. In place. */
	readonly idleSeconds: number;
	/** IPv4 ranges that may connect. In place. */
	readonly allowedRanges: readonly string[];
	/** Requests one address may make in five minutes; null = no firewall. In place; requests pass meanwhile. */
	readonly requestsPerWindow: number | null;
	/** Whether a second door with addresses that stay hands TCP on to this one. */
	readonly fixedAddresses: boolean;
	/** Second region's network, for a door that stands by there; null = there is none. It needs names to be reached by. */
	readonly standby: Ground | null;
}

/** Port of a host that takes traffic: its own proxy. */
export const HOST_PORT = 80;

/** Seconds a target that leaves may finish what it began. */
const DRAIN_SECONDS = 60;
const STICKY_SECONDS = 3600;

/**
 * The public door of several hosts: HTTPS where there is a certificate, HTTP sent on to it, and targets that fail the
 * health check left out.
 */
export class LoadBalancer extends AwsComponent {
	readonly balancer: Balancer;
	/** Group of targets that new hosts are announced to. */
	readonly targets: TargetGroup;
	/** Its security group, for the rule that lets it in to the targets. */
	readonly group: SecurityGroup;
	/** Certificate users are shown; null = the door speaks HTTP. */
	readonly certificateArn: Output<string> | null;
	/** Second door with addresses that stay; null = none. */
	readonly fixed: Balancer | null;
	/** Door of the second region; null = none. */
	readonly standby: Balancer | null;

	constructor(args: LoadBalancerArgs) {
		super("load-balancer", "load-balancer", args.site);
		const { site } = args;
		const declare = this.declare.bind(this);
		const certificate = certificateOf(declare, this, site, args.tls);
		const certificateArn = certificate?.arn ?? null;
		this.certificateArn = certificateArn;
		const logs = accessLogs(declare, this, site);
		this.group = this.#group(args, certificateArn === null ? [80] : [80, 443]);
		this.balancer = this.declare(
			"loadBalancer",
			Balancer,
			"load-balancer",
			{
				name: nameOf(site, NAME_RULES.balancer, "web"),
				loadBalancerType: "application",
				internal: false,
				subnets: [...args.subnetIds],
				securityGroups: [this.group.id],
				idleTimeout: args.idleSeconds,
				dropInvalidHeaderFields: true,
				desyncMitigationMode: "defensive",
				enableDeletionProtection: isProtected("entry", site.protect),
				accessLogs: { bucket: logs.bucket, prefix: logs.prefix, enabled: true },
				tags: named(site, "web"),
			},
			{ protect: isProtected("entry", site.protect), dependsOn: [...logs.ready] },
		);
		this.targets = this.#targets(args);
		const listeners = this.#listeners(certificateArn);
		this.fixed = args.fixedAddresses
			? networkBalancer(declare, {
					...args,
					balancer: this.balancer,
					group: this.group,
					listeners,
					secure: certificateArn !== null,
				})
			: null;
		const { standby, tls } = args;
		this.standby =
			standby === null || tls.kind !== "managed"
				? null
				: standbyDoor(declare, {
						...args,
						ground: standby,
						domains: tls.domains,
						proved: certificate?.proofs ?? [],
						targetPort: HOST_PORT,
					});
		if (args.requestsPerWindow !== null) {
			const { requestsPerWindow } = args;
			firewall(declare, { site, balancerArn: this.balancer.arn, requestsPerWindow });
		}
		this.registerOutputs({ address: this.balancer.dnsName });
	}

	/** Sends traffic to hosts with numbers. */
	serve(hosts: readonly { readonly id: Input<string> }[]): void {
		for (const [index, host] of hosts.entries()) {
			this.declare("targetGroupAttachment", TargetGroupAttachment, `load-balancer-target-${index + 1}`, {
				targetGroupArn: this.targets.arn,
				targetId: host.id,
			});
		}
	}

	#group(args: LoadBalancerArgs, ports: readonly number[]): SecurityGroup {
		const group = this.declare("securityGroup", SecurityGroup, "load-balancer-group", {
			vpcId: args.vpcId,
			description: "Public door of the application",
			tags: named(args.site, "web"),
		});
		for (const port of ports) {
			for (const range of args.allowedRanges) {
				const opening: Opening = { peer: { kind: "range", range }, port, says: "Visitors" };
				this.declare(
					"securityGroupIngressRule",
					SecurityGroupIngressRule,
					openingName("load-balancer", opening),
					openingArgs(group, opening),
				);
			}
		}
		this.declare("securityGroupEgressRule", SecurityGroupEgressRule, `load-balancer-to-${args.targets}`, {
			securityGroupId: group.id,
			referencedSecurityGroupId: args.targetGroupId,
			ipProtocol: "tcp",
			fromPort: args.targetPort,
			toPort: args.targetPort,
			description: "Only to what serves",
		});
		return group;
	}

	#targets(args: LoadBalancerArgs): TargetGroup {
		const { site } = args;
		return this.declare("targetGroup", TargetGroup, `load-balancer-${args.targets}`, {
			name: nameOf(site, NAME_RULES.balancer, args.targets),
			vpcId: args.vpcId,
			targetType: "instance",
			protocol: "HTTP",
			port: args.targetPort,
			deregistrationDelay: DRAIN_SECONDS,
			healthCheck: {
				enabled: true,
				protocol: "HTTP",
				path: args.healthPath,
				matcher: "200",
				interval: 10,
				timeout: 5,
				healthyThreshold: 3,
				unhealthyThreshold: 3,
			},
			stickiness: { type: "lb_cookie", enabled: args.sticky, cookieDuration: STICKY_SECONDS },
			tags: named(site, args.targets),
		});
	}

	#listeners(certificateArn: Output<string> | null): readonly Listener[] {
		const loadBalancerArn = this.balancer.arn;
		const forward = { type: "forward", targetGroupArn: this.targets.arn };
		const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
		const http = this.declare("listener", Listener, "load-balancer-http", {
			loadBalancerArn,
			port: 80,
			protocol: "HTTP",
			defaultActions: [certificateArn === null ? forward : redirect],
		});
		if (certificateArn === null) return [http];
		const https = this.declare("listener", Listener, "load-balancer-https", {
			loadBalancerArn,
			port: 443,
			protocol: "HTTPS",
			sslPolicy: TLS_POLICY,
			certificateArn,
			defaultActions: [forward],
		});
		return [http, https];
	}
}
