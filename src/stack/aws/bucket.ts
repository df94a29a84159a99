import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketCorsConfiguration } from "@pulumi/aws/s3/bucketCorsConfiguration.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketLogging } from "@pulumi/aws/s3/bucketLogging.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type { Input } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { type Declare, placeIn } from "./declare.ts";
import { onlyByTls } from "./identity.ts";
import { policyDocument, type Statement } from "./policyDocument.ts";
import { named, type Site } from "./site.ts";

export interface BucketArgs {
	/** Whether overwritten and deleted objects can be brought back. Off only stops new versions. In place. */
	readonly versioning: boolean;
	/** Days until a superseded version goes; null = never. In place. */
	readonly supersededDays: number | null;
	/** Origins whose pages may upload straight to the bucket, such as `https://shop.example.com`; none = no browser may. */
	readonly origins: readonly string[];
	/** False while the bucket is being retired, and for one whose content can be made again. */
	readonly guarded: boolean;
	/** Days until an object goes; null = never. Only for what the program or the provider writes. */
	readonly expireDays: number | null;
	/** Whether the bucket may go with its objects: never where users' data is. */
	readonly forceDestroy: boolean;
	/** Whether it stays in the account when the stack no longer declares it. */
	readonly outlives: boolean;
}

/** A private bucket, and where it is. */
export interface OwnedBucket {
	readonly bucket: Bucket;
	readonly region: string;
	/** What replication waits for: it asks for versions on both sides. */
	readonly versioned: BucketVersioning;
}

/** Unfinished uploads are paid for and seen by nobody. */
const ABORT_UPLOAD_DAYS = 7;

/** Settings of a bucket that nobody but this stack fills. */
export const OWN_CONTENT = {
	versioning: false,
	supersededDays: null,
	origins: [],
	guarded: false,
	expireDays: null,
	forceDestroy: false,
	outlives: false,
} as const satisfies BucketArgs;

/**
 * A bucket that is nobody else's: no public access by any of the four ways, no access lists, encrypted, TLS only once
 * `closeBucket` gave it its policy. Its name is made up once and kept, so that a new one would count as a replacement.
 *
 * @param region where it is; a change replaces it.
 */
export function declareBucket(
	declare: Declare,
	name: string,
	site: Site,
	args: BucketArgs,
	region = site.region,
): OwnedBucket {
	const place = placeIn(site, region);
	const guard = { protect: args.guarded && isProtected("data", site.protect) };
	const bucket = declare(
		"bucket",
		Bucket,
		name,
		{ ...place, forceDestroy: args.forceDestroy, tags: named(site, name) },
		{ ...guard, retainOnDelete: args.outlives },
	);
	const of = { ...place, bucket: bucket.bucket };
	declare("bucketPublicAccess", BucketPublicAccessBlock, `${name}-private`, {
		...of,
		blockPublicAcls: true,
		blockPublicPolicy: true,
		ignorePublicAcls: true,
		restrictPublicBuckets: true,
	});
	declare("bucketOwnership", BucketOwnershipControls, `${name}-ownership`, {
		...of,
		rule: { objectOwnership: "BucketOwnerEnforced" },
	});
	declare("bucketEncryption", BucketServerSideEncryptionConfiguration, `${name}-encryption`, {
		...of,
		rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
	});
	const versioned = declare("bucketVersioning", BucketVersioning, `${name}-versioning`, {
		...of,
		// The provider can only suspend what was once on; one that never was is `Suspended` all the same.
		versioningConfiguration: { status: args.versioning ? "Enabled" : "Suspended" },
	});
	declare(
		"bucketLifecycle",
		BucketLifecycleConfiguration,
		`${name}-lifecycle`,
		{
			...of,
			rules: [
				{
					id: "tidy",
					status: "Enabled",
					filter: {},
					abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_UPLOAD_DAYS },
					...(args.supersededDays === null
						? {}
						: { noncurrentVersionExpiration: { noncurrentDays: args.supersededDays } }),
					...(args.expireDays === null ? {} : { expiration: { days: args.expireDays } }),
				},
			],
		},
		{ dependsOn: [versioned] },
	);
	if (args.origins.length > 0) {
		declare("bucketCors", BucketCorsConfiguration, `${name}-cors`, {
			...of,
			corsRules: [
				{
					allowedMethods: ["GET", "PUT", "HEAD"],
					allowedOrigins: [...args.origins],
					allowedHeaders: ["*"],
					maxAgeSeconds: 3600,
				},
			],
		});
	}
	return { bucket, region, versioned };
}

/** The bucket's one policy: TLS only, and whom else it lets in. */
export function closeBucket(
	declare: Declare,
	name: string,
	site: Site,
	{ bucket, region }: OwnedBucket,
	statements: readonly Statement[] = [],
): BucketPolicy {
	return declare("bucketPolicy", BucketPolicy, `${name}-policy`, {
		...placeIn(site, region),
		bucket: bucket.bucket,
		policy: policyDocument(...statements, onlyByTls(bucket.arn)),
	});
}

/** Has each request to a bucket logged, in a bucket of the same region. */
export function logRequests(
	declare: Declare,
	name: string,
	{ bucket }: OwnedBucket,
	to: { readonly bucket: Input<string> },
): void {
	declare("bucketLogging", BucketLogging, `${name}-logging`, {
		bucket: bucket.bucket,
		targetBucket: to.bucket,
		targetPrefix: `${name}/`,
	});
}
