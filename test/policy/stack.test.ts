import { describe, expect, it } from "vitest";
import { monthlyUsd } from "../../src/policy/cost.ts";
import { checkStack } from "../../src/policy/rules.ts";
import { context, subject } from "./subjects.ts";

const cluster = subject("digitalocean:index/databaseCluster:DatabaseCluster", {}, { name: "database" });
const trust = subject(
	"digitalocean:index/databaseFirewall:DatabaseFirewall",
	{},
	{ name: "database-firewall", references: { clusterId: [cluster.urn] } },
);
const volume = subject("digitalocean:index/volume:Volume", { size: 50 }, { name: "data" });
const dumps = subject("digitalocean:index/spacesBucket:SpacesBucket", {}, { name: "backups" });
const bucket = subject("aws:s3/bucket:Bucket", {}, { name: "files" });
const block = subject(
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
	{},
	{ name: "files-private", references: { bucket: [bucket.urn] } },
);
const droplet = (size: string, name = "app-1") => subject("digitalocean:index/droplet:Droplet", { size }, { name });

describe("rules that need the whole stack", () => {
	it("want trusted sources for every database", () => {
		expect(checkStack("database-not-public", [cluster, trust], context)).toEqual([]);
		expect(checkStack("database-not-public", [cluster], context)).toEqual([
			{ urn: cluster.urn, message: "database has no trusted sources, so the whole internet may connect" },
		]);
		const other = subject(cluster.type, {}, { name: "cache" });
		expect(checkStack("database-not-public", [cluster, trust, other], context)).toEqual([
			{ urn: other.urn, message: "cache has no trusted sources, so the whole internet may connect" },
		]);
	});

	it("want a place for dumps where a volume holds data", () => {
		expect(checkStack("backed-up", [volume, dumps], context)).toEqual([]);
		expect(checkStack("backed-up", [volume, droplet("s-1vcpu-1gb")], context)).toEqual([
			{
				urn: volume.urn,
				message: 'data has no backup: the stack declares no bucket "backups" that dumps could go to',
			},
		]);
	});

	it("want a public access block for every bucket on AWS", () => {
		expect(checkStack("bucket-private", [bucket, block], context)).toEqual([]);
		expect(checkStack("bucket-private", [bucket], context)).toEqual([
			{ urn: bucket.urn, message: "files has no public access block" },
		]);
	});
});

describe("the cost ceiling", () => {
	const tight = { ...context, ceilingUsd: 28 };

	it("counts list prices: a machine, a volume by size, one subscription for all buckets", () => {
		const stack = [droplet("s-2vcpu-4gb"), volume, dumps, subject(dumps.type, {}, { name: "files" })];
		expect(monthlyUsd(stack)).toEqual({ usd: 24 + 5 + 5, unpriced: [] });
	});

	it("lets a stack pass at the ceiling and stops it above", () => {
		expect(checkStack("cost-ceiling", [droplet("s-2vcpu-4gb")], { ...context, ceilingUsd: 24 })).toEqual([]);
		expect(checkStack("cost-ceiling", [droplet("s-2vcpu-4gb"), volume], tight)).toEqual([
			{ urn: null, message: "the stack costs up to $29.00 a month; the ceiling is $28.00" },
		]);
	});

	it("counts pools at their largest", () => {
		const pool = subject("digitalocean:index/dropletAutoscale:DropletAutoscale", {
			config: { minInstances: 2, maxInstances: 10 },
			dropletTemplate: { size: "s-2vcpu-4gb" },
		});
		const workers = subject("digitalocean:index/kubernetesNodePool:KubernetesNodePool", {
			size: "s-2vcpu-4gb",
			minNodes: 3,
			maxNodes: 5,
		});
		expect(monthlyUsd([pool]).usd).toBe(240);
		expect(monthlyUsd([workers]).usd).toBe(120);
	});

	it("prices databases by engine and node, caches by their own list", () => {
		const postgres = subject(cluster.type, { engine: "pg", size: "db-s-1vcpu-1gb", nodeCount: 1 });
		const valkey = subject(cluster.type, { engine: "valkey", size: "db-s-1vcpu-1gb", nodeCount: 1 });
		expect(monthlyUsd([postgres])).toEqual({ usd: 15.15, unpriced: [] });
		expect(monthlyUsd([valkey])).toEqual({ usd: 15, unpriced: [] });
	});

	it("counts a database that stands twice twice, its storage too, and hourly prices for a month of 730 hours", () => {
		const database = subject("aws:rds/instance:Instance", {
			instanceClass: "db.t3.micro",
			engine: "postgres",
			allocatedStorage: 100,
			multiAz: true,
		});
		expect(monthlyUsd([database]).usd).toBeCloseTo(2 * (13.14 + 11.5), 2);
		expect(monthlyUsd([subject("aws:ec2/natGateway:NatGateway")]).usd).toBeCloseTo(0.045 * 730, 2);
	});

	it("counts the nodes of a cache: of one group, or of each shard in cluster mode", () => {
		const cache = (rest: Record<string, unknown>) =>
			subject("aws:elasticache/replicationGroup:ReplicationGroup", {
				nodeType: "cache.t4g.small",
				engine: "valkey",
				...rest,
			});
		const { usd: one } = monthlyUsd([cache({})]);
		expect(one).toBeCloseTo(0.0256 * 730, 2);
		expect(monthlyUsd([cache({ numCacheClusters: 3 })]).usd).toBeCloseTo(3 * one, 2);
		expect(monthlyUsd([cache({ clusterMode: "enabled", numNodeGroups: 1, replicasPerNodeGroup: 2 })]).usd).toBeCloseTo(
			3 * one,
			2,
		);
		expect(monthlyUsd([cache({ clusterMode: "enabled", numNodeGroups: 4, replicasPerNodeGroup: 1 })]).usd).toBeCloseTo(
			8 * one,
			2,
		);
	});

	it("names what has no price and never takes it for free", () => {
		const odd = droplet("s-99vcpu-made-up", "worker-1");
		expect(monthlyUsd([odd])).toEqual({ usd: 0, unpriced: ["worker-1"] });
		expect(checkStack("cost-ceiling", [droplet("s-2vcpu-4gb"), volume, odd], tight)).toEqual([
			{
				urn: null,
				message: "the stack costs up to $29.00 a month, without a confirmed price for worker-1; the ceiling is $28.00",
			},
		]);
	});
});
