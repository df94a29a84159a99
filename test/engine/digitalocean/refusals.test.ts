import { expect, test } from "vitest";
import { Lab, SAMPLES } from "./lab.ts";
import { REFUSALS } from "./refusals.ts";

/** What somebody does, the row that must refuse it (by its source), and what the API says. */
interface Scenario {
	readonly does: string;
	readonly source: RegExp;
	readonly says: RegExp;
	readonly act: (lab: Lab) => Promise<unknown>;
}

const pool = { name: "pool", dbName: "defaultdb", mode: "transaction", size: 10 };
const certificate = { name: "tls", type: "lets_encrypt", domains: ["shop.example"] };
const https = [{ entryProtocol: "https", entryPort: 443, targetProtocol: "http", targetPort: 8080 }];
const autoscale = {
	name: "pool",
	config: { minInstances: 1, maxInstances: 3, targetCpuUtilization: 0.7 },
	dropletTemplate: { ...SAMPLES.droplet, sshKeys: ["1"] },
};

async function attachTwice(lab: Lab, droplets: readonly string[]) {
	const volume = await lab.create("Volume", SAMPLES.volume);
	for (const name of droplets) {
		const droplet = await lab.create("Droplet", SAMPLES.droplet, name);
		await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id }, name);
	}
}

async function pooled(lab: Lab, changes = {}, database = {}) {
	const owner = await lab.create("DatabaseCluster", { ...SAMPLES.database, ...database });
	return await lab.create("DatabaseConnectionPool", { ...pool, clusterId: owner.id, ...changes });
}

const taken = (type: string, inputs: Parameters<Lab["create"]>[1], source: RegExp): Scenario => ({
	does: `takes the name of another ${type}`,
	source,
	says: /^409 .* is already in use$/,
	act: async (lab) => {
		await lab.create(type, inputs, "first");
		await lab.create(type, inputs, "second");
	},
});

const inCluster = (type: string, inputs: Parameters<Lab["create"]>[1], source: RegExp): Scenario => ({
	does: `takes the name of another ${type} of the cluster`,
	source,
	says: /^409/,
	act: async (lab) => {
		const owner = await lab.create(
			type === "KubernetesNodePool" ? "KubernetesCluster" : "DatabaseCluster",
			type === "KubernetesNodePool" ? SAMPLES.cluster : SAMPLES.database,
		);
		await lab.create(type, { ...inputs, clusterId: owner.id }, "first");
		await lab.create(type, { ...inputs, clusterId: owner.id }, "second");
	},
});

const SCENARIOS: readonly Scenario[] = [
	{
		does: "has no token",
		source: /API authentication/,
		says: /^401/,
		act: () => new Lab({ token: false, spaces: true }).create("Droplet", SAMPLES.droplet),
	},
	{
		does: "has a token but no Spaces keys",
		source: /spacesBucket.d.ts/,
		says: /^403 Spaces/,
		act: () => new Lab({ token: true, spaces: false }).create("SpacesBucket", SAMPLES.bucket),
	},
	{
		does: "names a VPC that is not there",
		source: /unknown ids/,
		says: /^404 vpcUuid: no Vpc "none"/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, vpcUuid: "none" }),
	},

	taken("Vpc", { name: "net", region: "fra1" }, /vpc.yml: must be unique/),
	taken("Volume", SAMPLES.volume, /one name a region/),
	taken("DatabaseCluster", SAMPLES.database, /a unique name/),
	taken("LoadBalancer", SAMPLES.loadBalancer, /load balancer names/),
	taken("Certificate", { name: "own", type: "custom", privateKey: "k", leafCertificate: "c" }, /looked up by name$/),
	taken("Domain", { name: "shop.example" }, /one zone/),
	taken("Firewall", { name: "web", inboundRules: [{ protocol: "tcp", portRange: "22" }] }, /duplicate name/),
	taken("KubernetesCluster", SAMPLES.cluster, /cluster names/),
	taken("Project", { name: "shop" }, /project.yml/),
	taken("SshKey", { name: "ops", publicKey: "ssh-ed25519 AAAA" }, /SSH Key is already/),
	taken("SpacesBucket", SAMPLES.bucket, /unique in all accounts/),
	taken("DropletAutoscale", autoscale, /pool names/),
	inCluster("DatabaseConnectionPool", pool, /a pool's name/),
	inCluster(
		"DatabaseReplica",
		{ name: "reader", size: "db-s-1vcpu-1gb", region: "fra1" },
		/openapi database_replica.yml$/,
	),
	inCluster("DatabaseDb", { name: "shop" }, /one database of a name/),
	inCluster("DatabaseUser", { name: "shop" }, /one user of a name/),
	inCluster("KubernetesNodePool", { name: "workers", size: "s-2vcpu-4gb", nodeCount: 1 }, /create-before-delete needs/),
	{
		does: "puts a second CDN endpoint before a bucket",
		source: /one endpoint an origin/,
		says: /^409 origin/,
		act: async (lab) => {
			const bucket = await lab.create("SpacesBucket", SAMPLES.bucket);
			const origin = bucket.state.bucketDomainName ?? null;
			await lab.create("Cdn", { origin }, "first");
			await lab.create("Cdn", { origin }, "second");
		},
	},

	{
		does: "resizes to a plan with a smaller disk",
		source: /droplet_actions/,
		says: /^422 .*25 GB is less than 50 GB/,
		act: async (lab) =>
			lab.update(await lab.create("Droplet", { ...SAMPLES.droplet, size: "s-1vcpu-2gb" }), { size: "s-1vcpu-1gb" }),
	},
	{
		does: "asks for a size that does not exist",
		source: /GET \/v2\/sizes/,
		says: /^422 .*invalid size.*s-3vcpu-1gb/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, size: "s-3vcpu-1gb" }),
	},
	{
		does: "sends 65 KiB of user data",
		source: /droplet_create/,
		says: /^422 user_data is 66560 bytes/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, userData: "x".repeat(65 * 1024) }),
	},
	{
		does: "sets a backup policy without backups",
		source: /errDropletBackupPolicy/,
		says: /^422 backup_policy/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, backupPolicy: { plan: "daily" } }),
	},
	{
		does: "attaches a volume to a second droplet",
		source: /resource_volume_attachment/,
		says: /^422 Volume is already attached/,
		act: (lab) => attachTwice(lab, ["first", "second"]),
	},
	{
		does: "attaches a volume to a droplet of another region",
		source: /volumes are regional/,
		says: /^422 .*different regions/,
		act: async (lab) => {
			const volume = await lab.create("Volume", { ...SAMPLES.volume, region: "ams3" });
			const droplet = await lab.create("Droplet", SAMPLES.droplet);
			await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id });
		},
	},
	{
		does: "deletes an attached volume",
		source: /attached volume cannot be deleted/,
		says: /^409 Volume is attached/,
		act: async (lab) => {
			const volume = await lab.create("Volume", SAMPLES.volume);
			const droplet = await lab.create("Droplet", SAMPLES.droplet);
			await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id });
			await lab.delete(volume);
		},
	},
	{
		does: "assigns a reserved IP that is assigned",
		source: /resource_reserved_ip_assignment/,
		says: /^422 .*already assigned/,
		act: async (lab) => {
			const address = await lab.create("ReservedIp", { region: "fra1" });
			const first = await lab.create("Droplet", SAMPLES.droplet, "first");
			const second = await lab.create("Droplet", SAMPLES.droplet, "second");
			await lab.create("ReservedIpAssignment", { dropletId: Number(first.id), ipAddress: address.id });
			await lab.create("ReservedIpAssignment", { dropletId: Number(second.id), ipAddress: address.id });
		},
	},
	{
		does: "asks for a range and a number of instances",
		source: /autoscale pool/,
		says: /^422 config/,
		act: (lab) =>
			lab.create("DropletAutoscale", { ...autoscale, config: { ...autoscale.config, targetNumberInstances: 2 } }),
	},
	{
		does: "switches the HA control plane off",
		source: /HA control plane/,
		says: /^422 ha cannot be disabled/,
		act: async (lab) =>
			lab.update(await lab.create("KubernetesCluster", { ...SAMPLES.cluster, ha: true }), { ha: false }),
	},
	{
		does: "asks for a Kubernetes version that is no slug",
		source: /version slugs/,
		says: /^422 invalid version slug "latest"/,
		act: (lab) => lab.create("KubernetesCluster", { ...SAMPLES.cluster, version: "latest" }),
	},
	{
		does: "puts eleven droplets into a firewall by id",
		source: /Firewall limits/,
		says: /^422 .*use tags/,
		act: (lab) =>
			lab.create("Firewall", {
				name: "web",
				dropletIds: Array.from({ length: 11 }, (_, index) => index),
				inboundRules: [{ protocol: "icmp" }],
			}),
	},

	{
		does: "creates a Redis cluster",
		source: /end_of_availability/,
		says: /^422 .*use valkey/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, engine: "redis", version: "7" }),
	},
	{
		does: "asks for a plan that the engine does not have",
		source: /options: layouts/,
		says: /^422 invalid size "m-2vcpu-16gb" for engine "pg"/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, size: "m-2vcpu-16gb" }),
	},
	{
		does: "asks for a version that the engine does not have",
		source: /options: versions/,
		says: /^422 invalid version "9"/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, version: "9" }),
	},
	{
		does: "asks for a standby on a 1 GiB plan",
		source: /come with one node/,
		says: /^422 .*not available with 2 nodes/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, nodeCount: 2 }),
	},
	{
		does: "takes a plan whose storage the data does not fit",
		source: /reduced only/,
		says: /^422 storage of 10240 MiB is too small/,
		act: async (lab) => {
			const database = await lab.create("DatabaseCluster", { ...SAMPLES.database, size: "db-s-2vcpu-4gb" });
			lab.account.useDatabaseStorage("db", 20);
			await lab.update(database, { size: "db-s-1vcpu-1gb" });
		},
	},
	{
		does: "asks for storage out of step",
		source: /steps of 10 GiB/,
		says: /^422 storage_size_mib 15000/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, storageSizeMib: "15000" }),
	},
	{
		does: "resizes while a major upgrade runs",
		source: /cannot resize while upgrading/,
		says: /^422 .*while it is upgrading/,
		act: async (lab) => {
			const database = await lab.create("DatabaseCluster", { ...SAMPLES.database, version: "16" });
			const upgraded = await lab.update(database, { version: "17" });
			await lab.update(upgraded, { size: "db-s-2vcpu-4gb" });
		},
	},
	{
		does: "takes an older version",
		source: /no replacement, an API error/,
		says: /^422 the version cannot be downgraded/,
		act: async (lab) => lab.update(await lab.create("DatabaseCluster", SAMPLES.database), { version: "16" }),
	},
	{
		does: "makes a replica smaller than its primary",
		source: /size increase only/,
		says: /^422 a replica cannot be smaller/,
		act: async (lab) => {
			const owner = await lab.create("DatabaseCluster", { ...SAMPLES.database, size: "db-s-2vcpu-4gb" });
			await lab.create("DatabaseReplica", {
				name: "reader",
				clusterId: owner.id,
				size: "db-s-1vcpu-2gb",
				region: "fra1",
			});
		},
	},
	{
		does: "gives pools more connections than the plan has",
		source: /21 pools/,
		says: /^422 pools ask for 23 connections, 22 are available/,
		act: (lab) => pooled(lab, { size: 23 }),
	},
	{
		does: "pools connections of MySQL",
		source: /pools for PostgreSQL only/,
		says: /^422 not supported for engine "mysql"/,
		act: (lab) => pooled(lab, {}, { engine: "mysql", version: "8" }),
	},
	{
		does: "trusts an IPv6 address",
		source: /no IPv6 trusted sources/,
		says: /^422 IPv6/,
		act: async (lab) => {
			const owner = await lab.create("DatabaseCluster", SAMPLES.database);
			await lab.create("DatabaseFirewall", { clusterId: owner.id, rules: [{ type: "ip_addr", value: "2001:db8::1" }] });
		},
	},

	{
		does: "takes a range that another VPC has",
		source: /vpc.yml:68/,
		says: /^422 .*overlaps with another VPC/,
		act: async (lab) => {
			await lab.create("Vpc", { ...SAMPLES.vpc, name: "one", ipRange: "10.1.0.0/16" });
			await lab.create("Vpc", { ...SAMPLES.vpc, name: "two", ipRange: "10.1.240.0/20" });
		},
	},
	{
		does: "deletes a VPC with members",
		source: /while members exist/,
		says: /^403 .*a Droplet is in it/,
		act: async (lab) => {
			const vpc = await lab.create("Vpc", SAMPLES.vpc);
			await lab.create("Droplet", { ...SAMPLES.droplet, vpcUuid: vpc.id });
			await lab.delete(vpc);
		},
	},
	{
		does: "resizes a load balancer in its first hour",
		source: /once an hour/,
		says: /^422 .*resized again in 60 minutes/,
		act: async (lab) => lab.update(await lab.create("LoadBalancer", SAMPLES.loadBalancer), { sizeUnit: 3 }),
	},
	{
		does: "listens on HTTPS without a certificate",
		source: /loadbalancer and certificate/,
		says: /^422 .*https needs a certificate/,
		act: (lab) => lab.create("LoadBalancer", { ...SAMPLES.loadBalancer, forwardingRules: https }),
	},
	{
		does: "names a certificate that is not there",
		source: /certificates are looked up/,
		says: /^404 certificate "none"/,
		act: (lab) =>
			lab.create("LoadBalancer", {
				...SAMPLES.loadBalancer,
				forwardingRules: https.map((rule) => ({ ...rule, certificateName: "none" })),
			}),
	},
	{
		does: "asks for a certificate of a domain held elsewhere",
		source: /certificate.d.ts:108/,
		says: /^422 domain "shop.example"/,
		act: (lab) => lab.create("Certificate", certificate),
	},
	{
		does: "deletes a certificate in use",
		source: /while a load balancer uses it/,
		says: /^403 .*in use/,
		act: async (lab) => {
			lab.account.addDomain("shop.example");
			const tls = await lab.create("Certificate", certificate);
			await lab.create("LoadBalancer", {
				...SAMPLES.loadBalancer,
				forwardingRules: https.map((rule) => ({ ...rule, certificateName: "tls" })),
			});
			await lab.delete(tls);
		},
	},

	{
		does: "deletes a bucket with objects in it",
		source: /forceDestroy counts/,
		says: /^409 BucketNotEmpty/,
		act: async (lab) => {
			const bucket = await lab.create("SpacesBucket", SAMPLES.bucket);
			lab.account.putObjects("shop-files", 3);
			await lab.delete(bucket);
		},
	},
	{
		does: "names a bucket in capitals",
		source: /names of 3 to 63/,
		says: /^400 InvalidBucketName/,
		act: (lab) => lab.create("SpacesBucket", { ...SAMPLES.bucket, name: "Shop" }),
	},
	{
		does: "creates a 101st bucket",
		source: /100 buckets/,
		says: /^422 .*limit of 100/,
		act: async (lab) => {
			for (let index = 0; index <= 100; index++)
				await lab.create("SpacesBucket", { ...SAMPLES.bucket, name: `bucket-${index}` });
		},
	},
	{
		does: "creates a second container registry",
		source: /one registry/,
		says: /^412/,
		act: async (lab) => {
			await lab.create("ContainerRegistry", { name: "one", subscriptionTierSlug: "basic" });
			await lab.create("ContainerRegistry", { name: "two", subscriptionTierSlug: "basic" });
		},
	},
	{
		does: "puts a CDN before something that is no bucket",
		source: /a bucket's host name/,
		says: /^404 no Space/,
		act: (lab) => lab.create("Cdn", { origin: "www.example" }),
	},
];

test.each(SCENARIOS)("the cloud refuses who $does", async ({ act, says, source }) => {
	const status = Number(/^\^(\d+)/.exec(says.source)?.[1]);
	expect(REFUSALS.filter((row) => source.test(row.source) && row.status === status)).toHaveLength(1);
	await expect(act(new Lab())).rejects.toThrow(says);
});

test("every refusal is tried above", () => {
	const untried = REFUSALS.filter((row) => !SCENARIOS.some(({ source }) => source.test(row.source)));
	expect(untried.map((row) => row.source)).toEqual([]);
});
