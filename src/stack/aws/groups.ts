import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { Input } from "@pulumi/pulumi";

/** Who may reach a port: an address range, or whatever is in a security group. */
export type Peer =
	| { readonly kind: "range"; readonly range: string }
	| { readonly kind: "group"; readonly name: string; readonly id: Input<string> };

/** One opening of a group; its name says who comes in and where, so that no order is in it. */
export interface Opening {
	readonly peer: Peer;
	readonly port: number;
	/** Text in the console; at most 255 characters of a small set. */
	readonly says: string;
}

/** Logical name of an opening: `network-hosts-80-from-load-balancer`. */
export function openingName(group: string, { peer, port }: Opening): string {
	return `${group}-${port}-from-${peer.kind === "group" ? peer.name : peer.range}`;
}

/** Inputs of the rule that makes an opening. Rules are resources of their own: inline ones would fight with them. */
export function openingArgs(
	group: Pick<SecurityGroup, "id"> | { readonly id: Input<string> },
	{ peer, port, says }: Opening,
) {
	return {
		securityGroupId: group.id,
		ipProtocol: "tcp",
		fromPort: port,
		toPort: port,
		description: says,
		...(peer.kind === "group" ? { referencedSecurityGroupId: peer.id } : { cidrIpv4: peer.range }),
	};
}

/** Everybody who speaks IPv4; the networks have no IPv6. */
export const ANYWHERE = "0.0.0.0/0";

/** Address ranges among these that a network without IPv6 can be reached from. */
export function ipv4Of(ranges: readonly string[]): readonly string[] {
	return ranges.filter((range) => !range.includes(":"));
}
