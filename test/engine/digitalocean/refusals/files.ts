import { others, type Refusal } from "../../cloud/refusal.ts";
import { text } from "../../cloud/values.ts";

const BUCKET_LIMIT = 100;
const KEY_LIMIT = 200;

export const FILE_REFUSALS: readonly Refusal[] = [
	{
		trap: 22,
		mark: "D",
		source: "Spaces limits; forceDestroy counts as the state has it, not as the program has it now",
		types: ["SpacesBucket"],
		on: ["delete"],
		status: 409,
		refuses: ({ previous, inputs, data }) => {
			const objects = data.objects[text(previous?.inputs.name)] ?? 0;
			return objects > 0 && inputs.forceDestroy !== true
				? `BucketNotEmpty: the bucket you tried to delete is not empty (${objects} objects)`
				: null;
		},
	},
	{
		trap: null,
		mark: "D",
		source: "Spaces limits: names of 3 to 63 lower-case letters, digits and dashes",
		types: ["SpacesBucket"],
		on: ["create"],
		status: 400,
		refuses: ({ inputs }) =>
			/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(text(inputs.name)) ? null : `InvalidBucketName: "${text(inputs.name)}"`,
	},
	{
		trap: 22,
		mark: "D",
		source: `Spaces limits: ${BUCKET_LIMIT} buckets and ${KEY_LIMIT} keys an account`,
		types: ["SpacesBucket", "SpacesKey"],
		on: ["create"],
		status: 422,
		refuses: (attempt) => {
			const limit = attempt.type.endsWith("SpacesKey") ? KEY_LIMIT : BUCKET_LIMIT;
			return others(attempt).length >= limit ? `the account's limit of ${limit} is reached` : null;
		},
	},
	{
		trap: null,
		mark: "K",
		source: "one registry an account",
		types: ["ContainerRegistry"],
		on: ["create"],
		status: 412,
		refuses: (attempt) => (others(attempt).length > 0 ? "the account already has a container registry" : null),
	},
	{
		trap: null,
		mark: "S",
		source: "cdn: the origin is a bucket's host name",
		types: ["Cdn"],
		on: ["create"],
		status: 404,
		refuses: (attempt) =>
			others(attempt, "SpacesBucket").some((other) => other.state.bucketDomainName === attempt.inputs.origin)
				? null
				: `no Space has the origin "${text(attempt.inputs.origin)}"`,
	},
];
