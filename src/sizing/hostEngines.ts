import type { Engine } from "../words.ts";

/**
 * Majors of the servers that a system's own archive installs, by system and engine. PostgreSQL: packages.ubuntu.com,
 * `postgresql` (jammy 14, noble 16). MySQL: launchpad.net bug 2089720 (8.0 in every release before 25.04).
 */
const ARCHIVES: Readonly<Record<string, Readonly<Partial<Record<Engine, string>>>>> = {
	"ubuntu-22.04": { postgres: "14", mysql: "8.0" },
	"ubuntu-24.04": { postgres: "16", mysql: "8.0" },
};

/** Major of an engine that runs on the host; null = a file such as SQLite, or a system whose archive is not known. */
export function archiveMajor(os: string, engine: Engine): string | null {
	return ARCHIVES[os]?.[engine] ?? null;
}
