import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseAdmin } from "../../../src/host/files/databaseGrants.ts";
import { SERVER_PREFIX } from "./leftovers.ts";
import { OUTSIDE, ran } from "./machine.ts";

const PORT = 5499;

/** A PostgreSQL server outside the machine: what a managed database is to a host. */
export class ManagedPostgres {
	readonly #folder = mkdtempSync(join(tmpdir(), SERVER_PREFIX));
	readonly #programs = `/usr/lib/postgresql/${readdirSync("/usr/lib/postgresql").sort().at(-1)}/bin`;

	start(): void {
		execFileSync("chown", ["postgres", this.#folder]);
		this.#as("initdb", ["-D", `${this.#folder}/data`, "-A", "trust", "-U", "admin"]);
		writeFileSync(`${this.#folder}/data/pg_hba.conf`, "host all all 10.77.0.0/24 scram-sha-256\nlocal all all trust\n");
		const options = `-c listen_addresses=${OUTSIDE} -p ${PORT} -k ${this.#folder} -c fsync=off`;
		this.#as("pg_ctl", ["-D", `${this.#folder}/data`, "-w", "-l", `${this.#folder}/log`, "-o", options, "start"]);
	}

	/** Runs SQL as the administrator. */
	async sql(text: string): Promise<string> {
		const done = await ran("psql", [
			"-h",
			this.#folder,
			"-p",
			`${PORT}`,
			"-U",
			"admin",
			"-Atq",
			"-c",
			text,
			"postgres",
		]);
		if (done.code !== 0) throw new Error(done.out);
		return done.out;
	}

	url(user: string, password: string, database: string): string {
		return `postgresql://${user}:${password}@${OUTSIDE}:${PORT}/${database}?sslmode=disable`;
	}

	/** Login of an administrator of one of its databases. */
	admin(user: string, password: string, database: string): DatabaseAdmin {
		return { host: OUTSIDE, port: PORT, user, password, database, sslMode: "disable" };
	}

	/** A session that holds a lock for its life, as another member would. */
	hold(database: string, user: string, password: string, lock: number): ChildProcess {
		const arguments_ = ["-h", OUTSIDE, "-p", `${PORT}`, "-U", user, "-d", database, "-Atq"];
		const session = spawn("psql", arguments_, {
			env: { PATH: "/usr/bin:/bin", PGPASSWORD: password },
			stdio: ["pipe", "ignore", "ignore"],
		});
		session.stdin.write(`SELECT pg_advisory_lock(${lock});\n`);
		return session;
	}

	stop(): void {
		try {
			this.#as("pg_ctl", ["-D", `${this.#folder}/data`, "-m", "immediate", "stop"]);
		} finally {
			rmSync(this.#folder, { recursive: true, force: true });
		}
	}

	#as(program: string, args: readonly string[]): void {
		execFileSync("runuser", ["-u", "postgres", "--", join(this.#programs, program), ...args], {
			stdio: ["ignore", "ignore", "pipe"],
			cwd: "/",
		});
	}
}
