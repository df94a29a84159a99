import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { all, type Input, interpolate, type Output, output } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import type { Endpoint } from "../outputs.ts";
import { isProtected } from "../protection.ts";
import { AwsComponent } from "./child.ts";
import { type ClusterArgs, DATABASE_NAME, type DatabaseArgs, type ServerArgs, USER_NAME } from "./databaseArgs.ts";
import { declareCluster, type SharedCluster } from "./databaseCluster.ts";
import { ENGINE } from "./databaseEngine.ts";
import { type DatabaseGround, databaseGround } from "./databaseGround.ts";
import { declareProxy, type ProxyTargetOf } from "./databaseProxy.ts";
import { declareServer, type Server } from "./databaseServer.ts";
import type { Declare } from "./declare.ts";
import { type Password, password } from "./password.ts";
import { trustOf } from "./policyDocument.ts";

/** What the application is to use, server or cluster. */
interface Used {
	readonly host: Output<string>;
	readonly readers: readonly Output<string>[];
	readonly pool: { readonly target: ProxyTargetOf; readonly size: number | null; readonly of: number | null };
}

/**
 * The managed database: a server, a cluster with a shared volume, or both while data moves from one to the other.
 * In subnets without a way to the internet; the application's group reaches it, nobody else.
 */
export class Database extends AwsComponent {
	readonly server: Server | null;
	readonly cluster: SharedCluster | null;
	/** Password of the application's user, in Secrets Manager. */
	readonly login: Password;
	/** Endpoint that writes go to. */
	readonly endpoint: Output<Endpoint>;
	/** Endpoints for reads that may lag. */
	readonly readers: Output<readonly Endpoint[]>;
	/** Connection string of the application's user, TLS required; secret. */
	readonly url: Output<string>;
	/** The same through the pool; null without one. */
	readonly pooledUrl: Output<string> | null;
	/** The same on the first replica, or on the cluster's readers; null without one. */
	readonly readerUrl: Output<string> | null;
	/** ARNs of what backups are taken of. */
	readonly arns: readonly Output<string>[];

	constructor(args: DatabaseArgs) {
		super("database", "database", args.site);
		const declare: Declare = this.declare.bind(this);
		const { port } = ENGINE[args.engine];
		const guarded = (args.server?.guarded ?? false) || (args.cluster?.guarded ?? false);
		const protect = guarded && isProtected("data", args.site.protect);
		this.login = password(declare, "database-password", {
			user: USER_NAME,
			description: "User and password of the database",
			guard: { protect },
		});
		const { accountId } = getCallerIdentityOutput({}, { parent: this });
		const stands = { site: args.site, port, accountId };
		const ground = databaseGround(declare, "database", { ...stands, ground: args.ground, protect });
		const follows = (args.server?.secondary ?? false) || (args.cluster?.secondary ?? false);
		const secondGround =
			args.secondGround === null || !follows
				? null
				: // Only a copy's: protected, it would forbid the way to a tier without one.
					databaseGround(declare, "database-secondary", { ...stands, ground: args.secondGround, protect: false });
		const around = { ground, secondGround, login: this.login, monitoringRoleArn: this.#monitoringRole(declare) };
		this.server = args.server === null ? null : declareServer(declare, args, args.server, around);
		this.cluster = args.cluster === null ? null : declareCluster(declare, args, args.cluster, around);
		this.arns = [this.server?.primary.arn, this.cluster?.cluster.arn].filter((arn) => arn !== undefined);

		const used = this.#used(args);
		const pool = this.#pool(declare, args, ground, used);
		const [reader] = used.readers;
		const at = (host: Input<string>) => this.#urlOf(args, host);
		this.url = at(used.host);
		this.pooledUrl = pool === null ? null : at(pool);
		this.readerUrl = reader === undefined ? null : at(reader);
		this.endpoint = output({ host: used.host, port });
		this.readers = all([...used.readers]).apply((hosts) => hosts.map((host) => ({ host, port })));
		this.registerOutputs({ host: used.host, port });
	}

	#used({ used, server, cluster }: DatabaseArgs): Used {
		if (used === "server" && this.server !== null && server !== null) return usedServer(this.server, server);
		if (used === "cluster" && this.cluster !== null && cluster !== null) return usedCluster(this.cluster, cluster);
		throw new BugError(`the database to be used is a ${used}, and there is none`);
	}

	#pool(declare: Declare, args: DatabaseArgs, ground: DatabaseGround, { pool }: Used): Output<string> | null {
		if (pool.size === null) return null;
		return declareProxy(declare, args, ground, this.login, pool.target, { size: pool.size, of: pool.of });
	}

	/** Letters and digits only, so nothing has to be escaped. */
	#urlOf({ engine }: DatabaseArgs, host: Input<string>): Output<string> {
		const { scheme, port, tlsQuery } = ENGINE[engine];
		return interpolate`${scheme}://${this.login.user}:${this.login.value}@${host}:${port}/${DATABASE_NAME}?${tlsQuery}`;
	}

	/** Figures of the machine under the database reach the logs by this role. */
	#monitoringRole(declare: Declare): Output<string> {
		const role = declare("role", Role, "database-monitoring-role", {
			assumeRolePolicy: trustOf("monitoring.rds.amazonaws.com"),
			description: "Writes figures of the database's machine",
		});
		const attached = declare("rolePolicyAttachment", RolePolicyAttachment, "database-monitoring-rights", {
			role: role.name,
			policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
		});
		// Through the attachment: a database that comes before the role's rights is refused.
		return all([role.arn, attached.id]).apply(([arn]) => arn);
	}
}

function usedServer({ primary, replicas }: Server, { poolSize, maxConnections }: ServerArgs): Used {
	return {
		host: primary.address,
		readers: replicas.map(({ address }) => address),
		pool: { target: { dbInstanceIdentifier: primary.identifier }, size: poolSize, of: maxConnections },
	};
}

function usedCluster({ cluster }: SharedCluster, { readers, poolSize, maxConnections }: ClusterArgs): Used {
	return {
		host: cluster.endpoint,
		readers: readers > 0 ? [cluster.readerEndpoint] : [],
		pool: { target: { dbClusterIdentifier: cluster.clusterIdentifier }, size: poolSize, of: maxConnections },
	};
}
