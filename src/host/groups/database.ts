import { DATABASE, databaseUnit } from "../files/database.ts";
import { DATABASE_GRANTS } from "../files/databaseGrants.ts";
import { DATA } from "../files/volume.ts";
import { group, type HostGroup } from "../manifest.ts";
import type { HostSettings } from "../settings.ts";
import { program, unit } from "./system.ts";

/** Connections MySQL takes when nothing is said: the plan's own figure for a shared host. */
const MYSQL_CONNECTIONS = 200;

interface Server {
	/** Ubuntu's package; Debian has MariaDB only. */
	readonly packages: readonly string[];
	readonly unit: string;
	/** Folder of the socket that containers are given, so that the database never listens to a network. */
	readonly socketFolder: string;
	readonly url: (password: string) => string;
}

/** Engines that run as a server on the host. */
export const SERVERS: Readonly<Record<"postgres" | "mysql", Server>> = {
	postgres: {
		packages: ["postgresql"],
		unit: "postgresql.service",
		socketFolder: "/var/run/postgresql",
		url: (password) => `postgresql://app:${encodeURIComponent(password)}@/app?host=/var/run/postgresql`,
	},
	mysql: {
		packages: ["mysql-server|mariadb-server"],
		unit: "mysql.service",
		socketFolder: "/var/run/mysqld",
		url: (password) =>
			`mysql://app:${encodeURIComponent(password)}@localhost/app?unix_socket=/var/run/mysqld/mysqld.sock`,
	},
};

/** What the application is told as DATABASE_URL when its database is on the host. */
export function localDatabaseUrl(engine: "sqlite" | "postgres" | "mysql", password: string): string {
	return engine === "sqlite" ? `sqlite:///${DATA}/sqlite/app.db` : SERVERS[engine].url(password);
}

/** PostgreSQL or MySQL on the data volume. SQLite is a file: it needs no group. */
export function databaseGroup({ database }: HostSettings): readonly HostGroup[] {
	if (database === null || database.engine === "sqlite") return [];
	const server = SERVERS[database.engine];
	const connections = database.maxConnections ?? (database.engine === "mysql" ? MYSQL_CONNECTIONS : "");
	return [
		group("database", {
			firstOnly: true,
			needs: ["volume"],
			packages: server.packages,
			files: [
				{
					path: "/etc/tierstack/database.conf",
					content: `ENGINE=${database.engine}\nMAX_CONNECTIONS=${connections}\n`,
					mode: "0644",
					restarts: ["tierstack-database.service"],
				},
				program("database", DATABASE, ["tierstack-database.service"]),
				unit("tierstack-database.service", databaseUnit(server.unit)),
			],
			secretRestarts: ["tierstack-database.service"],
			units: [server.unit, "tierstack-database.service"],
		}),
	];
}

/** What a managed database's administrator has to allow before the application can use it; on each host, as any may be first. */
export function grantsGroup({ grants }: HostSettings): readonly HostGroup[] {
	if (grants !== true) return [];
	return [
		group("grants", {
			packages: ["postgresql-client"],
			files: [program("database-grants", DATABASE_GRANTS)],
			checks: [["/usr/local/lib/tierstack/database-grants"]],
		}),
	];
}
