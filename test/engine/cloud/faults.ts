import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Account } from "./account.ts";
import { shortName } from "./schema.ts";

/**
 * A fault that a test orders by writing `faults.json` beside the account:
 * the `nth` call (1 = the first) that fits `operation`, `type` and `name` suffers `action`.
 */
const faultSchema = z.strictObject({
	operation: z.enum(["create", "update", "delete", "read"]),
	/** Short type name, such as `Droplet`; left out = any. */
	type: z.string().optional(),
	/** Logical name; left out = any. */
	name: z.string().optional(),
	nth: z.int().min(1).default(1),
	/** How many calls from the nth on suffer it. */
	times: z.int().min(1).default(1),
	action: z.discriminatedUnion("kind", [
		/** The API answers with this status; the cloud did nothing. */
		z.strictObject({ kind: z.literal("error"), status: z.int() }),
		/** The cloud did it, and the answer got lost. */
		z.strictObject({ kind: z.literal("lost-answer"), status: z.int() }),
		/** No answer, ever; `done` says whether the cloud did it. For kills inside a step. */
		z.strictObject({ kind: z.literal("hang"), done: z.boolean() }),
		z.strictObject({ kind: z.literal("slow"), milliseconds: z.int() }),
		/** The provider's process dies. */
		z.strictObject({ kind: z.literal("crash"), done: z.boolean() }),
	]),
});

export type Fault = z.infer<typeof faultSchema>;
/** As tests write it: `nth` and `times` may be left out. */
export type FaultOrder = z.input<typeof faultSchema>;

export interface Call {
	readonly operation: Fault["operation"];
	readonly type: string;
	readonly name: string;
}

/** The fault this call suffers, or null. Counts the call for every fault it fits. */
export function nextFault(folder: string, account: Account, call: Call): Fault | null {
	const fitting = readFaults(folder)
		.map((fault, index) => ({ fault, key: String(index) }))
		.filter(({ fault }) => fits(fault, call));
	if (fitting.length === 0) return null;
	return account.change((data) => {
		const due = fitting.filter(({ fault, key }) => {
			const met = (data.faultCounts[key] ?? 0) + 1;
			data.faultCounts[key] = met;
			return met >= fault.nth && met < fault.nth + fault.times;
		});
		return due[0]?.fault ?? null;
	});
}

function readFaults(folder: string): Fault[] {
	try {
		return z.array(faultSchema).parse(JSON.parse(readFileSync(join(folder, "faults.json"), "utf8")));
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
		throw error;
	}
}

function fits(fault: Fault, call: Call): boolean {
	return (
		fault.operation === call.operation &&
		(fault.type === undefined || fault.type === shortName(call.type)) &&
		(fault.name === undefined || fault.name === call.name)
	);
}
