import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DesiredState } from "../../../src/changes/desired.ts";
import type { Blueprint, Component, Setting } from "../../../src/sizing/blueprint.ts";
import { cacheFamily, cacheVersion } from "../../../src/stack/aws/cacheVersions.ts";
import { clusterFamily, instanceFamily, parametersOf } from "../../../src/stack/aws/databaseEngine.ts";
import { storageInputs } from "../../../src/stack/aws/databaseStorage.ts";
import { NAME_RULES, nameOf } from "../../../src/stack/aws/site.ts";
import { ref, resource } from "../../builders/desired.ts";
import { build, tierOf } from "./built.ts";

/* Moves and corners of what holds data on AWS that no shipped tier shows alone. */

/** A tier whose component of that role and name has other settings. */
function changed(plan: Blueprint, role: Component["role"], settings: Readonly<Record<string, Setting>>): Blueprint {
	const edited = (each: Component): Component =>
		each.role === role && each.name === role ? { ...each, settings: { ...each.settings, ...settings } } : each;
	return { ...plan, components: plan.components.map(edited) };
}

function componentOf(plan: Blueprint, role: Component["role"], name: string): Component {
	const found = plan.components.find((each) => each.role === role && each.name === name);
	if (found === undefined) throw new Error(`${plan.tier} has no ${role}/${name}`);
	return found;
}

const names = (state: DesiredState, type: string) =>
	state.resources.filter((each) => each.type === `aws:${type}`).map(({ name }) => name);

describe("from a server to a cluster with a shared volume", () => {
	const before = tierOf("django", "1m");
	const after = tierOf("django", "10m");
	const old = componentOf(before, "database", "database");

	test("the server stays beside the cluster, as it was, and the application is told of the cluster", async () => {
		const from = await build(before);
		const to = await build(after, { kept: [old] });
		const inputs = (state: DesiredState) => resource(state, "database", "Instance").inputs;
		expect(inputs(to)).toEqual(inputs(from));
		expect(resource(to, "database", "Instance").protect).toBe(true);
		expect(names(to, "rds/cluster:Cluster")).toEqual(["database-aurora", "database-secondary-aurora"]);
		expect(JSON.stringify(to.outputs.database)).toContain(ref("database-aurora", "endpoint"));
		expect(JSON.stringify(from.outputs.database)).toContain(ref("database", "address"));
		expect(to.outputs.notes).toContainEqual(expect.stringContaining("is kept until its data was brought over"));
	});

	test("a global cluster takes the one that is there as its source, which is not made again", async () => {
		const to = await build(after);
		const global = resource(to, "database-global", "GlobalCluster");
		expect(global.inputs.sourceDbClusterIdentifier).toBe(ref("database-aurora", "arn"));
		const source = resource(to, "database-aurora", "Cluster");
		expect(source.inputs).not.toHaveProperty("globalClusterIdentifier");
		expect(source.ignoreChanges).toContain("globalClusterIdentifier");
		const follower = resource(to, "database-secondary-aurora", "Cluster").inputs;
		expect(follower).toMatchObject({ region: "us-west-2", globalClusterIdentifier: ref("database-global", "id") });
		for (const key of ["masterUsername", "masterPassword", "databaseName"]) expect(follower).not.toHaveProperty(key);
	});

	test("retired, the server gets a snapshot that outlives it, and nothing holds it back any more", async () => {
		const state = await build(after, { retiring: [old] });
		const snapshot = resource(state, "database-snapshot", "Snapshot");
		expect(snapshot.inputs.dbInstanceIdentifier).toBe(ref("database-subnets", "name"));
		expect(snapshot.retainOnDelete).toBe(true);
		const server = resource(state, "database", "Instance");
		expect(server.protect).toBe(false);
		expect(server.inputs.deletionProtection).toBe(false);
		// The password is the cluster's too.
		expect(resource(state, "database-password", "Secret").protect).toBe(true);
	});

	test("the way back keeps the cluster beside the server, and lets go of the second region's copies", async () => {
		const state = await build(before, { kept: [componentOf(after, "database", "database")] });
		expect(names(state, "rds/cluster:Cluster")).toEqual(["database-aurora"]);
		expect(names(state, "rds/globalCluster:GlobalCluster")).toEqual([]);
		expect(JSON.stringify(state.outputs.database)).toContain(ref("database", "address"));
	});
});

describe("a pool before the database", () => {
	test("is made where connections ask for one, over TLS, with the database's own password", async () => {
		const state = await build(changed(tierOf("wizamart", "large"), "database", { poolSize: 82 }));
		const pool = resource(state, "database-proxy", "Proxy").inputs;
		expect(pool).toMatchObject({ engineFamily: "POSTGRESQL", requireTls: true });
		expect(JSON.stringify(pool.auths)).toContain("database-password-value");
		const targets = resource(state, "database-proxy-targets", "ProxyDefaultTargetGroup").inputs;
		// 82 of the 411 connections that the class allows.
		expect(targets.connectionPoolConfig).toMatchObject({ maxConnectionsPercent: 20 });
		expect(resource(state, "database-proxy-target", "ProxyTarget").inputs.dbInstanceIdentifier).toBe(
			ref("database-subnets", "name"),
		);
		const rule = resource(state, "database-from-proxy", "SecurityGroupIngressRule").inputs;
		expect(rule).toMatchObject({
			securityGroupId: ref("database-access", "id"),
			referencedSecurityGroupId: ref("database-proxy-access", "id"),
		});
		expect(state.outputs.pooledDatabaseUrl).not.toBeNull();
		expect((await build(tierOf("wizamart", "large"))).outputs.pooledDatabaseUrl).toBeNull();
	});
});

describe("when changes happen", () => {
	test("at `up`, or in the weekly window, as the stack file says, for everything that would interrupt", async () => {
		const plan = tierOf("opex-manager", "large");
		for (const [apply, now] of [
			["now", true],
			["window", false],
		] as const) {
			const state = await build(plan, { config: { apply } });
			const told = state.resources.filter(({ type }) => /rds\/instance:|elasticache\/replicationGroup:/.test(type));
			expect(told.length).toBe(4);
			for (const { name, inputs } of told) expect(inputs.applyImmediately, name).toBe(now);
		}
	});

	test("no two of the provider's own hours overlap, and none is near the copies", async () => {
		const { inputs } = resource(await build(tierOf("opex-manager", "large")), "database", "Instance");
		expect([inputs.backupWindow, inputs.maintenanceWindow]).toEqual(["03:00-03:30", "sun:04:30-sun:05:00"]);
	});
});

describe("a disk of the database", () => {
	test("has IOPS named only where the provider takes them", () => {
		const disk = (storageGb: number, iops: number | null) => ({ storageGb, storageType: "gp3" as const, iops });
		expect(storageInputs(disk(50, null))).toEqual({
			allocatedStorage: 50,
			maxAllocatedStorage: 100,
			storageType: "gp3",
		});
		expect(storageInputs(disk(1000, 20_000))).toMatchObject({ iops: 20_000, maxAllocatedStorage: 2000 });
		expect(() => storageInputs(disk(250, 10_000))).toThrow("from 400 GB on");
		expect(() => storageInputs(disk(400, 65_000))).toThrow("64000 IOPS at most");
		expect(() => storageInputs(disk(10, null))).toThrow("begins at 20 GB");
		expect(() => storageInputs({ storageGb: 100, storageType: "io2", iops: null })).toThrow("needs IOPS");
		expect(storageInputs({ storageGb: 100, storageType: "io2", iops: 100_000 })).toMatchObject({ storageType: "io2" });
		expect(() => storageInputs({ storageGb: 100, storageType: "io1", iops: 6000 })).toThrow("5000 IOPS at most");
		expect(storageInputs(disk(60_000, null)).maxAllocatedStorage).toBe(65_536);
	});

	test("keeps a limit to grow to in every size, so that a grown disk is never asked to shrink", () => {
		for (const storageGb of [20, 100, 399, 400, 5000]) {
			const { allocatedStorage, maxAllocatedStorage } = storageInputs({ storageGb, storageType: "gp3", iops: null });
			expect(maxAllocatedStorage).toBeGreaterThan(allocatedStorage * 1.26);
		}
	});
});

describe("versions", () => {
	test("an engine's parameters belong to its major version", () => {
		expect(instanceFamily("postgres", "17.4")).toBe("postgres17");
		expect(instanceFamily("mysql", "8.4")).toBe("mysql8.4");
		expect(clusterFamily("postgres", "17")).toBe("aurora-postgresql17");
		expect(parametersOf("mysql", 250)).toContainEqual({
			name: "long_query_time",
			value: "0.25",
			applyMethod: "immediate",
		});
		expect(parametersOf("postgres", null).map(({ name }) => name)).toEqual(["rds.force_ssl", "log_statement"]);
	});

	test("a cache's version is taken with its minor part, and one nobody offers is refused by name", () => {
		expect([cacheVersion("redis", "7"), cacheFamily("redis", "7")]).toEqual(["7.1", "redis7"]);
		expect([cacheVersion("valkey", "8.0"), cacheFamily("valkey", "8.0")]).toEqual(["8.0", "valkey8"]);
		expect(() => cacheVersion("redis", "9")).toThrow(
			'unknown version of redis for the cache "9"; allowed: 7, 7.0, 7.1',
		);
	});

	test("a major upgrade is a new group of parameters, made before the old one goes", async () => {
		const state = await build(changed(tierOf("wizamart", "large"), "database", { version: "18" }));
		const group = resource(state, "database-parameters", "ParameterGroup");
		expect(group.inputs.family).toBe("postgres18");
		expect(group.inputs).not.toHaveProperty("name");
		expect(group.deleteBeforeReplace).toBeNull();
		expect(resource(state, "database", "Instance").inputs.allowMajorVersionUpgrade).toBe(true);
	});
});

describe("a cache", () => {
	test("in shards is reached by its configuration endpoint, and says so to its clients", async () => {
		const state = await build(changed(tierOf("opex-manager", "large"), "cache", { shards: 3, standbyNodes: 1 }));
		const { inputs } = resource(state, "cache-cluster", "ReplicationGroup");
		expect(inputs).toMatchObject({ clusterMode: "enabled", numNodeGroups: 3, replicasPerNodeGroup: 1 });
		expect(inputs).not.toHaveProperty("numCacheClusters");
		expect(JSON.stringify(resource(state, "cache-cluster-parameters", "ParameterGroup").inputs)).toContain(
			"cluster-enabled",
		);
		expect(names(state, "cloudwatch/metricAlarm:MetricAlarm")).toContain(
			"monitoring-cache-cluster-3-2-memory-critical",
		);
	});

	test("in shards that an older version made stays the cache it was", async () => {
		const state = await build(changed(tierOf("opex-manager", "medium"), "cache", { shards: 2 }));
		const { inputs } = resource(state, "cache", "ReplicationGroup");
		expect(inputs).toMatchObject({ clusterMode: "enabled", numNodeGroups: 2, replicasPerNodeGroup: 1 });
		expect(names(state, "cloudwatch/metricAlarm:MetricAlarm")).toContain("monitoring-cache-2-2-memory-critical");
	});

	test("that keeps sessions never drops them, and goes with a last snapshot only", async () => {
		const state = await build(changed(tierOf("opex-manager", "large"), "cache", { eviction: "noeviction" }));
		expect(JSON.stringify(resource(state, "cache-cluster-parameters", "ParameterGroup").inputs.parameters)).toContain(
			"noeviction",
		);
		const group = resource(state, "cache-cluster", "ReplicationGroup");
		expect(group.protect).toBe(true);
		expect(group.inputs.finalSnapshotIdentifier).toBe(`${ref("cache-cluster-subnets", "name")}-final`);
		const plain = resource(await build(tierOf("wizamart", "large")), "cache", "ReplicationGroup");
		expect(plain.protect).toBe(false);
		expect(plain.inputs).not.toHaveProperty("finalSnapshotIdentifier");
	});
});

describe("from a cache of one node and its copy to one in cluster mode", () => {
	const before = tierOf("opex-manager", "medium");
	const after = tierOf("opex-manager", "large");
	const old = componentOf(before, "cache", "cache");
	const caches = (state: DesiredState) => names(state, "elasticache/replicationGroup:ReplicationGroup");

	test("the old one stays beside it, as it was, and the application is told of the new one", async () => {
		const [from, to] = [await build(before), await build(after, { kept: [old] })];
		expect([caches(from), caches(to)]).toEqual([["cache"], ["cache", "cache-cluster"]]);
		const inputs = (state: DesiredState) => resource(state, "cache", "ReplicationGroup").inputs;
		expect(inputs(to)).toEqual(inputs(from));
		expect(resource(to, "cache", "ReplicationGroup").protect).toBe(true);
		expect(to.outputs.notes).toContainEqual(expect.stringContaining("the application is told of one only"));
		// One shard of three nodes, as the plan's: it fails over, over zones, and takes more shards later.
		expect(resource(to, "cache-cluster", "ReplicationGroup").inputs).toMatchObject({
			clusterMode: "enabled",
			numNodeGroups: 1,
			replicasPerNodeGroup: 2,
			automaticFailoverEnabled: true,
			multiAzEnabled: true,
			replicationGroupId: "opex-manager-prod-cache-cluster",
		});
	});

	test("the application hears the address that tells of every node, and that it is to speak to a cluster", async () => {
		const told = async (plan: Blueprint, kept: readonly Component[]) => {
			const state = await build(plan, { kept });
			const said = state.resources.filter(({ type }) => /ConfigMap|kubernetes:core\/v1:Secret$/.test(type));
			return JSON.stringify(said.map(({ inputs }) => inputs));
		};
		expect(await told(after, [old])).toContain('"CACHE_CLUSTER":"true"');
		expect(await told(changed(after, "cache", { kind: null }), [])).not.toContain("CACHE_CLUSTER");
	});

	test("each node of both is watched by the name that the service gives it", async () => {
		const state = await build(after, { kept: [old] });
		const node = (name: string) =>
			resource(state, `monitoring-${name}-memory-critical`, "MetricAlarm").inputs.dimensions;
		expect(node("cache-cluster-1-3")).toEqual({
			CacheClusterId: "opex-manager-prod-cache-cluster-0001-003",
		});
		expect(node("cache-2")).toEqual({ CacheClusterId: `${ref("cache", "replicationGroupId")}-002` });
	});

	test("retired, nothing holds the old one back any more, and the new one stays protected with its own token", async () => {
		const state = await build(after, { retiring: [old] });
		for (const [name, type] of [
			["cache", "ReplicationGroup"],
			["cache-token", "Secret"],
		] as const)
			expect(resource(state, name, type).protect, name).toBe(false);
		for (const [name, type] of [
			["cache-cluster", "ReplicationGroup"],
			["cache-cluster-token", "Secret"],
		] as const)
			expect(resource(state, name, type).protect, name).toBe(true);
	});

	test("the way back keeps the one in cluster mode beside the old kind", async () => {
		const state = await build(before, { kept: [componentOf(after, "cache", "cache")] });
		expect(caches(state)).toEqual(["cache", "cache-cluster"]);
		expect(JSON.stringify(state.resources)).not.toContain("CACHE_CLUSTER");
	});

	test("the name fits, however long the stack's is", () => {
		const site = (stack: string) => nameOf({ owner: ["opex-manager", stack] }, NAME_RULES.cache, "cache-cluster");
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/), (stack) => {
				expect(site(stack)).toMatch(/^[a-z](?!.*--)[a-z0-9-]{0,39}(?<!-)$/);
			}),
		);
	});
});

describe("an edge", () => {
	test("without a domain of Route 53 has the provider's name, and the stack says what that means", async () => {
		const state = await build(tierOf("wizamart", "scale"), { config: { domains: [] } });
		const { inputs } = resource(state, "cdn", "Distribution");
		expect(inputs.viewerCertificate).toEqual({ cloudfrontDefaultCertificate: true });
		expect(state.outputs.notes).toContainEqual(expect.stringContaining("TLS 1.0"));
	});
});

describe("passwords", () => {
	test("are drawn once: a later draw is ignored, and no connection string is open", async () => {
		const state = await build(tierOf("opex-manager", "large"));
		for (const name of ["database-password-value", "cache-cluster-token-value"]) {
			const version = resource(state, name, "SecretVersion");
			expect(version.ignoreChanges).toEqual(["secretString"]);
			expect(version.inputs.secretString).toEqual({ "[secret]": expect.any(String) });
		}
		for (const key of ["databaseUrl", "readerUrl", "cacheUrl"]) {
			expect(state.outputs[key], key).toEqual({ "[secret]": expect.any(String) });
		}
	});
});

test("a name that goes is taken out of the certificates: none waits at its renewal for a proof that is gone", async () => {
	const plan = tierOf("opex-manager", "enterprise");
	const namesOf = async (domains: readonly string[]) => {
		const state = await build(plan, { config: { domains } });
		const certificates = ["load-balancer-certificate", "load-balancer-secondary-certificate"];
		return certificates.map((name) => resource(state, name, "Certificate").inputs.subjectAlternativeNames);
	};
	expect(await namesOf(["example.com", "www.example.com"])).toEqual([["www.example.com"], ["www.example.com"]]);
	// An empty list is not the same as none: what is left out stays as it was.
	expect(await namesOf(["example.com"])).toEqual([[], []]);
});
