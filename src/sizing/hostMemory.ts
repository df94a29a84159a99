import { isWeb, type PlannedProcess } from "./processes.ts";

/*
 * What a host takes of its own memory before the first process of the application. The figures are the host room's,
 * which measures them on a booted machine (`src/host/memory.ts`); sizing must not import that room, so a test holds the
 * two equal.
 */

/** MiB. */
export const HOST_SHARE_MIB = {
	/** Kernel: what is sold as 512 MiB shows some 460 to its processes. */
	kernel: 52,
	/** System, firewall, brake, proxy and exporter of metrics. */
	base: 80,
	/** Container engine. */
	engine: 140,
	/** Each container beside its process. */
	container: 48,
} as const;

/** Below this a container engine takes more than a quarter of the machine: images run without one. */
const LEAST_FOR_ENGINE_GIB = 1;

/** How images run on a machine of so much memory. */
export function modeFor(memoryGib: number): "plain" | "containers" {
	return memoryGib < LEAST_FOR_ENGINE_GIB ? "plain" : "containers";
}

/** Memory in MiB that each host takes for itself, with the containers of these processes. */
export function hostShareMib(mode: "plain" | "containers", planned: readonly PlannedProcess[]): number {
	const { kernel, base, engine, container } = HOST_SHARE_MIB;
	return mode === "plain" ? kernel + base : kernel + base + engine + container * containersOf(planned);
}

/** A web server is one container however many workers it has; each copy of another process that stays is one. */
function containersOf(planned: readonly PlannedProcess[]): number {
	return planned.reduce((sum, process) => {
		if (process.spec.kind === "timer") return sum;
		return sum + (isWeb(process) ? 1 : process.copies.max);
	}, 0);
}
