import { type Side, SQLITE_FILE } from "./side.ts";

/*
 * A list `table|rows` of a database, sorted. Each program first writes the questions, one a table, and then answers
 * them: no engine keeps a count that is true to the row.
 */

/** Schemas that hold no rows of an application. */
const PG_OWN = "table_schema NOT IN ('pg_catalog', 'information_schema')";

/** The application's own database, and one a tenant where it makes those. */
export const MYSQL_OWN = (column: string) => String.raw`${column} = 'app' OR ${column} LIKE 'app\_%'`;

const COUNTS: Readonly<Record<Side["engine"], (client: string, full: boolean) => string>> = {
	sqlite: (client) =>
		String.raw`${client} ${SQLITE_FILE} "SELECT printf('SELECT %Q, count(*) FROM \"%w\";', lower(name), name) FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'" | ${client} ${SQLITE_FILE}`,
	postgres: (client, full) => {
		const name = full ? "table_schema || '.' || table_name" : "lower(table_name)";
		return String.raw`echo "SELECT format('SELECT %L, count(*) FROM %I.%I', ${name}, table_schema, table_name) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND ${PG_OWN} \gexec" | ${client} -XAt`;
	},
	mysql: (client, full) => {
		// Backticks would end the command where it is shown.
		const quote = "CHAR(96 USING utf8mb4)";
		const name = full ? "CONCAT(table_schema, '.', table_name)" : "LOWER(table_name)";
		return `${client} -BNe "SELECT CONCAT('SELECT CONCAT(', QUOTE(${name}), ', ''|'', COUNT(*)) FROM ', ${quote}, table_schema, ${quote}, '.', ${quote}, table_name, ${quote}, ';') FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND (${MYSQL_OWN("table_schema")})" | ${client} -BN`;
	},
};

/** Counts the rows of every table on both sides and compares them; two lists that are empty are not equal. */
export function compareRows(old: Side, next: Side): string {
	const full = old.engine === next.engine;
	const list = ({ engine, client }: Side, file: string) => `\`${COUNTS[engine](client, full)} | sort > ${file}\``;
	return `Count the rows of every table on both sides: ${list(old, "old.rows")}, then ${list(next, "new.rows")}. Go on only when \`test -s old.rows && diff old.rows new.rows && echo equal\` says equal.`;
}

/**
 * Lets ids go on behind those that were copied. pgloader sets the counters of serial columns itself, and forgets those
 * of identity columns: the next row would be refused as a duplicate.
 */
export function setCounters({ client }: Side): string {
	const sequence = "pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name)";
	const command = String.raw`echo "SELECT format('SELECT setval(%L, coalesce(max(%I), 0) + 1, false) FROM %I.%I', ${sequence}, column_name, table_schema, table_name) FROM information_schema.columns WHERE ${PG_OWN} AND ${sequence} IS NOT NULL \gexec" | ${client} -XAtq`;
	return `Let new ids begin behind the copied ones: \`${command}\`.`;
}
