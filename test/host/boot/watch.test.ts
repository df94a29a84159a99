import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PANELS } from "../../../src/host/files/grafana.ts";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSettings } from "../../../src/host/settings.ts";
import { hostPlan, hostSecrets, hostSettings } from "../builders.ts";
import { selfSigned, trust } from "./certificate.ts";
import { Cloud, SOURCE } from "./cloud.ts";
import { Machine, OUTSIDE } from "./machine.ts";
import { opens } from "./outside.ts";
import { Sink } from "./sink.ts";

const PORT = 6514;
const NAME = "logs.example";
const cloud = new Cloud();
const sink = new Sink();
const certificate = selfSigned(NAME);
let machine: Machine;

async function change(watch: HostSettings["watch"]): Promise<void> {
	cloud.publish(hostSettings({ watch }), hostSecrets());
	const done = await machine.sync();
	expect(done, done.out).toMatchObject({ code: 0 });
}

async function arrives(text: string, seconds = 45): Promise<void> {
	await machine.until(`${text} at the collector`, async () => sink.text.includes(text), seconds);
}

beforeAll(async () => {
	machine = new Machine({
		userData: renderUserData(hostPlan({ source: SOURCE })),
		files: { "etc/hosts": `127.0.0.1 localhost\n127.0.1.1 wizamart-prod-app-1\n${OUTSIDE} ${NAME}\n` },
	});
	cloud.publish(hostSettings(), hostSecrets());
	await cloud.start();
	await machine.boot();
	await trust(machine, "logs", certificate);
});

afterAll(async () => {
	await machine?.destroy();
	await sink.stop();
	await cloud.buckets.close();
});

describe("logs that leave the machine", () => {
	it("arrive at the collector the stack names, encrypted, with host, program and time", async () => {
		await sink.start(OUTSIDE, PORT, certificate);
		await change({ exporterAddress: null, dashboards: false, logs: { host: NAME, port: PORT } });
		await machine.ask("logger --tag shop first line");
		await arrives("first line");
		expect(sink.text).toMatch(/^(\d+ )?<\d+>1 \d{4}-\d\d-\d\dT\S+ wizamart-prod-app-1 shop \S+ \S+ \S+ +first line$/m);
		// What a unit says goes there too: the application's own words.
		await machine.ask("systemd-run --quiet --wait --unit=speaker echo said by a unit");
		await arrives("said by a unit");
	});

	it("wait on disk while the collector is away, a restart of the shipper included", async () => {
		await sink.stop();
		// What is on the wire when the other side hangs up is lost: syslog has no receipt.
		await machine.ask("logger --tag shop while it was away");
		await machine.ask("logger --tag shop and once more");
		await machine.ask("systemctl restart rsyslog");
		await sink.start(OUTSIDE, PORT, certificate);
		await arrives("and once more", 90);
	});

	it("go to nobody whose certificate is for another name", async () => {
		await sink.stop();
		const other = selfSigned("other.example");
		await trust(machine, "other", other);
		await machine.ask("systemctl restart rsyslog");
		sink.text = "";
		await sink.start(OUTSIDE, PORT, other);
		await machine.ask("logger --tag shop not for others");
		await machine.until(
			"the refusal",
			async () => /not permitted|peer name/i.test((await machine.run("journalctl -u rsyslog -o cat")).out),
			60,
		);
		expect(sink.text).toBe("");
	});
});

describe("figures and their history", () => {
	it("are kept by Prometheus on the machine and shown to it alone", async () => {
		cloud.publish(
			hostSettings({ watch: { exporterAddress: "127.0.0.1", dashboards: true, logs: null } }),
			hostSecrets(),
		);
		// No way leads from here to Grafana's archive: that is told, and holds up nothing else.
		const done = await machine.sync();
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/grafana-key: NOT applied.*apt\.grafana\.com/);
		expect(done.out).toContain("dashboards: applied");
		expect((await machine.run("ls /etc/apt/sources.list.d/grafana.sources")).code).not.toBe(0);
		const query = "curl -sf 'http://127.0.0.1:9090/api/v1/query?query=node_memory_MemTotal_bytes'";
		await machine.until("the first figures", async () => (await machine.run(query)).out.includes('"job":"host"'), 60);
		// What the dashboard asks has answers; this machine has no disk of its own and dumped nothing.
		for (const { title, expr } of PANELS.filter((panel) => !/backup|filesystem/.test(panel.expr))) {
			const asked = `curl -sfG http://127.0.0.1:9090/api/v1/query --data-urlencode 'query=${expr}'`;
			const answered = async () => JSON.parse((await machine.ask(asked)) || "{}").data.result.length > 0;
			await machine.until(title, answered, 120);
		}
		for (const port of [9090, 9100, 3000, 9093]) expect(await opens(port)).toBe(false);
		// Not even with the firewall out of the way: they listen on the loopback address.
		const open = await machine.ask("ss -Htln | awk '{ print $4 }'");
		const public_ = open.split("\n").filter((address) => !/^(127\.|\[::1\])/.test(address));
		expect(public_.map((address) => address.split(":").at(-1)).sort()).toEqual(["22", "22", "80", "80"]);
	});

	it("stop when the plan names them no longer", async () => {
		await change({ exporterAddress: null, dashboards: false, logs: null });
		expect((await machine.run("systemctl is-active prometheus prometheus-node-exporter")).out).toBe(
			"inactive\ninactive",
		);
	});
});
