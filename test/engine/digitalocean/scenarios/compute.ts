import type { Scenario } from "../../cloud/scenario.ts";
import { type Lab, SAMPLES } from "../lab.ts";
import { autoscale } from "./samples.ts";

async function attachTwice(lab: Lab, droplets: readonly string[]) {
	const volume = await lab.create("Volume", SAMPLES.volume);
	for (const name of droplets) {
		const droplet = await lab.create("Droplet", SAMPLES.droplet, name);
		await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id }, name);
	}
}

export const COMPUTE_SCENARIOS: readonly Scenario[] = [
	{
		does: "resizes to a plan with a smaller disk",
		source: /droplet_actions/,
		says: /^422 .*25 GB is less than 50 GB/,
		act: async (lab) =>
			lab.update(await lab.create("Droplet", { ...SAMPLES.droplet, size: "s-1vcpu-2gb" }), { size: "s-1vcpu-1gb" }),
	},
	{
		does: "asks for a size that does not exist",
		source: /GET \/v2\/sizes/,
		says: /^422 .*invalid size.*s-3vcpu-1gb/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, size: "s-3vcpu-1gb" }),
	},
	{
		does: "sends 65 KiB of user data",
		source: /droplet_create/,
		says: /^422 user_data is 66560 bytes/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, userData: "x".repeat(65 * 1024) }),
	},
	{
		does: "sets a backup policy without backups",
		source: /errDropletBackupPolicy/,
		says: /^422 backup_policy/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, backupPolicy: { plan: "daily" } }),
	},
	{
		does: "attaches a volume to a second droplet",
		source: /resource_volume_attachment/,
		says: /^422 Volume is already attached/,
		act: (lab) => attachTwice(lab, ["first", "second"]),
	},
	{
		does: "attaches a volume to a droplet of another region",
		source: /volumes are regional/,
		says: /^422 .*different regions/,
		act: async (lab) => {
			const volume = await lab.create("Volume", { ...SAMPLES.volume, region: "ams3" });
			const droplet = await lab.create("Droplet", SAMPLES.droplet);
			await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id });
		},
	},
	{
		does: "deletes an attached volume",
		source: /attached volume cannot be deleted/,
		says: /^409 Volume is attached/,
		act: async (lab) => {
			const volume = await lab.create("Volume", SAMPLES.volume);
			const droplet = await lab.create("Droplet", SAMPLES.droplet);
			await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id });
			await lab.delete(volume);
		},
	},
	{
		does: "assigns a reserved IP that is assigned",
		source: /resource_reserved_ip_assignment/,
		says: /^422 .*already assigned/,
		act: async (lab) => {
			const address = await lab.create("ReservedIp", { region: "fra1" });
			const first = await lab.create("Droplet", SAMPLES.droplet, "first");
			const second = await lab.create("Droplet", SAMPLES.droplet, "second");
			await lab.create("ReservedIpAssignment", { dropletId: Number(first.id), ipAddress: address.id });
			await lab.create("ReservedIpAssignment", { dropletId: Number(second.id), ipAddress: address.id });
		},
	},
	{
		does: "asks for a range and a number of instances",
		source: /autoscale pool/,
		says: /^422 config/,
		act: (lab) =>
			lab.create("DropletAutoscale", { ...autoscale, config: { ...autoscale.config, targetNumberInstances: 2 } }),
	},
	{
		does: "switches the HA control plane off",
		source: /HA control plane/,
		says: /^422 ha cannot be disabled/,
		act: async (lab) =>
			lab.update(await lab.create("KubernetesCluster", { ...SAMPLES.cluster, ha: true }), { ha: false }),
	},
	{
		does: "asks for a Kubernetes version that is no slug",
		source: /version slugs/,
		says: /^422 invalid version slug "latest"/,
		act: (lab) => lab.create("KubernetesCluster", { ...SAMPLES.cluster, version: "latest" }),
	},
	{
		does: "puts eleven droplets into a firewall by id",
		source: /Firewall limits/,
		says: /^422 .*use tags/,
		act: (lab) =>
			lab.create("Firewall", {
				name: "web",
				dropletIds: Array.from({ length: 11 }, (_, index) => index),
				inboundRules: [{ protocol: "icmp" }],
			}),
	},
];
