import { unknownWord } from "../nearest.ts";
import type { Tell } from "./checkLadder.ts";
import type { ProcessSpec } from "./ladder.ts";
import type { WrittenProcess, WrittenTier } from "./schema.ts";

/** The processes of a ladder or of a tier; a null ends one. */
export function toProcesses(
	written: Readonly<Record<string, WrittenProcess | null>>,
	metrics: readonly string[],
	path: readonly (string | number)[],
	say: Tell,
): ProcessSpec[] {
	return Object.entries(written).flatMap(([name, process]) => {
		if (process === null) return [];
		const at = [...path, name];
		const memory = toMemory(process);
		if (memory === null) say(at, "must state either memoryMib or memoryShare");
		if (process.per && !metrics.includes(process.per.metric)) {
			say([...at, "per", "metric"], unknownWord("metric", process.per.metric, metrics));
		}
		if (process.kind === "timer" && process.schedule === undefined) say(at, "is a timer and needs a schedule");
		const replicas = process.replicas ?? { min: 1, max: 1 };
		if (replicas.min > replicas.max) say([...at, "replicas"], `min (${replicas.min}) is above max (${replicas.max})`);
		return [
			{
				name,
				kind: process.kind,
				command: process.command ?? null,
				memory: memory ?? { mib: 0 },
				cpu: process.cpu ?? null,
				replicas,
				replicaPer: process.per ?? null,
				schedule: process.schedule ?? null,
				source: process.source,
			},
		];
	});
}

function toMemory(process: WrittenProcess): ProcessSpec["memory"] | null {
	if (process.memoryMib !== undefined && process.memoryShare === undefined) return { mib: process.memoryMib };
	if (process.memoryShare !== undefined && process.memoryMib === undefined) return { hostShare: process.memoryShare };
	return null;
}

/** A tier's word on a process replaces the ladder's; null ends it, a new name adds one. */
export function overrideProcesses(
	base: readonly ProcessSpec[],
	written: WrittenTier,
	metrics: readonly string[],
	path: readonly (string | number)[],
	say: Tell,
): ProcessSpec[] {
	const own = written.processes ?? {};
	return [...base.filter((process) => !(process.name in own)), ...toProcesses(own, metrics, path, say)];
}
