import type { Change, Op } from "../changes/changeSet.ts";
import { problem, UserError } from "../errors.ts";
import { type EventMetadata, ofEngine, runWithEvents, sentence } from "./eventLog.ts";
import { type EngineRequest, firstError } from "./runPulumi.ts";

/** What the engine would do to one resource. */
export interface EngineStep {
	readonly urn: string;
	readonly type: string;
	readonly op: Exclude<Op, "same">;
	/** Which half of a replacement comes first; null for anything else. */
	readonly order: Change["order"];
	/** Top-level properties that make it replace. */
	readonly replaceKeys: readonly string[];
	/** Property path -> kind, such as `update` or `update-replace`. */
	readonly detailedDiff: Readonly<Record<string, string>>;
}

export interface EnginePreview {
	/** Changes only, sorted by URN; the engine's own types (`pulumi:*`) left out. */
	readonly steps: readonly EngineStep[];
	/**
	 * What the program or a provider said no to, one sentence each, when the preview fails by it. When there are any,
	 * `steps` is not the whole. What the guard logs in a preview that goes on is not among them.
	 */
	readonly errors: readonly string[];
}

/** The engine's words for a step; those that change nothing are left out. */
const OPS: Readonly<Record<string, EngineStep["op"]>> = {
	create: "create",
	import: "create",
	update: "update",
	delete: "delete",
	replace: "replace",
	"create-replacement": "replace",
	"delete-replaced": "replace",
	"discard-replaced": "replace",
	"import-replacement": "replace",
};

/**
 * Asks the real engine, with the user's own backend and login, what an update would do. Changes nothing, selects no
 * stack. States and values, which may hold secrets, are not read.
 *
 * @throws UserError when there is no `pulumi`, no such stack, no login ...: whatever the CLI says in one sentence.
 */
export async function previewStack(request: EngineRequest): Promise<EnginePreview> {
	const { events, ...run } = await runWithEvents(["preview", "--suppress-progress"], request);
	if (events.length === 0) throw new UserError([problem(`pulumi preview: ${firstError(run)}`)]);
	const told = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
	const errors = events.flatMap(({ diagnosticEvent }) =>
		diagnosticEvent?.severity === "error" ? [sentence(diagnosticEvent.message)] : [],
	);
	if (run.code === 0) return { steps: foldSteps(told), errors: [] };
	return { steps: foldSteps(told), errors: errors.length === 0 ? [firstError(run)] : [...new Set(errors)] };
}

/** A replacement is several steps of one URN: they become one. */
function foldSteps(told: readonly EventMetadata[]): EngineStep[] {
	const folded = new Map<string, EngineStep>();
	for (const { urn, type, op: word, keys, detailedDiff } of told) {
		const op = OPS[word];
		if (op === undefined || ofEngine(type)) continue;
		const before = folded.get(urn);
		const kinds = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind] as const);
		folded.set(urn, {
			urn,
			type,
			op: before?.op === "replace" ? "replace" : op,
			order: before?.order ?? orderOf(word),
			replaceKeys: [...new Set([...(before?.replaceKeys ?? []), ...(keys ?? [])])].sort(),
			detailedDiff: { ...before?.detailedDiff, ...Object.fromEntries(kinds) },
		});
	}
	return [...folded.values()].sort((left, right) => (left.urn < right.urn ? -1 : 1));
}

/** The half that is told first comes first. */
function orderOf(word: string): EngineStep["order"] {
	if (word === "create-replacement") return "create-first";
	return word === "delete-replaced" ? "delete-first" : null;
}
