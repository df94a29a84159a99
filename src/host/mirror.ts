import type { KeyPair } from "./settings.ts";

/*
 * How a bucket is mirrored into a folder of another one by rclone, which takes both ends from its environment. The same
 * for hosts and clusters. Sources: rclone.org/docs, "Environment Variables"; rclone.org/s3, options; read 2026-11-21.
 */

interface BucketPlace {
	/** Address of the bucket service, without the bucket's name. */
	readonly endpoint: string;
	readonly region: string;
	readonly bucket: string;
}

/** Open values: where from and where to. `prefix` is the stack's name, as for the dumps beside it. */
export function mirrorPlaces(from: BucketPlace, to: BucketPlace, prefix: string): Record<string, string> {
	return {
		MIRROR_FROM: `from:${from.bucket}`,
		MIRROR_TO: `to:${to.bucket}/${prefix}-files`,
		...endOf("FROM", from),
		...endOf("TO", to),
		// The keys open these two buckets and may not look for others, let alone make them.
		RCLONE_S3_NO_CHECK_BUCKET: "true",
	};
}

/** Secret values: a key for each end. */
export function mirrorKeys(from: KeyPair, to: KeyPair): Record<string, string> {
	return { ...keyOf("FROM", from), ...keyOf("TO", to) };
}

function endOf(end: string, { endpoint, region }: BucketPlace): Record<string, string> {
	return {
		[`RCLONE_CONFIG_${end}_TYPE`]: "s3",
		[`RCLONE_CONFIG_${end}_PROVIDER`]: "Other",
		[`RCLONE_CONFIG_${end}_ENDPOINT`]: endpoint,
		[`RCLONE_CONFIG_${end}_REGION`]: region,
	};
}

function keyOf(end: string, { accessKey, secretKey }: KeyPair): Record<string, string> {
	return {
		[`RCLONE_CONFIG_${end}_ACCESS_KEY_ID`]: accessKey,
		[`RCLONE_CONFIG_${end}_SECRET_ACCESS_KEY`]: secretKey,
	};
}
