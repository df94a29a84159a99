import type { Refreshed } from "../changes/drift.ts";
import { problem, UserError } from "../errors.ts";
import type { PlainRecord } from "../words.ts";
import { ofEngine, runWithEvents } from "./eventLog.ts";
import { plainRecord } from "./plain.ts";
import { type EngineRequest, firstError } from "./runPulumi.ts";

/** The engine's words for what a look at the cloud found; anything else is as the state says. */
const FOUND: readonly string[] = ["update", "delete", "replace"];

/**
 * What the cloud has, where it is not what the state says: the engine looks, and writes nothing down. Secrets are
 * masked by the engine itself.
 *
 * @throws UserError when the providers cannot be asked: the CLI's own sentence.
 */
export async function readDrift(request: EngineRequest): Promise<readonly Refreshed[]> {
	const { events, ...run } = await runWithEvents(["refresh", "--preview-only", "--suppress-progress"], request);
	if (run.code !== 0) throw new UserError([problem(`pulumi refresh --preview-only: ${firstError(run)}`)]);
	return events
		.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? [])
		.filter(({ op, type }) => FOUND.includes(op) && !ofEngine(type))
		.map((metadata): Refreshed => {
			const { urn, type, old } = metadata;
			const is = metadata.new?.outputs;
			return {
				urn,
				type,
				inputs: given(plainRecord(old?.inputs)),
				before: plainRecord(old?.outputs),
				after: is === null || is === undefined ? null : plainRecord(is),
			};
		})
		.sort((left, right) => (left.urn < right.urn ? -1 : 1));
}

/** What the program set itself: the provider lists what it filled in. */
function given({ __defaults: filled, ...inputs }: PlainRecord): PlainRecord {
	const names = Array.isArray(filled) ? filled : [];
	return Object.fromEntries(Object.entries(inputs).filter(([key]) => !names.includes(key)));
}
