import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSecrets, HostSettings } from "../../../src/host/settings.ts";
import { hostPlan, hostSecrets, hostSettings, process } from "../builders.ts";
import { Cloud, ENDPOINT, SOURCE, WRITER } from "./cloud.ts";
import { Machine, METADATA, OUTSIDE } from "./machine.ts";
import { ask, Listener, login, METADATA_URL, makeKey, opens } from "./outside.ts";
import { ManagedPostgres } from "./postgres.ts";

const APP = readFileSync(join(import.meta.dirname, "app.py"), "utf8");
const VOLUME = "/dev/disk/by-id/scsi-0DO_Volume_data";
const ALERT_PORT = 9100;

const cloud = new Cloud();
const metadata = new Listener();
const chat = new Listener();
const keys = mkdtempSync(join(tmpdir(), "tierstack-keys-"));
const userData = renderUserData(hostPlan({ source: SOURCE }));
let machine: Machine;
let postgres: ManagedPostgres;
let settings: HostSettings;
let secrets: HostSecrets;
let bootSeconds = 0;

/** Publishes what differs from the settings so far, and has the machine read it. */
async function change(told: Partial<HostSettings>, secret: Partial<HostSecrets> = {}) {
	settings = { ...settings, ...told };
	secrets = { ...secrets, ...secret };
	cloud.publish(settings, secrets);
	return await machine.sync();
}

/** Which run of a unit this is: another one after each restart. */
async function runOf(unit: string): Promise<string> {
	return await machine.ask(`systemctl show -p InvocationID --value ${unit}`);
}

async function answer(path: string): Promise<unknown> {
	return await (await ask(path)).json();
}

beforeAll(async () => {
	machine = new Machine({
		userData,
		cloudKeys: [await makeKey(keys, "birth")],
		memoryMib: 1024,
		volumeMib: 192,
	});
	const opsKey = await makeKey(keys, "ops");
	const formerKey = await makeKey(keys, "former");
	await makeKey(keys, "stranger");
	const base = hostSettings();
	settings = hostSettings({
		access: { sshKeys: [opsKey, formerKey], sshFrom: [`${OUTSIDE}/24`.replace(".1/", ".0/")] },
		volume: { device: VOLUME },
		app: { ...base.app, env: { GREETING: 'a "quoted" $HOME \\ `line`\nand another' }, secretNames: ["DATABASE_URL"] },
		processes: [
			process({ command: "python3 /opt/app.py" }),
			process({ name: "tick", kind: "timer", schedule: "*-*-* 05:00:00", command: "touch /srv/data/uploads/ticked" }),
		],
		backup: {
			endpoint: ENDPOINT,
			region: "fra1",
			bucket: "backups",
			prefix: "prod",
			schedule: "*-*-* 02:00:00",
			keepDays: 30,
			engine: "sqlite",
			engineVersion: null,
		},
		watch: { exporterAddress: "127.0.0.1", dashboards: false, logs: null },
	});
	secrets = hostSecrets({
		env: { DATABASE_URL: "sqlite:////srv/data/sqlite/app.db" },
		backup: {
			key: WRITER,
			password: "dumps are read with this",
			heartbeatUrl: `http://${OUTSIDE}:${ALERT_PORT}/heartbeat`,
		},
		alertUrl: `http://${OUTSIDE}:${ALERT_PORT}/alert`,
	});
	cloud.publish(settings, secrets);
	cloud.buckets.down = true;
	await cloud.start();
	await metadata.start(METADATA, 80);
	await chat.start(OUTSIDE, ALERT_PORT);
	postgres = new ManagedPostgres();
	postgres.start();
	bootSeconds = await machine.boot();
	await machine.ask(`cat >/opt/app.py <<'END'\n${APP}\nEND`);
});

afterAll(async () => {
	await machine?.destroy();
	postgres?.stop();
	for (const listener of [metadata, chat]) await listener.stop();
	await cloud.buckets.close();
	rmSync(keys, { recursive: true, force: true });
});

describe("a host that can't reach its settings at first boot", () => {
	it("ends cloud-init without an error, in less than a minute", async () => {
		expect(await machine.ask("cloud-init status --long")).toMatch(
			/status: done[\s\S]*errors: \[\][\s\S]*recoverable_errors: \{\}/,
		);
		expect(bootSeconds).toBeLessThan(60);
	});

	it("says in the journal and by a failed unit that the settings are missing, and fails nowhere else", async () => {
		await machine.sync();
		expect(await machine.ask("systemctl list-units --failed --plain --no-legend | cut -d' ' -f1")).toBe(
			"tierstack-settings.service",
		);
		expect(await machine.ask("journalctl -u tierstack-settings -o cat")).toContain("settings can't be read");
	});

	it("has swap by its memory, readable by root only, once in fstab", async () => {
		expect(await machine.ask("stat -c '%a %U %s' /swapfile")).toBe(`600 root ${1024 ** 3}`);
		expect(await machine.ask("swapon --show=NAME,TYPE --noheadings")).toMatch(/^\/swapfile\s+file$/);
		expect(await machine.ask("grep -c ^/swapfile /etc/fstab")).toBe("1");
	});

	it("takes keys only, and never root", async () => {
		const effective = await machine.ask("sshd -T");
		for (const line of [
			"permitrootlogin no",
			"passwordauthentication no",
			"kbdinteractiveauthentication no",
			"authenticationmethods publickey",
			"allowusers deploy",
			"x11forwarding no",
			"maxauthtries 4",
		]) {
			expect(effective.split("\n")).toContain(line);
		}
	});

	it("lets the cloud's key in as deploy, who can become root but has no password", async () => {
		expect((await login(keys, "birth", "deploy", "sudo -n id -u")).out).toBe("0");
		expect(await machine.ask("passwd -S deploy | cut -d' ' -f2")).toBe("L");
		expect(await machine.ask("id -nG deploy")).toBe("deploy sudo");
	});

	it("refuses root, a stranger's key and passwords", async () => {
		expect(await login(keys, "birth", "root")).toMatchObject({
			code: 255,
			out: expect.stringContaining("Permission denied"),
		});
		expect(await login(keys, "stranger", "deploy")).toMatchObject({
			code: 255,
			out: expect.stringContaining("(publickey)"),
		});
		const password = ["-o", "PreferredAuthentications=password,keyboard-interactive", "-o", "PubkeyAuthentication=no"];
		expect(await login(keys, "birth", "deploy", "true", password)).toMatchObject({ code: 255 });
	});

	it("drops what is not SSH, HTTP or HTTPS", async () => {
		await machine.ask(
			"systemd-run --quiet --unit=open-port python3 -m http.server 5432 --bind 0.0.0.0 --directory /run/lock",
		);
		await machine.until(
			"the port to be open inside",
			async () => (await machine.run("curl -s http://127.0.0.1:5432/")).code === 0,
		);
		expect(await opens(5432)).toBe(false);
		expect(await opens(22)).toBe(true);
		expect(await machine.ask("iptables -S INPUT | head -n 1")).toBe("-P INPUT DROP");
		await machine.ask("systemctl stop open-port");
	});

	it("keeps the metadata address for root", async () => {
		expect(await machine.ask(`curl -s -m 5 ${METADATA_URL}`)).toContain("credential");
		for (const user of ["deploy", "www-data", "nobody"]) {
			expect((await machine.run(`runuser -u ${user} -- curl -s -m 5 ${METADATA_URL}`)).code).not.toBe(0);
		}
	});

	it("shows the credential of birth to root only", async () => {
		expect(await machine.ask("stat -c '%a %U' /etc/tierstack/birth.json")).toBe("600 root");
		const secret = SOURCE.kind === "bucket" ? SOURCE.secretKey : "";
		expect(await machine.ask(`grep -rl '${secret}' /etc/tierstack /var/lib/cloud | wc -l`)).not.toBe("0");
		const seen = await machine.run(`runuser -u deploy -- grep -rlsF '${secret}' /etc /var/lib /var/log /run /home`);
		// What grep finds in the seed is this test's own way in: a cloud serves it over the metadata address.
		expect(seen.out.split("\n").filter((path) => path !== "" && !path.includes("/seed/nocloud/"))).toEqual([]);
	});

	it("updates itself, keeps the clock and limits the journal", async () => {
		const apt = await machine.ask("apt-config dump");
		expect(apt).toContain('APT::Periodic::Unattended-Upgrade "1"');
		expect(apt).toContain('Unattended-Upgrade::Automatic-Reboot-Time "03:30"');
		expect(await machine.ask("systemctl is-enabled systemd-timesyncd unattended-upgrades")).toBe("enabled\nenabled");
		expect(await machine.ask("systemd-analyze cat-config systemd/journald.conf | grep ^SystemMaxUse")).toBe(
			"SystemMaxUse=200M",
		);
		expect(await machine.ask("sysctl -n net.ipv4.tcp_syncookies net.ipv4.conf.all.accept_redirects")).toBe("1\n0");
	});
});

describe("settings that arrive", () => {
	beforeAll(async () => {
		cloud.buckets.down = false;
		const done = await machine.sync();
		expect(done, done.out).toMatchObject({ code: 0 });
	});

	it("bring the application up behind the proxy, on a volume that was blank", async () => {
		expect(await answer("/notes")).toEqual({ engine: "sqlite", notes: [] });
		expect(await machine.ask("findmnt -no FSTYPE /srv/data")).toBe("ext4");
		expect(await machine.ask("journalctl -u tierstack-volume -o cat | grep -c ^formatted")).toBe("1");
		expect(await machine.ask("systemctl list-units --failed --plain --no-legend")).toBe("");
	});

	it("hand every value over as it was written", async () => {
		expect(await answer("/env?GREETING,CPU_COUNT")).toEqual({
			GREETING: 'a "quoted" $HOME \\ `line`\nand another',
			CPU_COUNT: expect.stringMatching(/^\d+$/),
		});
	});

	it("keep secrets from everyone but root and the processes", async () => {
		expect(
			await machine.ask("stat -c %a /etc/tierstack/secret.env /etc/tierstack/backup.env /etc/tierstack/alert.env"),
		).toBe("600\n600\n600");
		const seen = await machine.run(`runuser -u deploy -- grep -rlsF '${WRITER.secretKey}' /etc /var/lib /run /home`);
		expect(seen.out).toBe("");
	});

	it("replace the keys of birth by the list", async () => {
		expect((await login(keys, "ops", "deploy")).code).toBe(0);
		expect((await login(keys, "birth", "deploy")).code).toBe(255);
	});

	it("restart nothing when they are read again unchanged", async () => {
		const units = ["tierstack-web-1", "nginx", "tierstack-guard"];
		const before = await Promise.all(units.map(runOf));
		expect((await machine.sync()).code).toBe(0);
		expect(await Promise.all(units.map(runOf))).toEqual(before);
	});

	it("let a large body, a slow answer and a compressed one pass, and slow down a flood", async () => {
		const slow = ask("/slow?61");
		const sent = await ask("/upload", { method: "POST", body: Buffer.alloc(50 * 1024 * 1024) });
		expect(await sent.json()).toEqual({ size: 50 * 1024 * 1024 });
		expect(
			(await ask("/upload", { method: "POST", body: Buffer.alloc(101 * 1024 * 1024) }).catch(() => ({ status: 413 })))
				.status,
		).toBe(413);
		const large = await ask("/large", { headers: { "accept-encoding": "gzip" } });
		expect(large.headers.get("content-encoding")).toBe("gzip");
		expect(large.headers.get("server")).toBe("nginx");
		const flood = await Promise.all(Array.from({ length: 220 }, async () => (await ask("/env?NOTHING")).status));
		expect(flood.filter((status) => status === 200).length).toBeGreaterThan(100);
		expect(flood).toContain(429);
		expect(await (await slow).json()).toEqual({ slept: "61" });
	});

	it("serve figures of the machine on the loopback address only", async () => {
		expect(await machine.ask("curl -s http://127.0.0.1:9100/metrics | grep -c ^node_memory")).not.toBe("0");
		expect(await machine.ask("ss -Htln | grep ':9100' | awk '{print $4}'")).toBe("127.0.0.1:9100");
	});
});

describe("backup and restore of SQLite and uploads", () => {
	it("bring back what was there, and keep what came since", async () => {
		await ask("/note/first", { method: "POST", body: "" });
		await machine.ask("runuser -u app -- bash -c 'echo picture >/srv/data/uploads/1.png'");
		await machine.ask("systemctl start tierstack-backup");
		expect(chat.calls.map(({ path }) => path)).toContain("/heartbeat");
		await ask("/note/second", { method: "POST", body: "" });
		await machine.ask("rm /srv/data/uploads/1.png; echo new >/srv/data/uploads/2.png");
		await machine.ask("/usr/local/lib/tierstack/backup restore latest --database --uploads --yes");
		await machine.until("the application", async () => (await ask("/notes")).status === 200);
		expect(await answer("/notes")).toEqual({ engine: "sqlite", notes: ["first"] });
		expect(
			await machine.ask("cat /srv/data/uploads/1.png /srv/data/uploads/2.png; stat -c %U /srv/data/uploads/1.png"),
		).toBe("picture\nnew\napp");
		expect(await machine.ask("ls /srv/data/dumps/before-restore-*")).toBe("app.db.sqlite");
	});

	it("leave nothing readable in the bucket", () => {
		const stored = [...cloud.buckets.objects].filter(([key]) => key.startsWith("backups/"));
		expect(stored.length).toBeGreaterThan(3);
		for (const [, { body }] of stored) expect(body.includes("SQLite format 3") || body.includes("picture")).toBe(false);
	});

	it("forget what is older than the plan keeps, and only that", async () => {
		const restic = "set -a; . /etc/tierstack/backup.conf; . /etc/tierstack/backup.env; restic --quiet --no-cache";
		const made = async (age: string, tag: string, host = "prod") =>
			await machine.ask(
				`${restic} backup --time "$(date -d '${age}' '+%F %T')" --host ${host} --tag ${tag} /etc/hostname`,
			);
		await made("-31 days -1 hour", "nightly");
		await made("-29 days", "nightly");
		// Made by hand, or by another stack in the same bucket: nobody's to forget.
		await made("-90 days", "by-hand");
		await made("-90 days", "nightly", "other");
		await machine.ask("systemctl start tierstack-backup");
		const days = `${restic} snapshots --json | python3 -c '
import datetime, json, sys
now = datetime.datetime.now(datetime.timezone.utc)
for each in json.load(sys.stdin):
    at = datetime.datetime.fromisoformat(each["time"][:19] + "+00:00")
    print((now - at).days, *each["tags"], each["hostname"])'`;
		const kept = (await machine.ask(days)).split("\n").filter((line) => !line.startsWith("0 "));
		expect(kept.sort()).toEqual(["29 nightly prod", "90 by-hand prod", "90 nightly other"]);
	});

	it("fail loudly when the disk is full, and leave the backups that are there", async () => {
		const snapshots = () => [...cloud.buckets.objects.keys()].filter((key) => key.includes("/snapshots/")).length;
		const before = snapshots();
		const ballast =
			"import sqlite3; d = sqlite3.connect('/srv/data/sqlite/app.db'); d.execute('CREATE TABLE ballast AS SELECT zeroblob(8000000) AS x'); d.commit()";
		await machine.ask(`runuser -u app -- python3 -c "${ballast}"`);
		await machine.run("cat /dev/zero >/srv/data/uploads/fill; sync");
		const done = await machine.run("systemctl start tierstack-backup");
		const state = await machine.run("systemctl is-failed tierstack-backup");
		await machine.ask("rm /srv/data/uploads/fill");
		expect(done.code).not.toBe(0);
		expect(state.out).toBe("failed");
		expect(snapshots()).toBe(before);
		expect(await machine.ask("ls -A /srv/data/dumps | grep -vc before-restore || true")).toBe("0");
		await machine.until("the alert", async () =>
			chat.calls.some(({ path, body }) => path === "/alert" && body.includes("tierstack-backup.service failed")),
		);
		await machine.ask("systemctl start tierstack-backup");
		expect(snapshots()).toBe(before + 1);
	});
});

describe("a promotion that adds a database", () => {
	it("reaches the same machine: the application answers from the new database, nothing else restarts", async () => {
		await machine.ask("apt-get -q update && apt-get -q install -y postgresql-client");
		await postgres.sql("CREATE ROLE app LOGIN PASSWORD 'first-password'");
		// As the cloud has it: the administrator owns the database, and a new user may make no table there.
		await postgres.sql("CREATE ROLE doadmin LOGIN CREATEDB CREATEROLE PASSWORD 'word of \"admin\" $1'");
		await postgres.sql("CREATE DATABASE shop OWNER doadmin");
		const [nginx, swap] = await Promise.all([runOf("nginx"), runOf("tierstack-swap")]);
		const backup = settings.backup === null ? null : { ...settings.backup, engine: "postgres" as const };
		const done = await change(
			{ backup, grants: true },
			{
				env: { DATABASE_URL: postgres.url("app", "first-password", "shop") },
				databaseAdmin: postgres.admin("doadmin", 'word of "admin" $1', "shop"),
			},
		);
		expect(done, done.out).toMatchObject({ code: 0 });
		expect(await answer("/notes")).toEqual({ engine: "postgresql", notes: [] });
		expect(await Promise.all([runOf("nginx"), runOf("tierstack-swap")])).toEqual([nginx, swap]);
		expect(await machine.ask("cloud-init query userdata | sha256sum; cat /var/lib/cloud/data/instance-id")).toContain(
			"i-1",
		);
		expect(renderUserData(hostPlan({ source: SOURCE }))).toBe(userData);
	});

	it("is followed by a rotated password and a removed key on the same way", async () => {
		await postgres.sql("ALTER ROLE app PASSWORD 'second-password'");
		const done = await change(
			{ access: { ...settings.access, sshKeys: settings.access.sshKeys.slice(0, 1) } },
			{ env: { DATABASE_URL: postgres.url("app", "second-password", "shop") } },
		);
		expect(done, done.out).toMatchObject({ code: 0 });
		expect((await ask("/note/kept", { method: "POST", body: "" })).status).toBe(200);
		expect((await login(keys, "ops", "deploy")).code).toBe(0);
		expect((await login(keys, "former", "deploy")).code).toBe(255);
	});

	it("dumps the managed database, and a restore brings it back", async () => {
		await machine.ask("systemctl start tierstack-backup");
		await ask("/note/after-the-dump", { method: "POST", body: "" });
		await machine.ask("/usr/local/lib/tierstack/backup restore latest --database --yes");
		await machine.until("the application", async () => (await ask("/notes")).status === 200);
		expect(await answer("/notes")).toEqual({ engine: "postgresql", notes: ["kept"] });
	});

	it("says when no program can dump a server of that version, and goes on with what was there", async () => {
		const { backup } = settings;
		if (backup === null) throw new Error("this machine dumps");
		const done = await change({ backup: { ...backup, engineVersion: "99" } });
		expect(done.code).not.toBe(0);
		expect(done.out).toContain("no dump program of PostgreSQL 99 is to be had");
		expect(await machine.ask("grep -rl pgdg /etc/apt || true")).toBe("");
		expect((await change({ backup: { ...backup, engineVersion: "15" } })).code).toBe(0);
		expect(await machine.ask("systemctl is-active tierstack-backup.timer")).toBe("active");
	});

	it("says when a dump fails, and keeps the last good one", async () => {
		const before = [...cloud.buckets.objects.keys()].filter((key) => key.includes("/snapshots/"));
		await postgres.sql("ALTER ROLE app PASSWORD 'changed-by-hand'");
		const failed = await machine.run("systemctl start tierstack-backup");
		await postgres.sql("ALTER ROLE app PASSWORD 'second-password'");
		expect(failed.code).not.toBe(0);
		expect(await machine.ask("journalctl -u tierstack-backup -o cat -n 20")).toMatch(
			/backup: psql ended with 2: .*password authentication failed/,
		);
		expect([...cloud.buckets.objects.keys()].filter((key) => key.includes("/snapshots/"))).toEqual(before);
	});

	it("can be told by a new reading key, after which the one of birth may read nothing", async () => {
		expect((await change({}, { source: cloud.replaceReader() })).code).toBe(0);
		cloud.emptyFirstReader();
		expect((await change({ swapMib: 512 })).code).toBe(0);
		expect(await machine.ask("stat -c %s /swapfile")).toBe(`${512 * 1024 ** 2}`);
		expect((await change({ swapMib: null })).code).toBe(0);
	});
});

describe("settings that don't work", () => {
	it("leave the application as it was when the new one never answers", async () => {
		const working = settings.processes;
		const done = await change({
			processes: [process({ command: "sleep 3600" })],
			app: { ...settings.app, healthySeconds: 3 },
			access: { ...settings.access, sshFrom: [`${OUTSIDE}/32`] },
		});
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/app: NOT applied, as it was before: .*did not answer well within 3 s/);
		await machine.until("the old application", async () => (await ask("/notes")).status === 200);
		expect(await answer("/notes")).toEqual({ engine: "postgresql", notes: ["kept"] });
		// What stands for itself was applied all the same.
		expect(await machine.ask("ufw status | grep '^22/tcp'")).toMatch(new RegExp(`ALLOW +${OUTSIDE}$`));
		expect((await change({ processes: working })).code).toBe(0);
	});

	it("leave the old process serving when an image can't be pulled", async () => {
		const before = await runOf("tierstack-web-1");
		const done = await change({ app: { ...settings.app, image: `${OUTSIDE}:5000/shop:2` } });
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/app: NOT applied, as it was before: .*image plain/);
		expect(await runOf("tierstack-web-1")).toBe(before);
		expect((await change({ app: { ...settings.app, image: null } })).code).toBe(0);
		expect(await runOf("tierstack-web-1")).toBe(before);
	});

	it("never give a key back that was taken away, not even when the firewall of the same change fails", async () => {
		const { sshKeys } = settings.access;
		const joined = await makeKey(keys, "joined");
		expect((await change({ access: { ...settings.access, sshKeys: [...sshKeys, joined] } })).code).toBe(0);
		expect((await login(keys, "joined", "deploy")).code).toBe(0);
		const done = await change({ access: { sshKeys, sshFrom: ["not-an-address"] } });
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/firewall: NOT applied, as it was before/);
		expect((await login(keys, "joined", "deploy")).code).toBe(255);
		expect((await login(keys, "ops", "deploy")).code).toBe(0);
		expect((await change({ access: { sshKeys, sshFrom: [`${OUTSIDE}/32`] } })).code).toBe(0);
	});

	it("let nobody reach SSH while no range is named, and stay so at the next look", async () => {
		const { access } = settings;
		expect((await change({ access: { ...access, sshFrom: [] } })).code).toBe(0);
		expect(await opens(22)).toBe(false);
		expect(await opens(80)).toBe(true);
		await machine.ask("systemctl restart tierstack-guard");
		expect(await opens(22)).toBe(false);
		expect((await change({ access })).code).toBe(0);
		expect(await opens(22)).toBe(true);
	});

	it("say so when a disk is full, apply what does not need it, and go on when there is room", async () => {
		// The settings' own folder on a small disk of its own.
		await machine.ask(
			"mkdir -p /run/small && mount -t tmpfs -o size=512k tmpfs /run/small && cp -a /etc/tierstack/. /run/small && mount --bind /run/small /etc/tierstack && cat /dev/zero >/etc/tierstack/fill; true",
		);
		const env = { ...settings.app.env, MORE: "x".repeat(8192) };
		const former = settings.app;
		const done = await change({
			app: { ...former, env },
			access: { ...settings.access, sshKeys: [settings.access.sshKeys[0] ?? "", await makeKey(keys, "late")] },
		});
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/app: NOT applied, as it was before: \/etc\/tierstack\/app.env: No space left on device/);
		expect((await login(keys, "late", "deploy")).code).toBe(0);
		expect((await ask("/notes")).status).toBe(200);
		await machine.ask("rm /etc/tierstack/fill");
		const again = await machine.sync();
		expect(again, again.out).toMatchObject({ code: 0 });
		expect(await answer("/env?MORE")).toEqual({ MORE: env.MORE });
		expect((await change({ app: former })).code).toBe(0);
		await machine.ask("umount /etc/tierstack && cp -a /run/small/. /etc/tierstack && umount /run/small");
	});

	it("leave the last good ones when a document is no settings at all", async () => {
		const good = cloud.buckets.objects.get("settings/app/host.json");
		cloud.buckets.put("settings/app/host.json", "{");
		const done = await machine.sync();
		expect(done.code).not.toBe(0);
		expect(done.out).toContain("settings are not understood, the last good ones hold");
		expect((await ask("/notes")).status).toBe(200);
		cloud.buckets.put("settings/app/host.json", `${good?.body ?? ""}`);
		expect((await machine.sync()).code).toBe(0);
	});
});

describe("further boots", () => {
	it("keep the data, and a resize changes swap and workers and nothing else", async () => {
		const files =
			"find /etc /usr/local -xdev -type f ! -name 'machine-id' ! -path '/etc/test-*' -exec sha256sum {} + | sort -k2";
		const before = await machine.ask(files);
		const workers = "cat /run/tierstack/capacity.env";
		expect(await machine.ask(workers)).toContain("MEMORY_MIB=1024\n");
		const uuid = await machine.ask(`blkid -p -o value -s UUID ${VOLUME}`);
		await machine.halt();
		machine.resize(8192);
		await machine.boot();
		await machine.until("the application", async () => (await ask("/notes")).status === 200);
		expect(await answer("/notes")).toEqual({ engine: "postgresql", notes: ["kept"] });
		expect(await machine.ask("cat /srv/data/uploads/1.png")).toBe("picture");
		expect(await machine.ask(`blkid -p -o value -s UUID ${VOLUME}`)).toBe(uuid);
		expect(await machine.ask("stat -c %s /swapfile")).toBe(`${2 * 1024 ** 3}`);
		expect(await machine.ask(workers)).toContain("MEMORY_MIB=8192\n");
		expect(await machine.ask(files)).toBe(before);
		expect(await machine.ask("systemctl list-units --failed --plain --no-legend")).toBe("");
	});

	it("start nothing that needs the volume while it is missing, say so, and go on when it is back and larger", async () => {
		const size = async () => Number(await machine.ask("df --output=size -k /srv/data | tail -n 1"));
		const before = await size();
		await machine.halt();
		machine.withoutVolume();
		await machine.boot();
		await machine.until(
			"the volume to be given up",
			async () => (await machine.run("systemctl is-failed tierstack-volume")).out === "failed",
			60,
		);
		expect((await machine.run("systemctl is-active tierstack-web-1")).out).toBe("inactive");
		expect(await machine.ask("journalctl -b -u tierstack-volume -o cat")).toContain(
			"is not attached: nothing that needs it is started",
		);
		expect((await machine.run("touch /srv/data/lost")).code).not.toBe(0);
		await machine.halt();
		machine.growVolume(384);
		machine.withVolume();
		await machine.boot();
		await machine.until("the application", async () => (await ask("/notes")).status === 200);
		expect(await machine.ask("cat /srv/data/uploads/1.png")).toBe("picture");
		expect(await size()).toBeGreaterThan(before * 1.8);
	});
});
