import type { ProcessSpec } from "../tiers/ladder.ts";
import type { Process } from "./blueprint.ts";
import { cover } from "./text.ts";

/** A process with what the workload makes of it. `memoryMib` null = a share of its host's memory. */
export interface PlannedProcess {
	readonly spec: ProcessSpec;
	/** Copies: worker processes of a web server, or replicas of a worker. */
	readonly copies: { readonly min: number; readonly max: number };
	readonly memoryMib: number | null;
}

/** How many copies of each process a workload needs. `scale` is what the plan's own numbers are multiplied by. */
export function planProcesses(
	processes: readonly ProcessSpec[],
	figures: Readonly<Record<string, number>>,
	scale: number,
): PlannedProcess[] {
	return processes.map((spec) => {
		const wanted = spec.replicaPer === null ? 0 : cover(figures[spec.replicaPer.metric] ?? 0, spec.replicaPer.count);
		return {
			spec,
			copies: {
				min: Math.max(cover(spec.replicas.min * scale, 1), wanted),
				max: Math.max(1, cover(spec.replicas.max * scale, 1), wanted),
			},
			memoryMib: "mib" in spec.memory ? spec.memory.mib : null,
		};
	});
}

/** Memory of all copies whose size is stated, in MiB. */
export function statedMemoryMib(planned: readonly PlannedProcess[]): number {
	return planned.reduce((sum, { copies, memoryMib }) => sum + copies.max * (memoryMib ?? 0), 0);
}

/** Web processes answer requests; the others work in the background. */
export function isWeb({ spec }: PlannedProcess): boolean {
	return spec.kind === "web";
}

/** A background process may have hosts of its own. */
export function isBackground(process: PlannedProcess): boolean {
	return !isWeb(process);
}

/** Splits the processes: without worker hosts everything runs on the application's. */
export function splitProcesses(planned: readonly PlannedProcess[], apart: boolean) {
	return apart ? { app: planned.filter(isWeb), worker: planned.filter(isBackground) } : { app: planned, worker: [] };
}

/**
 * Worker processes of one web server: its share of the copies where the plan states their memory, as many as fit below
 * the memory warning; else twice the vCPUs and one more (the usual rule of Gunicorn, and the Django plan's figures: 5
 * at 2 vCPU, 9 at 4).
 */
export function webWorkers(
	planned: readonly PlannedProcess[],
	host: { readonly vcpu: number; readonly memoryGib: number; readonly hosts: number; readonly shareMib: number },
	memoryShare: number,
): number {
	const web = planned.find(isWeb);
	const byCpu = Math.floor(2 * host.vcpu + 1);
	if (web === undefined || web.memoryMib === null) return byCpu;
	const others = statedMemoryMib(planned.filter(isBackground));
	const roomMib = host.memoryGib * 1024 * memoryShare - others / host.hosts - host.shareMib;
	const byMemory = Math.max(1, Math.floor(roomMib / web.memoryMib));
	return Math.max(1, Math.min(Math.ceil(web.copies.max / host.hosts), byMemory));
}

/** The processes as a cluster runs them: each copy a pod. */
export function toPods(planned: readonly PlannedProcess[]): Process[] {
	return planned.map(({ spec, copies, memoryMib }) => ({
		name: spec.name,
		kind: spec.kind,
		command: spec.command,
		memoryMib: memoryMib ?? 0,
		cpu: spec.cpu,
		replicas: copies,
		schedule: spec.schedule,
	}));
}

/** The processes as each host of a pool starts them; a web server is one process with workers of its own. */
export function toProcesses(
	planned: readonly PlannedProcess[],
	host: { readonly memoryGib: number; readonly workers: number; readonly hosts: number },
): Process[] {
	return planned.map(({ spec, copies, memoryMib }) => {
		const web = spec.kind === "web";
		const share = "hostShare" in spec.memory ? Math.floor(spec.memory.hostShare * host.memoryGib * 1024) : 0;
		return {
			name: spec.name,
			kind: spec.kind,
			command: spec.command,
			memoryMib: memoryMib === null ? share : memoryMib * (web ? host.workers : 1),
			cpu: spec.cpu,
			replicas: web ? { min: 1, max: 1 } : { min: cover(copies.min, host.hosts), max: cover(copies.max, host.hosts) },
			schedule: spec.schedule,
		};
	});
}
