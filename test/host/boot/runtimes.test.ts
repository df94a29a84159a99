import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostMemoryMib } from "../../../src/host/memory.ts";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import type { HostSecrets, HostSettings } from "../../../src/host/settings.ts";
import { hostPlan, hostSecrets, hostSettings, process } from "../builders.ts";
import { Authority } from "./authority.ts";
import { Cloud, SOURCE } from "./cloud.ts";
import { INSIDE, Machine, METADATA, OUTSIDE, ran } from "./machine.ts";
import { ask, Listener, METADATA_URL, opens } from "./outside.ts";
import { Registry } from "./registry.ts";

const PORT = 5000;
/** Registries on the loopback address may speak plain HTTP, so the machine reaches the test's that way. */
const IMAGE = `127.0.0.1:${PORT}/shop`;
const LOGIN = { user: "ops", password: "token-of-the-registry" };
const cloud = new Cloud();
const registry = new Registry();
const authority = new Authority();
const metadata = new Listener();
let machine: Machine;
let settings: HostSettings;

/** Memory of all processes but those of the application and of this test, in MiB: shared pages are counted once. */
async function memoryTaken(): Promise<number> {
	const script = `for process in /proc/[0-9]*; do
		case $(cat $process/comm 2>/dev/null) in httpd|bash|awk|cat|nsenter|systemd-socket-*) continue ;; esac
		awk '$1 == "Pss:" { print $2 }' $process/smaps_rollup 2>/dev/null
	done | awk '{ sum += $1 } END { print sum / 1024 }'`;
	return Number(await machine.ask(script));
}

async function change(told: Partial<HostSettings>, secret: Partial<HostSecrets> = {}) {
	settings = { ...settings, ...told };
	cloud.publish(settings, hostSecrets({ env: { TOKEN: "only the process knows" }, ...secret }));
	return await machine.sync();
}

async function must(told: Partial<HostSettings>, secret: Partial<HostSecrets> = {}): Promise<void> {
	const done = await change(told, secret);
	expect(done, done.out).toMatchObject({ code: 0 });
}

async function about(): Promise<string> {
	return await (await ask("/cgi-bin/about")).text();
}

beforeAll(async () => {
	const base = hostSettings();
	settings = hostSettings({
		volume: { device: "/dev/disk/by-id/scsi-0DO_Volume_data" },
		app: { ...base.app, image: `${IMAGE}:1`, env: { GREETING: "two\nlines" }, secretNames: ["TOKEN"], stopSeconds: 2 },
		processes: [process({ memoryMib: 64 })],
	});
	machine = new Machine({
		userData: renderUserData(hostPlan({ source: SOURCE })),
		volumeMib: 1024,
		files: {
			"etc/containers/registries.conf.d/test.conf": `[[registry]]\nlocation = "127.0.0.1:${PORT}"\ninsecure = true\n`,
		},
	});
	registry.addShop("1", "first");
	registry.addShop("2", "second");
	await cloud.start();
	await registry.listen(OUTSIDE, PORT);
	await metadata.start(METADATA, 80);
	await machine.boot();
	// The engine makes groups of its own; where the computer has the older kind, the machine gets them read-only.
	await machine.ask("for group in /sys/fs/cgroup/*/; do mount -o remount,bind,rw $group 2>/dev/null || true; done");
	const proxy = `/usr/lib/systemd/systemd-socket-proxyd ${OUTSIDE}:${PORT}`;
	await machine.ask(`systemd-run --quiet --unit=registry systemd-socket-activate -l 127.0.0.1:${PORT} ${proxy}`);
});

afterAll(async () => {
	await machine?.destroy();
	authority.stop();
	await registry.close();
	await metadata.stop();
	await cloud.buckets.close();
});

describe("an image on a machine too small for a container engine", () => {
	it("runs as the image says, under systemd, with the settings' environment", async () => {
		await must({});
		expect(await (await ask("/health")).text()).toBe("first");
		const said = await about();
		expect(said).toMatch(/^1234$/m);
		expect(said).toContain("FROM_IMAGE=yes");
		expect(said).toContain("GREETING=two\nlines");
		expect(said).toContain("TOKEN=only the process knows");
		expect(await machine.ask("systemctl show -p MemoryMax --value tierstack-web-1")).toBe(`${64 * 1024 * 1024}`);
		expect((await machine.run("command -v docker")).code).not.toBe(0);
	});

	it("sees its own files only", async () => {
		const pid = await machine.ask("systemctl show -p MainPID --value tierstack-web-1");
		expect(await machine.ask(`readlink /proc/${pid}/root`)).toMatch(
			/^\/srv\/data\/images\/sha256[0-9a-f]{64}\/rootfs$/,
		);
		expect(await machine.ask("ls /srv/data/images/sha256*/rootfs/etc/shadow 2>/dev/null || echo none")).toBe("none");
	});

	it("leaves the machine's memory to the application, but for what is written down", async () => {
		const taken = await memoryTaken();
		// Room both ways: versions of packages differ by some MiB, and a host that takes twice as much is a mistake.
		expect(taken).toBeGreaterThan(hostMemoryMib("plain", 1) * 0.4);
		expect(taken).toBeLessThan(hostMemoryMib("plain", 1) * 1.5);
	});

	it("comes from a private registry by the login in the secrets, and stays without it", async () => {
		registry.login = LOGIN;
		expect((await change({ app: { ...settings.app, image: `${IMAGE}:2` } })).code).not.toBe(0);
		expect(await (await ask("/health")).text()).toBe("first");
		await must({}, { registry: { server: `127.0.0.1:${PORT}`, ...LOGIN } });
		expect(await (await ask("/health")).text()).toBe("second");
		expect(await machine.ask("stat -c %a /root/.docker/config.json")).toBe("600");
		registry.login = null;
		await must({ app: { ...settings.app, image: `${IMAGE}:1` } });
	});

	it("is replaced by the next one, and stays when that can't be pulled", async () => {
		await must({ app: { ...settings.app, image: `${IMAGE}:2` } });
		expect(await (await ask("/health")).text()).toBe("second");
		const done = await change({ app: { ...settings.app, image: `${IMAGE}:3` } });
		expect(done.code).not.toBe(0);
		expect(await (await ask("/health")).text()).toBe("second");
	});
});

describe("the same image in a container engine", () => {
	it("takes the place of the unpacked one", async () => {
		await must({ app: { ...settings.app, image: `${IMAGE}:1`, mode: "containers" } });
		expect(await (await ask("/health")).text()).toBe("first");
		const said = await about();
		expect(said).toMatch(/^1234$/m);
		expect(said).toContain("GREETING=two\nlines");
		expect(said).toContain("by-image");
		expect(
			await machine.ask("docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.LogConfig.Type}}' tierstack-web-1"),
		).toBe(`${64 * 1024 * 1024} none`);
		expect(await machine.ask("findmnt -no SOURCE -T /var/lib/docker")).toContain("scsi-0DO_Volume_data");
		expect(await machine.ask("docker info -f '{{.LoggingDriver}}'")).toBe("local");
	});

	it("takes the memory that is written down", async () => {
		const taken = await memoryTaken();
		expect(taken).toBeGreaterThan(hostMemoryMib("plain", 1));
		expect(taken).toBeLessThan(hostMemoryMib("containers", 1) * 1.5);
	});

	it("comes from a private registry by the login in the secrets", async () => {
		registry.login = LOGIN;
		expect((await change({ app: { ...settings.app, image: `${IMAGE}:2` } })).code).not.toBe(0);
		await must({}, { registry: { server: `127.0.0.1:${PORT}`, ...LOGIN } });
		expect(await (await ask("/health")).text()).toBe("second");
		registry.login = null;
		await must({ app: { ...settings.app, image: `${IMAGE}:1` } });
		expect((await machine.run("test -e /root/.docker/config.json")).code).not.toBe(0);
	});

	it("publishes nothing to the world, not even when it is told to", async () => {
		await machine.ask(`docker run -d --rm --name open -p 0.0.0.0:8123:8123 ${IMAGE}:1 httpd -f -p 8123 -h /www`);
		await machine.until(
			"the container to answer inside",
			async () => (await machine.run("curl -sf -m 2 http://127.0.0.1:8123/health")).code === 0,
		);
		expect(await opens(8123)).toBe(false);
		expect(await opens(8001)).toBe(false);
		expect(await opens(80)).toBe(true);
	});

	it("can't reach the metadata address", async () => {
		expect(await machine.ask(`curl -s -m 5 ${METADATA_URL}`)).toContain("credential");
		expect((await machine.run(`docker exec -u 0 open timeout 3 wget -q -O - ${METADATA_URL}`)).code).not.toBe(0);
		expect(metadata.calls).toHaveLength(1);
		await machine.ask("docker stop -t 1 open");
	});

	it("stays when the next one can't be pulled", async () => {
		const before = await machine.ask("docker inspect -f '{{.Id}}' tierstack-web-1");
		const done = await change({ app: { ...settings.app, image: `${IMAGE}:3` } });
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/app: NOT applied, as it was before: .*image engine/);
		expect(await machine.ask("docker inspect -f '{{.Id}}' tierstack-web-1")).toBe(before);
		await must({ app: { ...settings.app, image: `${IMAGE}:1` } });
	});
});

describe("a team's own compose file", () => {
	const compose = (tag: string, more = "") =>
		[
			"services:",
			"  web:",
			`    image: ${IMAGE}:${tag}`,
			'    environment: { PORT: "8000" }',
			"    depends_on: { once: { condition: service_completed_successfully } }",
			"  once:",
			`    image: ${IMAGE}:1`,
			'    command: ["echo", "done"]',
			"  side:",
			`    image: ${IMAGE}:2`,
			'    command: ["httpd", "-f", "-p", "8124", "-h", "/www"]',
			'    ports: ["0.0.0.0:8124:8124"]',
			more,
		].join("\n");

	it("is taken as it is: web serves, with the settings' environment, and the others run beside it", async () => {
		await must({ app: { ...settings.app, image: null, compose: compose("1"), mode: "containers" } });
		expect(await (await ask("/health")).text()).toBe("first");
		// The server hands its own requests no foreign environment: the container's says it.
		const env = "docker inspect -f '{{json .Config.Env}}' app-web-1";
		expect(await machine.ask(env)).toContain("TOKEN=only the process knows");
		expect(await machine.ask("curl -sf http://127.0.0.1:8124/health")).toBe("second");
		expect((await machine.run("systemctl is-active tierstack-web-1")).out).toBe("inactive");
	});

	it("goes on when a service has done its work, and brings web back when it fails", async () => {
		await new Promise((resolve) => setTimeout(resolve, 5000));
		const state = "docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' app-once-1";
		expect(await machine.ask(state)).toBe("exited 0");
		await machine.ask("kill -9 $(docker inspect -f '{{.State.Pid}}' app-web-1)");
		await machine.until("web", async () => (await ask("/health")).status === 200);
		expect(await machine.ask("docker inspect -f '{{.RestartCount}}' app-web-1")).toBe("1");
		expect(await machine.ask("systemctl show -p NRestarts --value tierstack-compose")).toBe("0");
	});

	it("opens none of its ports to the world, whatever it publishes", async () => {
		expect(await opens(8124)).toBe(false);
		expect(await opens(8001)).toBe(false);
		expect(await opens(80)).toBe(true);
	});

	it("that is no compose file leaves the old one serving", async () => {
		const done = await change({ app: { ...settings.app, compose: "services: {web: {imagee: x}}" } });
		expect(done.code).not.toBe(0);
		expect(done.out).toMatch(/app: NOT applied, as it was before: .*compose/);
		await machine.until("the old one", async () => (await ask("/health")).status === 200);
		expect(await (await ask("/health")).text()).toBe("first");
	});

	it("follows a new image, and ends with the services it named", async () => {
		await must({ app: { ...settings.app, compose: compose("2") } });
		expect(await (await ask("/health")).text()).toBe("second");
		await must({ app: { ...settings.app, compose: null, image: `${IMAGE}:1` } });
		expect(await (await ask("/health")).text()).toBe("first");
		expect(await machine.ask("docker ps --format '{{.Names}}'")).toBe("tierstack-web-1");
	});
});

describe("names that are served", () => {
	it("get a certificate by themselves, and plain HTTP leads to it", async () => {
		const trusted = authority.start();
		await machine.ask(
			`cat >/usr/local/share/ca-certificates/authority.crt <<'END'\n${trusted}\nEND\nupdate-ca-certificates`,
		);
		const proxy = settings.proxy;
		if (proxy === null) throw new Error("the builder has a proxy");
		await must({
			proxy: { ...proxy, domains: ["shop.example", "www.shop.example"], acmeDirectory: authority.directory },
		});
		await machine.ask(
			"systemctl start tierstack-certificates || { journalctl -u tierstack-certificates -o cat -n 40; exit 1; }",
		);
		await machine.until("nginx to listen", async () => await opens(443), 10);
		const curl = [
			"-sk",
			"--resolve",
			`www.shop.example:443:${INSIDE}`,
			"-w",
			"%{http_version} %{ssl_verify_result}",
			"https://www.shop.example/health",
		];
		expect((await ran("curl", curl)).out).toMatch(/^first2 /);
		const names = await machine.ask(
			"openssl x509 -noout -ext subjectAltName -in /etc/letsencrypt/live/tierstack/fullchain.pem",
		);
		expect(names).toContain("DNS:shop.example, DNS:www.shop.example");
		// Until the last worker of before the reload has left, plain HTTP may still be answered the old way.
		const plain = ["-s", "-o", "/dev/null", "-H", "Host: shop.example", "-w", "%{http_code} %{redirect_url}"];
		await machine.until(
			"plain HTTP to lead to the encrypted names",
			async () => (await ran("curl", [...plain, `http://${INSIDE}/`])).out === "301 https://shop.example/",
			20,
		);
		expect((await ask("/health")).status).toBe(200);
	});

	it("keep their certificate while it is good, and get the next one before it ends, without an interruption", async () => {
		const look = "systemctl start tierstack-certificates";
		const file = "openssl x509 -noout -serial -in /etc/letsencrypt/live/tierstack/fullchain.pem";
		const first = await machine.ask(file);
		await machine.ask(look);
		expect(await machine.ask(file)).toBe(first);
		const nginx = await machine.ask("systemctl show -p MainPID --value nginx");
		// It lives 90 days. Let it be due, as it would be in the last third of them.
		await machine.ask("sed -i '1i renew_before_expiry = 100 days' /etc/letsencrypt/renewal/tierstack.conf");
		await machine.ask(look);
		expect(await machine.ask(file)).not.toBe(first);
		await machine.until("the new one to be shown", async () => (await shown()) === (await machine.ask(file)), 20);
		expect(await machine.ask("systemctl show -p MainPID --value nginx")).toBe(nginx);
	});
});

/** Serial number of the certificate that is shown to a browser. */
async function shown(): Promise<string> {
	const name = ["-connect", `${INSIDE}:443`, "-servername", "shop.example"];
	const { out } = await ran("openssl", ["s_client", ...name]);
	const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(out)?.[0] ?? "";
	return (await ran("openssl", ["x509", "-noout", "-serial"], pem)).out;
}
