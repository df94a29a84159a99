import type { Plain, PlainRecord } from "../../../words.ts";
import { condition } from "../conditions.ts";
import { corsGrants } from "../cors.ts";
import { down, lost, NO_DOWNTIME, quiet, readByHosts, refused, removed, replaced } from "../effects.ts";
import { sooner } from "../expiry.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const BUCKET = "s3.Bucket";
const refusedAll = down("outage", null, "whoever reads or writes its files is refused");
const ownDocument = "AWS S3 user guide (docs.aws.amazon.com)";

/** Settings of a bucket that are resources of their own: name, word, and what is true without them. */
const SETTINGS: readonly (readonly [short: string, word: string, without: string])[] = [
	[
		"s3.BucketServerSideEncryptionConfiguration",
		"encryption of the bucket",
		"new files are encrypted as the provider does by itself",
	],
	["s3.BucketOwnershipControls", "ownership of files", "whoever uploads may own what is uploaded"],
	["s3.BucketLogging", "log of who reads the bucket", "nobody writes down who reads"],
	["s3.BucketIntelligentTieringConfiguration", "cheaper storage by itself", "files stay in the dearer storage"],
	["s3.BucketNotification", "messages about the bucket", "nobody is told"],
	["s3.BucketMetric", "figures of the bucket", "no figures"],
];

export const FILE_TYPES: readonly TypeRule[] = [
	part(BUCKET, "bucket", from(`${CFN} AWS::S3::Bucket`, 82), {
		kind: "data",
		remove: {
			...lost("lost", "with forceDestroy its files go too; without, the delete fails while it holds any", refusedAll),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: refusedAll,
			data: "lost",
			undo: "no",
			undoWhy: "the new bucket is empty, and the delete of the old one fails while it holds files",
			route: "new-bucket-sync",
		}),
		uniqueBy: ["bucket"],
		capacity: ["forceDestroy"],
	}),
	...SETTINGS.map(([short, word, without]) =>
		part(short, word, from(`${SDK} ${short.replace(".", "/")}`, 83), {
			within: "bucket",
			remove: { ...removed, undoWhy: `create it again; until then ${without}` },
		}),
	),
	part("s3.BucketPublicAccessBlock", "lock against public access", from(`${CFN} AWS::S3::Bucket`, 82), {
		kind: "guard",
		within: "bucket",
		remove: { ...removed, undoWhy: "create it again; until then a policy may open the bucket to everybody" },
	}),
	part("s3.BucketPolicy", "bucket policy", from(`${CFN} AWS::S3::BucketPolicy`, 83), {
		kind: "grant",
		within: "bucket",
		uniqueBy: ["bucket"],
	}),
	part("s3.BucketCorsConfiguration", "list of pages that may upload", from(`${SDK} s3/bucketCorsConfiguration.d.ts`), {
		kind: "grant",
		within: "bucket",
		grants: { corsRules: corsGrants },
	}),
	part("s3.BucketVersioning", "keeping of old versions", from(`${CFN} AWS::S3::Bucket`, 82), {
		within: "bucket",
		remove: {
			...removed,
			risks: [{ risk: "recovery-gap", why: "what is overwritten or deleted from now on is gone" }],
			undoWhy: "switch it on again",
		},
		removeWhen: [
			{
				says: "no versions were kept",
				holds: ({ inputs }) => recordOf(inputs.versioningConfiguration).status !== "Enabled",
				effect: removed,
			},
		],
	}),
	part("s3.BucketLifecycleConfiguration", "rules by which files go", from(`${CFN} AWS::S3::Bucket`, 82), {
		within: "bucket",
		comesLike: "rules",
		remove: { ...removed, undoWhy: "create it again; until then nothing goes by itself" },
	}),
	part("s3.BucketReplicationConfig", "copy of the bucket elsewhere", from(`${SDK} s3/bucketReplicationConfig.d.ts`), {
		within: "bucket",
		remove: {
			...removed,
			risks: [{ risk: "recovery-gap", why: "what is written from now on is not copied" }],
			undoWhy: "create it again; what was written meanwhile is not copied",
		},
	}),
	part("s3.BucketObjectLockConfiguration", "lock on files", from(`${SDK} s3/bucketObjectLockConfiguration.d.ts`), {
		within: "bucket",
		remove: { ...removed, risks: [{ risk: "recovery-gap", why: "new files are no longer locked against deletion" }] },
	}),
	part("s3.BucketObjectv2", "file that the stack writes", from(`${PROVIDER}/s3/object.go`), {
		kind: "settings",
		within: "bucket",
		replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "write it again" }),
		uniqueBy: ["bucket", "key"],
	}),
	part("s3.BucketAcl", "list of who may read", from(`${SDK} s3/bucketAcl.d.ts`), { kind: "grant", within: "bucket" }),
];

function recordOf(value: Plain | undefined): PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function isList(value: Plain): value is readonly Plain[] {
	return Array.isArray(value);
}

/** Rules of a replication that are switched on. */
function copying(value: Plain | undefined): number {
	const rules: readonly Plain[] = value !== undefined && isList(value) ? value : [];
	return rules.filter((rule) => recordOf(rule).status !== "Disabled").length;
}

export const FILE_RULES: readonly PropertyRule[] = [
	{
		type: token(BUCKET),
		paths: ["forceDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then takes the files along" },
		...from(`${SDK} s3/bucket.d.ts: only read at delete`, 82),
	},
	inPlace(BUCKET, ["tags"], from(`${SDK}: tags are changed in place`)),
	{
		type: token("s3.BucketVersioning"),
		paths: ["versioningConfiguration.status", "versioningConfiguration"],
		when: condition("no longer kept", ({ new: next }) => next === "Disabled" || recordOf(next).status === "Disabled"),
		effect: refused("versioning can be suspended, never taken away"),
		...from(ownDocument, 82),
	},
	{
		type: token("s3.BucketVersioning"),
		paths: ["versioningConfiguration.status", "versioningConfiguration"],
		when: condition("suspended", ({ new: next }) => next === "Suspended" || recordOf(next).status === "Suspended"),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "what is overwritten or deleted from now on is gone" }],
			undoWhy: "switch it on again",
		},
		...from(ownDocument, 82),
	},
	{
		type: token("s3.BucketVersioning"),
		paths: ["versioningConfiguration", "mfa"],
		effect: { ...quiet, undo: "partial", undoWhy: "versioning can be suspended, not taken away" },
		...from(ownDocument, 82),
	},
	{
		type: token("s3.BucketLifecycleConfiguration"),
		paths: ["rules"],
		when: sooner("files go sooner", "expiration"),
		effect: {
			...quiet,
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "files older than the new limit are deleted within a day",
			route: "keep-size",
		},
		...from(ownDocument, 82),
	},
	{
		type: token("s3.BucketLifecycleConfiguration"),
		paths: ["rules"],
		when: sooner("old versions go sooner", "noncurrentVersionExpiration"),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "what was overwritten or deleted can be brought back for a shorter time" }],
			undo: "partial",
			undoWhy: "versions older than the new limit do not come back",
		},
		...from(ownDocument, 82),
	},
	inPlace(
		"s3.BucketLifecycleConfiguration",
		["rules", "transitionDefaultMinimumObjectSize"],
		from(`${SDK} s3/bucketLifecycleConfiguration.d.ts`, 82),
	),
	{
		type: token("s3.BucketPolicy"),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "the policy is not read here, so it counts as wider" }] },
		...from(`${CFN} AWS::S3::BucketPolicy: in place; not read here, so it counts as wider`),
	},
	{
		type: token("s3.BucketPublicAccessBlock"),
		paths: ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
		when: condition("is lifted", ({ new: next }) => next !== true),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "the bucket may be opened to everybody" }] },
		...from(`${SDK} s3/bucketPublicAccessBlock.d.ts`, 82),
	},
	inPlace(
		"s3.BucketPublicAccessBlock",
		["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets", "skipDestroy"],
		from(`${SDK} s3/bucketPublicAccessBlock.d.ts`, 82),
	),
	inPlace("s3.BucketCorsConfiguration", ["corsRules"], from(`${SDK} s3/bucketCorsConfiguration.d.ts: in place`)),
	{
		type: token("s3.BucketAcl"),
		paths: ["acl", "accessControlPolicy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who may read the bucket changes" }] },
		...from(`${SDK} s3/bucketAcl.d.ts: in place`),
	},
	inPlace(
		"s3.BucketServerSideEncryptionConfiguration",
		["rules"],
		from(`${CFN} AWS::S3::Bucket: in place, for new files`),
	),
	inPlace("s3.BucketOwnershipControls", ["rule"], from(`${SDK} s3/bucketOwnershipControls.d.ts`)),
	inPlace(
		"s3.BucketLogging",
		["targetBucket", "targetPrefix", "targetObjectKeyFormat"],
		from(`${SDK} s3/bucketLogging.d.ts`),
	),
	{
		type: token("s3.BucketReplicationConfig"),
		paths: ["rules"],
		when: condition("fewer rules copy", ({ old, new: next }) => copying(next) < copying(old)),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "what is written from now on is not copied" }],
			undoWhy: "switch it on again; what was written meanwhile is not copied",
		},
		...from(`${SDK} s3/bucketReplicationConfig.d.ts: in place`, 82),
	},
	{
		type: token("s3.BucketObjectLockConfiguration"),
		paths: ["rule"],
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "how long new files are locked against deletion changes" }],
		},
		...from(`${SDK} s3/bucketObjectLockConfiguration.d.ts: in place`, 82),
	},
	inPlace("s3.BucketReplicationConfig", ["role", "rules"], from(`${SDK} s3/bucketReplicationConfig.d.ts`)),
	inPlace(
		"s3.BucketIntelligentTieringConfiguration",
		["tierings", "filter", "status"],
		from(`${SDK} s3/bucketIntelligentTieringConfiguration.d.ts`),
	),
	inPlace("s3.BucketNotification", ["eventbridge", "queues", "topics"], from(`${SDK} s3/bucketNotification.d.ts`)),
	{
		type: token("s3.BucketObjectv2"),
		paths: ["content", "contentBase64", "etag", "sourceHash"],
		effect: {
			outcome: "interrupts",
			...readByHosts,
			undoWhy: "hosts read the older settings again",
		},
		...from("src/host/files/apply.ts: units whose files changed are restarted"),
	},
	inPlace(
		"s3.BucketObjectv2",
		["cacheControl", "contentType", "metadata", "serverSideEncryption", "storageClass", "tags"],
		from(`${PROVIDER}/s3/object.go: in place`),
	),
];
