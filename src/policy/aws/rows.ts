import { letsEverybodyIn } from "../bucketPolicy.ts";
import { type Check, checkProtect, complain, type ResourceRow, type StackComplaint, type StackRow } from "../rule.ts";
import type { Subject } from "../subject.ts";
import {
	checkAcl,
	checkBlocks,
	checkDeletionProtection,
	checkDistribution,
	checkLastBackups,
	checkListener,
	checkMachineDisks,
	checkRetention,
	checkTags,
	checkTemplateDisks,
	must,
	mustNot,
	together,
	unlessLogsOrCopy,
	unlessReplica,
} from "./checks.ts";
import { checkGroupForData, checkGroupForSsh, OPENING_TYPES } from "./openings.ts";

/*
 * How AWS resources keep the rules, by type token and input name alone: this folder needs no AWS package. Where AWS
 * itself has a default, the check goes by that default.
 */

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const VOLUME = "aws:ebs/volume:Volume";
const MACHINE = "aws:ec2/instance:Instance";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];

function checkEveryBucketBlocked(subjects: readonly Subject[]): readonly StackComplaint[] {
	const blocked = new Set(
		subjects.filter(({ type }) => type === PUBLIC_ACCESS_BLOCK).flatMap(({ references }) => references.bucket ?? []),
	);
	return subjects
		.filter(({ type, urn }) => BUCKETS.includes(type) && !blocked.has(urn))
		.map(({ urn, name }) => ({ urn, message: `${name} has no public access block` }));
}

const rows = (
	rule: ResourceRow["rule"],
	types: readonly string[],
	check: Check,
	like: string | null,
): readonly ResourceRow[] => types.map((type) => ({ rule, type, check, like }));

const encrypted = must("storageEncrypted", "is not encrypted at rest (storageEncrypted)");
const notPublic = mustNot("publiclyAccessible", "has a public address (publiclyAccessible)");

export const awsRows: readonly ResourceRow[] = [
	...rows("database-not-public", [INSTANCE, "aws:rds/clusterInstance:ClusterInstance"], notPublic, "CKV_AWS_17"),
	...rows("database-not-public", OPENING_TYPES, checkGroupForData, null),
	...rows("ssh-not-wide", OPENING_TYPES, checkGroupForSsh, "CKV_AWS_24"),
	...rows("encrypted-at-rest", [INSTANCE], unlessReplica(encrypted), "CKV_AWS_16"),
	...rows("encrypted-at-rest", [CLUSTER], unlessReplica(encrypted), "CKV_AWS_96"),
	...rows("encrypted-at-rest", [VOLUME], must("encrypted", "is not encrypted at rest (encrypted)"), "CKV_AWS_3"),
	...rows("encrypted-at-rest", [MACHINE], checkMachineDisks, "CKV_AWS_8"),
	...rows("encrypted-at-rest", [LAUNCH_TEMPLATE], checkTemplateDisks, "CKV_AWS_8"),
	...rows(
		"encrypted-at-rest",
		[CACHE],
		must("atRestEncryptionEnabled", "is not encrypted at rest (atRestEncryptionEnabled)"),
		"CKV_AWS_29",
	),
	...rows(
		"encrypted-in-transit",
		[CACHE],
		must("transitEncryptionEnabled", "takes connections without TLS (transitEncryptionEnabled)"),
		"CKV_AWS_30",
	),
	...rows("encrypted-in-transit", LISTENERS, checkListener, "CKV_AWS_2"),
	...rows("encrypted-in-transit", ["aws:cloudfront/distribution:Distribution"], checkDistribution, "CKV_AWS_34"),
	...rows("backed-up", [INSTANCE], unlessReplica(together(checkRetention, checkLastBackups)), "CKV_AWS_133"),
	...rows("backed-up", [CLUSTER], unlessReplica(together(checkRetention, checkLastBackups)), "CKV_AWS_133"),
	...rows("protected", [INSTANCE], unlessReplica(together(checkProtect, checkDeletionProtection)), "CKV_AWS_293"),
	...rows("protected", [CLUSTER], unlessReplica(together(checkProtect, checkDeletionProtection)), "CKV_AWS_139"),
	...rows("protected", [VOLUME], checkProtect, null),
	...rows(
		"protected",
		BUCKETS,
		unlessLogsOrCopy(
			together(checkProtect, mustNot("forceDestroy", "would be deleted with its objects (forceDestroy)")),
		),
		null,
	),
	...rows("bucket-private", [...BUCKETS, "aws:s3/bucketAcl:BucketAcl"], checkAcl, "CKV_AWS_20"),
	...rows("bucket-private", [PUBLIC_ACCESS_BLOCK], checkBlocks, "CKV_AWS_53"),
	...rows(
		"bucket-private",
		["aws:s3/bucketPolicy:BucketPolicy"],
		({ inputs }) => complain(letsEverybodyIn(inputs, "policy"), "lets everybody in"),
		"CKV_AWS_70",
	),
	...rows("tagged", [INSTANCE, CLUSTER, ...BUCKETS, VOLUME, MACHINE, CACHE, ...BALANCERS], checkTags, null),
];

export const awsStackRows: readonly StackRow[] = [{ rule: "bucket-private", check: checkEveryBucketBlocked }];
