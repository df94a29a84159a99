import type { Input } from "@pulumi/pulumi";

/*
 * What the network hands to the components that stand in it. The same in every tier: subnets and groups are never
 * moved, so that no promotion replaces what is inside.
 */

/** The part of a region's network that a data service needs. */
export interface Ground {
	/** Region it is in; children outside the stack's own region set it as their `region`. */
	readonly region: string;
	readonly vpcId: Input<string>;
	/** Subnets without a way to the internet, one a zone, first zone first; for databases and caches. */
	readonly isolatedSubnetIds: readonly Input<string>[];
	/** Security group of everything that runs the application: hosts, groups of hosts, nodes of a cluster. */
	readonly clientGroupId: Input<string>;
	/** Subnets of load balancers and gateways, first zone first. */
	readonly publicSubnetIds: readonly Input<string>[];
}
