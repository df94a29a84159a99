import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route, type RouteArgs } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { AwsComponent } from "./child.ts";
import { zoneRanges } from "./cidr.ts";
import { placeIn } from "./declare.ts";
import { ANYWHERE } from "./groups.ts";
import { named, type Site } from "./site.ts";
import { zoneCount, zoneNames } from "./zones.ts";

interface RegionArgs {
	readonly site: Site;
	readonly region: string;
	readonly range: string;
	readonly natGateways: number;
	/** Whether data of the stack stands in it. */
	readonly guarded: boolean;
}

/** A network over a region's zones. */
interface MadeRegion {
	readonly vpc: Vpc;
	readonly publicSubnets: readonly Subnet[];
	readonly privateSubnets: readonly Subnet[];
	readonly isolatedSubnets: readonly Subnet[];
	/** Zone of the first subnet of each kind. */
	readonly firstZone: Output<string>;
}

/** Kinds of subnets, one of each a zone. */
const KINDS = ["public", "private", "isolated"] as const;
type Kind = (typeof KINDS)[number];

/** One region's part of the network while it is being made. */
interface Making extends RegionArgs {
	/** First part of all logical names: `network`, `network-secondary`. */
	readonly name: string;
	readonly vpc: Vpc;
	/** Elsewhere than in the stack's own region each resource says where it is; a change replaces it. */
	readonly where: { readonly region?: string };
	readonly tag: (...parts: string[]) => { readonly Name: string };
}

/** Base of the network: makes one region's part of it, for the stack's own region and the second one alike. */
export abstract class RegionNetwork extends AwsComponent {
	protected constructor(name: "network", site: Site) {
		super("network", name, site);
	}

	protected region(name: string, args: RegionArgs): MadeRegion {
		const { site, region } = args;
		const where = placeIn(site, region);
		const tag = (...parts: string[]) => named(site, ...name.split("-").slice(1), ...parts);
		const vpc = this.declare(
			"vpc",
			Vpc,
			name,
			{
				...where,
				cidrBlock: args.range,
				enableDnsSupport: true,
				enableDnsHostnames: true,
				tags: tag("network"),
			},
			{ protect: args.guarded && isProtected("data", site.protect) },
		);
		const making = { ...args, name, vpc, where, tag };
		const zoneName = zoneNames(region, this);
		const privateSubnets = this.#subnets(making, "private", zoneName);
		const publicSubnets = this.#subnets(making, "public", zoneName);
		// These keep the network's own table of routes, which leads nowhere else.
		const isolatedSubnets = this.#subnets(making, "isolated", zoneName);
		this.#routes(making, publicSubnets, privateSubnets);
		// Of the subnet itself, which keeps the zone it was born in.
		const firstZone = privateSubnets[0]?.availabilityZone ?? zoneName(0);
		return { vpc, publicSubnets, privateSubnets, isolatedSubnets, firstZone };
	}

	#subnets({ name, range, region, vpc, where, tag }: Making, kind: Kind, zoneName: (zone: number) => Output<string>) {
		return zoneRanges(range)
			.slice(0, zoneCount(region))
			.map((zone, index) =>
				this.declare(
					"subnet",
					Subnet,
					`${name}-${kind}-${index + 1}`,
					{
						...where,
						vpcId: vpc.id,
						cidrBlock: zone[kind],
						availabilityZone: zoneName(index),
						mapPublicIpOnLaunch: false,
						tags: { ...tag(kind, `${index + 1}`), ...BALANCER_TAGS[kind] },
					},
					// A zone that AWS adds or closes must not move a subnet: whatever stands in it would be replaced.
					{ ignoreChanges: ["availabilityZone"] },
				),
			);
	}

	/** Public subnets lead straight out; private ones too where there is no gateway, else through one in their zone. */
	#routes(making: Making, publicSubnets: readonly Subnet[], privateSubnets: readonly Subnet[]): void {
		const { name, vpc, where, tag } = making;
		const gateway = this.declare("internetGateway", InternetGateway, `${name}-gateway`, {
			...where,
			vpcId: vpc.id,
			tags: tag("gateway"),
		});
		this.#table(making, "public", publicSubnets, { gatewayId: gateway.id });
		const nats = this.#gateways(making, publicSubnets, gateway);
		const tables = privateSubnets.map((subnet, index) => {
			const nat = nats[index % Math.max(1, nats.length)];
			const out = nat === undefined ? { gatewayId: gateway.id } : { natGatewayId: nat.id };
			return this.#table(making, `private-${index + 1}`, [subnet], out);
		});
		// Free, and what goes to buckets pays no gateway.
		this.declare("vpcEndpoint", VpcEndpoint, `${name}-buckets`, {
			...where,
			vpcId: vpc.id,
			serviceName: `com.amazonaws.${making.region}.s3`,
			vpcEndpointType: "Gateway",
			routeTableIds: tables.map(({ id }) => id),
			tags: tag("buckets"),
		});
	}

	/** A table of routes with its way out, and the subnets that go by it. */
	#table(
		{ name, vpc, where, tag }: Making,
		kind: string,
		subnets: readonly Subnet[],
		out: Pick<RouteArgs, "gatewayId" | "natGatewayId">,
	): RouteTable {
		const table = this.declare("routeTable", RouteTable, `${name}-${kind}-routes`, {
			...where,
			vpcId: vpc.id,
			tags: tag(kind, "routes"),
		});
		for (const [index, subnet] of subnets.entries()) {
			this.declare("routeTableAssociation", RouteTableAssociation, `${name}-${kind}-routes-${index + 1}`, {
				...where,
				routeTableId: table.id,
				subnetId: subnet.id,
			});
		}
		this.declare("route", Route, `${name}-${kind}-out`, {
			...where,
			routeTableId: table.id,
			destinationCidrBlock: ANYWHERE,
			...out,
		});
		return table;
	}

	#gateways({ name, site, where, tag, natGateways }: Making, subnets: readonly Subnet[], way: InternetGateway) {
		return subnets.slice(0, natGateways).map((subnet, index) => {
			const slot = index + 1;
			const address = this.declare(
				"eip",
				Eip,
				`${name}-nat-address-${slot}`,
				{ ...where, domain: "vpc", tags: tag("nat", `${slot}`) },
				// Others may have put it on their lists of allowed callers.
				{ protect: isProtected("entry", site.protect) },
			);
			return this.declare(
				"natGateway",
				NatGateway,
				`${name}-nat-${slot}`,
				{ ...where, allocationId: address.allocationId, subnetId: subnet.id, tags: tag("nat", `${slot}`) },
				// It lets go of its address before the next one takes it.
				{ dependsOn: [way], deleteBeforeReplace: true },
			);
		});
	}
}

/** Marks by which a cluster finds the subnets for balancers that it makes itself (AWS EKS user guide). */
const BALANCER_TAGS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
	public: { "kubernetes.io/role/elb": "1" },
	private: { "kubernetes.io/role/internal-elb": "1" },
	isolated: {},
};
