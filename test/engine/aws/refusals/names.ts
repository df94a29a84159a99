import { now } from "../../cloud/account.ts";
import { type Attempt, others, type Refusal } from "../../cloud/refusal.ts";
import { shortName } from "../../cloud/schema.ts";
import { count, text } from "../../cloud/values.ts";

interface UniqueName {
	readonly type: string;
	/** Input that must differ from that of every other. */
	readonly key: string;
	/** Inputs that must be equal for two to clash. */
	readonly within: readonly string[];
	/** Seconds for which a deleted name stays taken. */
	readonly blockedFor: (attempt: Attempt) => number;
	readonly trap: number | null;
	readonly mark: Refusal["mark"];
	readonly source: string;
}

const DAY = 24 * 3600;
/** AWS's own default of `recoveryWindowInDays`: the trap's text. */
const RECOVERY_DAYS = 30;
const free = () => 0;

function unique(
	type: string,
	key: string,
	trap: number | null,
	mark: Refusal["mark"],
	source: string,
	within: readonly string[] = ["region"],
	blockedFor: UniqueName["blockedFor"] = free,
): UniqueName {
	return { type, key, within, blockedFor, trap, mark, source };
}

/** Names an account or a region holds once. Two stacks, or a replacement that creates first, clash on them. Trap 92. */
export const UNIQUE_NAMES: readonly UniqueName[] = [
	unique("s3.Bucket", "bucket", 82, "C", "bucket names are unique in all accounts and regions", []),
	unique("lb.LoadBalancer", "name", 92, "D", "loadBalancer.d.ts: unique within the account"),
	unique("lb.TargetGroup", "name", 45, "D", "targetGroup.d.ts: name"),
	unique("rds.Instance", "identifier", 92, "D", "rds: DBInstanceIdentifier is unique in a region"),
	unique("rds.Cluster", "clusterIdentifier", 92, "D", "rds: DBClusterIdentifier is unique in a region"),
	unique("rds.Snapshot", "dbSnapshotIdentifier", 66, "D", "rds: DBSnapshotIdentifier is unique"),
	unique("rds.ClusterSnapshot", "dbClusterSnapshotIdentifier", 66, "D", "rds: DBClusterSnapshotIdentifier is unique"),
	unique("rds.GlobalCluster", "globalClusterIdentifier", 92, "D", "rds: GlobalClusterIdentifier is unique", []),
	unique("rds.ParameterGroup", "name", 62, "D", "rds: DBParameterGroupName is unique"),
	unique("rds.SubnetGroup", "name", 92, "D", "rds: DBSubnetGroupName is unique"),
	unique("elasticache.ReplicationGroup", "replicationGroupId", 92, "D", "elasticache: ReplicationGroupId is unique"),
	unique("elasticache.SubnetGroup", "name", 92, "D", "elasticache: CacheSubnetGroupName is unique"),
	unique("elasticache.ParameterGroup", "name", 92, "D", "elasticache: CacheParameterGroupName is unique"),
	unique("eks.Cluster", "name", 92, "D", "eks: cluster names are unique in a region"),
	unique("autoscaling.Group", "name", 92, "D", "autoscaling: group names are unique in a region"),
	unique("ec2.LaunchTemplate", "name", 92, "D", "ec2: launch template names are unique"),
	unique("ec2.SecurityGroup", "name", 47, "C", "ec2: group names are unique in a VPC", ["region", "vpcId"]),
	unique("iam.Role", "name", 92, "D", "iam: role names are unique in the account", []),
	unique("iam.InstanceProfile", "name", 92, "D", "iam: instance profile names are unique", []),
	unique("kms.Alias", "name", 92, "D", "kms: alias names are unique in a region"),
	unique("wafv2.WebAcl", "name", 51, "C", "wafv2: web ACL names are unique", ["region", "scope"]),
	unique("cloudwatch.LogGroup", "name", 91, "K", "logs: the log group already exists"),
	unique("backup.Vault", "name", 90, "C", "backup: vault names are unique in a region"),
	unique("sns.Topic", "name", 92, "D", "sns: topics of one name are one topic"),
	unique(
		"secretsmanager.Secret",
		"name",
		84,
		"S",
		"secretsmanager/secret.go: a deleted name waits",
		["region"],
		(attempt) =>
			DAY *
			(attempt.inputs.recoveryWindowInDays === undefined ? RECOVERY_DAYS : count(attempt.inputs.recoveryWindowInDays)),
	),
	unique("sqs.Queue", "name", 85, "S", "sqs/queue.go: 60 seconds after the delete", ["region"], () => 60),
];

function takenName(attempt: Attempt, rule: UniqueName): string | null {
	const name = text(attempt.inputs[rule.key]);
	if (name === "") return null;
	const clash = others(attempt).some(
		(other) =>
			text(other.inputs[rule.key]) === name && rule.within.every((key) => other.inputs[key] === attempt.inputs[key]),
	);
	if (clash) return `${rule.type} with ${rule.key} "${name}" already exists`;
	const blockedUntil = attempt.data.blockedNames[blockKey(rule, attempt)] ?? 0;
	return attempt.operation === "create" && blockedUntil > now(attempt.data)
		? `${rule.type} "${name}" was deleted lately and its name cannot be used yet`
		: null;
}

function blockKey(rule: UniqueName, { inputs }: Attempt): string {
	return [rule.type, ...rule.within.map((key) => text(inputs[key])), text(inputs[rule.key])].join("/");
}

/** Remembers a deleted name that cannot be taken again at once. */
export function blockDeletedName(attempt: Attempt): void {
	const rule = UNIQUE_NAMES.find((candidate) => candidate.type === shortName(attempt.type));
	const seconds = rule?.blockedFor(attempt) ?? 0;
	if (rule === undefined || seconds === 0) return;
	attempt.data.blockedNames[blockKey(rule, attempt)] = now(attempt.data) + seconds;
}

export const NAME_REFUSALS: readonly Refusal[] = UNIQUE_NAMES.map((rule) => ({
	trap: rule.trap,
	mark: rule.mark,
	source: rule.source,
	types: [rule.type],
	on: ["create", "update"],
	status: 409,
	refuses: (attempt) => takenName(attempt, rule),
}));
