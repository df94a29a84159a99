/** What the engines share and where they differ, as RDS and Aurora name it. */
export type CloudEngine = "postgres" | "mysql";

interface EngineFacts {
	readonly port: number;
	/** First part of a connection string. */
	readonly scheme: string;
	/** End of a connection string that refuses plain text. */
	readonly tlsQuery: string;
	/** Logs that leave the server, by kind of database. */
	readonly logs: { readonly instance: readonly string[]; readonly cluster: readonly string[] };
	/** What a proxy calls the engine. */
	readonly proxyFamily: "POSTGRESQL" | "MYSQL";
	/** Engine of a cluster with a shared volume. */
	readonly clusterEngine: "aurora-postgresql" | "aurora-mysql";
}

/** Source: docs.aws.amazon.com, AmazonRDS and AuroraUserGuide, read 2026-11-21; @pulumi/aws 7.48.0, rds/*.d.ts. */
export const ENGINE: Readonly<Record<CloudEngine, EngineFacts>> = {
	postgres: {
		port: 5432,
		scheme: "postgresql",
		tlsQuery: "sslmode=require",
		logs: { instance: ["postgresql", "upgrade"], cluster: ["postgresql"] },
		proxyFamily: "POSTGRESQL",
		clusterEngine: "aurora-postgresql",
	},
	mysql: {
		port: 3306,
		scheme: "mysql",
		tlsQuery: "ssl-mode=REQUIRED",
		logs: { instance: ["error", "slowquery"], cluster: ["error", "slowquery"] },
		proxyFamily: "MYSQL",
		clusterEngine: "aurora-mysql",
	},
};

/** One value of a parameter group. */
export interface Parameter {
	readonly name: string;
	readonly value: string;
	readonly applyMethod: "immediate" | "pending-reboot";
}

/**
 * The engine's own settings: plain text refused, changes of the schema logged, and statements logged that are slower
 * than the plan allows. All of them take effect at once. How many connections there may be is left to the class: its
 * default follows the memory, and sizing has counted with it.
 *
 * @param slowQueryMs milliseconds; null = the engine's own limit.
 */
export function parametersOf(engine: CloudEngine, slowQueryMs: number | null): Parameter[] {
	const values: Readonly<Record<CloudEngine, Readonly<Record<string, string>>>> = {
		postgres: {
			"rds.force_ssl": "1",
			log_statement: "ddl",
			...(slowQueryMs === null ? {} : { log_min_duration_statement: String(slowQueryMs) }),
		},
		mysql: {
			require_secure_transport: "1",
			slow_query_log: "1",
			...(slowQueryMs === null ? {} : { long_query_time: String(slowQueryMs / 1000) }),
		},
	};
	return Object.entries(values[engine]).map(([name, value]) => ({ name, value, applyMethod: "immediate" }));
}

/** Family of parameters of an instance: `postgres17`, `mysql8.4`. */
export function instanceFamily(engine: CloudEngine, version: string): string {
	return `${engine}${majorOf(engine, version)}`;
}

/** Major version: PostgreSQL's first number, MySQL's first two. */
function majorOf(engine: CloudEngine, version: string): string {
	const parts = version.split(".");
	return engine === "postgres" ? parts.slice(0, 1).join(".") : parts.slice(0, 2).join(".");
}

/** Family of parameters of a cluster with a shared volume: `aurora-postgresql17`, `aurora-mysql8.4`. */
export function clusterFamily(engine: CloudEngine, version: string): string {
	return `${ENGINE[engine].clusterEngine}${majorOf(engine, version)}`;
}
