import type { Plain, PlainRecord } from "../../../words.ts";
import { becomes, condition } from "../conditions.ts";
import { corsGrants } from "../cors.ts";
import { created, down, lost, quiet, readByHosts, removed, replaced, unknownEffect } from "../effects.ts";
import { sooner } from "../expiry.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { bucketAcl, keyGrants } from "./grants.ts";
import { from, PROVIDER, token } from "./source.ts";

const BUCKET = token("SpacesBucket");
const KEY = token("SpacesKey");
const POLICY = token("SpacesBucketPolicy");
const CORS = token("SpacesBucketCorsConfiguration");
const OBJECT = token("SpacesBucketObject");

const gone = down("outage", null, "whoever reads or writes its files is refused");
const SPACES_LIMITS = "DigitalOcean Spaces limits page";

export const FILE_TYPES: readonly TypeRule[] = [
	{
		type: BUCKET,
		word: "bucket",
		kind: "data",
		within: null,
		create: created,
		remove: {
			...lost("lost", "with forceDestroy its files go too; without, the delete fails while it holds any", gone),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: gone,
			data: "lost",
			undo: "no",
			undoWhy: "the new bucket is empty, and the old name stays taken for a week",
			route: "new-bucket-sync",
		}),
		uniqueBy: ["name"],
		capacity: ["name", "region"],
		grants: { acl: bucketAcl },
		...from(`${PROVIDER} spaces/resource_spaces_bucket.go:35; ${SPACES_LIMITS}`, 19, 22),
	},
	{
		type: KEY,
		word: "bucket key",
		kind: "grant",
		within: null,
		create: created,
		remove: {
			...removed,
			downtime: down("outage", null, "whoever signs with this key is refused"),
			route: "second-credential",
		},
		replace: replaced({
			downtime: down("outage", null, "the new key has another secret"),
			data: "none",
			undo: "partial",
			undoWhy: "the old secret does not come back",
			route: "second-credential",
		}),
		uniqueBy: [],
		capacity: [],
		grants: { grants: keyGrants },
		...from(`${PROVIDER} spaces/resource_spaces_key.go: name and grants in place`, 20, 99),
	},
	{
		type: POLICY,
		word: "bucket policy",
		kind: "grant",
		within: "bucket",
		create: created,
		remove: removed,
		replace: replaced({ downtime: down("none", null, ""), data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: ["bucket"],
		capacity: [],
		...from(`${PROVIDER} spaces/resource_spaces_bucket_policy.go`),
	},
	{
		type: CORS,
		word: "list of pages that may upload",
		kind: "grant",
		within: "bucket",
		create: created,
		remove: removed,
		replace: replaced({ downtime: down("none", null, ""), data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: [],
		capacity: [],
		grants: { corsRules: corsGrants },
		...from(`${PROVIDER} spaces/resource_spaces_bucket_cors_configuration.go`),
	},
	{
		type: OBJECT,
		word: "settings of the hosts",
		kind: "settings",
		within: "bucket",
		create: created,
		remove: removed,
		replace: replaced({ downtime: down("none", null, ""), data: "none", undo: "yes", undoWhy: "write it again" }),
		uniqueBy: ["bucket", "key"],
		capacity: [],
		...from(`${PROVIDER} spaces/resource_spaces_bucket_object.go`),
	},
];

function memberOf(value: Plain | undefined, key: string): Plain | undefined {
	return isRecord(value) ? value[key] : undefined;
}

function isRecord(value: Plain | undefined): value is PlainRecord {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const FILE_RULES: readonly PropertyRule[] = [
	{
		type: BUCKET,
		paths: ["name"],
		effect: {
			...unknownEffect("nothing is renamed, but the program believes in the new name and points everybody to it"),
			outcome: "no-effect",
			route: "new-bucket-sync",
		},
		...from(`${PROVIDER} spaces/resource_spaces_bucket.go:271 and 340`, 19),
	},
	{
		type: BUCKET,
		paths: ["lifecycleRules"],
		when: sooner("files go sooner", "expiration"),
		effect: {
			...quiet,
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "files older than the new limit are deleted within a day",
			route: "keep-size",
		},
		...from(`${PROVIDER} spaces: lifecycle rules in place`, 82),
	},
	{
		type: BUCKET,
		paths: ["lifecycleRules"],
		when: sooner("old versions go sooner", "noncurrentVersionExpiration"),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "what was overwritten or deleted can be brought back for a shorter time" }],
			undo: "partial",
			undoWhy: "versions older than the new limit do not come back",
		},
		...from(`${PROVIDER} spaces: lifecycle rules in place`, 82),
	},
	{
		type: BUCKET,
		paths: ["versioning"],
		when: condition(
			"old versions are no longer kept",
			({ old, new: next }) => memberOf(old, "enabled") === true && memberOf(next, "enabled") !== true,
		),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "what is overwritten or deleted from now on is gone" }],
			undoWhy: "switch it on again",
		},
		...from(`${PROVIDER} spaces: versioning in place, suspended and never removed`, 82),
	},
	{
		type: BUCKET,
		paths: ["versioning"],
		effect: { ...quiet, undo: "partial", undoWhy: "versioning can be suspended, not removed" },
		...from(`${PROVIDER} spaces: versioning in place, suspended and never removed`, 82),
	},
	{ type: BUCKET, paths: ["acl", "lifecycleRules"], effect: quiet, ...from(`${PROVIDER} spaces: in place`) },
	{
		type: BUCKET,
		paths: ["forceDestroy"],
		when: becomes(true),
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then takes the files along" },
		...from(`${PROVIDER} spaces: only read at delete`, 22),
	},
	{
		type: BUCKET,
		paths: ["forceDestroy"],
		effect: { ...quiet, outcome: "no-effect" },
		...from(`${PROVIDER} spaces: only read at delete`, 22),
	},
	{
		type: KEY,
		paths: ["grants", "name"],
		effect: quiet,
		...from(`${PROVIDER} spaces/resource_spaces_key.go: in place`, 20),
	},
	{
		type: POLICY,
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "the policy is not read here, so it counts as wider" }] },
		...from(`${PROVIDER} spaces/resource_spaces_bucket_policy.go: in place; not read here, so it counts as wider`),
	},
	{
		type: CORS,
		paths: ["bucket"],
		effect: { ...quiet, undoWhy: "point it back; the other bucket keeps the list it got" },
		...from(`${PROVIDER} spaces/resource_spaces_bucket_cors_configuration.go: in place, by the schema`),
	},
	{
		type: CORS,
		paths: ["corsRules"],
		effect: quiet,
		...from(`${PROVIDER} spaces/resource_spaces_bucket_cors_configuration.go: in place`),
	},
	{
		type: OBJECT,
		paths: ["content"],
		when: condition(
			"settings that nothing on the host reads by itself",
			({ newInputs: { key } }) => typeof key === "string" && key.endsWith("/settings.json"),
		),
		effect: { ...quiet, undoWhy: "hosts read the older settings again" },
		...from("src/host: settings.json is what host.json is made of"),
	},
	{
		type: OBJECT,
		paths: ["content"],
		effect: {
			outcome: "interrupts",
			...readByHosts,
			undoWhy: "hosts read the older settings again",
		},
		...from("src/host/files/apply.ts: units whose files changed are restarted"),
	},
	{
		type: OBJECT,
		paths: ["acl", "contentType"],
		effect: quiet,
		...from(`${PROVIDER} spaces/resource_spaces_bucket_object.go: in place`),
	},
];
