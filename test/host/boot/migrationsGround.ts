import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { connect, type Server } from "node:net";
import { hostname } from "node:os";
import { createServer } from "node:tls";
import { catalogFor } from "../../../src/catalog/catalog.ts";
import { manualSteps } from "../../../src/changes/advice/steps.ts";
import { plainRequest } from "../../../src/sizing/request.ts";
import { sizeTier } from "../../../src/sizing/sizeTier.ts";
import { loadLadder } from "../../../src/tiers/load.ts";
import type { Provider } from "../../../src/words.ts";
import { BucketService } from "./bucket.ts";
import { selfSigned } from "./certificate.ts";
import { listen } from "./listen.ts";
import { type Ran, ran } from "./machine.ts";
import { Overlay } from "./overlay.ts";

/** Where the clouds' servers answer; the host's own have sockets only. */
export const PORTS = { postgres: 5482, mysql: 3382, buckets: 9482 };
/** Letters, digits, dashes and underlines, as both clouds' own passwords. */
export const PASSWORD = "AVNS_x-1_Y";
export const URLS = {
	postgres: `postgresql://app:${PASSWORD}@127.0.0.1:${PORTS.postgres}/app?sslmode=require`,
	admin: `postgresql://admin:of-the-cloud@127.0.0.1:${PORTS.postgres}/app?sslmode=require`,
	mysql: `mysql://app:${PASSWORD}@127.0.0.1:${PORTS.mysql}/app?ssl-mode=REQUIRED`,
};
export const BUCKET_KEY = { id: "MOVER", secret: "only-this-bucket" };
const BUCKET_DOMAIN = "fra1.digitaloceanspaces.com";

/** MariaDB's programs stand for MySQL's, which this archive has not; what they spell otherwise is put right here. */
const STAND_IN = (program: string) => `#!/bin/bash
words=()
for word; do
	case $word in
	--set-gtid-purged=OFF) ;;
	*) words+=("$word") ;;
	esac
done
[[ \${1-} == --defaults-extra-file=* ]] && words+=(--ssl --skip-ssl-verify-server-cert)
exec /usr/bin/${program} "\${words[@]}"
`;

/** The steps of a move between two tiers of a shipped ladder, below their heading. */
export function stepsOf(
	move: { readonly ladder: string; readonly from: string; readonly to: string; readonly provider?: Provider },
	title: string,
): readonly string[] {
	const ladder = loadLadder(`${import.meta.dirname}/../../../tiers`, move.ladder);
	const provider = move.provider ?? "digitalocean";
	const region = ladder.regions[provider];
	const size = (tier: string) => sizeTier(plainRequest({ ladder, tier, catalog: catalogFor(provider), region }));
	const all = manualSteps(size(move.from), size(move.to), "prod");
	const found = all.find((each) => each.title === title);
	if (found === undefined) throw new Error(`no steps "${title}" among: ${all.map((each) => each.title).join(", ")}`);
	return found.steps;
}

/** What runs elsewhere: by the engine's tests, by those of whole machines, or in a file. */
const ELSEWHERE = [
	/^pulumi /,
	/^curl -fsS "\$\(pulumi /,
	/^sudo systemctl (stop|start)\b/,
	/^findmnt /,
	/^retire: /,
	/^--with /,
	// Adds PostgreSQL's own archive, where the system's is too old: this one is not.
	/apt\.postgresql\.org\.sh/,
	// Debian has MariaDB's client only.
	/apt-get install -y mysql-client$/,
];

/** Commands of a step, in order, without those that run elsewhere. */
export function commandsOf(step: string): readonly string[] {
	return [...step.matchAll(/`([^`]+)`/g)]
		.map(([, command = ""]) => command)
		.filter((command) => !ELSEWHERE.some((pattern) => pattern.test(command)));
}

/** The root of a host with its databases, and the clouds' databases and buckets around it. */
export class Ground {
	readonly root = new Overlay();
	readonly buckets = new BucketService();
	#mariadb: ChildProcess[] = [];
	#door: Server | null = null;

	/** Runs commands one after the other in a person's shell on the host, until one fails. */
	async shell(commands: readonly string[], pasted: readonly string[] = []): Promise<Ran> {
		const env = { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" };
		const script = ["set -e", "cd /root", ...commands].join("\n");
		return await ran(
			"chroot",
			[this.root.path("/"), "bash", "-c", script],
			pasted.map((line) => `${line}\n`).join(""),
			env,
		);
	}

	async ask(command: string): Promise<string> {
		const done = await this.shell([command]);
		if (done.code !== 0) throw new Error(`${command} ended with ${done.code}:\n${done.out}`);
		return done.out;
	}

	/** SQL as the administrator of the host's own server, or as the application's user of the cloud's. */
	async sql(engine: "postgres" | "mysql", place: "host" | "managed", text: string, database = "app"): Promise<string> {
		const url = URLS.postgres.replace("/app?", `/${database}?`);
		const programs = {
			postgres: {
				host: ["runuser", "-u", "postgres", "--", "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", database],
				managed: ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", url],
			},
			mysql: {
				host: ["mariadb", "--default-character-set=utf8mb4", "-BN", database],
				managed: [
					...["mariadb", "--default-character-set=utf8mb4", "-BN", "-h127.0.0.1", `-P${PORTS.mysql}`, "-uapp"],
					...[`-p${PASSWORD}`, "--skip-ssl-verify-server-cert", database],
				],
			},
		};
		const done = await ran("chroot", [this.root.path("/"), ...programs[engine][place]], text, {
			PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
		});
		if (done.code !== 0) throw new Error(`${text.slice(0, 200)}\n${done.out}`);
		return done.out;
	}

	async start(): Promise<void> {
		const { root } = this;
		await root.install("postgresql", "mariadb-server", "kubernetes-client");
		for (const [name, program] of [
			["mysql", "mariadb"],
			["mysqldump", "mariadb-dump"],
		] as const)
			root.write(`/usr/local/bin/${name}`, STAND_IN(program), 0o755);
		await Promise.all([this.#postgres(), this.#mysql(), this.#files()]);
	}

	async stop(): Promise<void> {
		for (const name of ["main", "managed"]) {
			const data = ["-D", `/var/lib/postgresql/17/${name}`, "-m", "immediate", "stop"];
			await this.root.ask({}, "runuser", "-u", "postgres", "--", "/usr/lib/postgresql/17/bin/pg_ctl", ...data);
		}
		for (const child of this.#mariadb) {
			const ended = new Promise((resolve) => child.on("close", resolve));
			child.kill("SIGKILL");
			await ended;
		}
		this.#door?.close();
		await this.buckets.close();
		this.root.destroy();
	}

	/** The host's own as its unit makes it; the cloud's as its provider does: the application's user owns nothing. */
	async #postgres(): Promise<void> {
		await this.ask(`pg_createcluster 17 managed --port ${PORTS.postgres}`);
		const conf = "fsync = off\ndynamic_shared_memory_type = mmap\n";
		this.root.write("/etc/postgresql/17/main/conf.d/test.conf", `${conf}listen_addresses = ''\n`);
		this.root.write("/etc/postgresql/17/managed/conf.d/test.conf", `${conf}listen_addresses = '127.0.0.1'\n`);
		for (const name of ["main", "managed"]) await this.ask(`pg_ctlcluster --skip-systemctl-redirect 17 ${name} start`);
		const as = (port: number, text: string) => this.ask(`runuser -u postgres -- psql -q -p ${port} -c "${text}"`);
		await as(5432, "CREATE ROLE app LOGIN CREATEDB");
		await as(5432, "CREATE DATABASE app OWNER app");
		await as(PORTS.postgres, "CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'of-the-cloud'");
		await as(PORTS.postgres, `CREATE ROLE app LOGIN PASSWORD '${PASSWORD}'`);
		await as(PORTS.postgres, "CREATE DATABASE app OWNER admin");
	}

	async #mysql(): Promise<void> {
		await this.ask("mkdir -p /run/mysqld && chown mysql /run/mysqld");
		await this.ask("mariadb-install-db --user=mysql --datadir=/var/lib/mysql-managed >/dev/null");
		const socket = "/run/mysqld/managed.sock";
		await this.#mariadbd("/run/mysqld/mysqld.sock", "--skip-networking", "--pid-file=/run/mysqld/host.pid");
		await this.#mariadbd(
			socket,
			...["--datadir=/var/lib/mysql-managed", `--port=${PORTS.mysql}`, "--bind-address=127.0.0.1"],
			// Else a caller from here is one of localhost, where the server has a nameless user.
			"--skip-name-resolve",
			...["--pid-file=/run/mysqld/managed.pid"],
		);
		// As the host's unit makes them.
		const host = ["CREATE DATABASE app CHARACTER SET utf8mb4", "CREATE USER app@localhost IDENTIFIED BY 'x'"];
		await this.ask(`mariadb -e "${host.join("; ")}"`);
		await this.sql("mysql", "host", "GRANT ALL ON app.* TO app@localhost; GRANT ALL ON `app\\_%`.* TO app@localhost");
		// As the clouds': all rights, but none over other users.
		const rights =
			"SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER, SHOW CREATE ROUTINE";
		const cloud = `CREATE DATABASE app; CREATE USER app@'%' IDENTIFIED BY '${PASSWORD}' REQUIRE SSL; GRANT ${rights} ON *.* TO app@'%'`;
		await this.ask(`mariadb --socket=${socket} -e "${cloud}"`);
	}

	async #mariadbd(socket: string, ...options: readonly string[]): Promise<void> {
		const command = ["mariadbd", "--user=mysql", `--socket=${socket}`, ...options];
		this.#mariadb.push(spawn("chroot", [this.root.path("/"), ...command], { stdio: "ignore" }));
		for (
			let tries = 0;
			(await this.root.ask({}, "mariadb", `--socket=${socket}`, "-e", "SELECT 1")).code !== 0;
			tries += 1
		) {
			if (tries > 150) throw new Error("the server does not start");
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}

	/** The provider's bucket service under its own name, over TLS. */
	async #files(): Promise<void> {
		this.buckets.keys.set(BUCKET_KEY.id, { secret: BUCKET_KEY.secret, read: /^files/, write: /^files\/./ });
		this.buckets.domain = BUCKET_DOMAIN;
		await this.buckets.listen("127.0.0.1", PORTS.buckets);
		const { key, certificate } = selfSigned(`*.${BUCKET_DOMAIN}`);
		const door = createServer({ key, cert: certificate }, (client) => {
			const service = connect(PORTS.buckets, "127.0.0.1");
			for (const [one, other] of [
				[client, service],
				[service, client],
			] as const) {
				one.on("error", () => other.destroy());
				one.pipe(other);
			}
		});
		this.#door = door;
		await listen(door, "127.0.0.1", 443);
		appendFileSync(this.root.path("/etc/ssl/certs/ca-certificates.crt"), certificate);
		this.root.write("/etc/hosts", `127.0.0.1 localhost ${hostname()} files.${BUCKET_DOMAIN}\n`);
	}
}
