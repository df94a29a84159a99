import { digest } from "../cloud/digest.ts";
import type { OutputContext } from "../cloud/facts.ts";
import { text, type Value } from "../cloud/values.ts";

/** Ports and schemes of managed databases; pools listen on the next port. Trap 16. */
const ENGINES: Readonly<Record<string, { readonly port: number; readonly scheme: string; readonly query: string }>> = {
	pg: { port: 25060, scheme: "postgresql", query: "?sslmode=require" },
	mysql: { port: 25060, scheme: "mysql", query: "?ssl-mode=REQUIRED" },
	valkey: { port: 25061, scheme: "rediss", query: "" },
};

interface Endpoint {
	readonly engine: string;
	readonly host: string;
	readonly user: string;
	readonly password: string;
	readonly database: string;
	readonly port: number;
}

/** Engine and names of what a cluster, replica or pool is reached by. */
function endpoint(name: string, { id, inputs, data }: OutputContext): Endpoint {
	const cluster = data.resources.find((other) => other.id === inputs.clusterId);
	const engine = text((name === "DatabaseCluster" ? inputs : (cluster?.inputs ?? {})).engine) || "pg";
	const owner = name === "DatabaseConnectionPool" ? (cluster?.id ?? id) : id;
	const label = `${text(inputs.name)}-do-user-1-0`;
	return {
		engine,
		host: `${name === "DatabaseConnectionPool" ? `${text(cluster?.inputs.name)}-do-user-1-0` : label}.db.ondigitalocean.com`,
		user: engine === "valkey" ? "default" : text(inputs.user) || "doadmin",
		password: `AVNS_${digest("password", owner).slice(0, 16)}`,
		database: engine === "valkey" ? "" : text(inputs.dbName) || "defaultdb",
		port: (ENGINES[engine]?.port ?? 25060) + (name === "DatabaseConnectionPool" ? 1 : 0),
	};
}

function uri(at: Endpoint, host: string): string {
	const { scheme, query } = ENGINES[at.engine] ?? { scheme: at.engine, query: "" };
	return `${scheme}://${at.user}:${at.password}@${host}:${at.port}/${at.database}${query}`;
}

const VALUES: Readonly<Record<string, (at: Endpoint) => Value>> = {
	host: (at) => at.host,
	privateHost: (at) => `private-${at.host}`,
	port: (at) => at.port,
	uri: (at) => uri(at, at.host),
	privateUri: (at) => uri(at, `private-${at.host}`),
	user: (at) => at.user,
	password: (at) => at.password,
	database: (at) => at.database,
	uiHost: () => "",
	uiPort: () => 0,
	uiUri: () => "",
	uiUser: () => "",
	uiPassword: () => "",
	uiDatabase: () => "",
};

/** How to compute a connection output of a database resource; undefined for any other. */
export function connection(name: string, key: string): ((context: OutputContext) => Value) | undefined {
	const value = VALUES[key];
	if (!["DatabaseCluster", "DatabaseReplica", "DatabaseConnectionPool"].includes(name) || value === undefined) {
		return undefined;
	}
	return (context) => value(endpoint(name, context));
}
