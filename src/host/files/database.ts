/**
 * A database on the data volume, told at each boot what the machine can give it: a quarter of the memory where it
 * shares the host with the application would starve both, so it takes an eighth. Its user and password follow the
 * secrets. Data that is already there is taken over, never made anew.
 */
export const DATABASE = String.raw`#!/bin/bash
# Gives the local database its memory, its user and that user's password.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/tierstack/database.conf
# shellcheck source=/dev/null
. /etc/tierstack/database.env
memory_mib=$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)
share_mib=$((memory_mib / 8))
[ "$share_mib" -ge 64 ] || share_mib=64

if [ "$ENGINE" = postgres ]; then
	# Which clusters there are is looked up early in the boot, when the volume is not there yet.
	for config in /etc/postgresql/*/main; do
		systemctl start "postgresql@$(basename "$(dirname "$config")")-main.service"
	done
	hba=$(runuser -u postgres -- psql -Atqc 'show hba_file')
	line='local all app scram-sha-256'
	if ! grep -qxF "$line" "$hba"; then
		# The first line that fits decides, and the system's own would ask who the process is.
		sed -i "1i $line" "$hba"
		systemctl reload postgresql.service
	fi
	runuser -u postgres -- psql -qv ON_ERROR_STOP=1 -v password="$DATABASE_PASSWORD" <<'SQL'
SELECT 'CREATE ROLE app LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') \gexec
SET password_encryption = 'scram-sha-256';
ALTER ROLE app PASSWORD :'password';
SELECT 'CREATE DATABASE app OWNER app' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'app') \gexec
SQL
	runuser -u postgres -- psql -qv ON_ERROR_STOP=1 -c "ALTER SYSTEM SET shared_buffers = '$share_mib""MB'"
	[ -z "$MAX_CONNECTIONS" ] || runuser -u postgres -- psql -qv ON_ERROR_STOP=1 -c "ALTER SYSTEM SET max_connections = $MAX_CONNECTIONS"
	runuser -u postgres -- psql -qc 'SELECT pg_reload_conf()' >/dev/null
	sleep 1
	if [ "$(runuser -u postgres -- psql -Atqc 'SELECT count(*) FROM pg_settings WHERE pending_restart')" != 0 ]; then
		systemctl restart postgresql.service
	fi
else
	# Names of further databases (one a tenant) begin with app_; the user may make those and no others.
	mysql --batch <<SQL
SET GLOBAL innodb_buffer_pool_size = $((share_mib * 2 * 1048576));
SET GLOBAL max_connections = $MAX_CONNECTIONS;
CREATE DATABASE IF NOT EXISTS app CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'app'@'localhost' IDENTIFIED BY '$DATABASE_PASSWORD';
ALTER USER 'app'@'localhost' IDENTIFIED BY '$DATABASE_PASSWORD';
GRANT ALL ON app.* TO 'app'@'localhost';
GRANT ALL ON \`app\_%\`.* TO 'app'@'localhost';
SQL
fi
`;

/** @param server unit of the engine. */
export function databaseUnit(server: string): string {
	return `[Unit]
Description=Memory, user and password of the local database
After=${server}
Requires=${server}
OnFailure=tierstack-alert@%n.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/tierstack/database

[Install]
WantedBy=multi-user.target
`;
}
