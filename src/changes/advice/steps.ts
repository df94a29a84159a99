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

function backupOf({ engine, place }: DataHome): string {
	if (engine === "sqlite") return `\`sqlite3 ${SQLITE_FILE} ".backup /srv/data/before-move.db"\``;
	if (place === "host")
		return engine === "mysql"
			? "`mysqldump --single-transaction app > before-move.sql`"
			: "`pg_dump --format=custom app > before-move.dump`";
	return engine === "mysql"
		? '`mysqldump --single-transaction "$OLD_URL" > before-move.sql`'
		: '`pg_dump --format=custom "$OLD_URL" > before-move.dump`';
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
	const target =
		next.place === "host"
			? "the database on the host"
			: "NEW_URL from `pulumi stack output databaseUrl --show-secrets`";
	if (old.engine === next.engine) {
		return old.engine === "mysql"
			? `\`mysql "$NEW_URL" < before-move.sql\`, with ${target}`
			: `\`pg_restore --no-owner --dbname "$NEW_URL" before-move.dump\`, with ${target}`;
	}
	if (next.engine === "sqlite")
		return "the application's own export and import, as no common tool writes SQLite from a server";
	if (next.engine === "mysql") return `the application's own export and import, or a converter, into ${target}`;
	const source = old.engine === "sqlite" ? `sqlite://${SQLITE_FILE}` : '"$OLD_URL"';
	return `\`pgloader ${source} "$NEW_URL"\`, with ${target}`;
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
	const [source, target] = out ? [UPLOADS, "files:<bucket>/"] : ["files:<bucket>/", UPLOADS];
	return {
		title: out ? "Copy the uploads from the volume to the bucket" : "Copy the uploads from the bucket to the volume",
		why: "the application looks for them in the new place, and nothing copies files by itself",
		steps: [
			out
				? `Create the bucket alone, while the volume serves: \`pulumi up --stack ${stack} --target '**::files*'\`.`
				: `Create the volume alone, while the bucket serves: \`pulumi up --stack ${stack} --target '**::data*'\`.`,
			`Copy while the application runs, and note the time: \`rclone copy ${source} ${target} --checksum\` (bucket: \`pulumi stack output bucket\`).`,
			"In a quiet hour stop every writer, then copy once more: only what is new takes time.",
			`Compare: \`rclone check ${source} ${target}\`; go on only without differences.`,
			`Do the rest of the move: \`pulumi up --stack ${stack}\`; then open a page with images.`,
			`The old place stays, kept and paid, until Pulumi.${stack}.yaml retires it.`,
		],
	};
};

const clusterStep: Step = (from, to, stack) => {
	if ((from.layout === "kubernetes") === (to.layout === "kubernetes")) return null;
	const into = to.layout === "kubernetes";
	return {
		title: into ? "Move the application from hosts to the cluster" : "Move the application from the cluster to hosts",
		why: "this is a migration between two kinds of machines: the old kind must not go before the new one serves",
		steps: [
			`Bring the new kind up as a stack of its own: Pulumi.${stack}-next.yaml with the new tier, then \`pulumi up --stack ${stack}-next\`.`,
			into
				? "Start the application in the cluster and wait: `kubectl rollout status deployment --all-namespaces`."
				: "Start the application on the hosts and wait until the health path answers.",
			"Let both share the database; move files that live on a volume to the bucket first.",
			"Point names to the new way in, and wait until the old one sees no request any more.",
			`Remove the old machines last: \`pulumi up --stack ${stack}\` with what they lose accepted by name.`,
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
