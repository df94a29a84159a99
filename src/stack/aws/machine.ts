import type { Input, Output } from "@pulumi/pulumi";

/*
 * How every machine of the stack is made, whether it has a number or comes and goes with the load: disks are
 * encrypted from birth, and the metadata service answers version 2 only, one hop far, so that no container and no
 * request that a visitor forges reads the machine's role.
 */

/** Metadata service of a machine (CIS AWS Foundations 5.6; AWS EC2 user guide, "Use IMDSv2"). */
export const METADATA = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 } as const;

/** Device names that machines take for their root disk, and for the data volume beside it. */
export const ROOT_DEVICE = "/dev/sda1";
export const DATA_DEVICE = "/dev/sdf";

/** Root disk of a machine with a number. Grow only; the file system follows at the next boot. */
export function rootDisk(sizeGb: number) {
	return { volumeType: "gp3", volumeSize: sizeGb, encrypted: true, deleteOnTermination: true };
}

/** The same for machines born from a template, whose switches are texts. */
export function templateDisk(sizeGb: number, deviceName: string) {
	return {
		deviceName,
		ebs: { volumeType: "gp3", volumeSize: sizeGb, encrypted: "true", deleteOnTermination: "true" },
	};
}

/** Stable name of an attached volume's device on every current machine family (AWS EC2 user guide, NVMe volumes). */
export function stableDevice(volumeId: Output<string>): Output<string> {
	return volumeId.apply((id) => `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${id.replace("-", "")}`);
}

/** Text of user data as templates want it. */
export function encoded(userData: Output<string>): Output<string> {
	return userData.apply((text) => Buffer.from(text, "utf8").toString("base64"));
}

/** What a machine is and where it stands. */
export interface Placement {
	/** Security group of everything that runs the application. */
	readonly groupId: Input<string>;
	/** Subnets of hosts, first zone first. */
	readonly subnetIds: readonly Input<string>[];
}

/** What a pool's machines are like, whether they have numbers or come and go. */
export interface MachineArgs {
	/** Instance type, such as `t3.medium`. In place: stop and start of minutes; another architecture replaces. */
	readonly sku: string;
	/** Root disk in GB. Grow only. */
	readonly rootDiskGb: number;
	/** Zones the pool is spread over, the first ones of the network. A host keeps the zone it was born in. */
	readonly zones: number;
}
