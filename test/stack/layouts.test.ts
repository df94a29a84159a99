import { describe, expect, test } from "vitest";
import type { DesiredState } from "../../src/changes/desired.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import { blueprint, component, LADDER, parts } from "../builders/blueprint.ts";
import { NAMES, stackConfig, stackInput } from "../builders/config.ts";
import { names, ref, resource, resourcesOf } from "../builders/desired.ts";

const build = (of: Blueprint, rest: Parameters<typeof stackInput>[1] = {}) => buildModel(stackInput(of, rest), NAMES);

/** Logical name and type of everything, as `name Kind`. */
const things = (state: DesiredState) =>
	state.resources.filter(({ custom }) => custom).map(({ name, type }) => `${name} ${type.split(":").at(-1)}`);

describe("what stands in each layout", () => {
	test("a single host: droplet, its data on a volume, a reserved address, everything else closed", async () => {
		const state = await build(LADDER.single);
		expect(things(state)).toEqual(
			expect.arrayContaining([
				"app-1 Droplet",
				"data Volume",
				"data-attachment VolumeAttachment",
				"network Vpc",
				"network-address ReservedIp",
				"network-address-assignment ReservedIpAssignment",
				"network-firewall Firewall",
				"settings SpacesBucket",
				"settings-key SpacesKey",
				"backups SpacesBucket",
			]),
		);
		expect(resourcesOf(state, "DatabaseCluster")).toEqual([]);
		expect(resourcesOf(state, "LoadBalancer").filter(({ custom }) => custom)).toEqual([]);
	});

	test("a split stack: the database leaves the host", async () => {
		const state = await build(LADDER.split);
		expect(resource(state, "database", "DatabaseCluster").inputs).toMatchObject({
			engine: "pg",
			version: "17",
			nodeCount: 1,
			privateNetworkUuid: ref("network", "id"),
		});
		expect(things(state)).toContain("database-firewall DatabaseFirewall");
	});

	test("a balanced stack: numbered hosts behind a load balancer, resized one by one", async () => {
		const state = await build(LADDER.balanced);
		expect(resourcesOf(state, "Droplet").map(({ name }) => name)).toEqual(["app-1", "app-2", "app-3"]);
		expect(resource(state, "app-3", "Droplet").dependsOn).toContain(resource(state, "app-2", "Droplet").urn);
		expect(resourcesOf(state, "ReservedIp")).toEqual([]);
	});

	test("an autoscaled stack: the provider adds and removes hosts at 70 % CPU", async () => {
		const state = await build(LADDER.autoscaled);
		expect(resourcesOf(state, "Droplet")).toEqual([]);
		expect(resource(state, "app-pool", "DropletAutoscale").inputs.config).toEqual({
			minInstances: 2,
			maxInstances: 6,
			targetCpuUtilization: 0.7,
			cooldownMinutes: 5,
		});
		expect(resourcesOf(state, "DatabaseReplica").map(({ name }) => name)).toEqual([
			"database-replica-1",
			"database-replica-2",
		]);
	});

	test("a Kubernetes stack: a fixed pool for the system, workers of their own that scale", async () => {
		const state = await build(LADDER.kubernetes);
		const cluster = resource(state, "app-cluster", "KubernetesCluster");
		expect(cluster.inputs).toMatchObject({ ha: true, surgeUpgrade: true, autoUpgrade: true });
		expect(cluster.ignoreChanges).toEqual(["version"]);
		expect(resource(state, "app-workers", "KubernetesNodePool").inputs).toMatchObject({
			size: "g-4vcpu-16gb",
			autoScale: true,
			minNodes: 3,
			maxNodes: 12,
		});
		expect(resource(state, "database-firewall", "DatabaseFirewall").inputs.rules).toContainEqual({
			type: "k8s",
			value: ref("app-cluster", "id"),
		});
	});

	test("a second region: a copy of the database in a network of its own there", async () => {
		const secondary = component("database", "secondary", "db-s-6vcpu-16gb", { region: "ams3", storageGb: null });
		const state = await build({ ...LADDER.kubernetes, components: [...LADDER.kubernetes.components, secondary] });
		expect(resource(state, "network-secondary", "Vpc").inputs).toEqual({ region: "ams3" });
		expect(resource(state, "database-secondary", "DatabaseReplica").inputs).toMatchObject({
			region: "ams3",
			privateNetworkUuid: ref("network-secondary", "id"),
		});
		expect(things(state)).toContain("database-secondary-firewall DatabaseFirewall");
	});

	test("another size of worker does not touch the cluster", async () => {
		const swap = (each: Component) => (each.name === "workers" ? parts.workers("g-8vcpu-32gb", 3, 12) : each);
		const [small, large] = await Promise.all([
			build(LADDER.kubernetes),
			build({ ...LADDER.kubernetes, components: LADDER.kubernetes.components.map(swap) }),
		]);
		expect(resource(large, "app-cluster", "KubernetesCluster")).toEqual(
			resource(small, "app-cluster", "KubernetesCluster"),
		);
	});
});

describe("what a promotion must not move", () => {
	test("the same thing has the same URN in every layout", async () => {
		const byThing = new Map<string, Set<string>>();
		for (const each of Object.values(LADDER)) {
			for (const { urn, name, type } of (await build(each)).resources) {
				const key = `${name} ${type}`;
				byThing.set(key, (byThing.get(key) ?? new Set()).add(urn));
			}
		}
		expect([...byThing.values()].filter((urns) => urns.size > 1)).toEqual([]);
	});

	test("names hold no tier, size, region or order but slot numbers, and say whose they are", async () => {
		const owners =
			/^(app|worker|data|database|cache|queue|files|settings|backups|load-balancer|cdn|dns|network|monitoring)\b/;
		for (const each of Object.values(LADDER)) {
			const state = await build(each);
			for (const { name, custom } of state.resources) {
				expect(name).not.toMatch(/fra1|vcpu|gb\b|single|split|balanced|autoscaled|tier/);
				if (custom) expect(name).toMatch(owners);
			}
			expect(new Set(things(state)).size).toBe(things(state).length);
		}
	});

	test("the network, the tags and the database's birth are the same in every layout", async () => {
		const frozen = ["engine", "region", "privateNetworkUuid", "name", "projectId"];
		const [first, ...others] = await Promise.all(
			Object.values(LADDER)
				.slice(1)
				.map((each) => build(each)),
		);
		if (first === undefined) throw new Error("no layouts");
		for (const state of others) {
			for (const [name, kind] of [
				["network", "Vpc"],
				["network-host-tag", "Tag"],
				["settings", "SpacesBucket"],
				["settings-key", "SpacesKey"],
			] as const) {
				expect(resource(state, name, kind)).toEqual(resource(first, name, kind));
			}
			const [now, before] = [state, first].map((each) => resource(each, "database", "DatabaseCluster").inputs);
			for (const key of frozen) expect(now?.[key]).toEqual(before?.[key]);
		}
	});

	test("hosts are born alike: nothing that replaces a host differs between layouts", async () => {
		const born = [
			"image",
			"monitoring",
			"dropletAgent",
			"vpcUuid",
			"region",
			"sshKeys",
			"resizeDisk",
			"ipv6",
			"userData",
		];
		const [one, two, three] = await Promise.all([build(LADDER.single), build(LADDER.split), build(LADDER.balanced)]);
		const facts = [one, two, three].map((state) => {
			const { inputs } = resource(state, "app-1", "Droplet");
			return born.map((key) => inputs[key] ?? null);
		});
		expect(facts[1]).toEqual(facts[0]);
		expect(facts[2]).toEqual(facts[0]);
		expect(resource(one, "app-1", "Droplet").inputs.resizeDisk).toBe(false);
		expect(resource(one, "app-1", "Droplet").ignoreChanges).toEqual(["image", "sshKeys", "userData"]);
	});
});

describe("what holds data", () => {
	const held = (state: DesiredState) => state.resources.filter(({ protect }) => protect).map(({ name }) => name);

	test("cannot be deleted, with protect: data", async () => {
		expect(held(await build(LADDER.single)).toSorted()).toEqual(["backups", "backups-key", "data", "network"]);
		expect(held(await build(LADDER.balanced))).toEqual(
			expect.arrayContaining(["database", "database-db", "files", "backups", "network"]),
		);
		expect(held(await build(LADDER.balanced))).not.toContain("load-balancer");
	});

	test("the key whose secret the dumps are encrypted with stays as long as the dumps, and goes with them", async () => {
		const backup = parts.backup();
		const without = blueprint("single", [parts.hosts("s-1vcpu-1gb"), parts.sqlite()]);
		const keys = await Promise.all([
			build(LADDER.single),
			build(without, { kept: [backup] }),
			build(without, { retiring: [backup] }),
		]);
		expect(keys.map((state) => resource(state, "backups-key", "SpacesKey").protect)).toEqual([true, true, false]);
		expect(resource(await build(LADDER.balanced), "files-key", "SpacesKey").protect).toBe(false);
		expect(names(await build(without))).not.toContain("backups-key");
	});

	test("nor can what users reach, with protect: all, but further hosts of the pool can", async () => {
		const config = { protect: "all", domains: ["example.com"] } as const;
		expect(held(await build(LADDER.single, { config }))).toEqual(
			expect.arrayContaining(["app-1", "network-address", "dns-example.com"]),
		);
		const balanced = held(await build(LADDER.balanced, { config }));
		expect(balanced).toEqual(expect.arrayContaining(["app-1", "load-balancer"]));
		expect(balanced).not.toContain("app-2");
		expect(held(await build(LADDER.kubernetes, { config }))).toContain("app-cluster");
	});

	test("stays when a later tier no longer asks for it, declared as it was", async () => {
		const before = resource(await build(LADDER.single), "data", "Volume");
		const after = await build(LADDER.balanced, { kept: [parts.data(100)] });
		expect(resource(after, "data", "Volume")).toEqual(before);
		expect(resource(after, "data-attachment", "VolumeAttachment").inputs.dropletId).toBe(ref("app-1", "id"));
		const elastic = await build(LADDER.autoscaled, { kept: [parts.data(100)] });
		expect(resource(elastic, "data", "Volume")).toEqual(before);
		expect(names(elastic)).not.toContain("data-attachment");
	});

	test("is let go in two steps: first unprotected beside a snapshot that outlives it", async () => {
		const state = await build(LADDER.autoscaled, { retiring: [parts.data(100)] });
		expect(resource(state, "data", "Volume").protect).toBe(false);
		expect(resource(state, "data-snapshot", "VolumeSnapshot")).toMatchObject({
			retainOnDelete: true,
			inputs: { volumeId: ref("data", "id") },
		});
		const database = await build(blueprint("single", [parts.hosts("s-1vcpu-1gb")]), {
			retiring: [parts.postgres("db-s-1vcpu-1gb")],
		});
		expect(resource(database, "database", "DatabaseCluster").protect).toBe(false);
		expect(resource(database, "database-db", "DatabaseDb").protect).toBe(false);
	});
});

describe("what ops get", () => {
	test("connection strings are secrets, addresses are not", async () => {
		const { outputs } = await build(LADDER.autoscaled);
		for (const name of ["databaseUrl", "pooledDatabaseUrl", "readerUrl", "cacheUrl", "queueUrl"]) {
			expect(outputs[name]).toEqual({ "[secret]": expect.stringMatching(/^[0-9a-f]{16}$/) });
		}
		expect(outputs.database).toEqual({ host: ref("database", "privateHost"), port: ref("database", "port") });
		expect(outputs.address).toBe(ref("load-balancer", "ip"));
	});

	test("what the plan may be expected to have and the stack has not is said", async () => {
		const copied = component("backup", "backup", "bucket", {
			...{ dumpDays: 7, keepDays: 7, everyHours: 24, region: "ams3" },
			copiesFiles: true,
		});
		const components = LADDER.balanced.components.map((each) => (each.role === "backup" ? copied : each));
		const app = { ...stackConfig().app, image: "registry.example.com/shop:1.4" };
		const notes = async (of: Blueprint) => (await build(of, { config: { app } })).outputs.notes;
		expect((await build(LADDER.single)).outputs.notes).toEqual([
			"app: no image is named (tierstack:app), so a built-in responder answers",
		]);
		expect(await notes(LADDER.single)).toEqual([]);
		expect(await notes({ ...LADDER.balanced, components })).toEqual([]);
		expect(await notes(LADDER.balanced)).toEqual([
			expect.stringMatching(/^files: no copy of the bucket lies in another region/),
		]);
		const tenants = blueprint("split", [parts.hosts("s-4vcpu-8gb"), parts.mysql("db-s-6vcpu-16gb")], {
			demand: { databases: 100 },
		});
		expect(await notes(tenants)).toEqual([
			expect.stringContaining("also for 100 databases; the application's user may create and drop databases"),
		]);
	});

	test("what is not watched is said", async () => {
		const silent = await build(LADDER.single, { config: { alerts: { email: [], slack: null, webhook: null } } });
		expect(silent.outputs.notWatched).toEqual(["everything: no receiver of alarms is set (tierstack:alerts)"]);
		expect(resourcesOf(silent, "MonitorAlert")).toEqual([]);
		const heard = await build(LADDER.single);
		expect(heard.outputs.notWatched).toEqual([
			expect.stringContaining("database connections"),
			...["response time", "error rate", "load of the hosts"].map((what) => expect.stringMatching(`^${what}`)),
		]);
		expect(resourcesOf(heard, "MonitorAlert").map(({ name }) => name)).toEqual(
			["cpu", "disk", "memory"].flatMap((metric) => [
				`monitoring-host-${metric}-critical`,
				`monitoring-host-${metric}-warning`,
			]),
		);
	});
});
