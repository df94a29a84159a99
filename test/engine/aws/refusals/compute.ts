import type { Refusal } from "../../cloud/refusal.ts";
import { count, list, record, text, type Value } from "../../cloud/values.ts";
import { isOlder } from "../../cloud/versions.ts";

/** Bytes of user data before base64. Trap 4. */
const MOST_USER_DATA = 16_384;

function userDataBytes(plain: Value | undefined, encoded: Value | undefined): number {
	return encoded === undefined ? Buffer.byteLength(text(plain)) : Buffer.from(text(encoded), "base64").length;
}

function minor(version: string): number {
	return Number(version.split(".")[1] ?? 0);
}

export const COMPUTE_REFUSALS: readonly Refusal[] = [
	{
		trap: 4,
		mark: "S",
		source: "ec2_instance.go: user data takes 16,384 bytes",
		types: ["ec2.Instance", "ec2.LaunchTemplate"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs, type }) => {
			const bytes = type.endsWith(":LaunchTemplate")
				? userDataBytes(undefined, inputs.userData ?? "")
				: userDataBytes(inputs.userData, inputs.userDataBase64);
			return bytes > MOST_USER_DATA
				? `InvalidUserData: user data is limited to ${MOST_USER_DATA} bytes, ${bytes} given`
				: null;
		},
	},
	{
		trap: 36,
		mark: "S",
		source: "ec2: termination protection",
		types: ["ec2.Instance"],
		on: ["delete"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.disableApiTermination === true
				? "OperationNotPermitted: The instance may not be terminated. Modify its 'disableApiTermination' instance attribute"
				: null,
	},
	{
		trap: 81,
		mark: "S",
		source: "eks: a version is never taken back",
		types: ["eks.Cluster", "eks.NodeGroup"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			inputs.version !== undefined && isOlder(text(inputs.version), text(previous?.inputs.version))
				? "InvalidParameterException: Unsupported Kubernetes minor version update"
				: null,
	},
	{
		trap: 81,
		mark: "S",
		source: "eks: one minor version at a time",
		types: ["eks.Cluster"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			previous?.inputs.version !== undefined && minor(text(inputs.version)) > minor(text(previous.inputs.version)) + 1
				? "InvalidParameterException: Unsupported Kubernetes minor version update"
				: null,
	},
	{
		trap: 80,
		mark: "D",
		source: "eks: desired size lies between the limits",
		types: ["eks.NodeGroup"],
		on: ["create"],
		status: 400,
		refuses: ({ inputs }) => {
			const { minSize, maxSize, desiredSize } = record(inputs.scalingConfig);
			return count(desiredSize) < count(minSize) || count(desiredSize) > count(maxSize)
				? "InvalidParameterException: desired capacity must lie between minimum and maximum"
				: null;
		},
	},
	{
		trap: 41,
		mark: "D",
		source: "autoscaling: minimum is not above maximum",
		types: ["autoscaling.Group"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs }) =>
			count(inputs.minSize) > count(inputs.maxSize)
				? "ValidationError: Max bound must be greater than or equal to min bound"
				: null,
	},
	{
		trap: 43,
		mark: "D",
		source: "eks: a cluster spans two subnets",
		types: ["eks.Cluster"],
		on: ["create"],
		status: 400,
		refuses: ({ inputs }) =>
			list(record(inputs.vpcConfig).subnetIds).length < 2
				? "InvalidParameterException: Subnets specified must be in at least two different AZs"
				: null,
	},
];
