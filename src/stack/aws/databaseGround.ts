import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Input, Output } from "@pulumi/pulumi";
import { type Declare, placeIn } from "./declare.ts";
import type { Ground } from "./ground.ts";
import { keyPolicy } from "./keyPolicy.ts";
import { named, type Site } from "./site.ts";

/** What a database stands on in one region: subnets, the group that admits the application, a key. */
export interface DatabaseGround {
	readonly region: string;
	readonly subnetGroup: Output<string>;
	/**
	 * Name the database, its log groups and its snapshots share. The engine makes it up for the group of subnets,
	 * which nothing replaces, so it is unique, and known before the database is there.
	 */
	readonly identifier: Output<string>;
	readonly groupId: Output<string>;
	/**
	 * Key of what is stored here: disks, snapshots, statistics of statements. From birth, since none of them takes
	 * another one later, and not the service's own, which cannot leave its region or account.
	 */
	readonly keyArn: Output<string>;
}

/** Keys a database is born with: none of them can be exchanged, so an update never tries, whoever made the database. */
export const BORN_KEYS = ["kmsKeyId", "performanceInsightsKmsKeyId"];

/** What the key of each opens; a change is in place. */
const KEPT = {
	database: "The database, its snapshots and its statistics",
	"database-secondary": "The database's copy in this region",
} as const;

/**
 * @param name `database`, or `database-secondary` for the second region.
 * @param where.port the engine's; only the application's group reaches it.
 * @param where.protect whether the engine must refuse to delete what opens the data.
 */
export function databaseGround(
	declare: Declare,
	name: "database" | "database-secondary",
	where: {
		readonly site: Site;
		readonly ground: Ground;
		readonly port: number;
		readonly accountId: Input<string>;
		readonly protect: boolean;
	},
): DatabaseGround {
	const { site, ground } = where;
	const place = placeIn(site, ground.region);
	const subnets = declare("databaseSubnetGroup", SubnetGroup, `${name}-subnets`, {
		...place,
		description: "Subnets without a way to the internet",
		subnetIds: [...ground.isolatedSubnetIds],
	});
	const group = declare("securityGroup", SecurityGroup, `${name}-access`, {
		...place,
		vpcId: ground.vpcId,
		description: "The database",
		tags: named(site, name),
	});
	declare("securityGroupIngressRule", SecurityGroupIngressRule, `${name}-from-app`, {
		...place,
		securityGroupId: group.id,
		referencedSecurityGroupId: ground.clientGroupId,
		ipProtocol: "tcp",
		fromPort: where.port,
		toPort: where.port,
		description: "What runs the application",
	});
	const key = declare(
		"key",
		Key,
		`${name}-key`,
		{
			...place,
			description: KEPT[name],
			enableKeyRotation: true,
			policy: keyPolicy(where.accountId, []),
		},
		// Snapshots outlive the database, and nobody reads them without.
		{ protect: where.protect, retainOnDelete: true },
	);
	return {
		region: ground.region,
		subnetGroup: subnets.name,
		identifier: subnets.name.apply((made) => made.replace("-subnets-", "-")),
		groupId: group.id,
		keyArn: key.arn,
	};
}
