import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSettings } from "../../../src/host/settings.ts";
import { hostPlan, hostSecrets, hostSettings, process } from "../builders.ts";
import { Cloud, ENDPOINT, SOURCE, WRITER } from "./cloud.ts";
import { Machine, OUTSIDE } from "./machine.ts";
import { ask } from "./outside.ts";
import { Registry } from "./registry.ts";

const PORT = 5000;
/** A machine sold as 512 MiB, less what its kernel keeps for itself. Pages of files count, as they do on a machine. */
const LIMIT_MIB = 440;

const cloud = new Cloud();
const registry = new Registry();
let machine: Machine;
let settings: HostSettings;

async function must(told: Partial<HostSettings>): Promise<void> {
	settings = { ...settings, ...told };
	const backup = { key: WRITER, password: "dumps are read with this", heartbeatUrl: null };
	cloud.publish(settings, hostSecrets({ env: { DATABASE_URL: "sqlite:////srv/data/sqlite/app.db" }, backup }));
	const done = await machine.sync();
	expect(done, done.out).toMatchObject({ code: 0 });
}

beforeAll(async () => {
	machine = new Machine({
		userData: renderUserData(hostPlan({ source: SOURCE })),
		memoryMib: 512,
		limitMib: LIMIT_MIB,
		volumeMib: 512,
		files: {
			"opt/app.py": readFileSync(join(import.meta.dirname, "app.py"), "utf8"),
			"etc/containers/registries.conf.d/test.conf": `[[registry]]\nlocation = "${OUTSIDE}:${PORT}"\ninsecure = true\n`,
		},
	});
	settings = hostSettings({
		volume: { device: "/dev/disk/by-id/scsi-0DO_Volume_data" },
		app: { ...hostSettings().app, secretNames: ["DATABASE_URL"] },
		watch: { exporterAddress: "127.0.0.1", dashboards: false, logs: null },
		backup: {
			endpoint: ENDPOINT,
			region: "fra1",
			bucket: "backups",
			prefix: "prod",
			schedule: "*-*-* 02:00:00",
			keepDays: 7,
			engine: "sqlite",
			engineVersion: null,
		},
	});
	registry.addShop("1", "from an image");
	await cloud.start();
	await registry.listen(OUTSIDE, PORT);
	await machine.boot();
});

afterAll(async () => {
	await machine?.destroy();
	await registry.close();
	await cloud.buckets.close();
});

describe("a machine of 512 MiB without a container engine", () => {
	it("carries the responder, the proxy, the brake, the exporter and every installation", async () => {
		await must({});
		expect(await (await ask("/health")).text()).toContain("built-in responder");
		expect(machine.killed()).toBe(0);
	});

	it("carries an application of its own and dumps its database", async () => {
		await must({ processes: [process({ command: "python3 /opt/app.py", memoryMib: 200 })] });
		expect((await ask("/note/kept", { method: "POST", body: "" })).status).toBe(200);
		await machine.ask("systemctl start tierstack-backup");
		expect(machine.killed()).toBe(0);
	});

	it("unpacks an image and runs it", async () => {
		await must({
			app: { ...settings.app, image: `${OUTSIDE}:${PORT}/shop:1`, mode: "plain" },
			processes: [process({ memoryMib: 200 })],
		});
		expect(await (await ask("/health")).text()).toBe("from an image");
		expect(machine.killed()).toBe(0);
		expect(await machine.ask("systemctl list-units --failed --plain --no-legend")).toBe("");
	});
});
