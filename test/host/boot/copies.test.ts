import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { createServer } from "node:http";
import { type Output, output } from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupsOf } from "../../../src/host/groups/groups.ts";
import { secretFiles } from "../../../src/host/secretFiles.ts";
import { type CopyArgs, copyJobs, copySecrets, copySettings } from "../../../src/stack/kubernetes/copies.ts";
import { hostSecrets, hostSettings } from "../builders.ts";
import { BucketService } from "./bucket.ts";
import { listen } from "./listen.ts";
import type { Ran } from "./machine.ts";
import { Overlay } from "./overlay.ts";
import { runJob, scriptsOf } from "./pod.ts";

/*
 * The jobs a cluster runs, without a cluster: their commands with the real programs against real servers, in the root
 * that hosts are tested with. What stays untried is what only a cluster does: pulling the images and keeping the time.
 */

const PORTS = { buckets: 9471, heartbeat: 9472, postgres: 5471, mysql: 3371 };
const ENDPOINT = `http://127.0.0.1:${PORTS.buckets}`;
const WRITER = { accessKey: "WRITER", secretKey: "only-writes-the-dumps" };
const READER = { accessKey: "READER", secretKey: "only-reads-the-uploads" };
const WORD = "dumps are read with this";
const URLS = {
	postgres: `postgresql://app:word-of-app@127.0.0.1:${PORTS.postgres}/shop?sslmode=require`,
	mysql: `mysql://app:word-of-app@127.0.0.1:${PORTS.mysql}/shop?ssl-mode=REQUIRED`,
};
const VERSIONS = { postgres: "17", mysql: "8" };
type Engine = keyof typeof URLS;

/** MariaDB's programs stand for MySQL's, which this archive has not; two of their words are spelt otherwise. */
const STAND_IN = `#!/bin/bash
words=()
for word; do
	case $word in
	--ssl-mode=REQUIRED) words+=(--ssl --skip-ssl-verify-server-cert) ;;
	--set-gtid-purged=OFF) ;;
	*) words+=("$word") ;;
	esac
done
`;

const buckets = new BucketService();
const beats: string[] = [];
const heartbeat = createServer((request, response) => {
	beats.push(request.url ?? "");
	response.end("ok");
});
let root: Overlay;
let mariadb: ChildProcess | null = null;

function copies(engine: Engine, told: { url?: string; password?: string } = {}): CopyArgs {
	const end = (bucket: string, key: typeof WRITER) => ({ endpoint: ENDPOINT, region: "fra1", bucket, ...key });
	return {
		stack: `prod-${engine}`,
		cron: "0 2 * * *",
		keepDays: 30,
		database: { engine, version: VERSIONS[engine], url: output(told.url ?? URLS[engine]) },
		to: end("backups", WRITER),
		files: end("files", READER),
		password: output(told.password ?? WORD),
		heartbeatUrl: `http://127.0.0.1:${PORTS.heartbeat}/${engine}`,
	};
}

async function valuesOf(args: CopyArgs): Promise<Record<string, string>> {
	const read = <Value>(value: Output<Value>) =>
		new Promise<Value>((resolve) => {
			value.apply(resolve);
		});
	return { ...(await read(copySettings(args))), ...(await read(copySecrets(args))) };
}

async function run(name: string, args: CopyArgs, override: Record<string, string> = {}): Promise<Ran> {
	const job = copyJobs(args).find((each) => each.name === name);
	if (job === undefined) throw new Error(`no job ${name}`);
	return await runJob(root, job.spec, await valuesOf(args), override);
}

/** Snapshots of a stack as restic tells them. */
async function snapshots(engine: Engine): Promise<readonly { time: string; tags: string[]; paths: string[] }[]> {
	return JSON.parse(await restic(engine, "snapshots", "--json"));
}

async function restic(engine: Engine, ...words: string[]): Promise<string> {
	return await ask(await valuesOf(copies(engine)), "restic", "--no-cache", "--quiet", ...words);
}

async function ask(env: Readonly<Record<string, string>>, ...command: readonly string[]): Promise<string> {
	const done = await root.ask(env, ...command);
	if (done.code !== 0) throw new Error(`${command.join(" ")} ended with ${done.code}:\n${done.out}`);
	return done.out;
}

const SQL: Readonly<Record<Engine, (text: string, database?: string) => Promise<string>>> = {
	postgres: (text, database = "shop") =>
		ask({}, "psql", "-XAtqc", text, URLS.postgres.replace("/shop", `/${database}`)),
	mysql: (text, database = "shop") =>
		ask(
			{ MYSQL_PWD: "word-of-app" },
			...["mariadb", "-h127.0.0.1", `-P${PORTS.mysql}`, "-uapp", "--skip-ssl-verify-server-cert"],
			...["-BN", "-e", text, database],
		),
};

beforeAll(async () => {
	buckets.keys.set(WRITER.accessKey, { secret: WRITER.secretKey, read: /^backups/, write: /^backups/ });
	buckets.keys.set(READER.accessKey, { secret: READER.secretKey, read: /^files/, write: null });
	await buckets.listen("127.0.0.1", PORTS.buckets);
	await listen(heartbeat, "127.0.0.1", PORTS.heartbeat);
	root = new Overlay();
	await root.install("postgresql", "mariadb-server", "rclone");
	copyFileSync("/bin/busybox", root.path("/usr/local/bin/busybox"));
	root.write("/tools/.keep", "");
	root.write("/usr/local/bin/wget", '#!/bin/sh\nexec /usr/local/bin/busybox wget "$@"\n', 0o755);
	for (const [name, program] of [
		["mysql", "mariadb"],
		["mysqldump", "mariadb-dump"],
	] as const) {
		root.write(`/usr/local/bin/${name}`, `${STAND_IN}exec /usr/bin/${program} "\${words[@]}"\n`, 0o755);
	}
	await startPostgres();
	await startMariadb();
});

async function startPostgres(): Promise<void> {
	root.write(
		"/etc/postgresql/17/main/conf.d/test.conf",
		`port = ${PORTS.postgres}\nfsync = off\ndynamic_shared_memory_type = mmap\n`,
	);
	await ask({}, "pg_ctlcluster", "--skip-systemctl-redirect", "17", "main", "start");
	for (const text of ["CREATE ROLE app LOGIN PASSWORD 'word-of-app'", "CREATE DATABASE shop OWNER app"])
		await ask({}, "runuser", "-u", "postgres", "--", "psql", "-p", `${PORTS.postgres}`, "-c", text);
}

async function startMariadb(): Promise<void> {
	const options = [`--port=${PORTS.mysql}`, "--bind-address=127.0.0.1", "--socket=/run/mysqld/test.sock"];
	root.write("/run/mysqld/.keep", "");
	await ask({}, "chown", "mysql", "/run/mysqld");
	mariadb = spawn("chroot", [root.path("/"), "mariadbd", "--user=mysql", ...options], { stdio: "ignore" });
	const admin = ["mariadb", "--socket=/run/mysqld/test.sock", "-e"];
	for (let tries = 0; (await root.ask({}, ...admin, "SELECT 1")).code !== 0; tries += 1) {
		if (tries > 150) throw new Error("the server does not start");
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	await ask(
		{},
		...admin,
		"CREATE USER app@'%' IDENTIFIED BY 'word-of-app' REQUIRE SSL; GRANT ALL ON `shop%`.* TO app@'%'; CREATE DATABASE shop; CREATE DATABASE other",
	);
}

afterAll(async () => {
	const stop = ["/usr/lib/postgresql/17/bin/pg_ctl", "-D", "/var/lib/postgresql/17/main", "-m", "immediate", "stop"];
	await root?.ask({}, "runuser", "-u", "postgres", "--", ...stop);
	if (mariadb !== null) {
		const ended = new Promise((resolve) => mariadb?.on("close", resolve));
		mariadb.kill("SIGKILL");
		await ended;
	}
	root?.destroy();
	heartbeat.close();
	await buckets.close();
});

describe("shellcheck", () => {
	const jobs = (["postgres", "mysql"] as const).flatMap((engine) =>
		copyJobs(copies(engine)).flatMap(({ name, spec }) =>
			scriptsOf(spec).map((script, place) => [`${name} of ${engine}, script ${place + 1}`, script] as const),
		),
	);

	it("has all of them", () => expect(jobs.length).toBe(6));

	it.each(jobs)("finds nothing wrong with %s", (_, script) => {
		const done = spawnSync("shellcheck", ["--shell=bash", "--severity=info", "-"], { input: script, encoding: "utf8" });
		expect(done.stdout).toBe("");
	});
});

const ROWS = 5000;
const FILL: Readonly<Record<Engine, string>> = {
	postgres: `CREATE TABLE bills (n int PRIMARY KEY, text text NOT NULL); INSERT INTO bills SELECT n, 'bill ' || n FROM generate_series(1, ${ROWS}) n`,
	mysql: `CREATE TABLE bills (n int PRIMARY KEY, text text NOT NULL); INSERT INTO bills SELECT seq, CONCAT('bill ', seq) FROM seq_1_to_${ROWS}`,
};
const COUNT = "SELECT count(*), sum(n), max(text) FROM bills";

describe.each(["postgres", "mysql"] as const)("a dump of %s by a cluster", (engine) => {
	let whole: string;

	it("takes no snapshot and tells nobody when the database cannot be read", async () => {
		await SQL[engine](FILL[engine]);
		whole = await SQL[engine](COUNT);
		expect(whole).toMatch(new RegExp(`^${ROWS}\\D`));
		const wrong = await run("dump", copies(engine, { url: URLS[engine].replace("word-of", "another") }));
		expect(wrong.code, wrong.out).not.toBe(0);
		expect(await snapshots(engine)).toEqual([]);
		expect(beats).not.toContain(`/${engine}`);
	});

	it("lies in the bucket, encrypted, and the heartbeat is called", async () => {
		const done = await run("dump", copies(engine));
		expect(done, done.out).toMatchObject({ code: 0 });
		const [one, ...others] = await snapshots(engine);
		expect(others).toEqual([]);
		expect(one).toMatchObject({
			tags: ["nightly"],
			paths: [`/shop.${engine === "postgres" ? "pgdump" : "sql"}`],
		});
		expect(beats).toContain(`/${engine}`);
		const stored = [...buckets.objects].filter(([path]) => path.startsWith(`backups/prod-${engine}/`));
		expect(stored.length).toBeGreaterThan(3);
		for (const [path, { body }] of stored) expect(body.includes("bill 1"), path).toBe(false);
		const stranger = await run("dump", copies(engine, { password: "not the word" }));
		expect(stranger.code).not.toBe(0);
		expect(await snapshots(engine)).toHaveLength(1);
	});

	it("comes back whole, row by row, and what was there before is in the bucket too", async () => {
		await SQL[engine]("DELETE FROM bills WHERE n > 10");
		await SQL[engine]("CREATE TABLE later (n int)");
		const done = await run("restore", copies(engine));
		expect(done, done.out).toMatchObject({ code: 0 });
		expect(done.out).toContain("is back");
		expect(await SQL[engine](COUNT)).toBe(whole);
		expect((await snapshots(engine)).map(({ tags }) => tags.join())).toEqual(["nightly", "before-restore"]);
	});

	it("is the latest nightly one unless a snapshot is named; a name that is none changes nothing", async () => {
		await SQL[engine]("INSERT INTO bills VALUES (-1, 'after')");
		const none = await run("restore", copies(engine), { SNAPSHOT: "ffffffff" });
		expect(none.code).not.toBe(0);
		expect(none.out).toContain("holds no dump");
		expect(await SQL[engine]("SELECT count(*) FROM bills WHERE n < 0")).toBe("1");
		expect((await run("restore", copies(engine))).code).toBe(0);
		expect(await SQL[engine](COUNT)).toBe(whole);
	});

	it("goes when it is older than the plan keeps, counted from the newest; nobody else's does", async () => {
		const old = (days: number) => {
			const time = new Date(Date.now() - days * 86_400_000).toISOString().replace("T", " ").slice(0, 19);
			return ["backup", "--tag", "nightly", "--time", time, "/etc/hostname"];
		};
		for (const days of [20, 31, 400]) await restic(engine, ...old(days), "--host", `prod-${engine}`);
		await restic(engine, ...old(400), "--host", "another");
		const done = await run("dump", copies(engine));
		expect(done, done.out).toMatchObject({ code: 0 });
		const ages = (await snapshots(engine)).map(({ time }) => Math.round((Date.now() - Date.parse(time)) / 86_400_000));
		// The other stack's, one of 20 days, two nightly ones of now and one before each restore.
		expect(ages.sort((a, b) => b - a)).toEqual([400, 20, 0, 0, 0, 0]);
		await restic(engine, "check", "--read-data");
	});
});

describe("tenants' databases", () => {
	it("are dumped with the application's, and no other", async () => {
		await SQL.mysql(
			"CREATE DATABASE shop_tenant; CREATE TABLE shop_tenant.notes (n int); INSERT INTO shop_tenant.notes VALUES (42)",
		);
		expect((await run("dump", copies("mysql"))).code).toBe(0);
		const text = await restic("mysql", "dump", "--tag", "nightly", "latest", "/shop.sql");
		expect([...text.matchAll(/^USE `(\w+)`/gm)].map(([, name]) => name)).toEqual(["shop", "shop_tenant"]);
		await SQL.mysql("DROP DATABASE shop_tenant");
		expect((await run("restore", copies("mysql"))).code).toBe(0);
		expect(await SQL.mysql("SELECT n FROM notes", "shop_tenant")).toBe("42");
	});
});

describe("a move between hosts and a cluster", () => {
	it("brings back on one side what the other dumped", async () => {
		const engine = "postgres" as const;
		const key = { key: WRITER, password: WORD, heartbeatUrl: null };
		const backup = {
			...{ endpoint: ENDPOINT, region: "fra1", bucket: "backups", prefix: `prod-${engine}` },
			...{ schedule: "*-*-* 02:00:00", keepDays: 30, engine, engineVersion: "17" },
		} as const;
		const settings = hostSettings({ stack: `prod-${engine}`, backup });
		const secrets = secretFiles(hostSecrets({ env: { DATABASE_URL: URLS[engine] }, backup: key }));
		for (const { path, content } of [
			...groupsOf(settings).flatMap(({ name, files }) => (name === "backup" ? files : [])),
			...Object.values(secrets).flat(),
		])
			root.write(path, content, path.startsWith("/usr/local/lib") ? 0o755 : 0o600);
		root.write("/var/lib/tierstack/groups.json", JSON.stringify({ app: { units: ["tierstack-web-1.service"] } }));
		const host = (...words: string[]) => ask({}, "/usr/local/lib/tierstack/backup", ...words);

		await SQL[engine]("DELETE FROM bills WHERE n > 7");
		expect(await host("restore", "latest", "--database", "--yes")).toContain("is back: shop");
		expect(await SQL[engine]("SELECT count(*) FROM bills")).toBe(`${ROWS}`);

		await SQL[engine]("DELETE FROM bills WHERE n > 5");
		await host("run");
		await SQL[engine]("DELETE FROM bills");
		const done = await run("restore", copies(engine));
		expect(done, done.out).toMatchObject({ code: 0 });
		expect(await SQL[engine]("SELECT count(*) FROM bills")).toBe("5");
	});
});

describe("the copy of the uploads", () => {
	const copied = () =>
		Object.fromEntries(
			[...buckets.objects]
				.filter(([path]) => path.startsWith("backups/prod-postgres-files/"))
				.map(([path, { body }]) => [path.replace("backups/prod-postgres-files/", ""), body.toString()]),
		);

	it("holds what the bucket holds: new, changed and deleted files follow a run later", async () => {
		buckets.put("files/logo.svg", "<svg/>");
		buckets.put("files/bills/2026/one.pdf", "first");
		buckets.put("files/bills/2026/two ü.pdf", "second");
		const first = await run("files-copy", copies("postgres"));
		expect(first, first.out).toMatchObject({ code: 0 });
		expect(copied()).toEqual({ "logo.svg": "<svg/>", "bills/2026/one.pdf": "first", "bills/2026/two ü.pdf": "second" });

		buckets.objects.delete("files/logo.svg");
		buckets.put("files/bills/2026/one.pdf", "tsrif");
		const dumps = () => [...buckets.objects.keys()].filter((path) => /^backups\/prod-(postgres|mysql)\//.test(path));
		const before = dumps();
		const second = await run("files-copy", copies("postgres"));
		expect(second, second.out).toMatchObject({ code: 0 });
		expect(copied()).toEqual({ "bills/2026/one.pdf": "tsrif", "bills/2026/two ü.pdf": "second" });
		expect(dumps()).toEqual(before);
	});

	it("fails, and deletes nothing, when the bucket cannot be read", async () => {
		const before = copied();
		const key = buckets.keys.get(READER.accessKey);
		if (key === undefined) throw new Error("no key");
		buckets.keys.set(READER.accessKey, { ...key, read: /^$/ });
		const done = await run("files-copy", copies("postgres"));
		buckets.keys.set(READER.accessKey, key);
		expect(done.code).not.toBe(0);
		expect(copied()).toEqual(before);
	});
});
