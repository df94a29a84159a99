import { type CloudResource, now } from "../../cloud/account.ts";
import { type Attempt, others, type Refusal } from "../../cloud/refusal.ts";
import { shortName } from "../../cloud/schema.ts";
import { count, type Properties, record, text } from "../../cloud/values.ts";

/** Seconds between two changes of one volume's storage. Traps 39 and 57. */
export const COOL_DOWN = 6 * 3600;

/** Inputs whose change starts the cool-down, by type. */
const STORAGE: Readonly<Record<string, readonly string[]>> = {
	"ebs.Volume": ["size", "type", "iops", "throughput"],
	"rds.Instance": ["allocatedStorage", "storageType", "iops", "storageThroughput"],
};

export function changesStorage(before: CloudResource, inputs: Properties): boolean {
	return (STORAGE[shortName(before.type)] ?? []).some(
		(key) => inputs[key] !== undefined && JSON.stringify(inputs[key]) !== JSON.stringify(before.state[key]),
	);
}

function objects({ data, previous }: Attempt): number {
	return data.objects[previous?.id ?? ""] ?? 0;
}

export const STORAGE_REFUSALS: readonly Refusal[] = [
	{
		trap: 39,
		mark: "K",
		source: "ec2: a volume never shrinks",
		types: ["ebs.Volume"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			count(inputs.size) < count(previous?.state.size)
				? "InvalidParameterValue: New size cannot be smaller than existing size"
				: null,
	},
	{
		trap: 39,
		mark: "K",
		source: "ec2: six hours between two changes of one volume",
		types: ["ebs.Volume"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous, data }) =>
			previous !== null && previous.upgradingUntil > now(data) && changesStorage(previous, inputs)
				? "VolumeModificationRateExceeded: You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications"
				: null,
	},
	{
		trap: 39,
		mark: "K",
		source: "ec2: a volume in use is not deleted",
		types: ["ebs.Volume"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) =>
			others(attempt, "ec2.VolumeAttachment").some(({ inputs }) => inputs.volumeId === attempt.previous?.id)
				? "VolumeInUse: the volume is attached"
				: null,
	},
	{
		trap: 38,
		mark: "S",
		source: "ec2: a root disk never shrinks",
		types: ["ec2.Instance"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			count(record(inputs.rootBlockDevice).volumeSize) < count(record(previous?.state.rootBlockDevice).volumeSize)
				? "InvalidParameterValue: New size cannot be smaller than existing size"
				: null,
	},
	{
		trap: 82,
		mark: "D",
		source: "s3/bucket.d.ts: a bucket with objects needs forceDestroy in the state",
		types: ["s3.Bucket"],
		on: ["delete"],
		status: 409,
		refuses: (attempt) =>
			objects(attempt) > 0 && attempt.inputs.forceDestroy !== true
				? "BucketNotEmpty: The bucket you tried to delete is not empty"
				: null,
	},
	{
		trap: 82,
		mark: "K",
		source: "s3: versioning is suspended, never taken away",
		types: ["s3.BucketVersioning"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			text(record(inputs.versioningConfiguration).status) === "Disabled" &&
			text(record(previous?.inputs.versioningConfiguration).status) !== "Disabled"
				? "versioning_configuration.status cannot be updated from 'Enabled' to 'Disabled'"
				: null,
	},
	{
		trap: 90,
		mark: "C",
		source: "backup: a vault with recovery points is not deleted",
		types: ["backup.Vault"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) =>
			objects(attempt) > 0 && attempt.inputs.forceDestroy !== true
				? "InvalidRequestException: Backup vault cannot be deleted because it contains recovery points"
				: null,
	},
];
