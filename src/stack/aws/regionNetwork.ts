import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { Output } from "@pulumi/pulumi";
import { numbered } from "../numbered.ts";
import { isProtected } from "../protection.ts";
import { AwsComponent } from "./child.ts";
import { type ZoneRanges, zoneRanges } from "./cidr.ts";
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

/** Base of the network: makes one region's part of it, for the stack's own region and the second one alike. */
export abstract class RegionNetwork extends AwsComponent {
	protected constructor(name: "network", site: Site) {
		super("network", name, site);
	}

	/** @param name first part of all logical names: `network`, `network-secondary`. */
	protected region(name: string, args: RegionArgs): MadeRegion {
		const { site, region } = args;
		// Elsewhere than in the stack's own region each resource says where it is; a change replaces it.
		const where = region === site.region ? {} : { region };
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
		const gateway = this.declare("internetGateway", InternetGateway, `${name}-gateway`, {
			...where,
			vpcId: vpc.id,
			tags: tag("gateway"),
		});
		const zoneName = zoneNames(region, this);
		const ranges = zoneRanges(args.range).slice(0, zoneCount(region));
		const subnets = (kind: Kind) =>
			ranges.map((zone: ZoneRanges, index) =>
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
		const privateSubnets = subnets("private");
		const made: MadeRegion = {
			vpc,
			publicSubnets: subnets("public"),
			privateSubnets,
			isolatedSubnets: subnets("isolated"),
			// Of the subnet itself, which keeps the zone it was born in.
			firstZone: privateSubnets[0]?.availabilityZone ?? zoneName(0),
		};

		const table = (kind: string, of: readonly Subnet[], slots: readonly number[]) => {
			const made = this.declare("routeTable", RouteTable, `${name}-${kind}-routes`, {
				...where,
				vpcId: vpc.id,
				tags: tag(kind, "routes"),
			});
			for (const [index, subnet] of of.entries()) {
				this.declare("routeTableAssociation", RouteTableAssociation, `${name}-${kind}-routes-${slots[index]}`, {
					...where,
					routeTableId: made.id,
					subnetId: subnet.id,
				});
			}
			return made;
		};
		const out = (kind: string, of: RouteTable, target: { gatewayId: string } | object) =>
			this.declare("route", Route, `${name}-${kind}-out`, {
				...where,
				routeTableId: of.id,
				destinationCidrBlock: ANYWHERE,
				...target,
			});
		const slots = numbered(ranges.length);
		out("public", table("public", made.publicSubnets, slots), { gatewayId: gateway.id });
		const nats = numbered(Math.min(args.natGateways, ranges.length)).map((slot) => {
			const address = this.declare(
				"eip",
				Eip,
				`${name}-nat-address-${slot}`,
				{ ...where, domain: "vpc", tags: tag("nat", `${slot}`) },
				// Others may have put it on their lists of allowed callers.
				{ protect: isProtected("entry", site.protect) },
			);
			const subnet = made.publicSubnets[slot - 1];
			return this.declare(
				"natGateway",
				NatGateway,
				`${name}-nat-${slot}`,
				{
					...where,
					allocationId: address.allocationId,
					...(subnet === undefined ? {} : { subnetId: subnet.id }),
					tags: tag("nat", `${slot}`),
				},
				// It lets go of its address before the next one takes it.
				{ dependsOn: [gateway], deleteBeforeReplace: true },
			);
		});
		const tables = made.privateSubnets.map((subnet, index) => {
			const kind = `private-${index + 1}`;
			const routes = table(kind, [subnet], [index + 1]);
			const nat = nats[index % Math.max(1, nats.length)];
			out(kind, routes, nat === undefined ? { gatewayId: gateway.id } : { natGatewayId: nat.id });
			return routes;
		});
		const closed = table("isolated", made.isolatedSubnets, slots);
		// Free, and what goes to buckets pays no gateway.
		this.declare("vpcEndpoint", VpcEndpoint, `${name}-buckets`, {
			...where,
			vpcId: vpc.id,
			serviceName: `com.amazonaws.${region}.s3`,
			vpcEndpointType: "Gateway",
			routeTableIds: [...tables, closed].map(({ id }) => id),
			tags: tag("buckets"),
		});
		return made;
	}
}

/** Marks by which a cluster finds the subnets for balancers that it makes itself (AWS EKS user guide). */
const BALANCER_TAGS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
	public: { "kubernetes.io/role/elb": "1" },
	private: { "kubernetes.io/role/internal-elb": "1" },
	isolated: {},
};
