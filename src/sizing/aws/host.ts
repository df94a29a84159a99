import type { HostRules } from "../rules.ts";

/** EC2: the root disk is a volume. Images are found by Canonical's public parameter, fixed by the stack at birth. */
export const host: HostRules = {
	images: {
		"ubuntu-22.04": "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
		"ubuntu-24.04": "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
	},
	arch: "x86_64",
	shunned: [],
	// System, container images and logs: as much as DigitalOcean's machine of 1 GiB comes with.
	rootDiskGb: 25,
	autoscale: { cooldownMinutes: 5, source: "docs.aws.amazon.com, EC2 Auto Scaling: default cooldown of 300 s" },
	machineBackups: null,
	sharedCpuNote: (sku) =>
		`app: ${sku} shares its vCPUs; hours above its baseline are billed by the vCPU-hour and not in the total.`,
};
