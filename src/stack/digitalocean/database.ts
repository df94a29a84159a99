import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { DatabaseConnectionPool } from "@pulumi/digitalocean/databaseConnectionPool.js";
import { DatabaseDb } from "@pulumi/digitalocean/databaseDb.js";
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall.js";
import { DatabaseMysqlConfig } from "@pulumi/digitalocean/databaseMysqlConfig.js";
import { DatabasePostgresqlConfig } from "@pulumi/digitalocean/databasePostgresqlConfig.js";
import { DatabaseReplica } from "@pulumi/digitalocean/databaseReplica.js";
import { DatabaseUser } from "@pulumi/digitalocean/databaseUser.js";
import { type Input, interpolate, type Output, output, secret } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import type { DatabaseAdmin } from "../../host/files/databaseGrants.ts";
import { assertNever } from "../../words.ts";
import { numbered } from "../numbered.ts";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import type { Site } from "./site.ts";

/** Who may open a connection: hosts by tag, and a cluster's nodes where there is one. */
export interface TrustedSources {
	readonly hostTag: Input<string>;
	readonly clusterId: Input<string> | null;
}

/** Read replicas, all alike. */
interface ReplicaArgs {
	/** Number of read replicas. The last one goes first. */
	readonly count: number;
	/** Plan of each, at least the primary's storage. The provider only ever lets it grow. */
	readonly sku: string;
	/** Storage in GB; null = the plan's own. */
	readonly storageGb: number | null;
}

/** A copy in a second region. */
export interface SecondaryArgs {
	/** Region it stands in, such as `ams3`. A change replaces it. */
	readonly region: string;
	/** Network of that region. */
	readonly networkId: Input<string>;
	readonly sku: string;
	readonly storageGb: number | null;
}

/** A managed database with all that belongs to it. */
export interface DatabaseArgs {
	readonly site: Site;
	/** Network the database is born into. A change replaces it, so it is the same in every tier. */
	readonly networkId: Input<string>;
	readonly trusted: TrustedSources;
	readonly engine: "postgres" | "mysql";
	/** Major version, such as "17". Up: an upgrade with a short interruption. Down: refused by the provider. */
	readonly version: string;
	/** Plan, such as `db-s-1vcpu-2gb`. In place, connections drop for a moment; a smaller plan may be refused. */
	readonly sku: string;
	/** Nodes that take over when the primary fails, 0 to 2. In place; not on 1 GB plans. */
	readonly standbyNodes: number;
	/** Storage in GB; null = the plan's own. Grow only. */
	readonly storageGb: number | null;
	/** Backend connections held by the connection pool; null = no pool. PostgreSQL only. A change replaces the pool. */
	readonly poolSize: number | null;
	/** Milliseconds from which a statement is written to the log; null = the provider's own default. In place. */
	readonly slowQueryMs: number | null;
	readonly replicas: ReplicaArgs | null;
	/** Copy in a second region that a person promotes when the first is lost; null = none. */
	readonly secondary: SecondaryArgs | null;
	/** False while it is being retired. */
	readonly guarded: boolean;
}

/** Quiet hours of the provider's regions, UTC; the same in every tier, so that no promotion moves it. */
const MAINTENANCE = { day: "sunday", hour: "03:00:00" };
/** Names inside the database; the application's own, the same in every tier. */
const DATABASE_NAME = "app";
const USER_NAME = "app";
const PROVIDER_ENGINE = { postgres: "pg", mysql: "mysql" } as const;
const SCHEME = { postgres: "postgresql", mysql: "mysql" } as const;
const TLS_QUERY = { postgres: "sslmode=require", mysql: "ssl-mode=REQUIRED" } as const;
/** The provider counts additional storage in MiB. */
const MIB_PER_GB = 1024;

/**
 * Managed PostgreSQL or MySQL: primary with its standbys, the application's database and user, trusted sources from
 * birth (a cluster without them is open to the internet), read replicas and a connection pool where the tier has them.
 */
export class Database extends DigitalOceanComponent {
	readonly cluster: DatabaseCluster;
	readonly replicas: readonly DatabaseReplica[];
	/** Connection string of the application's user, inside the network, TLS required; secret. */
	readonly url: Output<string>;
	/** The same through the connection pool; null without one. */
	readonly pooledUrl: Output<string> | null;
	/** The same on the first replica; null without one. */
	readonly readerUrl: Output<string> | null;
	/** Major version of the server. */
	readonly version: string;
	/** Who alone may let the application's user make tables; secret; null = it may by birth (MySQL). */
	readonly admin: Output<DatabaseAdmin> | null;

	constructor(args: DatabaseArgs) {
		super("database", "database");
		const { site } = args;
		this.version = args.version;
		if (args.engine !== "postgres" && args.poolSize !== null) {
			throw new BugError(`the provider pools connections for postgres only, not for ${args.engine}`);
		}
		const storage = storageOf(args.storageGb);
		const guard = { protect: args.guarded && isProtected("data", site.protect) };

		this.cluster = this.declare(
			"databaseCluster",
			DatabaseCluster,
			"database",
			{
				engine: PROVIDER_ENGINE[args.engine],
				version: args.version,
				size: args.sku,
				nodeCount: 1 + args.standbyNodes,
				region: site.region,
				privateNetworkUuid: args.networkId,
				maintenanceWindows: [MAINTENANCE],
				tags: [...site.tags],
				...storage,
			},
			guard,
		);
		const clusterId = this.cluster.id;
		const firewall = this.declare("databaseFirewall", DatabaseFirewall, "database-firewall", {
			clusterId,
			rules: trustedRules(args.trusted),
		});
		// Closed first, filled second: nothing is loaded while the cluster is still open.
		const afterFirewall = { dependsOn: [firewall] };
		if (args.slowQueryMs !== null) this.#settings(args.engine, clusterId, args.slowQueryMs);
		const db = this.declare(
			"databaseDb",
			DatabaseDb,
			"database-db",
			{ clusterId, name: DATABASE_NAME },
			{ ...guard, ...afterFirewall },
		);
		const user = this.declare(
			"databaseUser",
			DatabaseUser,
			"database-user",
			{ clusterId, name: USER_NAME },
			afterFirewall,
		);
		const replica = (
			name: string,
			region: string,
			networkId: Input<string>,
			of: Pick<ReplicaArgs, "sku" | "storageGb">,
		) => {
			const made = this.declare(
				"databaseReplica",
				DatabaseReplica,
				name,
				{
					clusterId,
					region,
					size: of.sku,
					privateNetworkUuid: networkId,
					tags: [...site.tags],
					...storageOf(of.storageGb),
				},
				afterFirewall,
			);
			this.declare("databaseFirewall", DatabaseFirewall, `${name}-firewall`, {
				clusterId: made.uuid,
				rules: trustedRules(args.trusted),
			});
			return made;
		};
		const { replicas, secondary } = args;
		this.replicas =
			replicas === null
				? []
				: numbered(replicas.count).map((slot) =>
						replica(`database-replica-${slot}`, site.region, args.networkId, replicas),
					);
		if (secondary !== null) replica("database-secondary", secondary.region, secondary.networkId, secondary);
		const pool =
			args.poolSize === null
				? null
				: this.declare(
						"databaseConnectionPool",
						DatabaseConnectionPool,
						"database-pool",
						{ clusterId, dbName: db.name, user: user.name, mode: "transaction", size: args.poolSize, name: USER_NAME },
						{ deleteBeforeReplace: true },
					);

		const login = interpolate`${user.name}:${user.password}`;
		const tail = `?${TLS_QUERY[args.engine]}`;
		const scheme = SCHEME[args.engine];
		const first = this.replicas[0];
		this.url = interpolate`${scheme}://${login}@${this.cluster.privateHost}:${this.cluster.port}/${db.name}${tail}`;
		this.pooledUrl =
			pool === null ? null : interpolate`${scheme}://${login}@${pool.privateHost}:${pool.port}/${pool.name}${tail}`;
		this.readerUrl =
			first === undefined
				? null
				: interpolate`${scheme}://${login}@${first.privateHost}:${first.port}/${db.name}${tail}`;
		this.admin = args.engine === "postgres" ? this.#admin(db.name) : null;
		this.registerOutputs({ host: this.cluster.privateHost, port: this.cluster.port });
	}

	#admin(database: Output<string>): Output<DatabaseAdmin> {
		const { privateHost: host, port, user, password } = this.cluster;
		return output({ host, port, user, password: secret(password), database, sslMode: "require" });
	}

	/** The engine's own settings. The provider never takes one back: what is no longer set stays as it was. */
	#settings(engine: DatabaseArgs["engine"], clusterId: Output<string>, slowQueryMs: number): void {
		switch (engine) {
			case "postgres":
				this.declare("databasePostgresqlConfig", DatabasePostgresqlConfig, "database-config", {
					clusterId,
					logMinDurationStatement: slowQueryMs,
				});
				return;
			case "mysql":
				this.declare("databaseMysqlConfig", DatabaseMysqlConfig, "database-config", {
					clusterId,
					slowQueryLog: true,
					longQueryTime: slowQueryMs / 1000,
				});
				return;
			default:
				assertNever(engine, "database engine");
		}
	}

	/** Private endpoints of the replicas. */
	get readers(): Output<readonly { host: string; port: number }[]> {
		return output(this.replicas.map(({ privateHost, port }) => ({ host: privateHost, port })));
	}
}

/** Rules of a cluster's trusted sources. By tag: a host that is replaced is trusted by what it is, not by its id. */
export function trustedRules(trusted: TrustedSources): { type: string; value: Input<string> }[] {
	const hosts = { type: "tag", value: trusted.hostTag };
	return trusted.clusterId === null ? [hosts] : [hosts, { type: "k8s", value: trusted.clusterId }];
}

function storageOf(storageGb: number | null): { storageSizeMib?: string } {
	return storageGb === null ? {} : { storageSizeMib: String(storageGb * MIB_PER_GB) };
}
