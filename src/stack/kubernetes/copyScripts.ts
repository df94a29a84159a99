/*
 * What the jobs of a cluster run in the images of the database's own client, whose shells are BusyBox's (PostgreSQL) and
 * bash (MySQL). test/host/boot/copies.test.ts runs them, there and back.
 *
 * A dump that streams lies at the top of its snapshot, those of hosts in their folder: either side finds both.
 */

/** Folder in which a job finds the program that encrypts and stores; it is copied there from its own image. */
export const TOOLS = "/tools";

/** Both directions stream: a node's disk need not hold the dump. */
const RESTIC = `
set -euo pipefail
restic() { ${TOOLS}/restic --quiet --no-cache "$@"; }
place=\${DATABASE_URL##*@}
database=\${place#*/}
database=\${database%%\\?*}
`;

/** The program's own words for a server; the password goes by the environment, which no list of processes shows. */
const MYSQL_LOGIN = `
login=\${DATABASE_URL#*://}
login=\${login%@*}
port=\${place#*:}
export MYSQL_PWD="\${login#*:}"
set -- "--host=\${place%%:*}" "--port=\${port%%/*}" "--user=\${login%%:*}" --ssl-mode=REQUIRED
`;

/** `take TAG`: one snapshot of all there is. A dump program that fails leaves none. */
const TAKE = {
	postgres: `${RESTIC}
take() {
  restic backup --host "$BACKUP_HOST" --tag "$1" --stdin-filename "$database.pgdump" --stdin-from-command -- \\
    pg_dump --format=custom --compress=0 "--dbname=$DATABASE_URL"
}
`,
	// Tenants' databases carry the application's name in front; the server's own are none of ours.
	mysql: `${RESTIC}${MYSQL_LOGIN}
take() {
  tag=$1
  shift
  names=$(mysql "$@" --batch --skip-column-names -e 'SHOW DATABASES')
  set -- "$@" --databases
  for name in $names; do
    case "$name" in "$database" | "$database"_*) set -- "$@" "$name" ;; esac
  done
  restic backup --host "$BACKUP_HOST" --tag "$tag" --stdin-filename "$database.sql" --stdin-from-command -- \\
    mysqldump --single-transaction --routines --no-tablespaces --set-gtid-purged=OFF "$@"
}
`,
} as const;

/** Counted back from the newest good one, so a week without dumps forgets nothing. */
const FORGET = `
restic forget --host "$BACKUP_HOST" --tag nightly --tag before-restore --group-by host,tags \\
  --keep-within "\${BACKUP_KEEP_DAYS}d" --prune
`;

function dump(engine: keyof typeof TAKE): string {
	return `${TAKE[engine]}
restic cat config >/dev/null 2>&1 || restic init
take nightly "$@"
${FORGET}`;
}

/** Brings the snapshot back over what is there, after a snapshot of that. */
function restore(engine: keyof typeof TAKE, ending: string, load: string): string {
	return `${TAKE[engine]}
of() { restic "$1" --host "$BACKUP_HOST" --tag nightly "$SNAPSHOT" \${2:+"$2"}; }
files=$(of ls | grep -E '^(/|/.*/dumps/now/)[^/]+\\.${ending}$') || { echo "snapshot $SNAPSHOT holds no dump" >&2; exit 1; }
take before-restore "$@"
for file in $files; do
  of dump "$file" | ${load}
  echo "$file is back"
done
`;
}

/** Scripts that dump, by engine. */
export const DUMPS = { postgres: dump("postgres"), mysql: dump("mysql") } as const;

/** Scripts that bring a dump back, by engine; PostgreSQL all or nothing. */
export const RESTORES = {
	postgres: restore(
		"postgres",
		"pgdump",
		'pg_restore --clean --if-exists --no-owner --no-privileges --single-transaction "--dbname=$DATABASE_URL"',
	),
	mysql: restore("mysql", "sql", 'mysql "$@"'),
} as const;
