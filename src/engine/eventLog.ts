import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type CliRun, type EngineRequest, runPulumi } from "./runPulumi.ts";

const properties = z.record(z.string(), z.unknown()).nullish();
const side = z.object({ inputs: properties, outputs: properties }).nullish();

const metadataSchema = z.object({
	op: z.string(),
	urn: z.string(),
	type: z.string(),
	keys: z.array(z.string()).nullish(),
	detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
	old: side,
	new: side,
});

const eventSchema = z.object({
	resourcePreEvent: z.object({ metadata: metadataSchema }).optional(),
	resOutputsEvent: z.object({ metadata: metadataSchema }).optional(),
	diagnosticEvent: z.object({ urn: z.string().optional(), severity: z.string(), message: z.string() }).optional(),
});

/** What the engine tells of one resource, secrets masked by it. */
export type EventMetadata = z.infer<typeof metadataSchema>;
export type EngineEvent = z.infer<typeof eventSchema>;

/** A run of the CLI with the events it told, in their order: the log that the Automation API reads too. */
export async function runWithEvents(
	args: readonly string[],
	request: EngineRequest,
): Promise<CliRun & { readonly events: readonly EngineEvent[] }> {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-events-"));
	try {
		const log = join(folder, "events.json");
		const run = await runPulumi([...args, "--event-log", log], request);
		return { ...run, events: readEvents(log) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A run that ends before it begins leaves no log. */
function readEvents(log: string): readonly EngineEvent[] {
	let text: string;
	try {
		text = readFileSync(log, "utf8");
	} catch {
		return [];
	}
	return text
		.split("\n")
		.filter((line) => line.trim() !== "")
		.map((line) => eventSchema.parse(JSON.parse(line)));
}

/** What a diagnostic says, without colour codes and the word that the engine puts before it. */
export function sentence(message: string): string {
	return message
		.replaceAll(/<\{%[^%]*%\}>/g, "")
		.replace(/^error: /, "")
		.trim();
}

/** The engine's own types, such as the stack and providers: in no comparison. */
export function ofEngine(type: string): boolean {
	return type.startsWith("pulumi:");
}
