import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupsOf } from "../../src/host/groups/groups.ts";
import type { HostGroup } from "../../src/host/manifest.ts";
import { asSecretString, documentKey } from "../../src/host/plan.ts";
import { type HostSettings, renderSecrets, renderSettings } from "../../src/host/settings.ts";
import { commandLine, environmentFile } from "../../src/host/unitText.ts";
import { hostSecrets, hostSettings, process } from "./builders.ts";

const BACKUP = {
	endpoint: "https://fra1.digitaloceanspaces.com",
	region: "fra1",
	bucket: "tierstack-prod-backups-0a1b2c3",
	prefix: "prod",
	schedule: "*-*-* 02:00:00",
	keepDays: 30,
	engine: "postgres",
	engineVersion: "17",
} as const;

/** A small shop: one image, web, worker, scheduler and timer, its own names, a volume, a dump each night. */
function shop(told: Partial<HostSettings> = {}): HostSettings {
	const base = hostSettings();
	return hostSettings({
		volume: { device: "/dev/disk/by-id/scsi-0DO_Volume_tierstack-prod-data-0a1b2c3" },
		app: {
			...base.app,
			image: "registry.example/shop:1",
			mode: "containers",
			env: { LANG: "C.UTF-8" },
			secretNames: ["DATABASE_URL"],
		},
		processes: [
			process({ replicas: { min: 2, max: 4 } }),
			process({ name: "worker", kind: "worker", command: "celery -A shop worker", memoryMib: 1024, cpu: 0.5 }),
			process({
				name: "beat",
				kind: "scheduler",
				command: "celery -A shop beat",
				memoryMib: 128,
				replicas: { min: 2, max: 2 },
			}),
			process({ name: "report", kind: "timer", command: "shop report", schedule: "Mon *-*-* 06:00:00" }),
		],
		proxy: { ...(base.proxy ?? noProxy()), domains: ["shop.example", "www.shop.example"], email: "ops@shop.example" },
		backup: BACKUP,
		...told,
	});
}

function noProxy(): never {
	throw new Error("the builder has a proxy");
}

function groups(settings: HostSettings): readonly HostGroup[] {
	return JSON.parse(renderSettings(settings)["host.json"]).groups;
}

function file(settings: HostSettings, path: string): string {
	const found = groups(settings)
		.flatMap(({ files }) => files)
		.find((candidate) => candidate.path === path);
	if (found === undefined) throw new Error(`no file ${path}`);
	return found.content;
}

describe("the settings of a pool", () => {
	it("say what holds, for people", async () => {
		await expect(renderSettings(shop())["settings.json"]).toMatchFileSnapshot("__snapshots__/settings.json");
	});

	it("give the same bytes each time", () => {
		expect(renderSettings(shop())).toEqual(renderSettings(shop()));
	});

	it("fit into a secret of AWS, 65,536 bytes, each document for itself", () => {
		const documents = renderSettings(
			shop({
				database: { engine: "postgres", maxConnections: 50 },
				watch: { exporterAddress: "127.0.0.1", dashboards: true, logs: { host: "logs.example", port: 6514 } },
			}),
		);
		for (const document of Object.values(documents)) {
			expect(Buffer.byteLength(asSecretString(document))).toBeLessThanOrEqual(65_536);
		}
		// A small one stays readable; one that no secret takes is our mistake, told before the cloud says it.
		expect(asSecretString(documents["settings.json"])).toBe(documents["settings.json"]);
		const noise = Array.from({ length: 3_000 }, (_, index) => createHash("sha256").update(`${index}`).digest("hex"));
		expect(() => asSecretString(noise.join(""))).toThrow(/a secret takes 65536/);
	});

	it("have a key a pool", () => {
		expect(documentKey("worker", "host.json")).toBe("worker/host.json");
	});

	it("hold no secret: those are in a document of their own, which only root reads", () => {
		const secret = "s3cret-value-of-the-database";
		const written = renderSecrets(
			hostSecrets({ env: { DATABASE_URL: secret }, databasePassword: "long-enough-password" }),
		);
		expect(Object.values(renderSettings(shop())).join("")).not.toContain(secret);
		const files: { mode: string }[] = Object.values<{ mode: string }[]>(JSON.parse(written).files).flat();
		expect(files).toHaveLength(2);
		for (const { mode } of files) expect(mode).toBe("0600");
	});

	it("keep the secrets' document as it is while no secret changes", () => {
		const secrets = hostSecrets({ env: { DATABASE_URL: "postgresql://app@db/shop" } });
		const groupWith = (settings: HostSettings) => groups(settings).find(({ name }) => name === "app");
		// What restarts is told beside it: it follows the processes, not the secrets.
		expect(groupWith(shop())?.secretRestarts).toContain("tierstack-beat-1.service");
		expect(groupWith(hostSettings())?.secretRestarts).toEqual(["tierstack-web-1.service"]);
		expect(renderSecrets(secrets)).toBe(renderSecrets({ ...secrets }));
		expect(renderSecrets.length).toBe(1);
	});

	it("log in at the registry of a private image under the names its readers use", () => {
		const login = { user: "ops", password: "token" };
		const auth = (server: string) =>
			Object.keys(
				JSON.parse(JSON.parse(renderSecrets(hostSecrets({ registry: { server, ...login } }))).files.runtime[0].content)
					.auths,
			);
		expect(auth("ghcr.io")).toEqual(["ghcr.io"]);
		expect(auth("docker.io")).toEqual(["docker.io", "https://index.docker.io/v1/"]);
	});

	it("let nobody reach SSH when no range is named, and only these when some are", () => {
		expect(file(hostSettings(), "/etc/tierstack/firewall.conf")).toBe('SSH_FROM=""\n');
		const access = { ...hostSettings().access, sshFrom: ["203.0.113.7/32", "2001:db8::/48"] };
		expect(file(hostSettings({ access }), "/etc/tierstack/firewall.conf")).toBe(
			'SSH_FROM="203.0.113.7/32 2001:db8::/48"\n',
		);
	});

	it("take keys away in a group that nothing can undo", () => {
		const keys = groups(hostSettings()).find(({ name }) => name === "keys");
		expect(keys?.files.map(({ path }) => path)).toEqual(["/home/deploy/.ssh/authorized_keys"]);
		expect([keys?.prepare, keys?.packages, keys?.checks, keys?.units, keys?.verify].flat()).toEqual([]);
		expect(keys?.files.flatMap(({ restarts = [], reloads = [] }) => [...restarts, ...reloads])).toEqual([]);
	});

	it("let the application's user into a managed database before the application starts, by a login only root reads", () => {
		const admin = { host: "db", port: 25060, user: "doadmin", password: "p$w", database: "app", sslMode: "require" };
		const groups = groupsOf(hostSettings({ grants: true }));
		const names = groups.map(({ name }) => name);
		expect(names.indexOf("grants")).toBeLessThan(names.indexOf("app"));
		expect(groups.find(({ name }) => name === "app")?.needs).toContain("grants");
		expect(groups.find(({ name }) => name === "grants")?.firstOnly).toBe(false);
		const [file] = JSON.parse(renderSecrets(hostSecrets({ databaseAdmin: admin }))).files.grants;
		expect(file).toMatchObject({ path: "/etc/tierstack/database-admin.env", mode: "0600" });
		expect(file.content).toContain('PGPASSWORD="p\\$w"');
		expect(groupsOf(hostSettings()).map(({ name }) => name)).not.toContain("grants");
	});

	it("refuse a database password that a shell or an engine would read otherwise", () => {
		expect(() => renderSecrets(hostSecrets({ databasePassword: "it's a password" }))).toThrow(/16 or more letters/);
	});
});

describe("processes", () => {
	it("become units, each copy of web on a port of its own", async () => {
		await expect(file(shop(), "/etc/systemd/system/tierstack-web-2.service")).toMatchFileSnapshot(
			"__snapshots__/web.service",
		);
		await expect(file(shop(), "/etc/tierstack/proxy/nginx.conf")).toMatchFileSnapshot("__snapshots__/nginx.conf");
		expect(file(shop(), "/etc/tierstack/proxy/nginx.conf")).toMatch(/127\.0\.0\.1:8001[\s\S]*127\.0\.0\.1:8002/);
	});

	it("that may run once only run on slot 1, once, whatever their replicas", () => {
		const once = groups(shop())
			.filter(({ firstOnly }) => firstOnly)
			.flatMap(({ units }) => units);
		expect(once).toContain("tierstack-beat-1.service");
		expect(once).toContain("tierstack-report-1.timer");
		const everywhere = groups(shop())
			.filter(({ firstOnly }) => !firstOnly)
			.flatMap(({ units }) => units);
		expect(everywhere).toEqual(
			expect.arrayContaining(["tierstack-web-1.service", "tierstack-web-2.service", "tierstack-worker-1.service"]),
		);
		expect(everywhere.join(" ")).not.toMatch(/beat|report/);
	});

	it("that may run once wait for an election where members come and go, and are never caught up by the next one", () => {
		const proxy = { ...(shop().proxy ?? noProxy()), tls: "upstream" as const };
		const settings = shop({ volume: null, proxy, leader: { kind: "lock", engine: "postgres" } });
		expect(groups(settings).filter(({ firstOnly }) => firstOnly)).toEqual([]);
		const units = groups(settings).flatMap((each) => each.units);
		expect(units).toContain("tierstack-leader.service");
		expect(units.join(" ")).not.toMatch(/beat|report|backup/);
		const target = file(settings, "/etc/systemd/system/tierstack-leader.target");
		expect(target).toContain("Wants=tierstack-beat-1.service tierstack-report-1.timer tierstack-backup.timer\n");
		for (const unit of ["tierstack-beat-1.service", "tierstack-report-1.service", "tierstack-backup.timer"]) {
			expect(file(settings, `/etc/systemd/system/${unit}.d/leader.conf`)).toContain("PartOf=tierstack-leader.target");
		}
		expect(file(settings, "/etc/systemd/system/tierstack-report-1.timer")).not.toContain("Persistent");
		expect(file(shop(), "/etc/systemd/system/tierstack-report-1.timer")).toContain("Persistent=true");
	});

	it("without anything that runs once hold no election", () => {
		const settings = hostSettings({ leader: { kind: "lock", engine: "postgres" } });
		expect(groups(settings).map(({ name }) => name)).not.toContain("leader");
	});

	it("don't start on slot 1 while the volume is missing", () => {
		expect(file(shop(), "/etc/systemd/system/tierstack-web-1.service.d/volume.conf")).toContain(
			"Requires=tierstack-volume.service",
		);
		expect(file(shop(), "/etc/systemd/system/docker.service.d/volume.conf")).toContain(
			"Requires=tierstack-volume.service",
		);
	});

	it("without an image and a command: the responder answers, the others wait for an image", () => {
		const settings = hostSettings({ processes: [process(), process({ name: "worker", kind: "worker" })] });
		expect(file(settings, "/etc/systemd/system/tierstack-web-1.service")).toContain(
			"ExecStart=/usr/local/lib/tierstack/responder",
		);
		expect(
			groups(settings)
				.flatMap(({ units }) => units)
				.join(" "),
		).not.toContain("tierstack-worker");
	});

	it("of a machine too small for an engine run from the unpacked image", () => {
		const settings = shop({ app: { ...shop().app, mode: "plain" } });
		expect(groups(settings).flatMap(({ packages }) => packages)).not.toContain("docker.io");
		expect(file(settings, "/etc/systemd/system/tierstack-worker-1.service")).toContain(
			'ExecStart=/usr/local/lib/tierstack/run-image registry.example/shop:1 "celery -A shop worker"',
		);
		expect(file(settings, "/etc/systemd/system/tierstack-worker-1.service")).toContain("MemoryMax=1024M");
	});
});

describe("a team's own compose file", () => {
	const text = "services:\n  web:\n    image: shop\n    ports: ['0.0.0.0:8000:8000']\n  redis:\n    image: redis\n";
	const settings = shop({ app: { ...shop().app, image: null, compose: text } });

	it("is taken as it is, and web gets its port and environment beside it", () => {
		expect(file(settings, "/etc/tierstack/compose/compose.yaml")).toBe(text);
		expect(file(settings, "/etc/tierstack/compose/added.yaml")).toBe(
			"services:\n  web:\n    restart: unless-stopped\n    ports:\n      - 127.0.0.1:8001:8000\n    environment:\n      - DATABASE_URL\n      - LANG\n  redis:\n    restart: on-failure\n",
		);
		expect(groups(settings).flatMap(({ units }) => units)).toContain("tierstack-compose.service");
	});
});

describe("the proxy", () => {
	it("gets certificates by itself only where this host speaks TLS and has names", () => {
		const names = (settings: HostSettings) => groups(settings).map(({ name }) => name);
		expect(names(shop())).toContain("certificates");
		const proxy = shop().proxy ?? noProxy();
		expect(names(shop({ proxy: { ...proxy, tls: "upstream" } }))).not.toContain("certificates");
		expect(names(shop({ proxy: { ...proxy, domains: [] } }))).not.toContain("certificates");
		expect(names(shop({ proxy: null }))).not.toContain("proxy");
	});

	it("takes the caller's address from a load balancer it trusts, and from nobody else", () => {
		const proxy = { ...(shop().proxy ?? noProxy()), tls: "upstream" as const, trustedRanges: ["10.114.0.0/20"] };
		expect(file(shop({ proxy }), "/etc/tierstack/proxy/nginx.conf")).toContain("set_real_ip_from 10.114.0.0/20;");
		expect(file(shop(), "/etc/tierstack/proxy/nginx.conf")).not.toContain("set_real_ip_from");
	});

	it("lets through what the ladder says", () => {
		const proxy = { ...(shop().proxy ?? noProxy()), maxBodyMib: 250, idleSeconds: 300, ratePerSecond: null };
		const text = file(shop({ proxy }), "/etc/tierstack/proxy/nginx.conf");
		expect(text).toContain("client_max_body_size 250m;");
		expect(text).toContain("proxy_read_timeout 300s;");
		expect(text).not.toContain("limit_req");
	});
});

describe("text for units and shells", () => {
	it("comes back from a shell as it went in", async () => {
		const { execFileSync } = await import("node:child_process");
		fc.assert(
			fc.property(
				fc.string({ unit: "grapheme-ascii", maxLength: 40 }).map((text) => `${text}\n"$HOME" \`id\` \\x`),
				(value) => {
					const script = `${environmentFile({ VALUE: value })}printf %s "$VALUE"`;
					expect(execFileSync("bash", ["-c", script], { encoding: "utf8" })).toBe(value);
				},
			),
			{ numRuns: 25 },
		);
	});

	it("keeps what systemd would replace: percent signs, dollars, quotes", () => {
		expect(commandLine(["/bin/sh", "-c", 'echo "$HOME" 100%'])).toBe('/bin/sh -c "echo \\"$$HOME\\" 100%%"');
	});
});
