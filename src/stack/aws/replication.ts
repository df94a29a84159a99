import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";
import { interpolate } from "@pulumi/pulumi";
import type { OwnedBucket } from "./bucket.ts";
import type { Declare } from "./declare.ts";
import { policyDocument, trustOf } from "./policyDocument.ts";

/**
 * Copies each new object of a bucket to one in another region, deletions too, minutes after it was written. What lay
 * in the bucket before is not copied; old versions on both sides bring back what was deleted by mistake.
 */
export function replicate(declare: Declare, name: string, from: OwnedBucket, to: OwnedBucket): void {
	const role = declare("role", Role, `${name}-replication-role`, {
		assumeRolePolicy: trustOf("s3.amazonaws.com"),
		description: "Copies objects to the second region",
	});
	const policy = declare("rolePolicy", RolePolicy, `${name}-replication-rights`, {
		role: role.id,
		policy: policyDocument(
			{
				Sid: "See",
				Effect: "Allow",
				Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
				Resource: from.bucket.arn,
			},
			{
				Sid: "Read",
				Effect: "Allow",
				Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
				Resource: interpolate`${from.bucket.arn}/*`,
			},
			{
				Sid: "Write",
				Effect: "Allow",
				Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
				Resource: interpolate`${to.bucket.arn}/*`,
			},
		),
	});
	declare(
		"bucketReplication",
		BucketReplicationConfig,
		`${name}-replication`,
		{
			bucket: from.bucket.bucket,
			role: role.arn,
			rules: [
				{
					id: "all",
					status: "Enabled",
					priority: 1,
					filter: {},
					deleteMarkerReplication: { status: "Enabled" },
					destination: { bucket: to.bucket.arn },
				},
			],
		},
		{ dependsOn: [from.versioned, to.versioned, policy] },
	);
}
