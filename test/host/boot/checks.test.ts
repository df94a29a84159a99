import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { APPLY } from "../../../src/host/files/apply.ts";
import { groupsOf } from "../../../src/host/groups/groups.ts";
import type { HostFile } from "../../../src/host/manifest.ts";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSettings } from "../../../src/host/settings.ts";
import { PROVIDERS } from "../../../src/words.ts";
import { hostPlan, hostSettings, process } from "../builders.ts";
import { Overlay } from "./overlay.ts";

const base = hostSettings();
const full: Partial<HostSettings> = {
	volume: { device: "/dev/disk/by-id/scsi-0DO_Volume_data" },
	processes: [
		process({ command: `shop serve --name "a b" --part 50%` }),
		process({ name: "beat", kind: "scheduler", command: "shop beat", cpu: 0.5 }),
		process({ name: "report", kind: "timer", command: "shop report", schedule: "Mon *-*-* 06:00:00" }),
	],
	backup: {
		endpoint: "https://fra1.digitaloceanspaces.com",
		region: "fra1",
		bucket: "backups",
		prefix: "prod",
		schedule: "*-*-* 02:00:00",
		keepDays: 30,
		engine: "postgres",
		engineVersion: "17",
	},
	grants: true,
	watch: { exporterAddress: "127.0.0.1", dashboards: true, logs: { host: "logs.example", port: 6514 } },
	...(base.proxy === null ? {} : { proxy: { ...base.proxy, domains: ["shop.example"] } }),
};

/** Every way to run the application and every engine: together they use every file there is. */
const KINDS: Readonly<Record<string, HostSettings>> = {
	"no image": hostSettings(full),
	containers: hostSettings({
		...full,
		app: { ...base.app, image: "shop:1", mode: "containers" },
		database: { engine: "postgres", maxConnections: 50 },
	}),
	"an unpacked image": hostSettings({
		...full,
		app: { ...base.app, image: "shop:1" },
		database: { engine: "mysql", maxConnections: null },
	}),
	"a compose file": hostSettings({ ...full, app: { ...base.app, compose: "services: {}\n", mode: "containers" } }),
};

function filesOf(settings: HostSettings): readonly HostFile[] {
	return groupsOf(settings).flatMap(({ files }) => files);
}

const scripts = new Map(
	[
		...Object.values(KINDS).flatMap(filesOf),
		{ path: "apply", content: APPLY },
		...parse(renderUserData(hostPlan())).write_files,
	].flatMap(({ path, content }): [string, string][] => (content.startsWith("#!") ? [[path, content]] : [])),
);

let overlay: Overlay;
beforeAll(() => {
	overlay = new Overlay();
});
afterAll(() => overlay?.destroy());

describe("tools that others wrote find nothing wrong", () => {
	it.each(PROVIDERS)("cloud-init with the user data of %s", (provider) => {
		overlay.write("/root/user-data.yaml", renderUserData(hostPlan({ provider })));
		expect(overlay.run("cloud-init", "schema", "--config-file", "/root/user-data.yaml")).toEqual({
			code: 0,
			out: "Valid schema /root/user-data.yaml",
		});
		// The tool can say no: a misspelt key is found.
		overlay.write("/root/wrong.yaml", renderUserData(hostPlan({ provider })).replace("write_files:", "write_fils:"));
		expect(overlay.run("cloud-init", "schema", "--config-file", "/root/wrong.yaml").code).not.toBe(0);
	});

	it.each([...scripts].filter(([, text]) => /^#!\/bin\/(ba)?sh/.test(text)))("shellcheck with %s", (_, text) => {
		const done = spawnSync("shellcheck", ["--severity=info", "-"], { input: text, encoding: "utf8" });
		expect(done.stdout).toBe("");
		expect(done.status).toBe(0);
	});

	it.each([...scripts].filter(([, text]) => text.startsWith("#!/usr/bin/python3")))("Python with %s", (_, text) => {
		// This computer's Python is older than the image's and stands for Ubuntu 22.04's.
		const check = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 10))";
		const done = spawnSync("python3", ["-c", check], { input: text, encoding: "utf8" });
		expect(done.stderr).toBe("");
		expect(done.status).toBe(0);
	});

	it("sshd with its configuration", () => {
		const files: readonly { path: string; content: string }[] = parse(renderUserData(hostPlan())).write_files;
		const drop = files.find(({ path }) => path.endsWith("00-tierstack.conf"));
		overlay.write("/etc/ssh/sshd_config.d/00-tierstack.conf", drop?.content ?? "");
		overlay.run("ssh-keygen", "-A");
		overlay.run("mkdir", "-p", "/run/sshd");
		expect(overlay.run("sshd", "-t")).toEqual({ code: 0, out: "" });
	});

	it.each(Object.entries(KINDS))("systemd with the units of a host with %s", (_, settings) => {
		const laid = [...filesOf(settings), ...parse(renderUserData(hostPlan())).write_files];
		for (const { path, content } of laid)
			overlay.write(path, content, path.startsWith("/usr/local/lib") ? 0o755 : 0o644);
		// Programs and servers that come with packages.
		for (const name of ["docker", "nginx"])
			overlay.write(`/usr/${name === "nginx" ? "sbin" : "bin"}/${name}`, "#!/bin/sh\n", 0o755);
		for (const name of ["docker", "nginx", "postgresql", "mysql"]) {
			overlay.write(`/usr/lib/systemd/system/${name}.service`, "[Service]\nType=oneshot\nExecStart=/bin/true\n");
		}
		const units = laid
			.map(({ path }) => path)
			.filter((path) => path.startsWith("/etc/systemd/system/") && !path.endsWith(".conf"))
			.map((path) => path.replace("@.service", "@nginx.service"));
		expect(units.length).toBeGreaterThan(10);
		const done = overlay.run("systemd-analyze", "verify", "--man=no", ...units);
		const said = done.out.split("\n").filter((line) => /tierstack|var-lib/.test(line));
		expect(said).toEqual([]);
	});
});
