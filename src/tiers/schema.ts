import { z } from "zod";
import { ENGINES, LAYOUTS, PROVIDERS } from "../words.ts";
import { strictKeys } from "../zodProblems.ts";
import { DEMANDS, THRESHOLDS } from "./ladder.ts";

/*
 * The written form of a ladder: what a file in `tiers/` may say. Strict, so that a misspelt key is an error with its
 * line. The JSON Schema beside the ladders is generated from it. `normalise.ts` turns it into a `Ladder`.
 */

const filled = z.string().trim().min(1);
const source = filled.describe("Section of the plan, or document and date, the figures come from.");
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "must be lower case letters, digits and hyphens");
const word = z.string().regex(/^[a-z][A-Za-z0-9]*$/, "must be one word such as ordersPerDay");
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as "YYYY-MM-DD"');
const above0 = z.number().positive();
const from0 = z.number().nonnegative();
const whole = z.int().nonnegative();
const count = z.int().positive();

/** A group whose keys are known words, each optional; the message of an unknown one names the allowed (`zodProblems`). */
function groupOf<Name extends string, Value extends z.ZodType>(names: readonly Name[], value: Value) {
	return z.partialRecord(z.enum(names), value, {
		error: () => names.join(" "),
	});
}

const per = strictKeys({
	metric: word.describe("Metric that is counted."),
	count: above0.describe("How many for one (a metric), or one for how many (a process)."),
});

const metric = strictKeys({
	unit: filled.describe("What one is, with its period: orders a month."),
	meaning: filled.describe("What is counted and what is not."),
	per: per.optional().describe("How many come with one unit of an earlier metric when nobody measured. Default: none."),
	source,
});

const formula = strictKeys({
	fixed: from0.optional().describe("Part that does not depend on the workload, in the demand's unit. Default: 0."),
	per: z
		.record(word, from0)
		.optional()
		.describe("Coefficient of each metric, in the demand's unit a piece. Default: none."),
	source,
});

const threshold = strictKeys({
	warning: above0.describe("Sizing stays below this at the top of a tier's range; the first alarm starts here."),
	critical: above0.describe("The second alarm starts here."),
	source,
});

const namedSku = strictKeys({
	digitalocean: filled.optional().describe("Size slug the plan names."),
	aws: filled.optional().describe("Instance or node type the plan names."),
}).describe("SKU that the plan itself names: taken as it is, a shortfall is noted. Default: the cheapest that fits.");

const processShape = {
	kind: z.enum(["web", "worker", "scheduler", "timer"]).describe("What starts it."),
	command: filled.optional().describe("Start command inside the image. Default: the image's own."),
	memoryMib: count.optional().describe("Memory of one replica in MiB. Write this or memoryShare."),
	memoryShare: z.number().positive().max(1).optional().describe("Memory limit as a share of its host's memory."),
	cpu: above0.optional().describe("vCPUs of one replica. Default: not limited."),
	replicas: strictKeys({ min: whole, max: count }).optional().describe("Replicas. Default: one."),
	per: per.optional().describe("One more replica for so many units of a metric. Default: fixed."),
	schedule: filled.optional().describe("systemd calendar expression of a timer."),
	source,
};
const process = strictKeys(processShape);

const hostCount = strictKeys({ min: count, max: count }).describe("Fewest and most hosts. Default: one.");
const machineFloor = { vcpu: above0.optional(), memoryGib: above0.optional() };

const hosts = strictKeys({
	hosts: hostCount.optional(),
	vcpu: above0.optional().describe("vCPUs of all hosts together. Default: what the processes need."),
	memoryGib: above0.optional().describe("Memory of all hosts together in GiB. Default: what the processes need."),
	host: strictKeys(machineFloor).optional().describe("Floor of each single host. Default: none."),
	machine: namedSku.optional(),
	source,
});

const memoryBudget = strictKeys({
	fixedMib: from0.describe("Base process and working memory in MiB."),
	perConnectionMib: from0.describe("MiB a connection."),
	sharedBuffersShare: z.number().nonnegative().lt(1).describe("Share of the memory kept as shared buffers."),
	source,
});

const database = strictKeys({
	engine: z.enum(ENGINES),
	version: filled.optional().describe("Major version. Default: the provider's."),
	place: z.enum(["host", "managed"]).describe("On the application's machine, or the provider's managed service."),
	kind: z.enum(["instance", "aurora"]).optional().describe("Default: instance."),
	vcpu: above0.optional(),
	memoryGib: above0.optional(),
	storageGb: above0.optional(),
	connections: count.optional().describe("Connections the plan grants. Default: what the demand needs."),
	iops: count.optional().describe("IOPS the plan provisions. Default: the storage's own."),
	standbyNodes: whole.optional().describe("Standbys that take over. Default: 0."),
	replicas: whole.optional().describe("Read replicas. Default: 0."),
	pool: strictKeys({ clientsPerConnection: above0, source }).optional().describe("Connection pool. Default: none."),
	memoryBudget: memoryBudget.optional(),
	machine: namedSku.optional(),
	source,
});

const cache = strictKeys({
	engine: z.enum(["valkey", "redis"]).optional().describe("Default: valkey."),
	version: filled.optional(),
	memoryGib: above0.describe("Memory for data of one shard in GiB."),
	shards: count.optional().describe("Default: 1."),
	standbyNodes: whole.optional().describe("Default: 0."),
	eviction: filled.optional().describe("Default: allkeys-lru."),
	persistence: z.boolean().optional().describe("Default: false."),
	machine: namedSku.optional(),
	source,
});

const cluster = strictKeys({
	nodes: strictKeys({ min: count, max: count }),
	node: strictKeys(machineFloor).optional(),
	highlyAvailable: z.boolean().optional().describe("Control plane in several copies. Default: true."),
	machine: namedSku.optional(),
	source,
});

const promises = strictKeys({
	availabilityPercent: z.number().min(0).max(100).optional(),
	rtoMinutes: above0.optional().describe("Minutes until service is back."),
	rpoMinutes: above0.optional().describe("Minutes of data lost at most."),
	source,
});

const backup = strictKeys({
	everyHours: above0.describe("Hours between two dumps, and between two syncs of files that live on the host."),
	keepDays: count,
	copyRegion: z.boolean().optional().describe("Whether a copy goes to a second region. Default: false."),
	versioning: z.boolean().optional().describe("Whether the bucket keeps old versions. Default: false."),
	source,
});

const settings = z.record(
	z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/, "must be a dotted name such as web.bodySizeMib"),
	z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

const note = strictKeys({
	tiers: z.array(id).optional().describe("Tiers it concerns. Default: all."),
	text: filled.describe("The reading that was taken, and why."),
});

const tier = strictKeys({
	id: id.describe("Lower case; what a stack file names."),
	upTo: above0.nullable().describe("Top of the range, inclusive; null in the last tier."),
	sizeFor: strictKeys({ value: above0, reason: filled }).optional().describe("Required where upTo is null."),
	provider: z.enum(PROVIDERS).optional().describe("Documented provider. Default: the ladder's."),
	layout: z.enum(LAYOUTS),
	uploads: z.enum(["volume", "bucket"]).describe("Where uploaded files live."),
	zones: count.optional().describe("Zones the tier is spread over at least. Default: 1."),
	secondRegion: z.boolean().optional().describe("Whether a second region stands by. Default: false."),
	promises: promises.optional().describe("Default: the plan promises nothing."),
	backup,
	app: hosts,
	worker: hosts.optional().describe("Hosts for background work alone. Default: none."),
	cluster: cluster.optional().describe("Worker nodes; required by the kubernetes layout."),
	dataGb: above0.optional().describe("Floor of the data volume. Default: the demand."),
	database,
	cache: cache.optional(),
	filesGb: above0.optional().describe("Floor of the bucket. Default: the demand."),
	loadBalancer: strictKeys({
		nodes: count.optional().describe("Default: 1."),
		kinds: z
			.array(z.enum(["http", "tcp"]))
			.optional()
			.describe("Default: http."),
		waf: z.boolean().optional().describe("Web application firewall. Default: false."),
		source,
	}).optional(),
	cdn: z.boolean().optional(),
	queue: z.boolean().optional(),
	cost: strictKeys({
		min: from0,
		max: from0.nullable().describe("null = open ended."),
		source,
	})
		.optional()
		.describe("What the plan itself says a month costs, in the ladder's money."),
	settings: settings.optional(),
	processes: z
		.record(id, process.nullable())
		.optional()
		.describe("Overrides of the ladder's processes; null removes one."),
});

/** What a ladder file may say. */
export const writtenLadder = strictKeys({
	ladder: id.describe("Name of the ladder: the file's own name."),
	title: filled,
	source: filled.describe("The plan the figures come from."),
	provider: z.enum(PROVIDERS).describe("Provider the plan is written for."),
	regions: strictKeys({ digitalocean: filled, aws: filled }).describe("Region a diff without a stack file uses."),
	measure: word.describe("Metric the tiers' ranges count."),
	metrics: z.record(word, metric).describe("What can be measured, the measure first."),
	demand: groupOf(DEMANDS, formula).describe("What the workload needs. The unit is in the name."),
	growth: groupOf(DEMANDS, formula).optional().describe("What every month adds. Default: nothing."),
	growthMonths: whole.optional().describe("Months of growth to size for. Default: 0."),
	thresholds: groupOf(THRESHOLDS, threshold).describe("Percent of the capacity, ms or pieces."),
	host: strictKeys({
		os: z.enum(["ubuntu-22.04", "ubuntu-24.04"]).describe("Fixed for every tier: a new image replaces hosts."),
		swapGib: from0.describe("Swap of every host in GiB; 0 = none."),
		least: strictKeys(machineFloor).optional().describe("What no host falls below, even with floors: ignore."),
		source,
	}),
	plans: z
		.record(id, z.record(word, from0.nullable()))
		.optional()
		.describe("What a customer's plan allows; null = unlimited."),
	money: strictKeys({
		currency: z.enum(["USD", "EUR"]),
		rate: above0.describe("USD for one unit of the currency."),
		date: isoDate,
		source,
	})
		.optional()
		.describe("Currency of the plan's own costs. Required by `cost`."),
	settings: settings.optional().describe("What the application and its host need, by dotted name."),
	processes: z.record(id, process),
	notes: z.array(note).optional().describe("The reading taken for every contradiction of the plan."),
	tiers: z.array(tier).min(1).describe("Smallest first."),
});

export type WrittenLadder = z.infer<typeof writtenLadder>;
export type WrittenTier = WrittenLadder["tiers"][number];
export type WrittenProcess = WrittenLadder["processes"][string];
