/**
 * Memory the host itself takes beside the application, in MiB: what is left of a machine is for the processes.
 *
 * Measured 2026-11-21 on a booted Debian 13 root, as the sum of the proportional set sizes of all processes but the
 * application's; test/host/boot/runtimes.test.ts measures it again. The kernel's own share is not in it.
 */
export const HOST_MEMORY_MIB = {
	/** System, firewall, brake, proxy and node exporter: 80 measured. */
	base: 80,
	/** Container engine: 137 measured. */
	engine: 140,
	/** Each container: the command that holds it, its shim and its first process: 48 measured. */
	container: 48,
} as const;

/**
 * Memory in MiB that the host takes from the machine.
 *
 * @param mode how images run; `plain` needs no engine, so it is what fits a machine of 512 MB.
 * @param copies number of running processes of the application.
 */
export function hostMemoryMib(mode: "containers" | "plain", copies: number): number {
	const { base, engine, container } = HOST_MEMORY_MIB;
	return mode === "plain" ? base : base + engine + container * copies;
}
