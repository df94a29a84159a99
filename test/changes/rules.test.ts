import { describe, expect, it } from "vitest";
import { ruleFor } from "../../src/changes/assess/ruleFor.ts";
import type { Outcome } from "../../src/changes/changeSet.ts";
import { diffInputs } from "../../src/changes/diff/diffInputs.ts";
import { IMPACTS, knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import type { PropertyRule } from "../../src/changes/impact/rule.ts";
import type { Plain, PlainRecord } from "../../src/words.ts";
import { resource, typeOf } from "./builders.ts";

/** One step of one property, and what the catalogue must say about it. */
interface Case {
	readonly type: string;
	readonly path: string;
	readonly from: Plain;
	readonly to: Plain;
	/** Inputs on both sides. */
	readonly given?: PlainRecord;
	/** Inputs on the new side only. */
	readonly also?: PlainRecord;
	readonly disk?: number;
	readonly says: readonly [outcome: Outcome, downtime: string, data: string, undo: string];
	/** Risk that no other field shows. */
	readonly risk?: string;
	readonly traps: readonly number[];
}

const DISKS = {
	"s-1vcpu-1gb": { vcpu: 1, memoryGib: 1, diskGb: 25 },
	"s-1vcpu-2gb": { vcpu: 1, memoryGib: 2, diskGb: 50 },
	"s-2vcpu-4gb": { vcpu: 2, memoryGib: 4, diskGb: 80 },
	"db-s-1vcpu-1gb": { vcpu: 1, memoryGib: 1, diskGb: null },
	"db-s-1vcpu-2gb": { vcpu: 1, memoryGib: 2, diskGb: null },
	"db-s-2vcpu-4gb": { vcpu: 2, memoryGib: 4, diskGb: null },
};
const QUIET = ["applied", "none", "none", "yes"] as const;
const NOTHING = ["no-effect", "none", "none", "yes"] as const;
const keep = { resizeDisk: false };
const expiry = (days: number) => [{ enabled: true, expiration: { days } }];
const oldVersions = (days: number) => [{ enabled: true, noncurrentVersionExpiration: { days } }];

const CASES: readonly Case[] = [
	// Hosts
	{
		type: "Droplet",
		path: "size",
		from: "s-2vcpu-4gb",
		to: "s-1vcpu-2gb",
		disk: 80,
		given: keep,
		says: ["refused", "none", "kept", "yes"],
		traps: [2],
	},
	{
		type: "Droplet",
		path: "size",
		from: "s-2vcpu-4gb",
		to: "s-1vcpu-2gb",
		given: keep,
		says: ["unknown", "restart", "kept", "yes"],
		traps: [1, 2],
	},
	{
		type: "Droplet",
		path: "size",
		from: "s-1vcpu-2gb",
		to: "s-2vcpu-4gb",
		says: ["interrupts", "restart", "kept", "no"],
		traps: [1, 2],
	},
	{
		type: "Droplet",
		path: "size",
		from: "s-1vcpu-2gb",
		to: "s-2vcpu-4gb",
		given: keep,
		says: ["interrupts", "restart", "kept", "yes"],
		traps: [1, 2],
	},
	{
		type: "Droplet",
		path: "size",
		from: "s-2vcpu-4gb",
		to: "s-1vcpu-2gb",
		disk: 50,
		given: keep,
		says: ["interrupts", "restart", "kept", "yes"],
		traps: [1, 2],
	},
	{
		type: "Droplet",
		path: "size",
		from: "somebody's",
		to: "else's",
		given: keep,
		says: ["unknown", "restart", "kept", "unknown"],
		traps: [1, 2],
	},
	{
		type: "Droplet",
		path: "ipv6",
		from: true,
		to: false,
		says: ["replaced", "restart", "lost-unless-snapshot", "no"],
		traps: [5, 97],
	},
	{ type: "Droplet", path: "ipv6", from: false, to: true, says: ["applied", "none", "none", "partial"], traps: [5] },
	{ type: "Droplet", path: "tags", from: ["web", "host"], to: ["host"], says: QUIET, risk: "exposure", traps: [25] },
	{ type: "Droplet", path: "tags", from: ["host"], to: ["host", "web"], says: QUIET, traps: [25] },
	{ type: "Droplet", path: "name", from: "app-1", to: "app-one", says: QUIET, traps: [25] },
	{ type: "Droplet", path: "backups", from: true, to: false, says: QUIET, risk: "recovery-gap", traps: [] },
	{ type: "Droplet", path: "backups", from: false, to: true, says: QUIET, traps: [] },
	{ type: "Droplet", path: "backupPolicy", from: { plan: "weekly" }, to: { plan: "daily" }, says: QUIET, traps: [] },
	{ type: "Droplet", path: "resizeDisk", from: true, to: false, says: NOTHING, traps: [2] },
	{ type: "Droplet", path: "gracefulShutdown", from: false, to: true, says: NOTHING, traps: [2] },
	{
		type: "DropletAutoscale",
		path: "config",
		from: { minInstances: 2 },
		to: { minInstances: 3 },
		says: QUIET,
		traps: [29],
	},
	{ type: "DropletAutoscale", path: "name", from: "a", to: "b", says: QUIET, traps: [] },
	{
		type: "DropletAutoscale",
		path: "dropletTemplate",
		from: { size: "a" },
		to: { size: "b" },
		says: ["unknown", "unknown", "none", "yes"],
		traps: [29],
	},
	// Volumes
	{ type: "Volume", path: "size", from: 50, to: 20, says: ["refused", "none", "kept", "yes"], traps: [26] },
	{ type: "Volume", path: "size", from: 20, to: 50, says: ["applied", "none", "kept", "no"], traps: [26] },
	{ type: "Volume", path: "tags", from: ["a"], to: ["b"], says: QUIET, traps: [] },
	{ type: "VolumeSnapshot", path: "tags", from: ["a"], to: ["b"], says: QUIET, traps: [] },
	// Kubernetes
	{
		type: "KubernetesCluster",
		path: "version",
		from: "1.34.1-do.0",
		to: "1.33.4-do.0",
		says: ["replaced", "outage", "lost", "no"],
		traps: [27, 97],
	},
	{
		type: "KubernetesCluster",
		path: "version",
		from: "1.33.4-do.0",
		to: "1.34.1-do.0",
		says: ["interrupts", "rolling", "kept", "no"],
		traps: [27],
	},
	{
		type: "KubernetesCluster",
		path: "ha",
		from: true,
		to: false,
		says: ["refused", "none", "kept", "yes"],
		traps: [27],
	},
	{
		type: "KubernetesCluster",
		path: "ha",
		from: false,
		to: true,
		says: ["applied", "none", "none", "no"],
		traps: [27],
	},
	{
		type: "KubernetesCluster",
		path: "nodePool",
		from: { nodeCount: 2 },
		to: { nodeCount: 3 },
		says: QUIET,
		traps: [27],
	},
	{ type: "KubernetesCluster", path: "surgeUpgrade", from: false, to: true, says: QUIET, traps: [28] },
	{
		type: "KubernetesNodePool",
		path: "maxNodes",
		from: 8,
		to: 4,
		says: ["applied", "rolling", "none", "yes"],
		traps: [27],
	},
	{ type: "KubernetesNodePool", path: "maxNodes", from: 4, to: 8, says: QUIET, traps: [27] },
	// Databases
	{
		type: "DatabaseCluster",
		path: "nodeCount",
		from: 1,
		to: 2,
		given: { size: "db-s-1vcpu-1gb" },
		says: ["refused", "none", "kept", "yes"],
		traps: [7],
	},
	{
		type: "DatabaseCluster",
		path: "version",
		from: "8",
		to: "7",
		given: { engine: "valkey" },
		says: NOTHING,
		traps: [11],
	},
	{
		type: "DatabaseCluster",
		path: "version",
		from: "17",
		to: "16",
		given: { engine: "pg" },
		says: ["refused", "none", "kept", "yes"],
		traps: [11],
	},
	{
		type: "DatabaseCluster",
		path: "version",
		from: "16",
		to: "17",
		given: { engine: "pg" },
		also: { nodeCount: 2 },
		says: ["refused", "none", "kept", "yes"],
		traps: [11],
	},
	{
		type: "DatabaseCluster",
		path: "version",
		from: "16",
		to: "17",
		given: { engine: "pg" },
		says: ["interrupts", "restart", "kept", "no"],
		traps: [11],
	},
	{
		type: "DatabaseCluster",
		path: "size",
		from: "db-s-1vcpu-2gb",
		to: "db-s-2vcpu-4gb",
		says: ["interrupts", "brief", "kept", "partial"],
		traps: [6],
	},
	{
		type: "DatabaseCluster",
		path: "size",
		from: "db-s-2vcpu-4gb",
		to: "db-s-1vcpu-2gb",
		says: ["unknown", "brief", "kept", "yes"],
		traps: [6],
	},
	{
		type: "DatabaseCluster",
		path: "size",
		from: "somebody's",
		to: "else's",
		says: ["unknown", "brief", "kept", "unknown"],
		traps: [6],
	},
	{
		type: "DatabaseCluster",
		path: "nodeCount",
		from: 1,
		to: 2,
		given: { size: "db-s-2vcpu-4gb" },
		says: ["applied", "none", "kept", "yes"],
		traps: [6],
	},
	{
		type: "DatabaseCluster",
		path: "nodeCount",
		from: 2,
		to: 1,
		says: ["applied", "none", "kept", "yes"],
		risk: "recovery-gap",
		traps: [6],
	},
	{
		type: "DatabaseCluster",
		path: "storageSizeMib",
		from: "61440",
		to: "30720",
		says: ["unknown", "none", "kept", "yes"],
		traps: [6, 12],
	},
	{
		type: "DatabaseCluster",
		path: "storageSizeMib",
		from: "30720",
		to: "61440",
		says: ["applied", "none", "kept", "partial"],
		traps: [6, 12],
	},
	{
		type: "DatabaseCluster",
		path: "region",
		from: "fra1",
		to: "ams3",
		says: ["unknown", "unknown", "unknown", "unknown"],
		traps: [10],
	},
	{ type: "DatabaseCluster", path: "storageAutoscale", from: { enabled: true }, to: null, says: NOTHING, traps: [12] },
	{
		type: "DatabaseCluster",
		path: "storageAutoscale",
		from: { enabled: true },
		to: { enabled: false },
		says: QUIET,
		traps: [12],
	},
	{ type: "DatabaseCluster", path: "evictionPolicy", from: "noeviction", to: "allkeys_lru", says: QUIET, traps: [12] },
	{ type: "DatabaseCluster", path: "backupRestore", from: null, to: { databaseName: "a" }, says: NOTHING, traps: [] },
	{
		type: "DatabaseFirewall",
		path: "rules",
		from: [{ type: "tag", value: "a" }],
		to: [{ type: "tag", value: "b" }],
		says: QUIET,
		traps: [13],
	},
	{
		type: "DatabaseReplica",
		path: "size",
		from: "db-s-2vcpu-4gb",
		to: "db-s-1vcpu-2gb",
		says: ["refused", "none", "kept", "yes"],
		traps: [18],
	},
	{
		type: "DatabaseReplica",
		path: "size",
		from: "db-s-1vcpu-2gb",
		to: "db-s-2vcpu-4gb",
		says: ["interrupts", "brief", "kept", "partial"],
		traps: [18],
	},
	{
		type: "DatabaseReplica",
		path: "storageSizeMib",
		from: "61440",
		to: "30720",
		says: ["refused", "none", "kept", "yes"],
		traps: [18],
	},
	{
		type: "DatabaseReplica",
		path: "storageSizeMib",
		from: "30720",
		to: "61440",
		says: ["applied", "none", "kept", "partial"],
		traps: [18],
	},
	{
		type: "DatabaseValkeyConfig",
		path: "persistence",
		from: "rdb",
		to: "off",
		says: QUIET,
		risk: "recovery-gap",
		traps: [17],
	},
	{ type: "DatabaseValkeyConfig", path: "persistence", from: "off", to: "rdb", says: QUIET, traps: [] },
	{ type: "DatabaseValkeyConfig", path: "ssl", from: true, to: false, says: QUIET, risk: "exposure", traps: [] },
	{ type: "DatabasePostgresqlConfig", path: "logMinDurationStatement", from: 100, to: 200, says: QUIET, traps: [] },
	{ type: "DatabaseMysqlConfig", path: "longQueryTime", from: 1, to: 2, says: QUIET, traps: [] },
	// Files
	{
		type: "SpacesBucket",
		path: "name",
		from: "a",
		to: "b",
		says: ["no-effect", "unknown", "unknown", "unknown"],
		traps: [19],
	},
	{
		type: "SpacesBucket",
		path: "lifecycleRules",
		from: expiry(30),
		to: expiry(7),
		says: ["applied", "none", "lost-unless-snapshot", "no"],
		traps: [82],
	},
	{
		type: "SpacesBucket",
		path: "lifecycleRules",
		from: oldVersions(30),
		to: oldVersions(7),
		says: ["applied", "none", "none", "partial"],
		risk: "recovery-gap",
		traps: [82],
	},
	{ type: "SpacesBucket", path: "lifecycleRules", from: expiry(7), to: expiry(30), says: QUIET, traps: [] },
	{
		type: "SpacesBucket",
		path: "versioning",
		from: { enabled: true },
		to: { enabled: false },
		says: QUIET,
		risk: "recovery-gap",
		traps: [82],
	},
	{
		type: "SpacesBucket",
		path: "versioning",
		from: { enabled: false },
		to: { enabled: true },
		says: ["applied", "none", "none", "partial"],
		traps: [82],
	},
	{ type: "SpacesBucket", path: "acl", from: "public-read", to: "private", says: QUIET, traps: [] },
	{ type: "SpacesBucket", path: "forceDestroy", from: false, to: true, says: NOTHING, traps: [22] },
	{ type: "SpacesBucket", path: "forceDestroy", from: true, to: false, says: NOTHING, traps: [22] },
	{ type: "SpacesKey", path: "grants", from: [{ bucket: "a", permission: "read" }], to: [], says: QUIET, traps: [20] },
	{ type: "SpacesBucketPolicy", path: "policy", from: "{}", to: "{ }", says: QUIET, risk: "exposure", traps: [] },
	{ type: "SpacesBucketCorsConfiguration", path: "bucket", from: "a", to: "b", says: QUIET, traps: [] },
	{
		type: "SpacesBucketCorsConfiguration",
		path: "corsRules",
		from: [{ maxAgeSeconds: 1 }],
		to: [{ maxAgeSeconds: 2 }],
		says: QUIET,
		traps: [],
	},
	{
		type: "SpacesBucketObject",
		path: "content",
		from: "a",
		to: "b",
		given: { key: "app/settings.json" },
		says: QUIET,
		traps: [],
	},
	{
		type: "SpacesBucketObject",
		path: "content",
		from: "a",
		to: "b",
		given: { key: "app/host.json" },
		says: ["interrupts", "brief", "none", "yes"],
		traps: [],
	},
	{ type: "SpacesBucketObject", path: "contentType", from: "a", to: "b", says: QUIET, traps: [] },
	{ type: "Cdn", path: "ttl", from: 60, to: 3600, says: QUIET, traps: [] },
	// Load balancer
	{ type: "LoadBalancer", path: "sizeUnit", from: 1, to: 3, says: QUIET, traps: [24] },
	{
		type: "LoadBalancer",
		path: "redirectHttpToHttps",
		from: true,
		to: false,
		says: QUIET,
		risk: "exposure",
		traps: [23],
	},
	{
		type: "LoadBalancer",
		path: "tlsCipherPolicy",
		from: "STRONG",
		to: "DEFAULT",
		says: QUIET,
		risk: "exposure",
		traps: [23],
	},
	{ type: "LoadBalancer", path: "healthcheck", from: { path: "/a" }, to: { path: "/b" }, says: QUIET, traps: [24, 25] },
	// Network
	{ type: "Vpc", path: "description", from: "a", to: "b", says: QUIET, traps: [33] },
	{ type: "Firewall", path: "tags", from: ["a", "b"], to: ["a"], says: QUIET, risk: "exposure", traps: [25] },
	{ type: "Firewall", path: "inboundRules", from: [{ portRange: "22" }], to: [], says: QUIET, traps: [] },
	{ type: "ReservedIp", path: "dropletId", from: 1, to: 2, says: ["interrupts", "brief", "none", "yes"], traps: [35] },
	{ type: "SshKey", path: "name", from: "a", to: "b", says: QUIET, traps: [] },
	{ type: "Project", path: "purpose", from: "a", to: "b", says: QUIET, traps: [8] },
	{ type: "ProjectResources", path: "resources", from: ["a"], to: ["b"], says: QUIET, traps: [8] },
	// Names
	{
		type: "DnsRecord",
		path: "value",
		from: "192.0.2.1",
		to: "192.0.2.2",
		says: ["applied", "rolling", "none", "yes"],
		traps: [24],
	},
	{ type: "DnsRecord", path: "name", from: "a", to: "b", says: ["interrupts", "outage", "none", "yes"], traps: [] },
	{ type: "DnsRecord", path: "ttl", from: 1800, to: 300, says: QUIET, traps: [24] },
	// Alarms
	{ type: "MonitorAlert", path: "value", from: 70, to: 80, says: QUIET, traps: [] },
	{ type: "UptimeCheck", path: "target", from: "a", to: "b", says: QUIET, traps: [] },
	{ type: "UptimeAlert", path: "threshold", from: 1, to: 2, says: QUIET, traps: [] },
	{ type: "UptimeAlert", path: "checkId", from: "a", to: "b", says: ["unknown", "none", "none", "yes"], traps: [] },
	// Objects in a cluster
	{
		type: "kubernetes:apps/v1:Deployment",
		path: "spec",
		from: { strategy: { type: "Recreate" }, template: { a: 1 } },
		to: { strategy: { type: "Recreate" }, template: { a: 2 } },
		says: ["interrupts", "restart", "none", "yes"],
		traps: [],
	},
	{
		type: "kubernetes:apps/v1:Deployment",
		path: "spec",
		from: { template: { a: 1 } },
		to: { template: { a: 2 } },
		says: ["applied", "rolling", "none", "yes"],
		traps: [],
	},
	{
		type: "kubernetes:apps/v1:Deployment",
		path: "spec",
		from: { replicas: 4 },
		to: { replicas: 2 },
		says: ["applied", "rolling", "none", "yes"],
		traps: [],
	},
	{
		type: "kubernetes:apps/v1:Deployment",
		path: "spec",
		from: { replicas: 2 },
		to: { replicas: 4 },
		says: QUIET,
		traps: [],
	},
	{
		type: "kubernetes:core/v1:Service",
		path: "spec",
		from: { ports: [80] },
		to: { ports: [81] },
		says: ["interrupts", "outage", "none", "yes"],
		traps: [],
	},
	{
		type: "kubernetes:core/v1:Service",
		path: "spec",
		from: { selector: { a: "b" } },
		to: { selector: { a: "c" } },
		says: ["interrupts", "brief", "none", "yes"],
		traps: [],
	},
	{
		type: "kubernetes:core/v1:Service",
		path: "spec",
		from: { type: "NodePort" },
		to: { type: "LoadBalancer" },
		says: QUIET,
		risk: "exposure",
		traps: [],
	},
	{
		type: "kubernetes:batch/v1:CronJob",
		path: "spec",
		from: { schedule: "0 0 * * *" },
		to: { schedule: "0 1 * * *" },
		says: QUIET,
		traps: [],
	},
	{
		type: "kubernetes:helm.sh/v3:Release",
		path: "version",
		from: "3.12.2",
		to: "3.13.0",
		says: ["applied", "rolling", "none", "yes"],
		traps: [],
	},
	{
		type: "kubernetes:helm.sh/v3:Release",
		path: "chart",
		from: "metrics-server",
		to: "another-server",
		says: ["unknown", "unknown", "unknown", "unknown"],
		traps: [],
	},
	{ type: "kubernetes:core/v1:ConfigMap", path: "data", from: { a: "b" }, to: { a: "c" }, says: QUIET, traps: [] },
	{ type: "kubernetes:core/v1:Secret", path: "stringData", from: { a: "b" }, to: { a: "c" }, says: QUIET, traps: [] },
	{
		type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
		path: "spec",
		from: { maxReplicas: 4 },
		to: { maxReplicas: 8 },
		says: QUIET,
		traps: [],
	},
	{
		type: "kubernetes:policy/v1:PodDisruptionBudget",
		path: "spec",
		from: { maxUnavailable: 1 },
		to: { maxUnavailable: 2 },
		says: QUIET,
		traps: [],
	},
	...[
		"apps/v1:Deployment",
		"batch/v1:CronJob",
		"core/v1:ConfigMap",
		"core/v1:Secret",
		"core/v1:Service",
		"core/v1:Namespace",
		"networking.k8s.io/v1:Ingress",
		"autoscaling/v2:HorizontalPodAutoscaler",
		"policy/v1:PodDisruptionBudget",
	].map(
		(kind): Case => ({
			type: `kubernetes:${kind}`,
			path: "metadata",
			from: { labels: { a: "b" } },
			to: { labels: { a: "c" } },
			says: QUIET,
			traps: [],
		}),
	),
];

function taken({ type, path, from, to, given = {}, also = {}, disk }: Case): PropertyRule | null {
	const set = (value: Plain) => (value === null ? {} : { [path]: value });
	const old = resource(type, "it", { ...given, ...set(from) });
	const next = resource(type, "it", { ...given, ...also, ...set(to) });
	const knowledge = knowledgeOf(typeOf(type));
	const options = {
		schema: knowledge.schema,
		ignoreChanges: [],
		moved: new Map<string, "may" | "yes">(),
		secretsMayMove: false,
	};
	const leaf = diffInputs(old.inputs, next.inputs, options).find((each) => each.path.startsWith(path));
	if (leaf === undefined) return null;
	const facts = { capacities: DISKS, diskGbByUrn: disk === undefined ? {} : { [next.urn]: disk } };
	return ruleFor(leaf, old, next, knowledge, facts);
}

describe("every rule of the catalogue", () => {
	it.each(CASES)("traps $traps: $type.$path $from -> $to is $says", (each) => {
		const rule = taken(each);
		expect(rule).not.toBeNull();
		const { outcome, downtime, data, undo, risks = [] } = rule?.effect ?? { downtime: { class: "" } };
		expect([outcome, downtime.class, data, undo]).toEqual(each.says);
		expect(rule?.traps).toEqual(each.traps);
		expect(risks.map(({ risk }) => risk)).toEqual(each.risk === undefined ? [] : [each.risk]);
	});

	it("is tried by one of these cases", () => {
		const tried = new Set(CASES.map(taken));
		// AWS has a table of its own: awsRules.test.ts.
		const all = Object.values(IMPACTS)
			.filter(({ prefix }) => prefix !== "aws")
			.flatMap(({ properties }) => properties);
		const untried = all.filter((rule) => !tried.has(rule));
		expect(untried.map(({ type, paths, when }) => `${type} ${paths.join("|")} ${when?.says ?? ""}`)).toEqual([]);
		process.stdout.write(`rules: ${all.length} property rules, ${CASES.length} cases\n`);
	});
});
