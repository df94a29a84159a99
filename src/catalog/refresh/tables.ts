import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as z from "zod";
import { problem, UserError } from "../../errors.ts";
import type { Provider } from "../../words.ts";
import type { CatalogTable } from "../rowKey.ts";
import type { Catalog } from "../rows.ts";
import { cacheRows, databaseRows, machineRows, regionRows, serviceRows } from "../schema.ts";

/** File of a table, relative to the catalog's folder: a provider's machines have the provider's own name for them. */
export function tablePath(provider: Provider, table: CatalogTable): string {
	return join(provider, provider === "digitalocean" && table === "machines" ? "droplets.json" : `${table}.json`);
}

/**
 * The tables as they are checked in, in the order of their files, every row parsed.
 *
 * @param folder the catalog's folder, `src/catalog` of the project
 * @throws UserError when a file is missing or a row does not follow `schema.ts`: all problems of the file, by row.
 */
export function readTables(folder: string, provider: Provider): Catalog {
	const read = <Row>(table: CatalogTable, schema: z.ZodType<Row[]>): Row[] => {
		const path = tablePath(provider, table);
		return parseTable(schema, path, readText(folder, path));
	};
	return {
		provider,
		machines: read("machines", machineRows),
		databases: read("databases", databaseRows),
		caches: read("caches", cacheRows),
		services: read("services", serviceRows),
		regions: read("regions", regionRows),
	};
}

/** Parses the text of one table's file; `path` is only told in problems. */
export function parseTable<Row>(schema: z.ZodType<Row[]>, path: string, text: string): Row[] {
	const parsed = schema.safeParse(parseJson(path, text));
	if (parsed.success) return parsed.data;
	throw new UserError(
		parsed.error.issues.map(({ path: [row, ...field], message }) => {
			const where = `row ${Number(row) + 1}${field.length === 0 ? "" : `, ${field.join(".")}`}`;
			return problem(`${where}: ${message}`, { file: path });
		}),
	);
}

/** One row a line, so that a change of a price is a change of one line. */
export function formatTable(rows: readonly object[]): string {
	return `[\n${rows.map((row) => `\t${JSON.stringify(row)}`).join(",\n")}\n]\n`;
}

/** A table's file with its new text. */
export interface TableFile {
	/** Path relative to the catalog's folder. */
	readonly path: string;
	readonly text: string;
}

export function writeTables(folder: string, files: readonly TableFile[]): void {
	for (const file of files) writeFileSync(join(folder, file.path), file.text);
}

function readText(folder: string, path: string): string {
	try {
		return readFileSync(join(folder, path), "utf8");
	} catch {
		throw new UserError([problem("the catalog's table cannot be read", { file: path })]);
	}
}

function parseJson(path: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new UserError([problem("this is no JSON", { file: path })]);
	}
}
