import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import type { Children } from "./child.ts";
import type { Site } from "./site.ts";

/**
 * How a component declares a child: for the parts of a component that are a file of their own. A component hands over
 * its own `declare`, bound.
 */
export type Declare = <Kind extends keyof Children, Made extends CustomResource>(
	kind: Kind,
	type: new (name: string, args: Children[Kind], options?: CustomResourceOptions) => Made,
	name: string,
	args: Children[Kind],
	options?: CustomResourceOptions,
) => Made;

/** Where a child is, when that is not the stack's own region: the provider's region holds for all others. */
export function placeIn(site: Site, region: string): { readonly region?: string } {
	return region === site.region ? {} : { region };
}
