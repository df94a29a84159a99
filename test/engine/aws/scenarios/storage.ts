import type { Scenario } from "../../cloud/scenario.ts";
import { type Lab, SAMPLES } from "../lab.ts";

export const STORAGE_SCENARIOS: readonly Scenario<Lab>[] = [
	{
		does: "makes a volume smaller",
		source: /a volume never shrinks/,
		says: /^400 .*smaller than existing size/,
		act: async (lab) => lab.update(await lab.create("ebs.Volume", SAMPLES.volume), { size: 10 }),
	},
	{
		does: "changes a volume twice within six hours",
		source: /between two changes of one volume/,
		says: /^400 VolumeModificationRateExceeded/,
		act: async (lab) => {
			const grown = await lab.update(await lab.create("ebs.Volume", SAMPLES.volume), { size: 40 });
			lab.account.advance(5);
			await lab.update(grown, { size: 80 });
		},
	},
	{
		does: "deletes a volume in use",
		source: /a volume in use/,
		says: /^400 VolumeInUse/,
		act: async (lab) => {
			const volume = await lab.create("ebs.Volume", SAMPLES.volume);
			const host = await lab.create("ec2.Instance", SAMPLES.instance);
			await lab.create("ec2.VolumeAttachment", { volumeId: volume.id, instanceId: host.id, deviceName: "/dev/sdf" });
			await lab.delete(volume);
		},
	},
	{
		does: "makes a root disk smaller",
		source: /a root disk never shrinks/,
		says: /^400 .*smaller than existing size/,
		act: async (lab) =>
			lab.update(await lab.create("ec2.Instance", { ...SAMPLES.instance, rootBlockDevice: { volumeSize: 30 } }), {
				rootBlockDevice: { volumeSize: 20 },
			}),
	},
	{
		does: "deletes a bucket with files in it",
		source: /a bucket with objects/,
		says: /^409 BucketNotEmpty/,
		act: async (lab) => {
			const bucket = await lab.create("s3.Bucket", SAMPLES.bucket);
			lab.account.putObjects("shop-files", 3);
			await lab.delete(bucket);
		},
	},
	{
		does: "takes versioning away",
		source: /versioning is suspended/,
		says: /^400 .*cannot be updated from 'Enabled' to 'Disabled'/,
		act: async (lab) =>
			lab.update(
				await lab.create("s3.BucketVersioning", {
					bucket: "shop-files",
					versioningConfiguration: { status: "Enabled" },
				}),
				{ versioningConfiguration: { status: "Disabled" } },
			),
	},
	{
		does: "deletes a vault with backups in it",
		source: /a vault with recovery points/,
		says: /^400 .*contains recovery points/,
		act: async (lab) => {
			const vault = await lab.create("backup.Vault", { name: "shop" });
			lab.account.putObjects("shop", 1);
			await lab.delete(vault);
		},
	},
];
