import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentKey } from "../../../src/host/plan.ts";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSecrets, HostSettings } from "../../../src/host/settings.ts";
import { hostPlan, hostSecrets, hostSettings, process } from "../builders.ts";
import { Amazon, REGION } from "./amazon.ts";
import { BucketService } from "./bucket.ts";
import { selfSigned, trust } from "./certificate.ts";
import { Machine, OUTSIDE } from "./machine.ts";
import { ManagedPostgres } from "./postgres.ts";

const PREFIX = "tierstack/prod";
const NAME = `secretsmanager.${REGION}.amazonaws.com`;
const amazon = new Amazon();
const buckets = new BucketService();
const postgres = new ManagedPostgres();
const certificate = selfSigned(NAME);
let machine: Machine;
let settings: HostSettings;
let secrets: HostSecrets;

async function change(told: Partial<HostSettings>, secret: Partial<HostSecrets> = {}): Promise<void> {
	settings = { ...settings, ...told };
	secrets = { ...secrets, ...secret };
	amazon.publish(PREFIX, settings, secrets);
	const done = await machine.sync();
	expect(done, done.out).toMatchObject({ code: 0 });
}

async function state(...units: readonly string[]): Promise<readonly string[]> {
	return (await machine.run(`systemctl is-active ${units.join(" ")}`)).out.split("\n");
}

const ONCE = ["tierstack-beat-1.service", "tierstack-report-1.timer", "tierstack-backup.timer"];

async function runsOnce(runs: boolean): Promise<void> {
	const wanted = ONCE.map(() => (runs ? "active" : "inactive"));
	await machine.until(
		`what runs once to be ${wanted[0]}`,
		async () => (await state(...ONCE)).join() === wanted.join(),
		60,
	);
}

/** Lets the role's key of now write the bucket of dumps. */
function permitDumps(): void {
	const { name, secret, token } = amazon.key;
	buckets.keys.clear();
	buckets.keys.set(name, { secret, token, read: /^backups/, write: /^backups/ });
}

beforeAll(async () => {
	machine = new Machine({
		userData: renderUserData(
			hostPlan({ provider: "aws", slot: null, source: { kind: "secret", region: REGION, prefix: PREFIX } }),
		),
		files: { "etc/hosts": `127.0.0.1 localhost wizamart-prod-app-1\n${OUTSIDE} ${NAME}\n` },
	});
	await amazon.start(certificate);
	await buckets.listen(OUTSIDE, 9000);
	permitDumps();
	postgres.start();
	await postgres.sql("CREATE ROLE app LOGIN PASSWORD 'first-password'");
	await postgres.sql("CREATE DATABASE shop OWNER app");
	settings = hostSettings({
		provider: "aws",
		app: { ...hostSettings().app, secretNames: ["DATABASE_URL"] },
		processes: [
			process(),
			process({ name: "beat", kind: "scheduler", command: "sleep infinity" }),
			process({ name: "report", kind: "timer", command: "true", schedule: "Mon *-*-* 06:00:00" }),
		],
		leader: { kind: "lock", engine: "postgres" },
		backup: {
			endpoint: `http://${OUTSIDE}:9000`,
			region: REGION,
			bucket: "backups",
			prefix: "prod",
			schedule: "*-*-* 02:00:00",
			keepDays: 7,
			engine: "postgres",
			engineVersion: null,
		},
	});
	secrets = hostSecrets({
		env: { DATABASE_URL: postgres.url("app", "first-password", "shop") },
		backup: { key: null, password: "dumps are read with this", heartbeatUrl: null },
	});
	amazon.publish(PREFIX, settings, secrets);
	await machine.boot();
});

afterAll(async () => {
	await machine?.destroy();
	postgres.stop();
	await amazon.stop();
	await buckets.close();
});

describe("a machine that reads its settings by its role", () => {
	it("trusts nobody who only pretends to be the service", async () => {
		const done = await machine.sync();
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/settings can't be read.*CERTIFICATE_VERIFY_FAILED/);
	});

	it("reads the three secrets of its pool, signed as the role, and serves", async () => {
		await trust(machine, "aws", certificate);
		await change({});
		expect(await machine.ask("curl -sf http://127.0.0.1/health")).toContain("built-in responder");
		expect(amazon.refusals).toEqual([]);
	});

	it("holds no credential of its own", async () => {
		expect(await machine.ask("cat /etc/tierstack/birth.json")).not.toMatch(/key/i);
		expect((await machine.run(`grep -rlsF '${amazon.key.secret}' /etc /var/lib /run`)).out).toBe("");
	});

	it("goes on with the role's next key", async () => {
		amazon.rotate();
		permitDumps();
		await change({ swapMib: 512 });
		expect(await machine.ask("stat -c %s /swapfile")).toBe(`${512 * 1024 ** 2}`);
	});

	it("reads a document that was packed because it is large", async () => {
		const text = Array.from({ length: 1500 }, (_, index) => `line ${index} of a long text`).join("\n");
		await change({ app: { ...settings.app, env: { LARGE: text.repeat(2) } } });
		expect(amazon.secrets.get(`${PREFIX}/${documentKey("app", "host.json")}`)).toMatch(/^H4sI/);
		expect(await machine.ask("tail -n 1 /etc/tierstack/app.env")).toBe('line 1499 of a long text"');
		await change({ app: { ...settings.app, env: {} } });
	});

	it("keeps the last good settings when the role may read them no longer", async () => {
		amazon.permitted = /^$/;
		const done = await machine.sync();
		expect(done.code).not.toBe(0);
		expect(done.out).toContain("settings can't be read, the last good ones hold");
		expect(await machine.ask("curl -sf http://127.0.0.1/health")).toContain("built-in responder");
		amazon.permitted = /^tierstack\/prod\/app\//;
		await change({});
	});
});

describe("what runs once among members that come and go", () => {
	it("runs on the member that holds the lock in the database", async () => {
		await runsOnce(true);
		expect(await postgres.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")).toBe("1");
	});

	it("dumps the managed database there, with the role's key", async () => {
		await machine.ask(
			"systemctl start tierstack-backup || { journalctl -u tierstack-backup -o cat -n 20 --no-pager; exit 1; }",
		);
		expect([...buckets.objects.keys()].filter((key) => key.includes("/snapshots/"))).toHaveLength(1);
	});

	it("stops before the lock is given back, and starts again with it", async () => {
		await machine.ask("systemctl stop tierstack-leader");
		expect(await state(...ONCE)).toEqual(["inactive", "inactive", "inactive"]);
		await machine.until("the lock to be free", async () => (await locks()) === "0", 10);
	});

	it("stays off while another member holds the lock, and comes when that one is gone", async () => {
		const other = postgres.hold("shop", "app", "first-password", await lockOf());
		await machine.until("the other member to lead", async () => (await locks()) === "1", 10);
		await machine.ask("systemctl start tierstack-leader");
		await machine.until("this member to ask", async () => (await sessions()) === "2", 20);
		// Twice as long as between two questions.
		await new Promise((resolve) => setTimeout(resolve, 10_000));
		expect(await state(...ONCE)).toEqual(["inactive", "inactive", "inactive"]);
		other.kill("SIGKILL");
		await runsOnce(true);
	});

	it("stops when the database takes the lock away, and one member leads again later", async () => {
		const before = await machine.ask("systemctl show -p InvocationID --value tierstack-beat-1");
		await postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
		const run = "systemctl show -p InvocationID --value tierstack-beat-1";
		await machine.until("another run", async () => (await machine.ask(run)) !== before, 60);
		await runsOnce(true);
		expect(await machine.ask("journalctl -u tierstack-leader -o cat")).toContain("the database does not answer");
	});

	it("goes down with the election when that is killed", async () => {
		const stopped = "journalctl -u tierstack-beat-1 -o cat | grep -c ^Stopped";
		const before = Number(await machine.ask(stopped));
		await machine.ask("systemctl kill --signal=KILL tierstack-leader");
		await machine.until("the stop", async () => Number(await machine.ask(stopped)) > before, 10);
		await runsOnce(true);
		expect(await locks()).toBe("1");
	});

	it("follows a rotated password", async () => {
		await postgres.sql("ALTER ROLE app PASSWORD 'second-password'");
		await change({}, { env: { DATABASE_URL: postgres.url("app", "second-password", "shop") } });
		await runsOnce(true);
		expect(await machine.ask("systemctl list-units --failed --plain --no-legend")).toBe("");
	});
});

async function locks(): Promise<string> {
	return await postgres.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted");
}

async function sessions(): Promise<string> {
	return await postgres.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop'");
}

/** The lock's number, as the member itself makes it from its name. */
async function lockOf(): Promise<number> {
	return Number(await machine.ask(`python3 -c 'import zlib; print(zlib.crc32(b"tierstack/prod"))'`));
}
