import type { Blueprint, Component } from "../../sizing/blueprint.ts";
import type { ManualStep } from "../changeSet.ts";

/** Where a stack's relational data lives. */
interface DataHome {
	readonly engine: string;
	readonly place: "host" | "managed";
}

/** Paths on the host: the data volume, and what lies on it. */
const SQLITE_FILE = "/srv/data/sqlite/app.db";
const UPLOADS = "/srv/data/uploads";

/** What a person must do beside `pulumi up`, in the order of doing. */
export function manualSteps(from: Blueprint | null, to: Blueprint, stack: string): readonly ManualStep[] {
	if (from === null) return [];
	return [databaseStep, uploadsStep, clusterStep, addressStep].flatMap((step) => step(from, to, stack) ?? []);
}

type Step = (from: Blueprint, to: Blueprint, stack: string) => ManualStep | null;

function homeOf({ components }: Blueprint): DataHome | null {
	const database = components.find(({ role, name }) => role === "database" && name === "database");
	const engine = database?.settings.engine;
	if (database === undefined || typeof engine !== "string") return null;
	return { engine, place: database.sku === "on-host" ? "host" : "managed" };
}

const NAMES: Readonly<Record<string, string>> = { sqlite: "SQLite", postgres: "PostgreSQL", mysql: "MySQL" };

function nameOf({ engine, place }: DataHome): string {
	return `${NAMES[engine] ?? engine}${place === "host" ? " on the host" : ""}`;
}

const databaseStep: Step = (from, to, stack) => {
	const [old, next] = [homeOf(from), homeOf(to)];
	if (old === null || next === null || (old.engine === next.engine && old.place === next.place)) return null;
	return {
		title: `Move the rows from ${nameOf(old)} to ${nameOf(next)}`,
		why: "the new database starts empty, and nothing copies rows by itself",
		steps:
			next.place === "managed" ? intoManaged(old, next, stack, stopOf(from)) : ontoHost(old, next, stack, stopOf(from)),
	};
};

/** Stops the application's processes alone: the host goes on reading its settings. */
function stopOf({ processes }: Blueprint): string {
	const names = processes.length === 0 ? ["web"] : processes.map(({ name }) => name);
	return `\`sudo systemctl stop ${names.map((name) => `'tierstack-${name}-*'`).join(" ")}\` (with a compose file: tierstack-compose)`;
}

const COMPARE = "Compare the count of rows of every table on both sides; go on only when they are equal.";

/** The new database first and alone, so that the application never meets it empty. */
function intoManaged(old: DataHome, next: DataHome, stack: string, stop: string): readonly string[] {
	return [
		`Create the new database alone, while the old one serves: \`pulumi up --stack ${stack} --target '**::database*'\`.`,
		`Log in to the host of slot 1 (\`pulumi stack output hosts --stack ${stack}\`): only hosts of the stack may connect to the new database. Get the tools: \`sudo apt-get install -y ${toolsOf(old, next)}\`.`,
		`Announce the pause, and stop every writer: ${stop}.`,
		`Back up: ${backupOf(old)}.`,
		`Copy, and note the time it takes: ${copy(old, next)}.`,
		COMPARE,
		`Do the rest of the move: \`pulumi up --stack ${stack}\`; hosts read where the database is now, and start.`,
		`Ask the health path: \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`; to go back before new rows are written, set the tier back and run \`pulumi up --stack ${stack}\`.`,
		`After a week without doubt: ${endOf(old, stack)}.`,
	];
}

/** The host's database comes with the host's settings: writers stand still until its rows are there. */
function ontoHost(old: DataHome, next: DataHome, stack: string, stop: string): readonly string[] {
	return [
		`Announce the pause, and stop every writer on the host of slot 1: ${stop}.`,
		`Back up on that host: ${backupOf(old)}.`,
		`Do the move: \`pulumi up --stack ${stack}\`; the managed database stays, kept and paid.`,
		"Stop every writer again as soon as the host is back: it starts on a database that is empty.",
		`Copy, and note the time it takes: ${copy(old, next)}.`,
		COMPARE,
		`Start what was stopped (\`sudo systemctl start\` with the same names and --all), then \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`.`,
		`After a week without doubt: ${endOf(old, stack)}.`,
	];
}

/** MySQL's programs take no connection string: its parts are typed. */
const MYSQL_LOGIN = "--host=<host> --port=<port> --user=<user> --password";
const MYSQL_DUMP = "mysqldump --single-transaction --routines --no-tablespaces";
/** The application's own database, and one a tenant where it makes those: all begin with its name. */
const MYSQL_NAMES = `SHOW DATABASES LIKE "app%"`;
const SHOWS_URL = "`pulumi stack output databaseUrl --show-secrets`";

function backupOf({ engine, place }: DataHome): string {
	if (engine === "sqlite") return `\`sudo sqlite3 ${SQLITE_FILE} ".backup /srv/data/before-move.db"\``;
	if (place === "host")
		return engine === "mysql"
			? `\`sudo ${MYSQL_DUMP} --databases $(sudo mysql -BNe '${MYSQL_NAMES}') > before-move.sql\``
			: "`sudo -u postgres pg_dump --format=custom app > before-move.dump`";
	return engine === "mysql"
		? `\`${MYSQL_DUMP} ${MYSQL_LOGIN} --databases app > before-move.sql\`, with the parts of ${SHOWS_URL}, and every further database of the application named behind app`
		: `\`pg_dump --format=custom "$OLD_URL" > before-move.dump\`, with OLD_URL from ${SHOWS_URL}`;
}

const TOOLS: Readonly<Record<string, string>> = {
	sqlite: "sqlite3",
	postgres: "postgresql-client",
	mysql: "mysql-client",
};

/** Packages of the system that back up and copy. */
function toolsOf(old: DataHome, next: DataHome): string {
	const converter = old.engine !== next.engine && next.engine === "postgres" ? ["pgloader"] : [];
	const clients = [old.engine, next.engine].map((engine) => TOOLS[engine] ?? engine);
	return [...new Set([...clients, ...converter])].join(" ");
}

function copy(old: DataHome, next: DataHome): string {
	const target = next.place === "host" ? "the database on the host" : `NEW_URL from ${SHOWS_URL}`;
	if (old.engine === next.engine) return load(next);
	if (next.engine === "sqlite")
		return "the application's own export and import, as no common tool writes SQLite from a server";
	if (next.engine === "mysql") return `the application's own export and import, or a converter, into ${target}`;
	const source = old.engine === "sqlite" ? `sqlite://${SQLITE_FILE}` : '"$OLD_URL"';
	return `\`sudo pgloader ${source} "$NEW_URL"\`, with ${target}`;
}

/** A dump of the same engine into its new place. */
function load({ engine, place }: DataHome): string {
	if (place === "host")
		return engine === "mysql"
			? "`sudo mysql < before-move.sql`"
			: "`sudo -u postgres pg_restore --no-owner --role=app --dbname=app < before-move.dump`";
	return engine === "mysql"
		? `\`mysql ${MYSQL_LOGIN} < before-move.sql\`, with the parts of ${SHOWS_URL}`
		: `\`pg_restore --no-owner --no-privileges --dbname "$NEW_URL" before-move.dump\`, with NEW_URL from ${SHOWS_URL}`;
}

function endOf({ engine, place }: DataHome, stack: string): string {
	if (place === "managed") return `\`retire: [{resource: database}]\` in Pulumi.${stack}.yaml`;
	return engine === "sqlite"
		? `move ${SQLITE_FILE} off the data volume`
		: "remove the database's folder from the data volume";
}

const uploadsStep: Step = (from, to, stack) => {
	const [old, next] = [from.settings.uploads, to.settings.uploads];
	if (old === next || (old !== "volume" && old !== "bucket") || (next !== "volume" && next !== "bucket")) return null;
	const out = next === "bucket";
	return {
		title: out ? "Copy the uploads from the volume to the bucket" : "Copy the uploads from the bucket to the volume",
		why: "the application looks for them in the new place, and nothing copies files by itself",
		steps: out ? intoBucket(stack, stopOf(from)) : ontoVolume(stack, stopOf(to)),
	};
};

/** The bucket first and alone: what is there is copied while the volume serves, and little is left for the pause. */
function intoBucket(stack: string, stop: string): readonly string[] {
	return [
		`Create the bucket alone, while the volume serves: \`pulumi up --stack ${stack} --target '**:Files$**::files*'\`.`,
		toolForBucket(stack, "write"),
		`Copy while the application runs, and note the time: \`sudo rclone copy ${UPLOADS} files:<bucket> --checksum\` (bucket: \`pulumi stack output bucket --stack ${stack}\`).`,
		`In a quiet hour stop every writer: ${stop}; then copy once more: only what is new takes time.`,
		`Compare: \`sudo rclone check ${UPLOADS} files:<bucket>\`; go on only without differences.`,
		`Do the rest of the move: \`pulumi up --stack ${stack}\`; then open a page with images.`,
		`The volume stays, kept and paid, until Pulumi.${stack}.yaml retires it: \`retire: [{resource: data}]\`.`,
	];
}

/** A host mounts the volume when its settings say so: nothing can be copied before. */
function ontoVolume(stack: string, stop: string): readonly string[] {
	return [
		"Announce the pause: pages have no images until the copy is there.",
		`Do the move: \`pulumi up --stack ${stack}\`; the bucket stays, kept and paid.`,
		toolForBucket(stack, "read"),
		`Stop every writer as soon as the volume is there (\`findmnt /srv/data\`): ${stop}.`,
		`Copy, and note the time: \`sudo rclone copy files:<bucket> ${UPLOADS} --checksum && sudo chown -R app:app ${UPLOADS}\`.`,
		`Compare: \`sudo rclone check files:<bucket> ${UPLOADS}\`; go on only without differences.`,
		`Start what was stopped (\`sudo systemctl start\` with the same names and --all), then open a page with images.`,
		`The bucket stays until Pulumi.${stack}.yaml retires it: \`retire: [{resource: files}]\`.`,
	];
}

function toolForBucket(stack: string, may: "read" | "write"): string {
	return `Log in to the host of slot 1 (\`pulumi stack output hosts --stack ${stack}\`), and get the tool: \`sudo apt-get install -y rclone\`. Tell it of the bucket, under the name files: \`sudo rclone config\`, with a key from the provider's console that may ${may} it until the move is made.`;
}

/** What serves and is left alone while its successor is made: the way in, the hosts by slot, what they read, their connections. */
function leftAlone({ components }: Blueprint): string {
	const hosts = components
		.filter(({ role, name, count }) => role === "app" && (name === "app" || name === "worker") && count.max > 0)
		.flatMap(({ name, count }) => Array.from({ length: count.max }, (_, index) => `${name}-${index + 1}`));
	return [...hosts, "app-pool*", "settings-*", "load-balancer*", "network-*", "database-pool"]
		.map((name) => `--exclude '**::${name}'`)
		.join(" ");
}

const clusterStep: Step = (from, to, stack) => {
	if ((from.layout === "kubernetes") === (to.layout === "kubernetes")) return null;
	const into = to.layout === "kubernetes";
	return {
		title: into ? "Move the application from hosts to the cluster" : "Move the application from the cluster to hosts",
		why: "this is a migration between two kinds of machines: the old kind must not go before the new one serves",
		steps: [
			into
				? `Make all that the tier asks for except the way in, while the hosts serve (what it does to the database and the cache happens now): \`pulumi up --stack ${stack} ${leftAlone(from)}\`.`
				: `Bring the hosts up alone, while the cluster serves: \`pulumi up --stack ${stack} --target '<URN>'\`, once for each URN that \`tierstack preview ${stack} --engine --json\` creates for the role app.`,
			into
				? `Wait for the application there: \`pulumi stack output kubeconfig --show-secrets --stack ${stack} > cluster.yaml\`, then \`kubectl --kubeconfig cluster.yaml --namespace app rollout status deployment --timeout=10m\`.`
				: "Wait until the health path answers on each host: `curl -fsS http://127.0.0.1/health`, with the path of tierstack:app.",
			"Both use the same database, cache and bucket; files that lie on a volume are moved to the bucket first.",
			`In a quiet hour do the rest: \`pulumi up --stack ${stack}\`; the way in turns to the new machines, and the old ones go last.`,
			`Ask the health path: \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`; to go back, set the tier back and take the same steps.`,
		],
	};
};

const addressStep: Step = (from, to, stack) => {
	const [old, next] = [hasBalancer(from), hasBalancer(to)];
	if (old === next) return null;
	return {
		title: next ? "Point names to the load balancer" : "Point names to the host",
		why: "users come by an address that is given up; both ways in must answer until resolvers have forgotten the old one",
		steps: [
			"A day before: lower the time to live of every name to 300 seconds.",
			`Bring the new way in up first, alone: \`pulumi up --stack ${stack} --target '**::${next ? "load-balancer" : "network-address"}*'\`.`,
			`Set the records, unless the stack does it (\`pulumi stack output recordsManaged --stack ${stack}\`): \`pulumi stack output records --stack ${stack}\`.`,
			"Wait for the time to live, and until the old address sees no request any more.",
			`Run the rest: \`pulumi up --stack ${stack}\`.`,
		],
	};
};

function hasBalancer({ components }: Blueprint): boolean {
	return components.some(({ role }: Component) => role === "load-balancer");
}
