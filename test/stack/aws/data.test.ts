import { beforeAll, describe, expect, test } from "vitest";
import type { DesiredResource, DesiredState } from "../../../src/changes/desired.ts";
import type { Blueprint, Component } from "../../../src/sizing/blueprint.ts";
import { ref, resource } from "../../builders/desired.ts";
import { climb, LADDERS } from "./built.ts";

/* What holds data on AWS, over every ladder climbed from its first tier to its last. */

function all(state: DesiredState, type: string): readonly DesiredResource[] {
	return state.resources.filter((each) => each.custom && each.type === `aws:${type}`);
}

const SERVER = "rds/instance:Instance";
const CLUSTER = "rds/cluster:Cluster";
const MEMBER = "rds/clusterInstance:ClusterInstance";
const CACHE = "elasticache/replicationGroup:ReplicationGroup";

/** The component a tier asks for itself, run by the cloud. */
function wanted({ components }: Blueprint, role: Component["role"], name: string): Component | undefined {
	return components.find((each) => each.role === role && each.name === name && each.sku !== "on-host");
}

/** What a property of each is, over all of a kind. */
function each(state: DesiredState, type: string, key: string): unknown[] {
	return all(state, type).map(({ inputs }) => inputs[key]);
}

/**
 * What sizing says of each of these roles: read by the stack, or told to people only. A setting that is neither would be
 * a wish nobody carries out.
 */
const SETTINGS: Readonly<Record<string, { readonly read: readonly string[]; readonly told: readonly string[] }>> = {
	database: {
		read: [
			"engine",
			"version",
			"standbyNodes",
			"storageGb",
			"storageType",
			"iops",
			"kind",
			"maxConnections",
			"poolSize",
			"region",
		],
		// How many zones follows from the standby; how many clients there are was sizing's question.
		told: ["zones", "connections"],
	},
	cache: {
		read: ["engine", "version", "kind", "standbyNodes", "shards", "zones", "eviction", "persistence"],
		told: ["usableGib"],
	},
	files: { read: ["versioning", "lifecycleDays", "storageGb"], told: [] },
	queue: { read: [], told: ["millionRequests"] },
	cdn: { read: [], told: ["transferGb"] },
	backup: {
		read: ["everyHours", "dumpDays", "keepDays", "region"],
		// Machines are not copied as such here: their disks hold nothing but the data volume, which is.
		told: ["storageGb", "copiesFiles", "versioning", "machines"],
	},
	monitoring: { read: [], told: ["alarms"] },
};

test("every setting that sizing gives to what holds data is read, or known to be for people only", () => {
	for (const { sized } of LADDERS) {
		for (const { ladder, tier, components } of sized) {
			for (const { role, name, sku, settings } of components) {
				const known = SETTINGS[role];
				if (known === undefined || sku === "on-host") continue;
				const unknown = Object.keys(settings).filter((key) => ![...known.read, ...known.told].includes(key));
				expect(unknown, `${ladder} ${tier} ${role}/${name}`).toEqual([]);
				if (role === "backup") expect(settings.machines, `${ladder} ${tier}`).toBe("none");
			}
		}
	}
});

describe.each(LADDERS)("$name", ({ sized }) => {
	let tiers: readonly { readonly tier: string; readonly state: DesiredState; readonly plan: Blueprint }[] = [];
	beforeAll(async () => {
		const built = await climb(sized);
		tiers = built.map(({ tier, state }) => {
			const plan = sized.find((blueprint) => blueprint.tier === tier);
			if (plan === undefined) throw new Error(`no plan of ${tier}`);
			return { tier, state, plan };
		});
	}, 60_000);

	test("the database is the class and size the plan bought, of the kind it asks for", () => {
		for (const { tier, state, plan } of tiers) {
			const asked = wanted(plan, "database", "database");
			if (asked === undefined) continue;
			if (asked.settings.kind === "aurora") {
				const members = all(state, "rds/clusterInstance:ClusterInstance").filter(({ name }) =>
					/^database-aurora-\d+$/.test(name),
				);
				const readers = wanted(plan, "database", "replica")?.count.max ?? 0;
				expect(members.length, tier).toBe(1 + Number(asked.settings.standbyNodes) + readers);
				for (const { inputs } of members) expect(inputs.instanceClass, tier).toBe(asked.sku);
				continue;
			}
			const { inputs } = resource(state, "database", "Instance");
			expect(inputs, tier).toMatchObject({
				engine: asked.settings.engine,
				engineVersion: asked.settings.version,
				instanceClass: asked.sku,
				allocatedStorage: asked.settings.storageGb,
				storageType: "gp3",
				multiAz: Number(asked.settings.standbyNodes) > 0,
			});
		}
	});

	test("databases are encrypted, closed, backed up for a week at least, and go with a last snapshot only", () => {
		for (const { tier, state } of tiers) {
			const primaries = [...all(state, SERVER), ...all(state, CLUSTER)].filter(
				({ name }) => !/-replica-|-secondary/.test(name),
			);
			for (const { name, inputs, protect } of primaries) {
				expect(inputs, `${tier} ${name}`).toMatchObject({
					storageEncrypted: true,
					deletionProtection: true,
					skipFinalSnapshot: false,
					deleteAutomatedBackups: false,
					copyTagsToSnapshot: true,
				});
				expect(inputs.finalSnapshotIdentifier, `${tier} ${name}`).toMatch(/-final$/);
				expect(inputs.backupRetentionPeriod, `${tier} ${name}`).toBeGreaterThanOrEqual(7);
				expect(inputs.backupRetentionPeriod, `${tier} ${name}`).toBeLessThanOrEqual(35);
				expect(protect, `${tier} ${name}`).toBe(true);
			}
			for (const { name, inputs } of all(state, SERVER)) {
				expect(inputs.publiclyAccessible, `${tier} ${name}`).toBe(false);
				expect(inputs.maxAllocatedStorage, `${tier} ${name}`).toBeGreaterThanOrEqual(
					2 * Number(inputs.allocatedStorage ?? 0),
				);
			}
		}
	});

	test("plain text is refused by the server, and slow statements are logged from the plan's own limit", () => {
		for (const { tier, state, plan } of tiers) {
			const limit = plan.settings["thresholds.queryMs.warning"];
			const groups = [
				...all(state, "rds/parameterGroup:ParameterGroup"),
				...all(state, "rds/clusterParameterGroup:ClusterParameterGroup"),
			];
			for (const { name, inputs } of groups) {
				const told = JSON.stringify(inputs.parameters);
				expect(told, `${tier} ${name}`).toMatch(/"name":"(rds\.force_ssl|require_secure_transport)","value":"1"/);
				if (typeof limit === "number") expect(told, `${tier} ${name}`).toContain(`"value":"${limit}"`);
			}
			const urls = JSON.stringify(state.outputs.databaseUrl ?? null);
			expect(urls, tier).not.toContain("password.drawn");
		}
	});

	test("only the application's group reaches databases and caches, on their own port", () => {
		for (const { tier, state } of tiers) {
			const rules = all(state, "vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(({ name }) =>
				/^(database|cache)/.test(name),
			);
			const services = [...all(state, SERVER), ...all(state, CLUSTER), ...all(state, CACHE)];
			if (services.length > 0) expect(rules.length, tier).toBeGreaterThan(0);
			for (const { name, inputs } of rules) {
				expect(inputs, `${tier} ${name}`).not.toHaveProperty("cidrIpv4");
				expect(inputs.referencedSecurityGroupId, `${tier} ${name}`).toMatch(/^\$\{network-.*hosts\.id\}$/);
				expect(inputs.fromPort, name).toBe(inputs.toPort);
				expect([5432, 3306, 6379], name).toContain(inputs.fromPort);
			}
			for (const { inputs } of services.filter(({ name }) => !/secondary|replica/.test(name))) {
				expect(JSON.stringify(inputs), tier).toMatch(/(database|cache|cache-cluster)-subnets\.name/);
			}
		}
	});

	test("read replicas follow the primary, and a copy stands in the second region where the plan has one", () => {
		for (const { tier, state, plan } of tiers) {
			const asked = wanted(plan, "database", "database");
			const shared = asked?.settings.kind === "aurora";
			const replicas = all(state, SERVER).filter(({ name }) => name.startsWith("database-replica-"));
			expect(replicas.length, tier).toBe(shared ? 0 : (wanted(plan, "database", "replica")?.count.max ?? 0));
			for (const { inputs } of replicas) {
				expect(inputs.replicateSourceDb, tier).toBe(ref("database-subnets", "name"));
				// What the source decides, or what only a primary has, is refused on a replica.
				expect(inputs.storageEncrypted, tier).toBe(true);
				for (const key of ["username", "password", "dbName", "engine", "allocatedStorage"]) {
					expect(inputs, `${tier} ${key}`).not.toHaveProperty(key);
				}
			}
			const own = [...all(state, SERVER), ...all(state, CLUSTER)].filter(
				({ name }) => !/-(secondary|replica)/.test(name),
			);
			for (const { inputs } of own) {
				expect(inputs, tier).toMatchObject({ storageEncrypted: true, kmsKeyId: ref("database-key", "arn") });
			}
			for (const { inputs } of [...all(state, SERVER), ...all(state, MEMBER)]) {
				if (inputs.performanceInsightsEnabled !== true) continue;
				const key = inputs.region === undefined ? "database-key" : "database-secondary-key";
				expect(inputs.performanceInsightsKmsKeyId, tier).toEqual(ref(key, "arn"));
			}
			const second = wanted(plan, "database", "secondary");
			const copies = [...all(state, SERVER), ...all(state, CLUSTER)].filter(({ name }) => /-secondary/.test(name));
			expect(copies.length, tier).toBe(second === undefined ? 0 : 1);
			for (const { inputs } of copies) {
				expect(inputs.region, tier).toBe(second?.settings.region);
				expect(inputs, tier).toMatchObject({ storageEncrypted: true, kmsKeyId: ref("database-secondary-key", "arn") });
			}
			expect(all(state, "rds/globalCluster:GlobalCluster").length, tier).toBe(shared && second !== undefined ? 1 : 0);
		}
	});

	test("caches are encrypted on disk and on the wire, take a token, and fail over where the plan has a standby", () => {
		for (const { tier, state, plan } of tiers) {
			const asked = wanted(plan, "cache", "cache");
			const caches = all(state, CACHE);
			const cluster = asked?.settings.kind === "cluster";
			const used = cluster ? "cache-cluster" : "cache";
			if (asked !== undefined)
				expect(
					caches.map(({ name }) => name),
					tier,
				).toContain(used);
			for (const { name, inputs } of caches) {
				expect(inputs, tier).toMatchObject({
					atRestEncryptionEnabled: true,
					transitEncryptionEnabled: true,
					authToken: { "[secret]": expect.any(String) },
					autoMinorVersionUpgrade: false,
				});
				if (asked === undefined || name !== used) continue;
				const standby = Number(asked.settings.standbyNodes);
				expect(inputs, tier).toMatchObject({
					engine: asked.settings.engine,
					nodeType: asked.sku,
					...(cluster
						? { clusterMode: "enabled", numNodeGroups: asked.settings.shards, replicasPerNodeGroup: standby }
						: { numCacheClusters: 1 + standby }),
					automaticFailoverEnabled: standby > 0,
					multiAzEnabled: standby > 0 && Number(asked.settings.zones) > 1,
				});
				expect(Number(inputs.snapshotRetentionLimit) > 0, tier).toBe(asked.settings.persistence === "rdb");
				const group = JSON.stringify(resource(state, `${used}-parameters`, "ParameterGroup").inputs.parameters);
				expect(group, tier).toContain(`"value":"${asked.settings.eviction}"`);
				expect(group.includes("cluster-enabled"), tier).toBe(cluster);
			}
		}
	});

	test("every bucket is private, encrypted and closed to plain HTTP; none with users' data goes with it", () => {
		for (const { tier, state } of tiers) {
			const buckets = all(state, "s3/bucket:Bucket");
			expect(buckets.length, tier).toBeGreaterThan(0);
			for (const { name, inputs, protect, retainOnDelete } of buckets) {
				const of = (kind: string, end: string) => resource(state, `${name}-${end}`, kind).inputs;
				expect(inputs, name).not.toHaveProperty("bucket");
				expect(of("BucketPublicAccessBlock", "private"), `${tier} ${name}`).toMatchObject({
					blockPublicAcls: true,
					blockPublicPolicy: true,
					ignorePublicAcls: true,
					restrictPublicBuckets: true,
				});
				expect(of("BucketOwnershipControls", "ownership").rule, name).toEqual({
					objectOwnership: "BucketOwnerEnforced",
				});
				expect(JSON.stringify(of("BucketServerSideEncryptionConfiguration", "encryption"))).toContain("AES256");
				expect(of("BucketPolicy", "policy").policy, `${tier} ${name}`).toContain('"aws:SecureTransport":"false"');
				expect(JSON.stringify(of("BucketLifecycleConfiguration", "lifecycle"))).toContain("daysAfterInitiation");
				if (name.endsWith("-logs")) continue;
				expect(inputs.forceDestroy, `${tier} ${name}`).toBe(false);
				expect(protect || retainOnDelete, `${tier} ${name}`).toBe(true);
			}
		}
	});

	test("versions are kept as the plan says, and a copy of the files is made where copies leave the region", () => {
		for (const { tier, state, plan } of tiers) {
			const asked = wanted(plan, "files", "files");
			if (asked === undefined) continue;
			const region = wanted(plan, "backup", "backup")?.settings.region ?? null;
			const versioning = resource(state, "files-versioning", "BucketVersioning").inputs;
			const on = asked.settings.versioning === true || region !== null;
			expect(versioning.versioningConfiguration, tier).toEqual({ status: on ? "Enabled" : "Suspended" });
			const rules = JSON.stringify(resource(state, "files-lifecycle", "BucketLifecycleConfiguration").inputs.rules);
			const days = asked.settings.lifecycleDays;
			if (days === null) expect(rules, tier).not.toContain("noncurrentDays");
			else expect(rules, tier).toContain(`"noncurrentDays":${days}`);
			const copies = state.resources.filter(({ name }) => name === "files-replication");
			expect(copies.length, tier).toBe(region === null ? 0 : 1);
			if (region === null) continue;
			expect(resource(state, "files-copy", "Bucket").inputs.region, tier).toBe(region);
			for (const key of ["private", "ownership", "encryption", "versioning", "lifecycle", "policy"]) {
				const part = state.resources.find(({ name }) => name === `files-copy-${key}`);
				expect(part?.inputs.region, `${tier} ${key}`).toBe(region);
			}
		}
	});

	test("the provider copies the database and the data volume as often and as long as the plan says", () => {
		for (const { tier, state, plan } of tiers) {
			const settings = wanted(plan, "backup", "backup")?.settings ?? {};
			const [rule] = Object(resource(state, "backup-plan", "Plan").inputs.rules);
			expect(rule.lifecycle, tier).toEqual({ deleteAfter: settings.keepDays });
			const hours = Number(settings.everyHours);
			expect(rule.schedule, tier).toBe(hours >= 24 ? "cron(0 0 * * ? *)" : `cron(0 0/${hours} * * ? *)`);
			const second = all(state, "backup/vault:Vault").find(({ name }) => name === "backup-vault-copy");
			expect(second?.inputs.region ?? null, tier).toBe(settings.region);
			expect(rule.copyActions?.length ?? 0, tier).toBe(settings.region === null ? 0 : 1);
			const covered = JSON.stringify(resource(state, "backup-selection", "Selection").inputs.resources);
			for (const { name } of [...all(state, SERVER), ...all(state, CLUSTER)]) {
				if (!/-replica-|-secondary/.test(name)) expect(covered, tier).toContain(ref(name, "arn"));
			}
		}
	});

	test("a queue keeps what failed apart, and is the same in every tier that has one", () => {
		const seen = new Set<string>();
		for (const { tier, state, plan } of tiers) {
			const queues = all(state, "sqs/queue:Queue");
			if (wanted(plan, "queue", "queue") !== undefined) expect(queues.length, tier).toBe(2);
			for (const { name, inputs, protect } of queues) {
				expect(inputs.sqsManagedSseEnabled, `${tier} ${name}`).toBe(true);
				expect(protect, `${tier} ${name}`).toBe(true);
				seen.add(`${name} ${JSON.stringify(inputs)}`);
			}
		}
		expect([0, 2]).toContain(seen.size);
	});

	test("an edge reads the bucket alone, over HTTPS, under a name of the stack's with TLS 1.2 at least", () => {
		for (const { tier, state, plan } of tiers) {
			const edges = all(state, "cloudfront/distribution:Distribution");
			expect(edges.length, tier).toBe(wanted(plan, "cdn", "cdn") === undefined ? 0 : 1);
			for (const { inputs } of edges) {
				expect(JSON.stringify(inputs.origins), tier).toContain(ref("cdn-access", "id"));
				expect(inputs.defaultCacheBehavior, tier).toMatchObject({ viewerProtocolPolicy: "redirect-to-https" });
				expect(inputs.viewerCertificate, tier).toMatchObject({ minimumProtocolVersion: "TLSv1.2_2021" });
				expect(inputs.aliases, tier).toEqual(["cdn.example.com"]);
				expect(resource(state, "cdn-certificate", "Certificate").inputs.domainName, tier).toBe("cdn.example.com");
				expect(resource(state, "files-policy", "BucketPolicy").inputs.policy, tier).toContain(ref("cdn", "arn"));
				expect(each(state, "cloudwatch/logDelivery:LogDelivery", "deliverySourceName"), tier).toHaveLength(1);
			}
		}
	});

	test("what is written once never changes by a promotion", () => {
		const frozen: readonly [type: string, keys: readonly string[]][] = [
			[SERVER, ["engine", "identifier", "dbName", "username", "storageEncrypted", "dbSubnetGroupName", "port"]],
			[CLUSTER, ["engine", "clusterIdentifier", "databaseName", "masterUsername", "storageEncrypted"]],
			[CACHE, ["atRestEncryptionEnabled", "subnetGroupName", "port", "transitEncryptionEnabled"]],
			["s3/bucket:Bucket", ["bucket", "region"]],
			["secretsmanager/secretVersion:SecretVersion", ["secretId", "secretString"]],
			["backup/vault:Vault", ["name", "region"]],
		];
		for (const [type, keys] of frozen) {
			const seen = new Map<string, Set<string>>();
			for (const { state } of tiers) {
				for (const { name, inputs } of all(state, type)) {
					// What hosts read is written anew by each promotion.
					if (name.startsWith("settings-")) continue;
					const told = JSON.stringify(keys.map((key) => inputs[key] ?? null));
					seen.set(name, (seen.get(name) ?? new Set()).add(told));
				}
			}
			for (const [name, told] of seen) expect(told.size, `${type} ${name}`).toBe(1);
		}
	});
});
