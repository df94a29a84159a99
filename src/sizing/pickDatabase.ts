import type { DatabaseRow } from "../catalog/rows.ts";
import { problem, UserError } from "../errors.ts";
import type { Rejected } from "./blueprint.ts";
import { Beyond, type Case } from "./case.ts";
import { chooseDatabase, type DatabaseChoice, type DatabaseNeed, databaseShortfall } from "./chooseDatabase.ts";
import { type Held, heldRow, heldSku, shortNotes } from "./held.ts";
import { counted, number } from "./text.ts";

export interface PickedDatabase extends DatabaseChoice {
	readonly why: string;
	readonly notes: readonly string[];
}

/** A managed database for a need: what a pin or the plan holds, else the cheapest. */
export function pickDatabase(each: Case, need: DatabaseNeed): PickedDatabase {
	const { catalog, rules } = each;
	const sold = rules.database.kinds[need.kind];
	if (sold !== true) {
		throw new UserError([problem(`${catalog.provider} cannot carry the database of tier ${each.tier.id}: ${sold}`)]);
	}
	const held = heldSku(each, "database", each.tier.database.machine);
	if (held !== null) return take(each, held, need);
	const choice = chooseDatabase(catalog, rules.database, need);
	if (choice !== null) return { ...choice, why: `the cheapest with ${describe(need)}`, notes: [] };
	const wanted = `${need.engine} plan with ${describe(need)}`;
	throw new Beyond(`${catalog.provider} has no ${wanted}`);
}

function take(each: Case, held: Held, need: DatabaseNeed): PickedDatabase {
	const { catalog, rules } = each;
	const offered = catalog.databases.filter((row) => row.engine === need.engine && row.kind === need.kind);
	const row = heldRow(offered, held, `${catalog.provider} ${need.engine} plan`, "database");
	const storage = rules.database.storage(row, need.storageGb, need.iops, catalog);
	if (typeof storage === "string") {
		throw new UserError([problem(`${row.sku} cannot be taken: ${storage}`, { key: "database.sku" })]);
	}
	const notes = shortNotes("database", held, databaseShortfall(row, need));
	const why = `${held.who}; required: ${describe(need)}`;
	return { row, storage, rejected: cheaperThan(row, offered, need), why, notes };
}

const SHOWN = 3;

/** The nearest plans that cost less than a held one, each with what it lacks. */
function cheaperThan(row: DatabaseRow, offered: readonly DatabaseRow[], need: DatabaseNeed): Rejected[] {
	const limit = row.monthlyUsd ?? Number.POSITIVE_INFINITY;
	return offered
		.filter(({ monthlyUsd }) => monthlyUsd !== null && monthlyUsd < limit)
		.slice(-SHOWN)
		.map((each) => ({
			sku: each.sku,
			because: databaseShortfall(each, need) ?? "it would do; another one is held",
		}));
}

function describe(need: DatabaseNeed): string {
	const parts = [
		need.vcpu > 0 ? `${number(need.vcpu)} vCPU` : null,
		need.memoryGib > 0 ? `${number(need.memoryGib)} GiB` : null,
		need.storageGb > 0 ? `${number(need.storageGb)} GB of storage` : null,
		need.connections > 0 ? counted(need.connections, "connection") : null,
		need.iops === null ? null : `${number(need.iops)} IOPS`,
		need.standbyNodes > 0 ? counted(need.standbyNodes, "standby node") : null,
	];
	return parts.filter((part) => part !== null).join(", ");
}
