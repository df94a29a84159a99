import { describe, expect, test } from "vitest";
import { BugError } from "../../src/errors.ts";
import type { HostSettings } from "../../src/host/settings.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { type HostFacts, hostSettings } from "../../src/stack/hostSettings.ts";
import { blueprint, component, LADDER, parts, process } from "../builders/blueprint.ts";
import { NAMES, stackConfig, stackInput } from "../builders/config.ts";
import { names, ref, resource } from "../builders/desired.ts";

const FACTS: HostFacts = {
	device: "/dev/disk/by-id/scsi-0DO_Volume_data",
	dumps: { endpoint: "https://ams3.example.com", region: "ams3", bucket: "dumps" },
	balanced: false,
	trustedRanges: [],
	env: { BUCKET_NAME: "files" },
	secretNames: ["DATABASE_URL"],
};

function told(of = LADDER.single, pool: "app" | "worker" = "app", facts: Partial<HostFacts> = {}): HostSettings {
	return hostSettings(stackInput(of, { config: { domains: ["example.com"] } }), "prod", pool)({ ...FACTS, ...facts });
}

describe("what hosts are told after birth", () => {
	test("a single host serves TLS itself and dumps its own database at night", () => {
		expect(told()).toMatchObject({
			volume: { device: FACTS.device },
			proxy: { domains: ["example.com"], tls: "host", email: "ops@example.com" },
			database: { engine: "sqlite" },
			backup: { bucket: "dumps", prefix: "prod", schedule: "*-*-* 02:00:00", keepDays: 30, engine: "sqlite" },
		});
	});

	test("hosts behind a balancer leave TLS to it, and dump the managed database with its own version", () => {
		expect(told(LADDER.balanced, "app", { balanced: true, device: null })).toMatchObject({
			volume: null,
			proxy: { tls: "upstream" },
			database: null,
			backup: { engine: "postgres", engineVersion: "17" },
		});
	});

	test("a plan with dashboards of its own gets them, with the figures they show, on the loopback address", () => {
		const watched = blueprint("single", [parts.hosts("s-1vcpu-1gb"), parts.sqlite()], {
			settings: { "monitoring.dashboards": true },
		});
		expect(told(watched).watch).toMatchObject({ dashboards: true, exporterAddress: "127.0.0.1" });
		expect(told().watch).toMatchObject({ dashboards: false, exporterAddress: null });
	});

	test("a plan that dumps every six hours does so", () => {
		const backup = component("backup", "backup", "bucket", { dumpDays: 7, keepDays: 7, everyHours: 6 });
		const often = blueprint("single", [parts.hosts("s-1vcpu-1gb"), parts.sqlite(), backup]);
		expect(told(often).backup?.schedule).toBe("*-*-* 00/6:00:00");
	});

	test("worker hosts take the work, serving hosts the requests; without them one pool does both", () => {
		const processes = [process("web", "web"), process("jobs", "worker"), process("sync", "timer")];
		const worker = component("app", "worker", "s-2vcpu-4gb");
		const apart = blueprint("balanced", [parts.hosts("s-2vcpu-4gb", 2), worker, parts.loadBalancer()], { processes });
		expect(told(apart).processes.map(({ name }) => name)).toEqual(["web"]);
		expect(told(apart, "worker").processes.map(({ name }) => name)).toEqual(["jobs", "sync"]);
		expect(told(apart, "worker").proxy).toBeNull();
		const together = blueprint("single", [parts.hosts("s-2vcpu-4gb")], { processes });
		expect(told(together).processes).toHaveLength(3);
	});

	test("members that come and go elect the one that dumps, by a lock in the managed database", () => {
		const { components, ...rest } = LADDER.balanced;
		const elastic = { ...rest, components, layout: "autoscaled" as const };
		expect(told(elastic)).toMatchObject({
			leader: { kind: "lock", engine: "postgres" },
			backup: { engine: "postgres" },
		});
		expect(told(LADDER.balanced).leader).toEqual({ kind: "slot" });
	});

	test("where worker hosts stand beside them, the first of those dumps, and nobody is elected for it", () => {
		const { components, ...rest } = LADDER.balanced;
		const worker = component("app", "worker", "s-2vcpu-4gb");
		const elastic = { ...rest, components: [...components, worker], layout: "autoscaled" as const };
		expect(told(elastic).backup).toBeNull();
		expect(told(elastic, "worker")).toMatchObject({ leader: { kind: "slot" }, backup: { engine: "postgres" } });
	});

	test("hosts send their logs where the stack file says", () => {
		const logs = { host: "logs.example.com", port: 6514 };
		const input = stackInput(LADDER.single, { config: { logs } });
		expect(hostSettings(input, "prod", "app")(FACTS).watch.logs).toEqual(logs);
	});

	test("a compose file is refused where no container engine fits, and where a host lacks what it needs", () => {
		const app = { ...stackConfig().app, compose: "compose.yaml" };
		const compose = "services: { web: { build: . } }";
		const input = { ...stackInput(LADDER.single, { config: { app } }), compose };
		expect(() => hostSettings(input, "prod", "app")).toThrow('compose.yaml:1: service "web" is built from sources');
		const small = blueprint("single", [
			component("app", "app", "s-1vcpu-512mb-10gb", { mode: "plain" }),
			parts.sqlite(),
		]);
		expect(() => hostSettings({ ...stackInput(small, { config: { app } }), compose }, "prod", "app")).toThrow(
			"too small for a container engine",
		);
	});

	test("what the plan says about concurrency reaches the application, and the stack file's own word wins", () => {
		const settings = { "web.threads": 4, "pdf.concurrency": 3 };
		const planned = blueprint("single", [parts.hosts("s-1vcpu-1gb"), parts.sqlite()], { settings });
		expect(told(planned).app.env).toMatchObject({ WEB_THREADS: "4", PDF_CONCURRENCY: "3", BUCKET_NAME: "files" });
		const app = { ...stackConfig().app, env: { WEB_THREADS: "1" } };
		const input = stackInput(planned, { config: { app } });
		expect(hostSettings(input, "prod", "app")(FACTS).app.env.WEB_THREADS).toBe("1");
	});

	test("a managed PostgreSQL is asked by its administrator to let the application in; others need nobody", () => {
		expect(told(LADDER.split, "app", { grants: true }).grants).toBe(true);
		expect(told()).not.toHaveProperty("grants");
	});

	test("a compose file that nobody read is our mistake, found before anything is declared", () => {
		const app = {
			image: null,
			compose: "compose.yaml",
			registry: null,
			port: 8000,
			healthPath: "/",
			env: {},
			processes: {},
			sticky: false,
		};
		const input = stackInput(LADDER.single, { config: { app } });
		expect(() => hostSettings(input, "prod", "app")).toThrow(BugError);
		const compose = "services: { web: { image: shop } }";
		expect(hostSettings({ ...input, compose }, "prod", "app")(FACTS).app.compose).toBe(compose);
	});
});

describe("the settings bucket", () => {
	test("holds three documents a pool, the secrets first and masked", async () => {
		const state = await buildModel(stackInput(LADDER.split), NAMES);
		const [secrets, settings, host] = ["secrets", "settings", "host"].map((document) =>
			resource(state, `settings-app-${document}`, "SpacesBucketObject"),
		);
		expect(secrets?.inputs).toMatchObject({
			bucket: ref("settings", "name"),
			key: "app/secrets.json",
			acl: "private",
			content: { "[secret]": expect.any(String) },
		});
		expect(settings?.dependsOn).toContain(secrets?.urn);
		expect(host?.dependsOn).toContain(settings?.urn);
		expect(String(host?.inputs.content)).toMatch(/^text of \d+ characters, sha256 [0-9a-f]{16}$/);
	});

	test("is read with one key that reads it and nothing else; a cluster has no host to tell", async () => {
		const single = await buildModel(stackInput(LADDER.single), NAMES);
		expect(resource(single, "settings-key", "SpacesKey").inputs.grants).toEqual([
			{ bucket: ref("settings", "name"), permission: "read" },
		]);
		const cluster = await buildModel(stackInput(LADDER.kubernetes), NAMES);
		expect(names(cluster)).toContain("settings-key");
		expect(names(cluster)).not.toContain("settings-app-host");
	});

	test("does not offer the application what an earlier tier left and this one only keeps", async () => {
		const left = [parts.files(), parts.postgres("db-s-1vcpu-1gb")];
		const [fresh, back] = await Promise.all([
			buildModel(stackInput(LADDER.single), NAMES),
			buildModel(stackInput(LADDER.single, { kept: left }), NAMES),
		]);
		expect(names(back)).toEqual(expect.arrayContaining(["files", "database-firewall"]));
		for (const document of ["secrets", "settings", "host"]) {
			const name = `settings-app-${document}`;
			expect(resource(back, name, "SpacesBucketObject")).toEqual(resource(fresh, name, "SpacesBucketObject"));
		}
	});

	test("a change of tier changes what hosts are told, not what they were born with", async () => {
		const [single, split] = await Promise.all([
			buildModel(stackInput(LADDER.single), NAMES),
			buildModel(stackInput(LADDER.split), NAMES),
		]);
		const content = (state: typeof single) =>
			resource(state, "settings-app-settings", "SpacesBucketObject").inputs.content;
		expect(content(split)).not.toEqual(content(single));
		expect(resource(split, "app-1", "Droplet").inputs.userData).toEqual(
			resource(single, "app-1", "Droplet").inputs.userData,
		);
	});
});
