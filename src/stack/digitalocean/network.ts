import { Firewall } from "@pulumi/digitalocean/firewall.js";
import { Project } from "@pulumi/digitalocean/project.js";
import { ProjectResources } from "@pulumi/digitalocean/projectResources.js";
import { ReservedIp } from "@pulumi/digitalocean/reservedIp.js";
import { ReservedIpAssignment } from "@pulumi/digitalocean/reservedIpAssignment.js";
import { Tag } from "@pulumi/digitalocean/tag.js";
import { Vpc } from "@pulumi/digitalocean/vpc.js";
import type { Input, Output } from "@pulumi/pulumi";
import { physicalName } from "../names.ts";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import { NAME_RULES, type Site } from "./site.ts";

/** Who may open ports 80 and 443 of the hosts: address ranges, or the load balancer alone. */
export type WebSources =
	| { readonly kind: "ranges"; readonly ranges: readonly string[] }
	| { readonly kind: "load-balancer"; readonly id: Input<string> };

/** The ground a stack stands on. */
export interface NetworkArgs {
	readonly site: Site;
	/**
	 * Whether users reach a host directly and so need an address that outlives it.
	 * Turning it off gives the address back: DNS must point elsewhere first.
	 */
	readonly reservedAddress: boolean;
	/** Region in which a copy of the database stands by, such as `ams3`; null = none. It gets a network of its own. */
	readonly secondaryRegion: string | null;
}

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

/**
 * The ground everything stands on: private network, tags, project, the hosts' firewall and their public address.
 *
 * The network's range is left to the provider (ranges of one account may not overlap, and a change of range replaces
 * the network with all in it), so stacks stand side by side without anybody planning addresses.
 */
export class Network extends DigitalOceanComponent {
	readonly vpc: Vpc;
	/** Network of the second region. */
	readonly secondary: Vpc | null;
	/** Names of the tags hosts carry. Taken from the tags themselves, so that hosts wait for them. */
	readonly hostTag: Output<string>;
	readonly webTag: Output<string>;
	/** Public address that survives the host; null behind a load balancer. */
	readonly address: ReservedIp | null;
	readonly #project: Project;

	constructor(args: NetworkArgs) {
		super("network", "network");
		const { site } = args;
		this.vpc = this.declare(
			"vpc",
			Vpc,
			"network",
			{ region: site.region },
			{ protect: isProtected("data", site.protect) },
		);
		this.secondary =
			args.secondaryRegion === null
				? null
				: this.declare("vpc", Vpc, "network-secondary", { region: args.secondaryRegion });
		this.hostTag = this.declare("tag", Tag, "network-host-tag", { name: site.hostTag }).name;
		this.webTag = this.declare("tag", Tag, "network-web-tag", { name: site.webTag }).name;
		this.#project = this.declare("project", Project, "network-project", {
			name: physicalName(NAME_RULES.project, site.owner),
			purpose: "Web Application",
		});
		this.address = args.reservedAddress
			? this.declare(
					"reservedIp",
					ReservedIp,
					"network-address",
					{ region: site.region },
					{ protect: isProtected("entry", site.protect) },
				)
			: null;
		this.registerOutputs({ networkId: this.vpc.id });
	}

	/**
	 * Closes the hosts to everybody but these. The firewall goes by tag, so a host is covered from its first second.
	 *
	 * @param sshFrom ranges that reach port 22; none = closed.
	 * @param web who reaches the ports that serve traffic.
	 * @param webPorts those ports: 80 and 443, or the one the load balancer sends to.
	 */
	admit(sshFrom: readonly string[], web: WebSources, webPorts: readonly number[]): Firewall {
		const sources = web.kind === "ranges" ? { sourceAddresses: [...web.ranges] } : { sourceLoadBalancerUids: [web.id] };
		const ssh = sshFrom.length === 0 ? [] : [{ protocol: "tcp", portRange: "22", sourceAddresses: [...sshFrom] }];
		return this.declare("firewall", Firewall, "network-firewall", {
			tags: [this.hostTag],
			inboundRules: [...ssh, ...webPorts.map((port) => ({ protocol: "tcp", portRange: String(port), ...sources }))],
			outboundRules: [
				{ protocol: "tcp", portRange: "1-65535", destinationAddresses: EVERYWHERE },
				{ protocol: "udp", portRange: "1-65535", destinationAddresses: EVERYWHERE },
				{ protocol: "icmp", destinationAddresses: EVERYWHERE },
			],
		});
	}

	/** Points the reserved address at a host. The old assignment must end before the new one can begin. */
	pointTo(dropletId: Input<number>): void {
		if (this.address === null) return;
		this.declare(
			"reservedIpAssignment",
			ReservedIpAssignment,
			"network-address-assignment",
			{ ipAddress: this.address.ipAddress, dropletId },
			{ deleteBeforeReplace: true },
		);
	}

	/** Groups resources in the provider's console. A separate resource, because a cluster's own field replaces it. */
	group(urns: readonly Input<string>[]): void {
		this.declare("projectResources", ProjectResources, "network-project-resources", {
			project: this.#project.id,
			resources: [...urns],
		});
	}
}

/** Everybody, over IPv4 and IPv6. */
export const ANYWHERE: WebSources = { kind: "ranges", ranges: EVERYWHERE };
