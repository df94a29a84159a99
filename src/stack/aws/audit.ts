import { Trail } from "@pulumi/aws/cloudtrail/trail.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { type Input, interpolate } from "@pulumi/pulumi";
import { closeBucket, declareBucket, OWN_CONTENT } from "./bucket.ts";
import type { Declare } from "./declare.ts";
import { keyPolicy } from "./keyPolicy.ts";
import { named, type Site } from "./site.ts";

/** Days who did what is kept: a year, as auditors ask for. */
const KEEP_DAYS = 365;
const TRAIL = "cloudtrail.amazonaws.com";

/**
 * Who did what to the account, in all regions, in files whose absence or change shows. The bucket stays in the account
 * when a tier no longer asks for the log: what is in it is not the stack's to delete.
 */
export function declareTrail(declare: Declare, site: Site, accountId: Input<string>): void {
	const name = "monitoring-audit";
	const ours = { StringEquals: { "aws:SourceAccount": accountId } };
	const key = declare(
		"key",
		Key,
		`${name}-key`,
		{
			description: "Who did what to the account",
			enableKeyRotation: true,
			policy: keyPolicy(accountId, [TRAIL]),
		},
		// As the bucket: without it nobody reads what is there. Protection would forbid the way down instead.
		{ retainOnDelete: true },
	);
	const bucket = declareBucket(declare, name, site, {
		...OWN_CONTENT,
		versioning: true,
		supersededDays: KEEP_DAYS,
		expireDays: KEEP_DAYS,
		outlives: true,
	});
	const { arn } = bucket.bucket;
	const policy = closeBucket(declare, name, site, bucket, [
		{
			Sid: "Look",
			Effect: "Allow",
			Principal: { Service: TRAIL },
			Action: ["s3:GetBucketAcl"],
			Resource: arn,
			Condition: ours,
		},
		{
			Sid: "Write",
			Effect: "Allow",
			Principal: { Service: TRAIL },
			Action: ["s3:PutObject"],
			Resource: interpolate`${arn}/AWSLogs/${accountId}/*`,
			Condition: ours,
		},
	]);
	declare(
		"trail",
		Trail,
		"monitoring-trail",
		{
			s3BucketName: bucket.bucket.bucket,
			kmsKeyId: key.arn,
			isMultiRegionTrail: true,
			includeGlobalServiceEvents: true,
			enableLogFileValidation: true,
			tags: named(site, "audit"),
		},
		{ dependsOn: [policy] },
	);
}
