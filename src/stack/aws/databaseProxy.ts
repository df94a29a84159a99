import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Proxy as Pool } from "@pulumi/aws/rds/proxy.js";
import { ProxyDefaultTargetGroup } from "@pulumi/aws/rds/proxyDefaultTargetGroup.js";
import { ProxyTarget } from "@pulumi/aws/rds/proxyTarget.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Input, Output } from "@pulumi/pulumi";
import type { DatabaseArgs } from "./databaseArgs.ts";
import { ENGINE } from "./databaseEngine.ts";
import type { DatabaseGround } from "./databaseGround.ts";
import type { Declare } from "./declare.ts";
import type { Password } from "./password.ts";
import { policyDocument, trustOf } from "./policyDocument.ts";
import { named } from "./site.ts";

/** What the pool stands before: one of the two. */
export type ProxyTargetOf =
	| { readonly dbInstanceIdentifier: Input<string> }
	| { readonly dbClusterIdentifier: Input<string> };

/** Seconds a client waits for a connection of the server before it is told that there is none. */
const BORROW_SECONDS = 30;
/** Seconds an idle client keeps its place. */
const IDLE_SECONDS = 1800;

/**
 * A pool of connections before the database, over TLS only. It takes the database's own password from Secrets
 * Manager; which connections of the server it may hold is a share of what the class allows.
 *
 * @param pool.size connections of the server the pool may hold.
 * @param pool.of connections the class allows; null = not known, and the pool may hold all of them.
 * @returns host name of the pool.
 */
export function declareProxy(
	declare: Declare,
	{ site, ground, engine }: DatabaseArgs,
	database: DatabaseGround,
	login: Password,
	target: ProxyTargetOf,
	pool: { readonly size: number; readonly of: number | null },
): Output<string> {
	const { port, proxyFamily } = ENGINE[engine];
	const group = declare("securityGroup", SecurityGroup, "database-proxy-access", {
		vpcId: ground.vpcId,
		description: "The pool before the database",
		tags: named(site, "database-proxy"),
	});
	const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
	declare("securityGroupIngressRule", SecurityGroupIngressRule, "database-proxy-from-app", {
		...tcp,
		securityGroupId: group.id,
		referencedSecurityGroupId: ground.clientGroupId,
		description: "What runs the application",
	});
	declare("securityGroupEgressRule", SecurityGroupEgressRule, "database-proxy-to-database", {
		...tcp,
		securityGroupId: group.id,
		referencedSecurityGroupId: database.groupId,
		description: "The database",
	});
	declare("securityGroupIngressRule", SecurityGroupIngressRule, "database-from-proxy", {
		...tcp,
		securityGroupId: database.groupId,
		referencedSecurityGroupId: group.id,
		description: "The pool",
	});
	const role = declare("role", Role, "database-proxy-role", {
		assumeRolePolicy: trustOf("rds.amazonaws.com"),
		description: "Reads the database's password for the pool",
	});
	const policy = declare("rolePolicy", RolePolicy, "database-proxy-policy", {
		role: role.id,
		policy: policyDocument({
			Effect: "Allow",
			Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
			Resource: login.secret.arn,
		}),
	});
	const proxy = declare(
		"databaseProxy",
		Pool,
		"database-proxy",
		{
			engineFamily: proxyFamily,
			roleArn: role.arn,
			vpcSubnetIds: [...ground.isolatedSubnetIds],
			vpcSecurityGroupIds: [group.id],
			requireTls: true,
			idleClientTimeout: IDLE_SECONDS,
			auths: [{ authScheme: "SECRETS", iamAuth: "DISABLED", secretArn: login.arn }],
		},
		{ dependsOn: [policy] },
	);
	const targets = declare("databaseProxyTargetGroup", ProxyDefaultTargetGroup, "database-proxy-targets", {
		dbProxyName: proxy.name,
		connectionPoolConfig: {
			maxConnectionsPercent: shareOf(pool.size, pool.of),
			connectionBorrowTimeout: BORROW_SECONDS,
		},
	});
	declare("databaseProxyTarget", ProxyTarget, "database-proxy-target", {
		dbProxyName: proxy.name,
		targetGroupName: targets.name,
		...target,
	});
	return proxy.endpoint;
}

/** Whole percents of the class's connections, 1 to 100. */
function shareOf(size: number, of: number | null): number {
	return of === null ? 100 : Math.min(100, Math.max(1, Math.ceil((size / of) * 100)));
}
