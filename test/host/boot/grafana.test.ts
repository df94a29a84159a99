import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
	GRAFANA_ARCHIVE,
	GRAFANA_DASHBOARD,
	GRAFANA_DATA_SOURCE,
	GRAFANA_KEY,
	PANELS,
} from "../../../src/host/files/grafana.ts";
import { grafanaGroups } from "../../../src/host/groups/grafana.ts";
import { Archive } from "./archive.ts";
import { selfSigned } from "./certificate.ts";
import type { Ran } from "./machine.ts";
import { Overlay } from "./overlay.ts";

/*
 * Grafana itself cannot be had where these tests run: a package of its name, from an archive that is signed as its own
 * is, stands for it. What is held is who is believed and what may come from there; not that Grafana reads its files.
 */

const HOST = new URL(GRAFANA_ARCHIVE).hostname;
const PROGRAM = "/usr/local/lib/tierstack/grafana-key";
const certificate = selfSigned(HOST);
const archive = new Archive();
const files = grafanaGroups.flatMap((each) => each.files);
let root: Overlay;

async function apt(...words: readonly string[]): Promise<Ran> {
	return await root.ask({ DEBIAN_FRONTEND: "noninteractive" }, "apt-get", "-q", "-y", ...words);
}

/** Lays the files of a group, with the archive's own key in the place of Grafana's when it is to be believed. */
function lay(name: string, believed: boolean): void {
	for (const { path, content } of grafanaGroups.flatMap((each) => (each.name === name ? each.files : []))) {
		const told = believed ? content.replaceAll(GRAFANA_KEY, archive.fingerprint) : content;
		root.write(path, told, path === PROGRAM ? 0o755 : 0o644);
	}
}

beforeAll(async () => {
	root = new Overlay();
	await root.install("gpg", "prometheus");
	root.write("/etc/hosts", `127.0.0.1 localhost ${HOST}\n`);
	root.write("/usr/local/share/ca-certificates/archive.crt", certificate.certificate);
	expect((await root.ask({}, "update-ca-certificates")).code).toBe(0);
	archive.add("grafana", { "usr/lib/systemd/system/grafana-server.service": "[Service]\nExecStart=/bin/sleep 1d\n" });
	archive.add("base-files", { "usr/share/intruder": "not from the system's archive" });
	archive.add("shop-tools", { "usr/share/shop": "not asked for" });
	await archive.listen("127.0.0.1", 443, certificate);
});

afterAll(async () => {
	root?.destroy();
	await archive.close();
});

describe("Grafana's archive", () => {
	it("is not believed when its key is another one: nothing of it stays", async () => {
		lay("grafana-key", false);
		const done = await root.ask({}, PROGRAM);
		expect(done.code).not.toBe(0);
		expect(done.out).toContain(`is not the one that signs Grafana (${GRAFANA_KEY})`);
		expect((await root.ask({}, "test", "-e", "/etc/apt/keyrings/grafana.asc")).code).toBe(1);
	});

	it("is believed by its own key, which is fetched once", async () => {
		lay("grafana-key", true);
		expect(await root.ask({}, PROGRAM)).toMatchObject({ code: 0 });
		await archive.pause();
		expect(await root.ask({}, PROGRAM)).toMatchObject({ code: 0 });
		await archive.listen("127.0.0.1", 443, certificate);
	});

	it("gives Grafana, and no other package, not even a newer one of the system's", async () => {
		lay("grafana", true);
		const update = await apt("update");
		expect(update, update.out).toMatchObject({ code: 0 });
		expect(update.out).toContain(GRAFANA_ARCHIVE);
		const candidate = async (name: string) =>
			/Candidate: (.*)/.exec((await root.ask({}, "apt-cache", "policy", name)).out)?.[1];
		expect(await candidate("grafana")).toBe("1.0");
		expect(await candidate("shop-tools")).toBe("(none)");
		expect(await candidate("base-files")).not.toBe("1.0");
		const done = await apt("install", "--no-install-recommends", "grafana");
		expect(done, done.out).toMatchObject({ code: 0 });
	});

	it("is not believed any longer when somebody changed what it had signed", async () => {
		archive.tamper("grafana");
		root.write("/etc/apt/apt.conf.d/99-test", 'Acquire::Retries "0";\n');
		expect((await root.ask({}, "sh", "-c", "rm -rf /var/lib/apt/lists/*")).code).toBe(0);
		const update = await apt("update");
		expect(update.out).toMatch(/Hash Sum mismatch|unexpected size/);
	});

	it("has its upgrades taken each night", async () => {
		const told = await root.ask({}, "apt-config", "dump", "Unattended-Upgrade::Origins-Pattern");
		expect(told.out).toContain('"site=apt.grafana.com"');
	});
});

describe("what Grafana is told", () => {
	it("is a unit systemd takes, on the loopback address, where nobody can log in", () => {
		const verified = root.run("systemd-analyze", "verify", "--man=no", "grafana-server.service");
		expect(verified).toEqual({ code: 0, out: "" });
		const drop = files.find(({ path }) => path.includes("grafana-server.service.d"))?.content ?? "";
		for (const option of [
			"GF_SERVER_HTTP_ADDR=127.0.0.1",
			"GF_AUTH_ANONYMOUS_ORG_ROLE=Viewer",
			"GF_AUTH_BASIC_ENABLED=false",
			"GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION=true",
		])
			expect(drop.split("\n")).toContain(`Environment=${option}`);
	});

	it("leads to the Prometheus beside it, and every question of the dashboard is one Prometheus understands", () => {
		const source = parse(GRAFANA_DATA_SOURCE).datasources[0];
		expect(source).toMatchObject({ url: "http://127.0.0.1:9090", uid: "prometheus" });
		const dashboard = JSON.parse(GRAFANA_DASHBOARD);
		for (const panel of dashboard.panels) expect(panel.datasource.uid).toBe(source.uid);
		const rules = PANELS.map(({ expr }, place) => ({ record: `panel:${place}`, expr }));
		const check = (asked: readonly object[]) => {
			root.write("/root/rules.json", JSON.stringify({ groups: [{ name: "panels", rules: asked }] }));
			return root.run("promtool", "check", "rules", "/root/rules.json").code;
		};
		expect(check(rules)).toBe(0);
		// The tool can say no.
		expect(check([{ record: "panel:0", expr: "rate(node_cpu_seconds_total)" }])).not.toBe(0);
	});
});
