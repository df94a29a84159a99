import { Certificate } from "@pulumi/digitalocean/certificate.js";
import { LoadBalancer as Balancer } from "@pulumi/digitalocean/loadBalancer.js";
import type { Input, Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import type { Site } from "./site.ts";

/**
 * Where HTTPS comes from: a certificate the provider makes and renews (it must serve the domains' DNS), one's own, or
 * none (then the balancer speaks HTTP only).
 */
export type Tls =
	| { readonly kind: "managed"; readonly domains: readonly string[] }
	| {
			readonly kind: "own";
			readonly certificate: Output<string>;
			readonly privateKey: Output<string>;
			readonly chain: Output<string> | null;
	  }
	| { readonly kind: "none" };

/** The public door of several hosts. */
export interface LoadBalancerArgs {
	readonly site: Site;
	readonly networkId: Input<string>;
	/** Hosts it sends traffic to, by tag: a host that is added or replaced is found by itself. */
	readonly webTag: Input<string>;
	/** Size units; each takes 10,000 connections. In place, but refused within an hour of the last change. */
	readonly units: number;
	readonly tls: Tls;
	/** Port of the hosts that takes traffic. In place. */
	readonly targetPort: number;
	/** Path that answers 200 when a host can serve. In place. */
	readonly healthPath: string;
	/** Whether a visitor stays on one host. In place. */
	readonly sticky: boolean;
	/** Seconds an idle connection stays open, 30 to 600. In place. */
	readonly idleSeconds: number;
	/** Ranges that may connect; null = everybody. In place. */
	readonly allowedRanges: readonly string[] | null;
}

/**
 * Who passes the balancer's own firewall. Always said: the provider keeps what it is no longer told of, and those who
 * were let in by name would stay the only ones. Balancers are reached by IPv4 alone, and with an IPv6 range among its
 * rules the firewall is not set up at all (github.com/digitalocean/digitalocean-cloud-controller-manager issue 692,
 * read 2026-11-21).
 */
function doorFor(ranges: readonly string[] | null): string[] {
	return (ranges ?? ["0.0.0.0/0"]).filter((range) => !range.includes(":")).map((range) => `cidr:${range}`);
}

/**
 * The public door of several hosts: HTTPS where there is a certificate, HTTP sent on to it, and hosts that fail the
 * health check left out.
 */
export class LoadBalancer extends DigitalOceanComponent {
	readonly balancer: Balancer;

	constructor(args: LoadBalancerArgs) {
		super("load-balancer", "load-balancer");
		const { site } = args;
		const certificate = this.#certificate(args.tls);
		const target = { targetPort: args.targetPort, targetProtocol: "http" };
		const http = { entryPort: 80, entryProtocol: "http", ...target };
		const https =
			certificate === null
				? []
				: [{ entryPort: 443, entryProtocol: "http2", ...target, certificateName: certificate.name }];

		this.balancer = this.declare(
			"loadBalancer",
			Balancer,
			"load-balancer",
			{
				region: site.region,
				vpcUuid: args.networkId,
				dropletTag: args.webTag,
				sizeUnit: args.units,
				forwardingRules: [http, ...https],
				redirectHttpToHttps: certificate !== null,
				// The stack sets the records itself; two owners of one name would fight.
				disableLetsEncryptDnsRecords: true,
				...(certificate === null ? {} : { tlsCipherPolicy: "STRONG" }),
				healthcheck: {
					protocol: "http",
					port: args.targetPort,
					path: args.healthPath,
					checkIntervalSeconds: 10,
					responseTimeoutSeconds: 5,
					healthyThreshold: 3,
					unhealthyThreshold: 3,
				},
				httpIdleTimeoutSeconds: args.idleSeconds,
				stickySessions: args.sticky
					? { type: "cookies", cookieName: "host", cookieTtlSeconds: 3600 }
					: { type: "none" },
				firewall: { allows: doorFor(args.allowedRanges) },
			},
			{ protect: isProtected("entry", site.protect) },
		);
		this.registerOutputs({ address: this.balancer.ip });
	}

	#certificate(tls: Tls): Certificate | null {
		switch (tls.kind) {
			case "none":
				return null;
			case "managed":
				return this.declare("certificate", Certificate, "load-balancer-certificate", {
					type: "lets_encrypt",
					domains: [...tls.domains],
				});
			case "own":
				return this.declare("certificate", Certificate, "load-balancer-certificate", {
					type: "custom",
					leafCertificate: tls.certificate,
					privateKey: tls.privateKey,
					...(tls.chain === null ? {} : { certificateChain: tls.chain }),
				});
		}
	}
}
