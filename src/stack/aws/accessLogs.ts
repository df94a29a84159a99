import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { type Input, interpolate, type Resource } from "@pulumi/pulumi";
import type { Declare } from "./declare.ts";
import { onlyByTls } from "./identity.ts";
import { policyDocument } from "./policyDocument.ts";
import { named, type Site } from "./site.ts";

/** Bucket that requests are logged to, and what has to stand before they can be. */
export interface AccessLogs {
	readonly bucket: Input<string>;
	/** Folder of the logs. */
	readonly prefix: string;
	readonly ready: readonly Resource[];
}

/** Days a log of requests stays: long enough to look into a complaint, short for what visitors did. */
const LOG_DAYS = 90;
/** Folder in the bucket. */
const PREFIX = "requests";

/**
 * Private bucket that the service of load balancers writes to, and nobody else. Logs are no data of the application's:
 * they go with the balancer.
 */
export function accessLogs(declare: Declare, parent: Resource, site: Site): AccessLogs {
	const bucket = declare("bucket", Bucket, "load-balancer-logs", {
		forceDestroy: true,
		tags: named(site, "request-logs"),
	});
	const of = { bucket: bucket.bucket };
	declare("bucketPublicAccess", BucketPublicAccessBlock, "load-balancer-logs-private", {
		...of,
		blockPublicAcls: true,
		blockPublicPolicy: true,
		ignorePublicAcls: true,
		restrictPublicBuckets: true,
	});
	// Balancers deliver to buckets with the store's own key only (AWS ELB user guide, access logs).
	declare("bucketEncryption", BucketServerSideEncryptionConfiguration, "load-balancer-logs-encryption", {
		...of,
		rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
	});
	declare("bucketLifecycle", BucketLifecycleConfiguration, "load-balancer-logs-lifecycle", {
		...of,
		rules: [
			{
				id: "end",
				status: "Enabled",
				filter: {},
				expiration: { days: LOG_DAYS },
				abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
			},
		],
	});
	const { accountId } = getCallerIdentityOutput({}, { parent });
	const policy = declare("bucketPolicy", BucketPolicy, "load-balancer-logs-policy", {
		...of,
		policy: policyDocument(
			{
				Sid: "Deliver",
				Effect: "Allow",
				Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
				Action: ["s3:PutObject"],
				Resource: interpolate`${bucket.arn}/${PREFIX}/AWSLogs/${accountId}/*`,
			},
			onlyByTls(bucket.arn),
		),
	});
	return { bucket: bucket.bucket, prefix: PREFIX, ready: [policy] };
}
