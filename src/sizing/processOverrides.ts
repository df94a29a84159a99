import { z } from "zod";
import { type Problem, problem } from "../errors.ts";
import type { ProcessSpec, Tier } from "../tiers/ladder.ts";
import type { Plain } from "../words.ts";
import { strictKeys, zodProblems } from "../zodProblems.ts";

const count = z.int().nonnegative();

/** What a stack file may say of a process; the ladder's own figures fill the rest. */
const override = strictKeys({
	kind: z.enum(["web", "worker", "scheduler", "timer"]).optional(),
	command: z.string().min(1).optional(),
	memoryMib: z.int().positive().optional(),
	cpu: z.number().positive().optional(),
	replicas: z.union([count, strictKeys({ min: count, max: z.int().positive() })]).optional(),
	schedule: z.string().min(1).optional(),
});
type Override = z.infer<typeof override>;

/** The tier's processes with the stack file's words over them, and what is wrong with those. */
export interface OverriddenProcesses {
	readonly processes: readonly ProcessSpec[];
	readonly problems: readonly Problem[];
}

/** Lays a stack file's `app.processes` over a tier's: known names are changed, new ones added. */
export function overrideProcesses(tier: Tier, words: Readonly<Record<string, Plain>>): OverriddenProcesses {
	const problems: Problem[] = [];
	const changed = new Map(tier.processes.map((process) => [process.name, process]));
	for (const [name, word] of Object.entries(words)) {
		const key = `app.processes.${name}`;
		const checked = override.safeParse(word);
		if (!checked.success) {
			const place = {
				file: null,
				lineOf: () => null,
				nameOf: (path: readonly (string | number)[]) => [key, ...path].join("."),
			};
			problems.push(...zodProblems(checked.error, word, place));
			continue;
		}
		const merged = merge(name, changed.get(name), checked.data);
		if (typeof merged === "string") problems.push(problem(merged, { key }));
		else changed.set(name, merged);
	}
	return { processes: [...changed.values()], problems };
}

/** A process, or the clause that says what a new one lacks. */
function merge(name: string, base: ProcessSpec | undefined, word: Override): ProcessSpec | string {
	const kind = word.kind ?? base?.kind;
	const memory = word.memoryMib === undefined ? base?.memory : { mib: word.memoryMib };
	if (kind === undefined || memory === undefined) return "is not one of the ladder's, so it needs kind and memoryMib";
	const schedule = word.schedule ?? base?.schedule ?? null;
	if (kind === "timer" && schedule === null) return "is a timer and needs a schedule";
	const replicas = toReplicas(word.replicas) ?? base?.replicas ?? { min: 1, max: 1 };
	if (replicas.min > replicas.max) return `replicas: min (${replicas.min}) is above max (${replicas.max})`;
	return {
		name,
		kind,
		command: word.command ?? base?.command ?? null,
		memory,
		cpu: word.cpu ?? base?.cpu ?? null,
		replicas,
		// A number written by hand is meant as it stands.
		replicaPer: word.replicas === undefined ? (base?.replicaPer ?? null) : null,
		schedule,
		source: base?.source ?? "the stack file",
	};
}

function toReplicas(word: Override["replicas"]): ProcessSpec["replicas"] | null {
	if (word === undefined) return null;
	return typeof word === "number" ? { min: word, max: Math.max(1, word) } : word;
}
