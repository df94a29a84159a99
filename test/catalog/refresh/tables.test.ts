import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatTable, readTables, tablePath, writeTables } from "../../../src/catalog/refresh/tables.ts";
import { PROVIDERS } from "../../../src/words.ts";
import { checkedIn, copyOfCatalog } from "./catalogFolder.ts";

const TABLES = ["machines", "databases", "caches", "services", "regions"] as const;

describe.each(PROVIDERS)("the files of %s", (provider) => {
	test.each(TABLES)("%s: reading and writing changes no byte", (table) => {
		const text = readFileSync(join(checkedIn, tablePath(provider, table)), "utf8");
		expect(formatTable(readTables(checkedIn, provider)[table])).toBe(text);
	});
});

test("every row has a line of its own", () => {
	expect(formatTable([{ sku: "one" }, { sku: "two" }])).toBe('[\n\t{"sku":"one"},\n\t{"sku":"two"}\n]\n');
});

test("written files are what is read next", () => {
	const folder = copyOfCatalog();
	const [first, ...others] = readTables(folder, "digitalocean").machines;
	if (first === undefined) throw new Error("there are no machines");
	const rows = [{ ...first, monthlyUsd: 4.5 }, ...others];
	writeTables(folder, [{ path: tablePath("digitalocean", "machines"), text: formatTable(rows) }]);
	expect(readTables(folder, "digitalocean").machines[0]?.monthlyUsd).toBe(4.5);
});

test("every slip of the hand in a table is named by row and field", () => {
	const folder = copyOfCatalog();
	const path = tablePath("digitalocean", "machines");
	const rows: object[] = [...readTables(folder, "digitalocean").machines];
	rows[1] = { ...rows[1], monthlyUsd: "6", colour: "red" };
	rows[4] = { ...rows[4], readAt: "last week" };
	writeFileSync(join(folder, path), formatTable(rows));
	expect(() => readTables(folder, "digitalocean")).toThrow(
		[
			`${path}: row 2, monthlyUsd: Invalid input: expected number, received string`,
			`${path}: row 2: Unrecognized key: "colour"`,
			`${path}: row 5, readAt: must be a date such as 2026-09-30`,
		].join("\n"),
	);
});

test("a table that is missing or no JSON is named", () => {
	const folder = copyOfCatalog();
	writeFileSync(join(folder, "aws", "caches.json"), "[");
	expect(() => readTables(folder, "aws")).toThrow("aws/caches.json: this is no JSON");
	expect(() => readTables(join(folder, "elsewhere"), "aws")).toThrow(
		"aws/machines.json: the catalog's table cannot be read",
	);
});
