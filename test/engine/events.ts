import { z } from "zod";

/** The engine's own operations, folded to the five words of a change set. */
export type FoldedOp = "create" | "update" | "replace" | "delete" | "same";

/** What the engine does to one URN in one preview or update. */
export interface Step {
	readonly urn: string;
	readonly type: string;
	readonly name: string;
	readonly op: FoldedOp;
	/** Properties (top level) that make it replace. */
	readonly replaceKeys: readonly string[];
	/** Property path -> kind: `add`, `update-replace` ... */
	readonly detailedDiff: Readonly<Record<string, string>>;
	/** Engine operations in the order they came, such as `create-replacement`, `replace`, `delete-replaced`. */
	readonly raw: readonly string[];
}

export interface Diagnostic {
	readonly severity: string;
	readonly message: string;
	readonly urn: string;
}

/** One run of the CLI. */
export interface Run {
	/** Exit code; null when it was killed. */
	readonly code: number | null;
	readonly output: string;
	readonly steps: readonly Step[];
	readonly diagnostics: readonly Diagnostic[];
	readonly seconds: number;
}

const metadataSchema = z.object({
	op: z.string(),
	urn: z.string(),
	type: z.string(),
	keys: z.array(z.string()).nullish(),
	detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
});

const eventSchema = z.object({
	resourcePreEvent: z.object({ metadata: metadataSchema }).optional(),
	diagnosticEvent: z.object({ severity: z.string(), message: z.string(), urn: z.string().optional() }).optional(),
	preludeEvent: z.unknown().optional(),
});

const FOLDED: Readonly<Record<string, FoldedOp>> = {
	create: "create",
	update: "update",
	delete: "delete",
	same: "same",
	replace: "replace",
	"create-replacement": "replace",
	"delete-replaced": "replace",
	"discard-replaced": "replace",
	read: "same",
	refresh: "same",
};

/**
 * Reads an event log (one JSON object a line). A log may hold a preview and the update after it: the last counts.
 * Types of the engine itself (`pulumi:*`: the stack, providers) are left out.
 */
export function readEvents(log: string): { steps: Step[]; diagnostics: Diagnostic[] } {
	const steps = new Map<string, Step>();
	const diagnostics: Diagnostic[] = [];
	for (const line of log.split("\n").filter((text) => text.trim() !== "")) {
		const event = eventSchema.parse(JSON.parse(line));
		if (event.preludeEvent !== undefined) steps.clear();
		if (event.diagnosticEvent !== undefined) {
			const { severity, message, urn = "" } = event.diagnosticEvent;
			diagnostics.push({ severity, message: message.trim(), urn });
		}
		const metadata = event.resourcePreEvent?.metadata;
		if (metadata === undefined || metadata.type.startsWith("pulumi:")) continue;
		steps.set(metadata.urn, merge(steps.get(metadata.urn), metadata));
	}
	return { steps: [...steps.values()].sort((left, right) => (left.urn < right.urn ? -1 : 1)), diagnostics };
}

function merge(before: Step | undefined, metadata: z.infer<typeof metadataSchema>): Step {
	const op = FOLDED[metadata.op];
	if (op === undefined) throw new Error(`unknown engine operation "${metadata.op}"`);
	const details = Object.entries(metadata.detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind] as const);
	return {
		urn: metadata.urn,
		type: metadata.type,
		name: metadata.urn.slice(metadata.urn.lastIndexOf("::") + 2),
		op: before?.op === "replace" ? "replace" : op,
		replaceKeys: [...new Set([...(before?.replaceKeys ?? []), ...(metadata.keys ?? [])])].sort(),
		detailedDiff: { ...before?.detailedDiff, ...Object.fromEntries(details) },
		raw: [...(before?.raw ?? []), metadata.op],
	};
}
