import { now } from "../../cloud/account.ts";
import { type Attempt, others, type Refusal } from "../../cloud/refusal.ts";
import { count, list, record, text, type Value } from "../../cloud/values.ts";
import { isOlder } from "../../cloud/versions.ts";
import { COOL_DOWN } from "./storage.ts";

/** Under this size a gp3 volume of PostgreSQL and MySQL takes no figures of its own. Trap 56. */
const GP3_FIGURES_FROM_GIB = 400;

function grewLately({ previous, data }: Attempt): boolean {
	return previous !== null && previous.upgradingUntil > now(data);
}

function major(version: Value | undefined): string {
	return text(version).split(".")[0] ?? "";
}

/** Whether the parameter groups, subnet groups ... of that name are used by somebody. */
function usedBy(attempt: Attempt, types: readonly string[], key: string): string | null {
	const name = text(attempt.inputs.name);
	const user = types.flatMap((type) => others(attempt, type)).find((other) => text(other.inputs[key]) === name);
	return user === undefined ? null : `${name} is still used by ${user.id}`;
}

function snapshotTaken(attempt: Attempt): boolean {
	const name = text(attempt.inputs.finalSnapshotIdentifier);
	const taken = [...others(attempt, "rds.Snapshot"), ...others(attempt, "rds.ClusterSnapshot")];
	return (
		name !== "" &&
		(taken.some(({ inputs }) => [inputs.dbSnapshotIdentifier, inputs.dbClusterSnapshotIdentifier].includes(name)) ||
			attempt.data.blockedNames[`final-snapshot/${name}`] !== undefined)
	);
}

export const DATABASE_REFUSALS: readonly Refusal[] = [
	{
		trap: 53,
		mark: "S",
		source: "rds/instance.go: allocated storage is never reduced",
		types: ["rds.Instance"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			inputs.allocatedStorage !== undefined && count(inputs.allocatedStorage) < count(previous?.state.allocatedStorage)
				? "InvalidParameterCombination: Requested storage size is less than the current size"
				: null,
	},
	{
		trap: 57,
		mark: "K",
		source: "rds: storage-optimization lasts, six hours between two changes of storage",
		types: ["rds.Instance"],
		on: ["update"],
		status: 400,
		refuses: (attempt) =>
			grewLately(attempt) && storageChanges(attempt)
				? `InvalidDBInstanceState: storage was changed less than ${COOL_DOWN / 3600} hours ago`
				: null,
	},
	{
		trap: 56,
		mark: "D",
		source: "rds/instance.d.ts: iops and throughput of gp3 below the threshold",
		types: ["rds.Instance"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.storageType === "gp3" &&
			// A replica's storage is its source's unless it says otherwise.
			inputs.allocatedStorage !== undefined &&
			count(inputs.allocatedStorage) < GP3_FIGURES_FROM_GIB &&
			(inputs.iops !== undefined || inputs.storageThroughput !== undefined)
				? `InvalidParameterCombination: You can't specify IOPS or storage throughput for ${text(inputs.engine)} and a storage size less than ${GP3_FIGURES_FROM_GIB}`
				: null,
	},
	{
		trap: 62,
		mark: "S",
		source: "rds/instance.go: allow_major_version_upgrade",
		types: ["rds.Instance", "rds.Cluster"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			major(inputs.engineVersion) !== major(previous?.inputs.engineVersion) &&
			inputs.allowMajorVersionUpgrade !== true &&
			previous?.inputs.engineVersion !== undefined
				? "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version"
				: null,
	},
	{
		trap: 63,
		mark: "S",
		source: "rds: no version is taken back",
		types: ["rds.Instance", "rds.Cluster"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) =>
			inputs.engineVersion !== undefined && isOlder(text(inputs.engineVersion), text(previous?.inputs.engineVersion))
				? "InvalidParameterCombination: Cannot upgrade to an older engine version"
				: null,
	},
	{
		trap: 65,
		mark: "D",
		source: "rds/instance.d.ts: a source of replicas keeps backups",
		types: ["rds.Instance"],
		on: ["create", "update"],
		status: 400,
		refuses: (attempt) => {
			const source = text(attempt.inputs.replicateSourceDb);
			if (source === "") return null;
			const found = others(attempt, "rds.Instance").find(
				(other) => other.state.identifier === source || other.state.arn === source || other.id === source,
			);
			return found !== undefined && count(found.inputs.backupRetentionPeriod) === 0
				? "InvalidDBInstanceState: Automated backups are not enabled for this database instance"
				: null;
		},
	},
	{
		trap: 66,
		mark: "D",
		source: "rds: deletion protection",
		types: ["rds.Instance", "rds.Cluster"],
		on: ["delete"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.deletionProtection === true
				? "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again"
				: null,
	},
	{
		trap: 66,
		mark: "S",
		source: "rds/instance.go: final_snapshot_identifier is required when skip_final_snapshot is false",
		types: ["rds.Instance", "rds.Cluster"],
		on: ["delete"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.skipFinalSnapshot !== true &&
			inputs.replicateSourceDb === undefined &&
			text(inputs.finalSnapshotIdentifier) === ""
				? "final_snapshot_identifier is required when skip_final_snapshot is false"
				: null,
	},
	{
		trap: 66,
		mark: "S",
		source: "rds: the final snapshot's name is taken",
		types: ["rds.Instance", "rds.Cluster"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) =>
			attempt.inputs.skipFinalSnapshot !== true && snapshotTaken(attempt)
				? `DBSnapshotAlreadyExists: ${text(attempt.inputs.finalSnapshotIdentifier)}`
				: null,
	},
	{
		trap: 68,
		mark: "K",
		source: "rds: a cluster with members is not deleted",
		types: ["rds.Cluster"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) =>
			others(attempt, "rds.ClusterInstance").some(({ inputs }) => inputs.clusterIdentifier === attempt.previous?.id)
				? "InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state"
				: null,
	},
	{
		trap: 62,
		mark: "C",
		source: "rds: a parameter group in use is not deleted",
		types: ["rds.ParameterGroup"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) => usedBy(attempt, ["rds.Instance"], "parameterGroupName"),
	},
	{
		trap: null,
		mark: "K",
		source: "rds: a subnet group in use is not deleted",
		types: ["rds.SubnetGroup"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) => usedBy(attempt, ["rds.Instance", "rds.Cluster"], "dbSubnetGroupName"),
	},
	{
		trap: 43,
		mark: "C",
		source: "rds: a subnet group covers two zones",
		types: ["rds.SubnetGroup"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs, data }) => {
			const zones = list(inputs.subnetIds).map(
				(id) => data.resources.find((other) => other.id === id)?.state.availabilityZone,
			);
			return new Set(zones).size < 2
				? "DBSubnetGroupDoesNotCoverEnoughAZs: the subnet group must cover at least two availability zones"
				: null;
		},
	},
	{
		trap: 73,
		mark: "D",
		source: "rds: manage_master_user_password conflicts with password",
		types: ["rds.Instance"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.manageMasterUserPassword === true && inputs.password !== undefined
				? "InvalidParameterCombination: You can't specify MasterUserPassword when ManageMasterUserPassword is on"
				: null,
	},
	{
		trap: 75,
		mark: "C",
		source: "cfn-lint: valkey wants transit encryption stated",
		types: ["elasticache.ReplicationGroup"],
		on: ["create"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.engine === "valkey" && inputs.transitEncryptionEnabled === undefined
				? "InvalidParameterValue: TransitEncryptionEnabled must be stated for valkey"
				: null,
	},
	{
		trap: 75,
		mark: "K",
		source: "elasticache: an auth token needs encryption in transit",
		types: ["elasticache.ReplicationGroup"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.authToken !== undefined && inputs.transitEncryptionEnabled !== true
				? "InvalidParameterCombination: auth token needs transit encryption"
				: null,
	},
	{
		trap: 77,
		mark: "D",
		source: "elasticache, modify-cluster-mode: from disabled over compatible to enabled, never back",
		types: ["elasticache.ReplicationGroup"],
		on: ["update"],
		status: 400,
		refuses: ({ inputs, previous }) => {
			const before = text(previous?.state.clusterMode);
			const after = inputs.clusterMode === undefined ? before : text(inputs.clusterMode);
			const allowed = [`${before} ${before}`, "disabled compatible", "compatible enabled"];
			return allowed.includes(`${before} ${after}`)
				? null
				: `InvalidParameterCombination: ClusterMode cannot go from ${before} to ${after}`;
		},
	},
	{
		trap: 77,
		mark: "D",
		source: "elasticache: cluster mode fails over by itself",
		types: ["elasticache.ReplicationGroup"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.clusterMode === "enabled" && inputs.automaticFailoverEnabled !== true
				? "InvalidParameterCombination: AutomaticFailover must be enabled in cluster mode"
				: null,
	},
	{
		trap: 77,
		mark: "D",
		source: "elasticache: the group of parameters says the mode too",
		types: ["elasticache.ReplicationGroup"],
		on: ["create"],
		status: 400,
		refuses: (attempt) => {
			const name = text(attempt.inputs.parameterGroupName);
			const group = others(attempt, "elasticache.ParameterGroup").find(({ id }) => id === name);
			if (group === undefined) return null;
			const says = list(group.inputs.parameters).some(
				(each) => text(record(each).name) === "cluster-enabled" && text(record(each).value) === "yes",
			);
			return says === (attempt.inputs.clusterMode === "enabled")
				? null
				: `InvalidParameterCombination: ${name} ${says ? "enables" : "does not enable"} cluster mode`;
		},
	},
];

function storageChanges({ inputs, previous }: Attempt): boolean {
	return ["allocatedStorage", "iops", "storageThroughput", "storageType"].some(
		(key) => inputs[key] !== undefined && JSON.stringify(inputs[key]) !== JSON.stringify(previous?.state[key]),
	);
}

/** What a deleted database leaves: the name of its final snapshot stays taken. */
export function rememberFinalSnapshot({ inputs, data }: Attempt): void {
	const name = text(record(inputs).finalSnapshotIdentifier);
	if (name !== "" && inputs.skipFinalSnapshot !== true) data.blockedNames[`final-snapshot/${name}`] = now(data);
}
