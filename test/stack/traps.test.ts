import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import packageLock from "../../package-lock.json" with { type: "json" };
import type { DesiredState } from "../../src/changes/desired.ts";
import { SWAP } from "../../src/host/files/swap.ts";
import { renderUserData } from "../../src/host/renderUserData.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { blueprint, LADDER, parts } from "../builders/blueprint.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { ref, resource, resourcesOf } from "../builders/desired.ts";

/*
 * What a naive program gets wrong on DigitalOcean, by the number of the list of traps: the ones that the stack itself
 * can avoid. What only the plan or the cloud can show is in test/changes and test/engine: 1, 6, 7, 11 and 20 in
 * test/changes/labels.yaml and rules.test.ts, 21 in what the emulated cloud refuses, 4 in test/host/userData.test.ts. Of the
 * engine's own, 101 (the base of a comparison is what the cloud has now) is in test/engine/enginePreview.test.ts, and
 * against 102 (mocks never show a replacement) the plans of the real engine are held beside the model's in test/engine.
 */

const states: Promise<readonly DesiredState[]> = Promise.all(
	Object.values(LADDER).map((each) => buildModel(stackInput(each, { config: { domains: ["example.com"] } }), NAMES)),
);

/** Every resource of a kind, over all layouts. */
const all = async (kind: string) =>
	(await states).flatMap((state) => resourcesOf(state, kind).filter(({ custom }) => custom));

describe("traps avoided by the stack", () => {
	test("2: a droplet's root disk is never grown, so its size can be taken back", async () => {
		for (const { inputs } of await all("Droplet")) expect(inputs.resizeDisk).toBe(false);
	});

	test("3, 5: what replaces a droplet is the same in every tier, and not taken back from a running one", async () => {
		const born = ["image", "region", "vpcUuid", "monitoring", "dropletAgent", "sshKeys", "ipv6"];
		const firsts = (await all("Droplet")).filter(({ name }) => name === "app-1");
		expect(firsts.length).toBe(3);
		expect(
			new Set(firsts.map(({ inputs }) => JSON.stringify([...born, "userData"].map((key) => inputs[key])))).size,
		).toBe(1);
		for (const { ignoreChanges } of firsts) expect(ignoreChanges).toEqual(["image", "sshKeys", "userData"]);
	});

	test("8: no cluster has a project or a name of its own: both would replace it", async () => {
		for (const { inputs } of await all("DatabaseCluster")) {
			expect(inputs).not.toHaveProperty("projectId");
			expect(inputs).not.toHaveProperty("name");
		}
	});

	test("9: every database, replica and cache is born into the stack's network", async () => {
		const born = [...(await all("DatabaseCluster")), ...(await all("DatabaseReplica"))];
		expect(born.length).toBeGreaterThan(8);
		for (const { inputs } of born) expect(inputs.privateNetworkUuid).toBe(ref("network", "id"));
	});

	test("13, 14: every cluster has trusted sources from birth, by tag, before anything is put into it", async () => {
		for (const state of await states) {
			const clusters = [...resourcesOf(state, "DatabaseCluster"), ...resourcesOf(state, "DatabaseReplica")].filter(
				({ custom }) => custom,
			);
			const firewalls = resourcesOf(state, "DatabaseFirewall");
			expect(firewalls.length).toBe(clusters.length);
			for (const { inputs } of firewalls) expect(JSON.stringify(inputs.rules)).toContain('"type":"tag"');
		}
		for (const { dependsOn } of await all("DatabaseDb")) expect(dependsOn.join()).toContain("::database-firewall");
	});

	test("15: a pool waits for its cluster, and is for PostgreSQL only", async () => {
		for (const { dependsOn } of await all("DatabaseConnectionPool")) expect(dependsOn.join()).toContain("::database,");
		const mysql = parts.mysql("db-s-1vcpu-2gb");
		const pooled = blueprint("split", [
			parts.hosts("s-2vcpu-4gb"),
			{ ...mysql, settings: { ...mysql.settings, poolSize: 10 } },
		]);
		await expect(buildModel(stackInput(pooled), NAMES)).rejects.toThrow("postgres only");
	});

	test("10, 12: nothing moves a database to another region, and no storage grows behind the program's back", async () => {
		const clusters = await all("DatabaseCluster");
		expect(new Set(clusters.map(({ inputs }) => inputs.region))).toEqual(new Set(["fra1"]));
		for (const { inputs } of clusters) expect(inputs).not.toHaveProperty("storageAutoscale");
	});

	test("16: the application and ops get private endpoints, never the public one", async () => {
		for (const { outputs } of await states) {
			const told = JSON.stringify([outputs.database, outputs.readers]);
			expect(told).not.toMatch(/\$\{[^}]+\.(host|uri)\}/);
		}
	});

	test("17: caches and queues are Valkey", async () => {
		const clusters = (await all("DatabaseCluster")).filter(({ role }) => role === "cache" || role === "queue");
		expect(clusters.length).toBeGreaterThan(3);
		for (const { inputs } of clusters) expect(inputs.engine).toBe("valkey");
	});

	test("18: a replica's tags never change", async () => {
		expect(new Set((await all("DatabaseReplica")).map(({ inputs }) => JSON.stringify(inputs.tags))).size).toBe(1);
	});

	test("19, 22: a bucket's name is made up once and kept; a new one would count as a replacement", async () => {
		for (const { name, inputs, replaceOnChanges } of await all("SpacesBucket")) {
			expect(inputs).not.toHaveProperty("name");
			if (name !== "settings") expect(replaceOnChanges).toEqual(["name"]);
		}
	});

	test("23: certificates are taken by name, because their id changes when they are renewed", async () => {
		for (const { inputs } of await all("LoadBalancer")) expect(JSON.stringify(inputs)).not.toContain("certificateId");
	});

	test("24, 25: nothing that gives a load balancer a new address is ever set; hosts are found by tag", async () => {
		for (const { inputs } of await all("LoadBalancer")) {
			for (const key of ["type", "network", "networkStack", "dropletIds", "size", "name"])
				expect(inputs).not.toHaveProperty(key);
			expect(inputs.dropletTag).toBe("tierstack:shop:prod:web");
		}
	});

	test("26, 35: what hangs on one host only lets go before it is attached again", async () => {
		const attachments = [...(await all("VolumeAttachment")), ...(await all("ReservedIpAssignment"))];
		expect(attachments.length).toBeGreaterThan(3);
		for (const { deleteBeforeReplace } of attachments) expect(deleteBeforeReplace).toBe(true);
		expect(new Set((await all("Volume")).map(({ inputs }) => JSON.stringify({ ...inputs, size: null }))).size).toBe(1);
	});

	test("27, 28: the cluster's own pool is fixed, workers have their own, and nothing goes with the cluster", async () => {
		const state = (await states).find((each) => resourcesOf(each, "KubernetesCluster").length > 0);
		if (state === undefined) throw new Error("no layout has a cluster");
		const { inputs } = resource(state, "app-cluster", "KubernetesCluster");
		expect(inputs.nodePool).toMatchObject({ name: "system", size: "s-2vcpu-4gb", nodeCount: 2 });
		expect(inputs).toHaveProperty("ha");
		expect(inputs).not.toHaveProperty("destroyAllAssociatedResources");
	});

	test("29: members the cloud adds and removes hold nothing: all they need is in bucket, database and settings", async () => {
		const state = (await states).find((each) => resourcesOf(each, "DropletAutoscale").length > 0);
		if (state === undefined) throw new Error("no layout is scaled by load");
		expect(resource(state, "app-pool", "DropletAutoscale").inputs).not.toHaveProperty("dropletTemplate.volumes");
		expect(resourcesOf(state, "VolumeAttachment")).toEqual([]);
		expect(resourcesOf(state, "SpacesBucket").map(({ name }) => name)).toContain("files");
	});

	test("34: swap is a file of root's disk, made at run time by what the machine has: no tier's size is in user data", async () => {
		const source = { kind: "bucket", endpoint: "e", region: "r", bucket: "b", accessKey: "a", secretKey: "s" } as const;
		const birth = { provider: "digitalocean", stack: "prod", pool: "app", slot: 1, source } as const;
		expect(renderUserData(birth)).not.toMatch(/^swap:/m);
		expect(SWAP).toContain("/swapfile");
		expect(SWAP).not.toContain("/srv/data");
	});

	test("30: what holds data is protected here, as the cloud has no protection of its own", async () => {
		const holding = [...(await all("SpacesBucket")), ...(await all("Volume")), ...(await all("DatabaseDb"))];
		expect(holding.length).toBeGreaterThan(10);
		for (const { name, protect } of holding) expect(protect, name).toBe(name !== "settings");
	});

	test("32: nothing is an app of the platform, whose project would replace it", async () => {
		expect(await all("App")).toEqual([]);
		for (const state of await states) {
			expect(JSON.stringify(state.resources.map(({ inputs }) => inputs))).not.toContain('"projectId"');
		}
	});

	test("31: the domain is looked up and never owned", async () => {
		expect(await all("Domain")).toEqual([]);
		expect((await all("DnsRecord")).length).toBe(5);
	});

	test("33: one network for all tiers, its range left to the provider, protected", async () => {
		const networks = await all("Vpc");
		expect(new Set(networks.map(({ inputs }) => JSON.stringify(inputs)))).toEqual(new Set(['{"region":"fra1"}']));
		for (const { protect } of networks) expect(protect).toBe(true);
	});

	test("96: only what the cloud owns, or a host is born with, is left out of updates", async () => {
		const ignored = (await states).flatMap(({ resources }) => resources.flatMap(({ ignoreChanges }) => ignoreChanges));
		expect(new Set(ignored)).toEqual(new Set(["image", "sshKeys", "userData", "version"]));
	});

	test("100: a provider's new version is a step of its own: one exact version is named, and that one is locked", () => {
		const { dependencies } = packageJson;
		const locked: Readonly<Record<string, { readonly version?: string }>> = packageLock.packages;
		const providers = Object.entries(dependencies).filter(([name]) =>
			/^@pulumi\/(aws|digitalocean|kubernetes)$/.test(name),
		);
		expect(providers.length).toBe(3);
		for (const [name, version] of providers) {
			expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
			expect(locked[`node_modules/${name}`]?.version, name).toBe(version);
		}
	});

	test("99: connection strings, keys and user data are secrets wherever they stand", async () => {
		const open = JSON.stringify(await states);
		for (const secret of ["secretKey}", "password}", "privateUri}", "kubeConfigs}"]) expect(open).not.toContain(secret);
		for (const { inputs } of await all("Droplet")) expect(inputs.userData).toEqual({ "[secret]": expect.any(String) });
	});
});
