import type { Blueprint } from "../../sizing/blueprint.ts";
import { ENGINES, type Engine } from "../../words.ts";

/** Paths on the host: the data volume, and what lies on it. */
export const SQLITE_FILE = "/srv/data/sqlite/app.db";

/** Where a stack's relational data lives. */
export interface DataHome {
	readonly engine: Engine;
	readonly place: "host" | "managed";
	/** Major version, where the blueprint names one. */
	readonly version: string | null;
}

/** One end of a move, with what asks it in a shell. */
export interface Side extends DataHome {
	/** Program of the engine with its login; further options follow. */
	readonly client: string;
}

const CLIENTS: Readonly<Record<Engine, Readonly<Record<DataHome["place"], (name: string) => string>>>> = {
	sqlite: { host: () => "sudo sqlite3 -readonly", managed: () => "sudo sqlite3 -readonly" },
	postgres: { host: () => "sudo -u postgres psql app", managed: (name) => `psql "$${name.toUpperCase()}_URL"` },
	mysql: { host: () => "sudo mysql", managed: (name) => `mysql --defaults-extra-file=${name}.cnf` },
};

export function sideOf(home: DataHome, name: "old" | "new"): Side {
	return { ...home, client: CLIENTS[home.engine][home.place](name) };
}

export function homeOf({ components }: Blueprint): DataHome | null {
	const database = components.find(({ role, name }) => role === "database" && name === "database");
	const engine = ENGINES.find((each) => each === database?.settings.engine);
	if (database === undefined || engine === undefined) return null;
	const { version } = database.settings;
	return {
		engine,
		place: database.sku === "on-host" ? "host" : "managed",
		version: typeof version === "string" ? version : null,
	};
}
