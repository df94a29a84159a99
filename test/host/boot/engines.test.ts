import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localDatabaseUrl } from "../../../src/host/groups/database.ts";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSettings } from "../../../src/host/settings.ts";
import { hostPlan, hostSecrets, hostSettings, process } from "../builders.ts";
import { Cloud, ENDPOINT, SOURCE, WRITER } from "./cloud.ts";
import { Machine } from "./machine.ts";
import { ask, opens } from "./outside.ts";

const cloud = new Cloud();
let machine: Machine;

function settingsWith(engine: "postgres" | "mysql"): HostSettings {
	const base = hostSettings();
	return hostSettings({
		volume: { device: "/dev/disk/by-id/scsi-0DO_Volume_data" },
		app: { ...base.app, secretNames: ["DATABASE_URL"] },
		processes: [process({ command: "python3 /opt/app.py" })],
		database: { engine, maxConnections: 60 },
		backup: {
			endpoint: ENDPOINT,
			region: "fra1",
			bucket: "backups",
			prefix: engine,
			schedule: "*-*-* 02:00:00",
			keepDays: 30,
			engine,
			engineVersion: null,
		},
	});
}

async function apply(engine: "postgres" | "mysql", password: string): Promise<void> {
	const env = { DATABASE_URL: localDatabaseUrl(engine, password) };
	const backup = { key: WRITER, password: "dumps are read with this", heartbeatUrl: null };
	cloud.publish(settingsWith(engine), hostSecrets({ env, databasePassword: password, backup }));
	const done = await machine.sync();
	expect(done, done.out).toMatchObject({ code: 0 });
}

async function notes(): Promise<unknown> {
	await machine.until("the application", async () => (await ask("/notes")).status === 200);
	return await (await ask("/notes")).json();
}

async function note(text: string): Promise<void> {
	expect((await ask(`/note/${text}`, { method: "POST", body: "" })).status).toBe(200);
}

beforeAll(async () => {
	machine = new Machine({
		userData: renderUserData(hostPlan({ source: SOURCE })),
		memoryMib: 2048,
		volumeMib: 1024,
		files: { "opt/app.py": readFileSync(join(import.meta.dirname, "app.py"), "utf8") },
	});
	await cloud.start();
	await machine.boot();
});

afterAll(async () => {
	await machine?.destroy();
	await cloud.buckets.close();
});

describe("PostgreSQL on the data volume", () => {
	it("is installed there, with an eighth of the memory, reached by its socket only", async () => {
		await apply("postgres", "first-password-of-app");
		expect(await notes()).toEqual({ engine: "postgresql", notes: [] });
		const admin = "runuser -u postgres -- psql -Atc";
		const data = await machine.ask(`${admin} 'show data_directory'`);
		expect(await machine.ask(`findmnt -no SOURCE -T ${data}`)).toContain("scsi-0DO_Volume_data");
		expect(await machine.ask(`${admin} 'show shared_buffers'`)).toBe("256MB");
		expect(await machine.ask(`${admin} 'show max_connections'`)).toBe("60");
		expect(await opens(5432)).toBe(false);
	});

	it("follows a rotated password without losing a row", async () => {
		await note("kept");
		await apply("postgres", "second-password-of-app");
		expect(await notes()).toEqual({ engine: "postgresql", notes: ["kept"] });
	});

	it("is dumped and restored", async () => {
		await machine.ask("systemctl start tierstack-backup");
		await note("after-the-dump");
		await machine.ask("/usr/local/lib/tierstack/backup restore latest --database --yes");
		expect(await notes()).toEqual({ engine: "postgresql", notes: ["kept"] });
		await note("writable");
	});

	it("outlives its machine: a new one with the same volume goes on", async () => {
		await machine.replace();
		const done = await machine.sync();
		expect(done, done.out).toMatchObject({ code: 0 });
		expect(await notes()).toEqual({ engine: "postgresql", notes: ["kept", "writable"] });
		expect(await machine.ask("journalctl -u tierstack-volume -o cat")).not.toContain("which was blank");
	});

	it("comes up by itself at the next boot", async () => {
		await machine.halt();
		await machine.boot();
		expect(await notes()).toEqual({ engine: "postgresql", notes: ["kept", "writable"] });
	});
});

describe("MariaDB on the data volume", () => {
	it("takes the place of the other engine, whose data stays where it is", async () => {
		await apply("mysql", "first-password-of-app");
		expect(await notes()).toEqual({ engine: "mysql", notes: [] });
		expect(await machine.ask("findmnt -no SOURCE -T /var/lib/mysql")).toContain("scsi-0DO_Volume_data");
		expect((await machine.run("systemctl is-active postgresql")).out).toBe("inactive");
		expect(await machine.ask("ls /srv/data/postgresql")).not.toBe("");
	});

	it("lets the application make a database for each tenant, and dumps them all", async () => {
		const login = "mysql -uapp -pfirst-password-of-app -BN";
		await machine.ask(
			`${login} -e "CREATE DATABASE app_tenant; CREATE TABLE app_tenant.bills (n INT); INSERT INTO app_tenant.bills VALUES (42)"`,
		);
		expect((await machine.run(`${login} -e "CREATE DATABASE other"`)).code).not.toBe(0);
		await note("kept");
		await machine.ask("systemctl start tierstack-backup");
		await machine.ask(`${login} -e "DELETE FROM app_tenant.bills"`);
		await note("after-the-dump");
		await machine.ask("/usr/local/lib/tierstack/backup restore latest --database --yes");
		expect(await notes()).toEqual({ engine: "mysql", notes: ["kept"] });
		expect(await machine.ask(`${login} -e "SELECT n FROM app_tenant.bills"`)).toBe("42");
	});
});
