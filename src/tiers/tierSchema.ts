import { z } from "zod";
import { ENGINES, LAYOUTS, PROVIDERS } from "../words.ts";
import { strictKeys } from "../zodProblems.ts";
import { MACHINE_BACKUPS } from "./floors.ts";
import {
	above0,
	count,
	filled,
	from0,
	id,
	machineFloor,
	namedSku,
	process,
	range,
	settings,
	source,
	whole,
} from "./schemaWords.ts";

/* The written form of one tier: what it promises, and the floors of each role. A floor that is absent is no floor. */

const hosts = strictKeys({
	hosts: range("hosts").optional().describe("How many hosts the plan allows. Default: one."),
	vcpu: above0.optional().describe("vCPUs of all hosts together at the range's top. Default: what the processes need."),
	memoryGib: above0
		.optional()
		.describe("Memory of all hosts together in GiB at the range's top. Default: what the processes need."),
	host: strictKeys(machineFloor).optional().describe("Floor of each single host. Default: none."),
	machine: namedSku.optional(),
	source,
});

const memoryBudget = strictKeys({
	fixedMib: from0.describe("Base process and working memory in MiB."),
	perConnectionMib: from0.describe("MiB a connection."),
	sharedBuffersShare: z.number().nonnegative().lt(1).describe("Share of the memory kept as shared buffers: 0.25."),
	source,
});

const pool = strictKeys({
	clientsPerConnection: above0.describe("Clients that share one connection of the server: 5."),
	source,
});

const database = strictKeys({
	engine: z.enum(ENGINES).describe("sqlite lives on the host. A change replaces the database."),
	version: filled.optional().describe('Major version in quotes: "17". Default: the provider\'s newest that is proven.'),
	place: z.enum(["host", "managed"]).describe("On the application's machine, or the provider's managed service."),
	kind: z
		.enum(["instance", "aurora"])
		.optional()
		.describe("One server with its own disk, or a cluster with a shared one. Default: instance."),
	vcpu: above0.optional().describe("vCPUs at least. Default: no floor."),
	memoryGib: above0.optional().describe("Memory in GiB at least. Default: what the demand needs."),
	storageGb: above0.optional().describe("Storage in GB at least. Default: what the demand needs."),
	connections: count.optional().describe("Connections the plan grants to clients. Default: what the demand needs."),
	iops: count.optional().describe("IOPS the plan provisions. Default: the storage's own."),
	standbyNodes: whole.optional().describe("Standbys that take over. Default: 0."),
	replicas: whole.optional().describe("Read replicas, no smaller than the primary. Default: 0."),
	pool: pool.optional().describe("Connection pool, where the provider has one. Default: none."),
	memoryBudget: memoryBudget
		.optional()
		.describe("How the server's memory is used. Default: only floor and demand count."),
	machine: namedSku.optional(),
	source,
});

const cache = strictKeys({
	engine: z.enum(["valkey", "redis"]).optional().describe("Default: valkey."),
	version: filled.optional().describe("Major version in quotes. Default: the provider's."),
	memoryGib: above0.describe("Memory of one shard's node in GiB at least."),
	shards: count.optional().describe("Parts the data is spread over; more than one is cluster mode. Default: 1."),
	clusterMode: z
		.boolean()
		.optional()
		.describe(
			"Whether clients speak the cluster protocol, so that shards can be added while it serves: AWS. A change is another cache beside the old one, never the same one switched. Default: whether there are several shards.",
		),
	standbyNodes: whole.optional().describe("Standbys of each shard. Default: 0."),
	eviction: filled.optional().describe("What goes when memory is full. Default: allkeys-lru."),
	persistence: z
		.boolean()
		.optional()
		.describe("Whether data is written to disk; it then counts as data. Default: false."),
	machine: namedSku.optional(),
	source,
});

const cluster = strictKeys({
	nodes: range("worker nodes").describe("Worker nodes at the range's top; more load raises both."),
	node: strictKeys(machineFloor).optional().describe("Floor of each node. Default: what the processes need."),
	highlyAvailable: z.boolean().optional().describe("Control plane in several copies. Default: true."),
	machine: namedSku.optional(),
	source,
});

const promises = strictKeys({
	availabilityPercent: z.number().min(0).max(100).optional().describe("Share of the time in service: 99.99."),
	rtoMinutes: above0.optional().describe("Minutes until service is back."),
	rpoMinutes: above0.optional().describe("Minutes of data lost at most."),
	source,
});

const backup = strictKeys({
	everyHours: above0.describe("Hours between two dumps, and between two copies of files that live on the host."),
	keepDays: count.describe("Days a dump is kept."),
	copyRegion: z.boolean().optional().describe("Whether dumps and copies lie in a second region. Default: false."),
	versioning: z.boolean().optional().describe("Whether the bucket keeps old versions. Default: false."),
	machines: z
		.enum(MACHINE_BACKUPS)
		.optional()
		.describe(
			"How often the provider copies the hosts' whole disks, where it sells that: DigitalOcean. Default: none.",
		),
	source,
});

const loadBalancer = strictKeys({
	nodes: count.optional().describe("Nodes, where the provider sells it by node. Default: 1."),
	kinds: z
		.array(z.enum(["http", "tcp"]))
		.optional()
		.describe("What it balances. Default: http."),
	waf: z.boolean().optional().describe("Whether a web application firewall stands in front. Default: false."),
	source,
});

const sizeFor = strictKeys({
	value: above0.describe("Units of the measure."),
	reason: filled.describe("Why this figure: the blueprint says it."),
});

const cost = strictKeys({
	min: from0.describe("Least a month costs."),
	max: from0.nullable().describe("Most a month costs; null = open ended."),
	over: filled
		.optional()
		.describe(
			"Why the tier costs more on the plan's own provider: what the plan left out or hoped for. Default: none.",
		),
	source,
});

export const tier = strictKeys({
	id: id.describe("Lower case; what a stack file names."),
	upTo: above0.nullable().describe("Top of the range, inclusive, in units of the measure; null in the last tier."),
	sizeFor: sizeFor
		.optional()
		.describe("What an open tier is sized for when nothing is measured. Required where upTo is null."),
	provider: z.enum(PROVIDERS).optional().describe("Provider the tier is written for. Default: the ladder's."),
	layout: z.enum(LAYOUTS).describe("How the application is hosted, from one host to a cluster."),
	uploads: z.enum(["volume", "bucket"]).describe("Where uploaded files live. Several hosts need a bucket."),
	zones: count.optional().describe("Zones the tier is spread over at least. Default: 1, 2 with several hosts."),
	secondRegion: z
		.boolean()
		.optional()
		.describe("Whether a copy of the data stands by in a second region. Default: false."),
	promises: promises.optional().describe("What recovery is measured by. Default: the plan promises nothing."),
	backup: backup.describe("Dumps and copies beside what the provider keeps by itself."),
	app: hosts.describe("Hosts that serve requests."),
	worker: hosts.optional().describe("Hosts for background work alone. Default: none, the others do it."),
	cluster: cluster.optional().describe("Worker nodes; required by the kubernetes layout."),
	dataGb: above0.optional().describe("Floor of the data volume in GB. Default: the demand."),
	database: database.describe("The one database of the product."),
	cache: cache.optional().describe("Default: none."),
	filesGb: above0.optional().describe("Floor of the uploads' bucket in GB. Default: the demand."),
	loadBalancer: loadBalancer.optional().describe("Default: none."),
	cdn: z.boolean().optional().describe("Whether uploads are served from edge copies. Default: false."),
	queue: z.boolean().optional().describe("Whether there is a queue for background jobs. Default: false."),
	cost: cost.optional().describe("What the plan itself says a month costs, in the ladder's money."),
	settings: settings.optional().describe("Settings of this tier over the ladder's, by dotted name."),
	processes: z
		.record(id, process.nullable())
		.optional()
		.describe("Processes of this tier over the ladder's; null removes one."),
});
