/** File that only root reads, with the administrator's login. A cluster hands the same variables over by itself. */
export const ADMIN_FILE = "database-admin.env";

/** Who may let others into a managed PostgreSQL. */
export interface DatabaseAdmin {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	/** Secret. */
	readonly password: string;
	/** The application's database. */
	readonly database: string;
	/** How the connection is encrypted, in PostgreSQL's words: `require`. */
	readonly sslMode: string;
}

/** The login in the variables of PostgreSQL's own programs, so that no list of processes shows it. */
export function adminVariables({
	host,
	port,
	user,
	password,
	database,
	sslMode,
}: DatabaseAdmin): Record<string, string> {
	return {
		PGHOST: host,
		PGPORT: `${port}`,
		PGUSER: user,
		PGPASSWORD: password,
		PGDATABASE: database,
		PGSSLMODE: sslMode,
	};
}

/**
 * Lets the application's user make tables and schemas in its database. From version 15 on only the database's owner may,
 * and a cloud whose administrator owns it gives new users next to nothing (DigitalOcean, "How to Manage PostgreSQL Users
 * and Databases", edited 2024-08-14, read 2026-11-21; its MySQL gives new users all). Asks first, so that members that
 * start together do not write the same row at the same time.
 */
export const DATABASE_GRANTS = `#!/bin/sh
# Lets the application's user make its tables in the managed database.
set -eu
if [ -r /etc/tierstack/${ADMIN_FILE} ]; then
	set -a
	# shellcheck source=/dev/null
	. /etc/tierstack/${ADMIN_FILE}
	set +a
fi
ask() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --command="$1"; }
may="has_schema_privilege('app', 'public', 'CREATE') AND has_database_privilege('app', current_database(), 'CREATE')"
[ "$(ask "SELECT $may")" = t ] || ask "GRANT ALL ON SCHEMA public TO app; GRANT ALL ON DATABASE \\"$PGDATABASE\\" TO app"
`;
