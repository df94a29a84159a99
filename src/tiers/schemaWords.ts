import { z } from "zod";
import { strictKeys } from "../zodProblems.ts";

/* Small parts that the schema of a ladder and of a tier are made of. */

export const filled = z.string().trim().min(1);
export const source = filled.describe("Section of the plan, or document and date, the figures come from.");
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "must be lower case letters, digits and hyphens");
export const word = z.string().regex(/^[a-z][A-Za-z0-9]*$/, "must be one word such as ordersPerDay");
export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as "YYYY-MM-DD"');
export const above0 = z.number().positive();
export const from0 = z.number().nonnegative();
export const whole = z.int().nonnegative();
export const count = z.int().positive();

/** A group whose keys are known words, each optional; the message of an unknown one names the allowed (`zodProblems`). */
export function groupOf<Name extends string, Value extends z.ZodType>(names: readonly Name[], value: Value) {
	return z.partialRecord(z.enum(names), value, { error: () => names.join(" ") });
}

/** Fewest and most of something. */
export function range(what: string) {
	return strictKeys({ min: count.describe(`Fewest ${what}.`), max: count.describe(`Most ${what}.`) });
}

/** The least size of a machine. */
export const machineFloor = {
	vcpu: above0.optional().describe("vCPUs at least. Default: no floor."),
	memoryGib: above0.optional().describe("Memory in GiB at least. Default: no floor."),
};

export const namedSku = strictKeys({
	digitalocean: filled.optional().describe("Size slug, such as s-2vcpu-4gb."),
	aws: filled.optional().describe("Instance, class or node type, such as t3.medium."),
}).describe(
	"Size that the plan itself names, by provider: taken as it is within the tier's range, a shortfall is noted. Default: the cheapest that fits.",
);

export const settings = z.record(
	z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/, "must be a dotted name such as web.bodySizeMib"),
	z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

const per = strictKeys({
	metric: word.describe("Metric that is counted."),
	count: above0.describe("How many of it make one more: 10 = one for every 10."),
});

/** A process of the application, of the ladder or of one tier. */
export const process = strictKeys({
	kind: z
		.enum(["web", "worker", "scheduler", "timer"])
		.describe("web answers requests, worker takes jobs, scheduler runs once, timer runs by the calendar."),
	command: filled.optional().describe("Start command inside the image. Default: the image's own."),
	memoryMib: count
		.optional()
		.describe("Memory of one replica in MiB. Write this or memoryShare. May raise the machine."),
	memoryShare: z
		.number()
		.positive()
		.max(1)
		.optional()
		.describe("Memory limit as a share of its host's memory, where the plan gives no figure."),
	cpu: above0.optional().describe("vCPUs of one replica. Default: not limited."),
	replicas: strictKeys({ min: whole.describe("Fewest replicas."), max: count.describe("Most replicas.") })
		.optional()
		.describe("Copies of all hosts together. Default: one."),
	per: per.optional().describe("One more replica for so many units of a metric. Default: fixed."),
	schedule: filled.optional().describe("systemd calendar expression of a timer: *-*-* 02:00:00."),
	source,
});
