import { type Attempt, byId, others, type Refusal } from "../../cloud/refusal.ts";
import { count, list, record, text } from "../../cloud/values.ts";
import { findDropletSize } from "../sizes.ts";

const USER_DATA_LIMIT_BYTES = 64 * 1024;
const FIREWALL_DROPLET_LIMIT = 10;

function unknownSize({ inputs }: Attempt): string | null {
	const size = text(inputs.size ?? record(inputs.dropletTemplate).size);
	return findDropletSize(size) === null ? `You specified an invalid size for Droplet creation: "${size}"` : null;
}

/** Whether a pool's instances are asked for in one of the two ways, not in both. */
function scalingConfig({ inputs }: Attempt): string | null {
	const { minInstances, maxInstances, targetNumberInstances } = record(inputs.config);
	const ranged = minInstances !== undefined || maxInstances !== undefined;
	if (ranged === (targetNumberInstances !== undefined)) return "config: give min and max instances, or a target number";
	return count(minInstances) > count(maxInstances) ? "config: min instances above max instances" : null;
}

export const COMPUTE_REFUSALS: readonly Refusal[] = [
	{
		trap: 2,
		mark: "D",
		source: "openapi droplet_actions.yml: a disk cannot be decreased",
		types: ["Droplet"],
		on: ["update"],
		status: 422,
		refuses: ({ inputs, previous }) => {
			const disk = count(previous?.state.disk);
			const target = findDropletSize(text(inputs.size))?.disk ?? 0;
			if (previous?.inputs.size === inputs.size || target >= disk) return null;
			return `This size is not available because it has a smaller disk: ${target} GB is less than ${disk} GB`;
		},
	},
	{
		trap: 21,
		mark: "D",
		source: "GET /v2/sizes",
		types: ["Droplet", "KubernetesNodePool", "DropletAutoscale"],
		on: ["create", "update"],
		status: 422,
		refuses: unknownSize,
	},
	{
		trap: 4,
		mark: "D",
		source: "openapi droplet_create.yml:86",
		types: ["Droplet", "DropletAutoscale"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) => {
			const userData = text(inputs.userData ?? record(inputs.dropletTemplate).userData);
			const bytes = Buffer.byteLength(userData);
			return bytes > USER_DATA_LIMIT_BYTES ? `user_data is ${bytes} bytes, more than ${USER_DATA_LIMIT_BYTES}` : null;
		},
	},
	{
		trap: null,
		mark: "S",
		source: "droplet/resource_droplet.go errDropletBackupPolicy",
		types: ["Droplet"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) =>
			inputs.backupPolicy !== undefined && inputs.backups !== true
				? "backup_policy can only be set when backups are enabled"
				: null,
	},
	{
		trap: 26,
		mark: "S",
		source: "volume/resource_volume_attachment.go; a volume attaches to one droplet",
		types: ["VolumeAttachment"],
		on: ["create"],
		status: 422,
		refuses: (attempt) =>
			others(attempt).some((other) => other.inputs.volumeId === attempt.inputs.volumeId)
				? "Volume is already attached to a Droplet: detach it first"
				: null,
	},
	{
		trap: 5,
		mark: "D",
		source: "volumes are regional",
		types: ["VolumeAttachment"],
		on: ["create"],
		status: 422,
		refuses: (attempt) => {
			const volume = byId(attempt, "Volume", text(attempt.inputs.volumeId));
			const droplet = byId(attempt, "Droplet", String(attempt.inputs.dropletId));
			return volume?.inputs.region === droplet?.inputs.region ? null : "Volume and Droplet are in different regions";
		},
	},
	{
		trap: 26,
		mark: "K",
		source: "an attached volume cannot be deleted",
		types: ["Volume"],
		on: ["delete"],
		status: 409,
		refuses: (attempt) =>
			others(attempt, "VolumeAttachment").some((other) => other.inputs.volumeId === attempt.previous?.id)
				? "Volume is attached to a Droplet: detach it first"
				: null,
	},
	{
		trap: 35,
		mark: "S",
		source: "reservedip/resource_reserved_ip_assignment.go",
		types: ["ReservedIpAssignment"],
		on: ["create"],
		status: 422,
		refuses: (attempt) =>
			others(attempt).some((other) => other.inputs.ipAddress === attempt.inputs.ipAddress)
				? "The reserved IP is already assigned to a Droplet: unassign it first"
				: null,
	},
	{
		trap: null,
		mark: "D",
		source: "openapi autoscale pool: either a range or a fixed number",
		types: ["DropletAutoscale"],
		on: ["create", "update"],
		status: 422,
		refuses: scalingConfig,
	},
	{
		trap: 27,
		mark: "D",
		source: "openapi cluster.yml:165: the HA control plane cannot be switched off",
		types: ["KubernetesCluster"],
		on: ["update"],
		status: 422,
		refuses: ({ inputs, previous }) =>
			previous?.state.ha === true && inputs.ha === false ? "ha cannot be disabled once enabled" : null,
	},
	{
		trap: null,
		mark: "D",
		source: "GET /v2/kubernetes/options: version slugs",
		types: ["KubernetesCluster"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) =>
			/^\d+\.\d+\.\d+-do\.\d+$/.test(text(inputs.version)) ? null : `invalid version slug "${text(inputs.version)}"`,
	},
	{
		trap: null,
		mark: "C",
		source: "Firewall limits; unconfirmed figure of 10 droplets by id",
		types: ["Firewall"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) =>
			list(inputs.dropletIds).length > FIREWALL_DROPLET_LIMIT
				? `a firewall takes at most ${FIREWALL_DROPLET_LIMIT} droplets by id: use tags`
				: null,
	},
];
