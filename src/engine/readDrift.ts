import type { Refreshed } from "../changes/drift.ts";
import { problem, UserError } from "../errors.ts";
import type { PlainRecord } from "../words.ts";
import { type EngineEvent, ofEngine, runWithEvents, sentence } from "./eventLog.ts";
import { plainRecord } from "./plain.ts";
import { type EngineRequest, firstError } from "./runPulumi.ts";

/** The engine's words for what a look at the cloud found; anything else is as the state says. */
const FOUND: readonly string[] = ["update", "delete", "replace"];

/**
 * What the cloud has, where it is not what the state says: the engine looks, and writes nothing down. Secrets are
 * masked by the engine itself.
 *
 * @throws UserError when the providers cannot be asked: the CLI's own sentence; when a provider finds that what the cloud
 * has could not be set back, such as a volume that was grown at the console: the resource, why, and the way to keep it.
 */
export async function readDrift(request: EngineRequest): Promise<readonly Refreshed[]> {
	const { events, ...run } = await runWithEvents(["refresh", "--preview-only", "--suppress-progress"], request);
	if (run.code !== 0) {
		const refused = refusals(events).map((says) => problem(`${says}; ${wayOut(request.stack)}`));
		const whole = problem(`pulumi refresh --preview-only: ${firstError(run)}`);
		throw new UserError(refused.length === 0 ? [whole] : refused);
	}
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

/** What a provider says no to while it looks: the engine then calls the whole look failed, without a name. */
function refusals(events: readonly EngineEvent[]): readonly string[] {
	const told = events.flatMap(({ diagnosticEvent: each }) =>
		each?.severity === "error" && each.urn !== undefined && !ofEngine(typeIn(each.urn))
			? [`${each.urn.split("::").at(-1)} differs in the cloud and could not be set back: ${sentence(each.message)}`]
			: [],
	);
	return [...new Set(told)];
}

function typeIn(urn: string): string {
	return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** Once the state knows what is there, the preview offers the pin that keeps it. */
function wayOut(stack: string): string {
	return `to keep what is there, run pulumi refresh --stack ${stack}, which says the same and learns of it all the same, then tierstack preview ${stack} --engine, which offers the pin`;
}

/** What the program set itself: the provider lists what it filled in. */
function given({ __defaults: filled, ...inputs }: PlainRecord): PlainRecord {
	const names = Array.isArray(filled) ? filled : [];
	return Object.fromEntries(Object.entries(inputs).filter(([key]) => !names.includes(key)));
}
