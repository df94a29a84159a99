import type { Blueprint } from "../../sizing/blueprint.ts";
import type { ManualStep } from "../changeSet.ts";
import { compareRows, MYSQL_OWN, setCounters } from "./countRows.ts";
import { PROVIDER_FACTS } from "./providerFacts.ts";
import { type DataHome, homeOf, type Side, SQLITE_FILE, sideOf } from "./side.ts";
import { kubeconfigFor, stopOf } from "./stopWriters.ts";

const NAMES: Readonly<Record<DataHome["engine"], string>> = {
	sqlite: "SQLite",
	postgres: "PostgreSQL",
	mysql: "MySQL",
};

function nameOf({ engine, place }: DataHome): string {
	return `${NAMES[engine]}${place === "host" ? " on the host" : ""}`;
}

/** Steps that bring the rows from one home to another; null when they stay where they are. */
export function databaseStep(from: Blueprint, to: Blueprint, stack: string): ManualStep | null {
	const [old, next] = [homeOf(from), homeOf(to)];
	if (old === null || next === null || (old.engine === next.engine && old.place === next.place)) return null;
	const move: Move = { from, to, stack, old: sideOf(old, "old"), next: sideOf(next, "new") };
	return {
		title: `Move the rows from ${nameOf(old)} to ${nameOf(next)}`,
		why: "the new database starts empty, and nothing copies rows by itself",
		steps: next.place === "managed" ? intoManaged(move) : ontoHost(move),
	};
}

interface Move {
	readonly from: Blueprint;
	readonly to: Blueprint;
	readonly stack: string;
	readonly old: Side;
	readonly next: Side;
}

/** The new database first and alone, so that the application never meets it empty. */
function intoManaged({ from, to, stack, old, next }: Move): readonly string[] {
	const uploads = from.settings.uploads === to.settings.uploads ? "" : ", when the uploads are copied too";
	return [
		`Create the new database alone, while the old one serves: \`pulumi up --stack ${stack} --target '**::database*'\`.`,
		`Log in to the host of slot 1 (\`pulumi stack output hosts --stack ${stack}\`): only hosts of the stack may connect to the new database. ${getTools(old, next)}`,
		...address(old, "old", stack),
		...address(next, "new", stack),
		...letIn(next, to),
		...(converts(old, next) ? [TABLES] : []),
		`Announce the pause, and stop every writer: ${stopOf(from)}.`,
		`Back up: ${backupOf(old)}.`,
		`Copy, and note the time it takes: ${copy(old, next)}.`,
		...(converts(old, next) ? [setCounters(next)] : []),
		compareRows(old, next),
		`Do the rest of the move${uploads}: \`pulumi up --stack ${stack}\`; hosts read where the database is now, and start.`,
		`Ask the health path: \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`; to go back before new rows are written, set the tier back and run \`pulumi up --stack ${stack}\`.`,
		`After a week without doubt: ${endOf(old, stack)}. \`rm -f before-move.* old.rows new.rows old.cnf new.cnf\` takes away what the move left on the host.`,
	];
}

/**
 * The host's database comes with the host's settings, and a pool's or a cluster's machines go with theirs: what is
 * copied is read from the managed database, which stays, after the move.
 */
function ontoHost({ from, to, stack, old, next }: Move): readonly string[] {
	return [
		...kubeconfigFor(from, stack),
		`Announce the pause, and stop every writer: ${stopOf(from)}.`,
		`Do the move: \`pulumi up --stack ${stack}\`; the managed database stays, kept and paid.`,
		`Log in to the host of slot 1 (\`pulumi stack output hosts --stack ${stack}\`), and stop every writer as soon as it is there, as it starts on a database that is empty: ${stopOf(to)}. ${getTools(old, next)}`,
		...address(old, "old", stack),
		`Back up: ${backupOf(old)}.`,
		`Copy, and note the time it takes: ${copy(old, next)}.`,
		compareRows(old, next),
		`Start what was stopped (\`sudo systemctl start\` with the same names and --all), then \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`.`,
		`After a week without doubt: ${endOf(old, stack)}. \`rm -f before-move.* old.rows new.rows old.cnf\` takes away what the move left on the host.`,
	];
}

/** No other pair has a converter that is to be trusted. */
function converts(old: DataHome, next: DataHome): boolean {
	return old.engine !== next.engine && next.engine === "postgres";
}

const TOOLS: Readonly<Record<DataHome["engine"], string>> = {
	sqlite: "sqlite3",
	postgres: "postgresql-client",
	mysql: "mysql-client",
};

/** Packages of the system that back up, copy and count. */
function getTools(old: DataHome, next: DataHome): string {
	// A dump program refuses a server that is newer than it is.
	const dumper = old.engine === "postgres" && old.place === "managed" && old.version !== null ? old.version : null;
	const clients = [old.engine, next.engine].map((engine) =>
		engine === "postgres" && dumper !== null ? `postgresql-client-${dumper}` : TOOLS[engine],
	);
	const packages = [...new Set([...clients, ...(converts(old, next) ? ["pgloader"] : [])])].join(" ");
	const get = `Get the tools: \`sudo apt-get update && sudo apt-get install -y ${packages}\``;
	return dumper === null
		? `${get}.`
		: `${get}; where the system has no such package, before that \`sudo apt-get install -y postgresql-common && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y\`.`;
}

/** MySQL's programs take no connection string: its parts go to a file that only this user reads. */
const LOGIN_FILE = String.raw`sed -E 's|^mysql://([^:]+):([^@]+)@([^:/]+):([0-9]+)/.*|[client]\nuser=\1\npassword="\2"\nhost=\3\nport=\4|'`;

/** Tells the shell on the host where a managed database is; the word is not seen while it is pasted. */
function address({ engine, place }: DataHome, name: "old" | "new", stack: string): readonly string[] {
	if (place === "host") return [];
	const url = `${name.toUpperCase()}_URL`;
	const file = engine === "mysql" ? `; then \`(umask 077; echo "$${url}" | ${LOGIN_FILE} > ${name}.cnf)\`` : "";
	return [
		`Tell the shell where the ${name} database is: \`read -rs ${url}\`, and paste what \`pulumi stack output databaseUrl --show-secrets --stack ${stack}\` prints where the stack file is${file}.`,
	];
}

function letIn({ engine }: DataHome, { provider }: Blueprint): readonly string[] {
	if (engine !== "postgres" || PROVIDER_FACTS[provider].ownsDatabase) return [];
	return [
		`Let the application's user make tables there: \`read -rs ADMIN_URL\`, paste the administrator's connection string for the database app (the provider's console has it), then \`psql "$ADMIN_URL" -c 'GRANT ALL ON SCHEMA public TO app' -c 'GRANT ALL ON DATABASE app TO app'\`.`,
	];
}

const TABLES =
	'Make the tables as the application makes them on the new engine: run its own migrations with DATABASE_URL set to what NEW_URL holds. Without migrations leave `--with "data only"` and `--with truncate` out below: pgloader then makes the tables, but loses NOT NULL and views, and tables whose id was not declared AUTOINCREMENT give out no new ids.';

const MYSQL_DUMP = "--single-transaction --routines --no-tablespaces";

/** Names of the application's databases, asked of the server itself. */
function mysqlNames(client: string): string {
	return `$(${client} -BNe "SELECT schema_name FROM information_schema.schemata WHERE ${MYSQL_OWN("schema_name")}")`;
}

function backupOf({ engine, place, client }: Side): string {
	switch (engine) {
		case "sqlite":
			return `\`sudo sqlite3 ${SQLITE_FILE} ".backup /srv/data/before-move.db"\``;
		case "postgres":
			return place === "host"
				? "`sudo -u postgres pg_dump --format=custom app > before-move.dump`"
				: '`pg_dump --format=custom "$OLD_URL" > before-move.dump`';
		case "mysql":
			return place === "host"
				? `\`sudo mysqldump ${MYSQL_DUMP} --databases ${mysqlNames(client)} > before-move.sql\``
				: `\`mysqldump --defaults-extra-file=old.cnf ${MYSQL_DUMP} --set-gtid-purged=OFF --databases ${mysqlNames(client)} > before-move.sql\``;
	}
}

/** Each way may be taken twice: what it finds in the new database it replaces. */
function copy(old: Side, next: Side): string {
	if (old.engine === next.engine) return `${load(next)}${owners(next)}; a second time does no harm`;
	if (next.engine === "sqlite")
		return "by the application's own export and import, as no common tool writes SQLite from a server";
	if (next.engine === "mysql") return "by the application's own export and import, or a converter";
	const source = old.engine === "sqlite" ? `sqlite://${SQLITE_FILE}` : '"$OLD_URL"';
	return `\`sudo pgloader --with "data only" --with truncate ${source} "$NEW_URL"\`; a second time does no harm`;
}

/** What the dump says of who made what (DEFINER) is left out on the way: that changes whose rights a view or a trigger has. */
function owners({ engine, place }: Side): string {
	if (engine !== "mysql") return "";
	const who = place === "host" ? "the host's administrator" : "the application's user";
	return ` (the command takes DEFINER out: views, triggers and procedures then run with the rights of ${who}, who loads them)`;
}

/** A dump of the same engine into its new place. */
function load({ engine, place }: Side): string {
	if (engine === "mysql") {
		// Nobody but an administrator may make a view or a trigger in another user's name.
		const own = String.raw`sed -E '/^(CREATE|\/\*!)/s/DEFINER=[^ ]+@[^ *]+//' before-move.sql`;
		return place === "host" ? `\`${own} | sudo mysql\`` : `\`${own} | mysql --defaults-extra-file=new.cnf\``;
	}
	const replace = "pg_restore --clean --if-exists --no-owner --no-privileges";
	// A newer program sets what an older server does not know.
	return place === "host"
		? `\`${replace} --role=app --file=- before-move.dump | sed '/^SET transaction_timeout/d' | sudo -u postgres psql -Xq --single-transaction --set=ON_ERROR_STOP=1 app\``
		: `\`${replace} --single-transaction --dbname="$NEW_URL" before-move.dump\``;
}

function endOf({ engine, place }: DataHome, stack: string): string {
	if (place === "managed") return `\`retire: [{resource: database}]\` in Pulumi.${stack}.yaml`;
	return engine === "sqlite"
		? `move ${SQLITE_FILE} off the data volume`
		: "remove the database's folder from the data volume";
}
