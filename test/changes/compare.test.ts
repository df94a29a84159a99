import { describe, expect, it } from "vitest";
import { compareGrants } from "../../src/changes/assess/grantChange.ts";
import { compareStates } from "../../src/changes/compareStates.ts";
import { diffInputs } from "../../src/changes/diff/diffInputs.ts";
import { knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import { compareVersions } from "../../src/changes/versions.ts";
import { parts } from "../builders/blueprint.ts";
import { ref } from "../builders/desired.ts";
import { blueprint, comparison, component, resource, side, typeOf, urnOf } from "./builders.ts";

const paths = (type: string, old: Parameters<typeof diffInputs>[0], next: typeof old, ignoreChanges: string[] = []) =>
	diffInputs(old, next, {
		schema: knowledgeOf(typeOf(type)).schema,
		ignoreChanges,
		moved: new Map(),
		secretsMayMove: false,
	}).map(({ path }) => path);

describe("the difference of two inputs", () => {
	it.each([
		[
			"a member of a record",
			{ nodePool: { size: "a", nodeCount: 2 } },
			{ nodePool: { size: "b", nodeCount: 2 } },
			["nodePool.size"],
		],
		["an item of a list", { tags: ["a"] }, { tags: ["a", "b"] }, ["tags[1]"]],
		["a key that is no name", { env: { "a.b": 1 } }, { env: { "a.b": 2 } }, ['env["a.b"]']],
		["no order of a list", { tags: ["a", "b"] }, { tags: ["b", "a"] }, []],
		["nothing for nothing", { tags: [] }, {}, []],
		["nothing for false", { ha: false }, {}, []],
		["nothing that the cloud fills in", { privateNetworkUuid: "v-1" }, {}, []],
	] as const)("is %s", (_, old, next, expected) => {
		expect(paths("DatabaseCluster", old, next)).toEqual(expected);
	});

	it("takes what is left out for its default", () => {
		expect(paths("Droplet", {}, { resizeDisk: true })).toEqual([]);
		expect(paths("Droplet", {}, { resizeDisk: false })).toEqual(["resizeDisk"]);
	});

	it("leaves out what the program ignores, with all that is inside", () => {
		const [old, next] = [
			{ nodePool: { size: "a" }, size: "a" },
			{ nodePool: { size: "b" }, size: "b" },
		];
		expect(paths("Droplet", old, next, ["nodePool"])).toEqual(["size"]);
		expect(paths("Droplet", old, next, ["nodePool.size", "size"])).toEqual([]);
	});
});

describe("a replacement", () => {
	const host = (image: string) => resource("Droplet", "app-1", { region: "fra1", size: "s", image });
	const attachment = (told = {}) =>
		resource("VolumeAttachment", "data-attachment", { dropletId: ref("app-1", "id"), volumeId: "v" }, told);
	const replaced = (told = {}) =>
		compareStates(comparison([host("a"), attachment(told)], [host("b"), attachment(told)])).changes;
	const child = (told = {}) => replaced(told).find(({ name }) => name === "data-attachment");

	it("names its cause", () => {
		expect(replaced().find(({ name }) => name === "app-1")?.props).toEqual([
			{ path: "image", old: "a", new: "b", replaces: "yes" },
		]);
	});

	it("is passed on to what holds its id, surely", () => {
		expect(child({ deleteBeforeReplace: true })).toMatchObject({ op: "replace", order: "delete-first" });
		expect(child()?.props).toEqual([
			{ path: "dropletId", old: ref("app-1", "id"), new: `${ref("app-1", "id")} after the change`, replaces: "yes" },
		]);
	});

	it("may be passed on by any other output, which is only known later", () => {
		const cdn = resource("Cdn", "cdn", { origin: ref("files", "bucketDomainName") });
		const bucket = (region: string) => resource("SpacesBucket", "files", { region });
		const { changes } = compareStates(comparison([bucket("fra1"), cdn], [bucket("ams3"), cdn]));
		expect(changes.find(({ name }) => name === "cdn")?.props[0]?.replaces).toBe("may");
	});

	it("is not passed on by an input that stays as it is", () => {
		const tag = (name: string, more: object) => resource("Tag", "tag", { name, ...more });
		const droplet = resource("Droplet", "app-1", { region: "fra1", size: "s", image: "a", tags: [ref("tag", "name")] });
		const names = (old: string, next: string) =>
			compareStates(comparison([tag(old, {}), droplet], [tag(next, {}), droplet])).changes.map(({ name, op }) => [
				name,
				op,
			]);
		expect(names("a", "a")).toEqual([]);
		expect(names("a", "b")).toEqual([
			["app-1", "update"],
			["tag", "replace"],
		]);
	});

	it("of what goes first drags those that hang on it along, before it", () => {
		const cluster = (engine: string) =>
			resource(
				"DatabaseCluster",
				"database",
				{ engine, version: "17", size: "s", nodeCount: 1 },
				{ deleteBeforeReplace: true },
			);
		const db = resource("DatabaseDb", "database-db", { clusterId: ref("database", "id") });
		const { changes } = compareStates(comparison([cluster("pg"), db], [cluster("mysql"), db]));
		expect(changes.map(({ name, order }) => [name, order])).toEqual([
			["database", "delete-first"],
			["database-db", "delete-first"],
		]);
	});

	it("may change a secret of what waits for it: nobody can see what is in there", () => {
		const pool = (size: number) =>
			resource("DatabaseConnectionPool", "database-pool", { clusterId: "c", name: "app", size });
		const dependsOn = [urnOf("DatabaseConnectionPool", "database-pool")];
		const secrets = (awaited: string[]) =>
			resource(
				"SpacesBucketObject",
				"secrets",
				{ key: "app/secrets.json", content: { "[secret]": "digest" } },
				{ dependsOn: awaited },
			);
		const names = (awaited: string[]) =>
			compareStates(comparison([pool(1), secrets(awaited)], [pool(2), secrets(awaited)])).changes.map(
				({ name }) => name,
			);
		expect([names(dependsOn), names([])]).toEqual([["database-pool", "secrets"], ["database-pool"]]);
	});

	it("deletes first when the program itself named it", () => {
		const volume = (name: string | null, region: string) =>
			resource("Volume", "data", { region, size: 1, ...(name === null ? {} : { name }) });
		const order = (name: string | null) =>
			compareStates(comparison([volume(name, "fra1")], [volume(name, "ams3")])).changes[0]?.order;
		expect([order(null), order("data")]).toEqual(["create-first", "delete-first"]);
	});
});

describe("who was who", () => {
	const cluster = (name: string, aliases: string[] = []) =>
		resource("DatabaseCluster", name, { engine: "pg" }, { aliases });
	it.each([
		["a URN", urnOf("DatabaseCluster", "db")],
		["the parts that differ", JSON.stringify({ name: "db" })],
	])("is told by an alias: %s", (_, alias) => {
		const { changes, totals } = compareStates(comparison([cluster("db")], [cluster("database", [alias])]));
		expect([changes, totals.same]).toEqual([[], 1]);
	});

	it("follows a parent that was renamed", () => {
		const urn = (parent: string, type: string, name: string) => `urn:pulumi:lab::tierstack::${parent}${type}::${name}`;
		const parent = (type: string, aliases: string[]) => ({
			...resource(type, "database", {}, { custom: false, aliases }),
			urn: urn("", type, "database"),
		});
		const child = (type: string) => ({
			...cluster("database"),
			urn: urn(`${type}$`, typeOf("DatabaseCluster"), "database"),
			parentUrn: urn("", type, "database"),
		});
		const before = [parent("tierstack:x:Single", []), child("tierstack:x:Single")];
		const after = [
			parent("tierstack:x:Database", [urn("", "tierstack:x:Single", "database")]),
			child("tierstack:x:Database"),
		];
		expect(compareStates(comparison(before, after)).changes).toEqual([]);
		expect(
			compareStates(comparison(before, [parent("tierstack:x:Database", []), child("tierstack:x:Database")])).verdict,
		).toBe("blocked");
	});
});

describe("an opening", () => {
	const grant = (who: string, ports: readonly [number, number] | null = null, what = "tcp") => ({ what, ports, who });
	it.each([
		["another range", [grant("10.0.0.0/8")], [grant("10.0.0.0/8"), grant("192.0.2.0/24")], "wider"],
		["a larger range", [grant("192.0.2.0/24")], [grant("192.0.0.0/16")], "wider"],
		["a smaller range", [grant("192.0.0.0/16")], [grant("192.0.2.0/24")], "narrower"],
		["an address inside", [grant("192.0.2.0/24")], [grant("192.0.2.7")], "narrower"],
		["everybody", [grant("192.0.2.0/24")], [grant("0.0.0.0/0")], "wider"],
		["a group instead of everybody", [grant("0.0.0.0/0")], [grant("tag:web")], "narrower"],
		["IPv6 beside IPv4", [grant("0.0.0.0/0")], [grant("0.0.0.0/0"), grant("::/0")], "wider"],
		["another port", [grant("10.0.0.0/8", [80, 80])], [grant("10.0.0.0/8", [80, 81])], "wider"],
		["another protocol", [grant("10.0.0.0/8")], [grant("10.0.0.0/8", null, "udp")], "wider"],
		["the same", [grant("10.0.0.0/8")], [grant("10.0.0.0/8")], "same"],
		["one more and one less", [grant("10.0.0.0/8")], [grant("172.16.0.0/12")], "wider"],
	] as const)("to %s", (_, before, after, expected) => {
		expect(compareGrants(before, after)).toBe(expected);
	});

	const firewall = (sources: string[]) =>
		resource("Firewall", "firewall", {
			inboundRules: [{ protocol: "tcp", portRange: "22", sourceAddresses: sources }],
		});
	const bucket = (acl: string) => resource("SpacesBucket", "files", { region: "fra1", acl });
	const balancer = (allows: string[]) => resource("LoadBalancer", "lb", { firewall: { allows } });
	const trusted = (name: string, type: string) =>
		resource("DatabaseFirewall", name, { clusterId: "c", rules: [{ type, value: "x" }] });
	it.each([
		["SSH from one more range", firewall(["192.0.2.0/24"]), firewall(["192.0.2.0/24", "198.51.100.0/24"]), "wider"],
		["SSH from fewer", firewall(["192.0.2.0/24", "198.51.100.0/24"]), firewall(["192.0.2.0/24"]), "narrower"],
		["a bucket everybody reads", bucket("private"), bucket("public-read"), "wider"],
		["a balancer everybody reaches", balancer(["cidr:192.0.2.0/24"]), balancer([]), "wider"],
		["a database another group reaches", trusted("f", "tag"), trusted("f", "k8s"), "wider"],
	] as const)("is seen: %s", (_, before, after, expected) => {
		const { changes, reasons } = compareStates(comparison([before], [after]));
		expect(changes[0]?.security).toBe(expected);
		expect(reasons.some(({ risk }) => risk === "exposure")).toBe(expected === "wider");
	});

	it("is told first among what needs an acceptance", () => {
		const host = (size: string) => resource("Droplet", "app-1", { region: "fra1", size });
		const { reasons } = compareStates(
			comparison([firewall(["192.0.2.0/24"]), host("a")], [firewall(["0.0.0.0/0"]), host("b")]),
		);
		expect(reasons[0]?.risk).toBe("exposure");
	});

	it("by a key to a bucket that was there before; a new bucket's own key opens nothing", () => {
		const files = resource("SpacesBucket", "files", { region: "fra1" });
		const key = resource("SpacesKey", "files-key", { grants: [{ bucket: ref("files", "name"), permission: "read" }] });
		const security = (before: (typeof key)[]) =>
			compareStates(comparison(before, [files, key])).changes.find(({ name }) => name === "files-key")?.security;
		expect([security([files]), security([])]).toEqual(["wider", "same"]);
	});
});

describe("what goes with what it lives in", () => {
	const cluster = resource("KubernetesCluster", "app-cluster", { version: "1.34.1-do.0" });
	const web = resource("kubernetes:apps/v1:Deployment", "app-process-web", { spec: { replicas: 2 } });
	const address = resource("ReservedIp", "network-address", { region: "fra1" });
	const assignment = resource("ReservedIpAssignment", "network-address-assignment", {
		ipAddress: ref("network-address", "ipAddress"),
	});
	const asked = (...gone: (typeof web)[]) =>
		compareStates(comparison(gone, [])).reasons.map(({ risk, urn }) => `${risk} ${urn?.split("::").at(-1)}`);

	it("is told once, there: a process of a cluster that goes", () => {
		expect(asked(cluster, web)).toEqual(["data-loss app-cluster", "downtime app-cluster"]);
		expect(asked(web)).toEqual(["downtime app-process-web"]);
	});

	it("is told once, there: the assignment of an address that goes", () => {
		expect(asked(address, assignment)).toEqual(["downtime network-address", "one-way network-address"]);
	});
});

describe("money", () => {
	it("stands on the resource that costs it, slot by slot, and on its role", () => {
		const host = (slot: number) => resource("Droplet", `app-${slot}`, { size: "s" }, { role: "app" });
		const pool = (count: number) =>
			component({ unitMonthlyUsd: 10, monthlyUsd: 10 * count, count: { min: count, max: count } });
		const at = (count: number, tier: string) =>
			side(
				Array.from({ length: count }, (_, index) => host(index + 1)),
				{ blueprint: blueprint({ tier, components: [pool(count)] }) },
			);
		const { cost, changes } = compareStates({ ...comparison([], []), from: at(1, "starter"), to: at(3, "small") });
		expect(changes.map(({ name, cost: own }) => [name, own.delta])).toEqual([
			["app-2", 10],
			["app-3", 10],
		]);
		expect(cost).toMatchObject({
			before: 10,
			after: 30,
			delta: 20,
			byRole: { app: { before: 10, after: 30, delta: 20 } },
		});
	});

	it("includes what is kept, and says what has no price", () => {
		const old = component({ role: "database", name: "database", sku: "db", unitMonthlyUsd: 15, monthlyUsd: 15 });
		const odd = component({ role: "files", name: "files", sku: "b", unitMonthlyUsd: null, monthlyUsd: null });
		const cluster = resource("DatabaseCluster", "database", { engine: "pg" }, { role: "database" });
		const to = side([cluster], { blueprint: blueprint({ tier: "small" }), kept: [old, odd] });
		const { cost, kept } = compareStates({ ...comparison([cluster], []), to });
		expect(cost.after).toBe(15);
		expect(cost.coverage).toEqual({ priced: 1, free: 0, unpriced: 1, unpricedIds: ["files/files"] });
		expect(kept).toEqual([{ urn: cluster.urn, monthlyUsd: 15 }]);
	});

	it("is not known against a record that was written without prices", () => {
		const bare = blueprint({ components: [parts.hosts("s")] });
		const noPrices = { ...bare, cost: { ...bare.cost, pricesAsOf: null } };
		const { cost } = compareStates({ ...comparison([], []), from: side([], { blueprint: noPrices }) });
		expect([cost.before, cost.delta]).toEqual([null, null]);
	});
});

describe("what explains a change", () => {
	const database = (size: string) =>
		resource("DatabaseCluster", "database", { engine: "pg", size, nodeCount: 1 }, { role: "database" });
	const sized = (sku: string, told = {}) =>
		blueprint({ components: [component({ role: "database", name: "database", sku })], ...told });
	const explained = (told: object, rest: object = {}) => {
		const from = side([database("a")], { blueprint: sized("a") });
		const to = side([database("b")], { blueprint: sized("b", told) });
		return compareStates({ ...comparison([], []), from, to, ...rest }).changes[0]?.explainedBy;
	};
	it.each([
		["the tier", { tier: "small" }, {}, "tiers.small.database"],
		["the measured workload", { workload: { clients: 90 } }, {}, "tierstack:workload"],
		["a pin", {}, { changedKeys: ["pins"] }, "tierstack:pins"],
		["the region", { region: "ams3" }, {}, "tierstack:region"],
	] as const)("%s", (_, told, rest, field) => {
		expect(explained(told, rest)).toBe(field);
	});

	it("nothing, when neither tier nor stack file differ: it comes from the program", () => {
		const tag = (name: string) => resource("Tag", "tag", { name }, { role: "network" });
		const same = { from: side([tag("a")]), to: side([tag("b")]) };
		expect(compareStates({ ...comparison([], []), ...same }).changes[0]?.explainedBy).toBeNull();
		const told = compareStates({ ...comparison([], []), ...same, changedKeys: ["access.sshFrom"] });
		expect(told.changes[0]?.explainedBy).toBe("tierstack:access.sshFrom");
	});
});

describe("versions", () => {
	it.each([
		["16", "17", -1],
		["1.34.1-do.0", "1.33.4-do.0", 1],
		["8", "8", 0],
		["8", "8.0", 0],
	] as const)("%s before %s: %s", (left, right, sign) => {
		expect(Math.sign(compareVersions(left, right) ?? Number.NaN)).toBe(sign);
	});

	it("are not guessed", () => {
		expect(compareVersions("latest", "17")).toBeNull();
	});
});
