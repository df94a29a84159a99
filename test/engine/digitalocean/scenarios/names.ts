import type { Scenario } from "../../cloud/scenario.ts";
import { type Lab, SAMPLES } from "../lab.ts";
import { autoscale, pool } from "./samples.ts";

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

export const NAMES_SCENARIOS: readonly Scenario[] = [
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
];
