import type { HostRules } from "../rules.ts";

/** Droplets: the root disk is part of the size; image slugs as the API lists them. */
export const host: HostRules = {
	images: { "ubuntu-22.04": "ubuntu-22-04-x64", "ubuntu-24.04": "ubuntu-24-04-x64" },
	arch: "x86_64",
	shunned: [],
	rootDiskGb: null,
	autoscale: {
		cooldownMinutes: 5,
		source: "digitalocean/openapi 7c1300c, autoscale pool: cooldown of 5 to 20 minutes; the shortest",
	},
	machineBackups: { weekly: "backup-weekly", daily: "backup-daily" },
	// No surcharge for load on shared vCPUs is documented.
	sharedCpuNote: null,
};
