import type { Plain } from "../../../words.ts";
import {
	all,
	becomes,
	beside,
	condition,
	grows,
	newer,
	not,
	numberOf,
	older,
	otherMembers,
	shrinks,
} from "../conditions.ts";
import { down, quiet, refused, unknownEffect } from "../effects.ts";
import type { Condition, Effect, PropertyRule } from "../rule.ts";
import { from, inPlace, PROVIDER, RDS_GUIDE, SDK, token } from "./source.ts";

const DATABASE = "rds.Instance";
const CLUSTER = "rds.Cluster";
const MEMBER = "rds.ClusterInstance";
const INSTANCE = `${PROVIDER}/rds/instance.go`;

/** "Failover times are typically 60-120 seconds" (AWS RDS user guide, Multi-AZ DB instance deployments). */
const failover = down(
	"brief",
	[1, 2],
	"the standby takes over; open connections drop and are made again",
	"documented",
);
/** No figure is documented: the machine behind a single-zone database is exchanged. */
const exchange = down("outage", null, "the database's machine is exchanged; until the new one runs nobody can connect");
const reboot = down("restart", [1, 10], "the database restarts; open connections drop");

const now = beside("applyImmediately", true);
const twoZones = beside("multiAz", true);
/** Everything that AWS keeps for the maintenance window unless it is told to go at once. */
const inWindow = not(now);

function late(effect: Effect): Effect {
	return {
		...effect,
		outcome: "deferred",
		downtime: { ...effect.downtime, why: `in the next maintenance window: ${effect.downtime.why || "applied"}` },
	};
}

/** One rule for a change at once, and one for the same change in the window. */
function timed(
	short: string,
	paths: readonly string[],
	when: Condition,
	effect: Effect,
	source: ReturnType<typeof from>,
	told: Pick<PropertyRule, "coolDown"> = {},
): PropertyRule[] {
	return [
		{ type: token(short), paths, when: all(when, now), effect, ...told, ...source },
		{ type: token(short), paths, when: all(when, inWindow), effect: late(effect), ...told, ...source },
	];
}

const any = condition("changes", () => true);
const sized: Effect = {
	outcome: "interrupts",
	downtime: exchange,
	data: "kept",
	undo: "yes",
	undoWhy: "change it back, with the same pause",
	route: "replica-promote",
};
const storage: Effect = {
	...quiet,
	data: "kept",
	undo: "no",
	undoWhy: "storage never shrinks: dump and load into a smaller database",
};
const sixHours = "one change of storage, then six hours none, or longer while it is being optimised";
const upgraded: Effect = {
	outcome: "interrupts",
	downtime: down("outage", null, "the database is not reachable while it is upgraded; how long depends on its data"),
	data: "kept",
	undo: "no",
	undoWhy: "a version never goes back; only a snapshot from before does",
	route: "fork-upgrade-switch",
};
const off = condition(
	"from or to none",
	({ old, new: next }) => ((numberOf(old) ?? 0) === 0) !== ((numberOf(next) ?? 0) === 0),
);
const lessBackup = condition("to fewer days", (step) => shrinks.holds(step));
const gap = (why: string) => [{ risk: "recovery-gap" as const, why }];

/** Other security groups: other rules say who may connect. */
function guarded(short: string): PropertyRule[] {
	const why = "other security groups say who may connect";
	const effect: Effect = { ...quiet, risks: [{ risk: "exposure", why }] };
	return [{ type: token(short), paths: ["vpcSecurityGroupIds"], when: otherMembers, effect, ...from(INSTANCE, 47) }];
}

/** The parameters by which the engines refuse what is not encrypted (AWS RDS user guide, SSL/TLS, read 2026-11-21). */
const TLS_PARAMETERS: readonly Plain[] = ["rds.force_ssl", "require_secure_transport"];
const tlsNotAsked = condition(
	"connections need no TLS any more",
	({ old, new: next }) => asksTls(old) && !asksTls(next),
);

function asksTls(value: Plain | undefined): boolean {
	const parameters: readonly Plain[] = Array.isArray(value) ? value : [];
	return parameters.some((each) => {
		const { name = null, value: set } = Object.fromEntries(Object.entries(each ?? {}));
		return TLS_PARAMETERS.includes(name) && ["1", "on"].includes(String(set).toLowerCase());
	});
}

export const DATABASE_RULES: readonly PropertyRule[] = [
	...timed(
		DATABASE,
		["instanceClass"],
		twoZones,
		{ ...sized, downtime: failover },
		from(`${INSTANCE}; ${RDS_GUIDE}`, 55, 61),
	),
	...timed(DATABASE, ["instanceClass"], any, sized, from(`${RDS_GUIDE}: an outage occurs`, 55, 61)),
	{
		type: token(DATABASE),
		paths: ["allocatedStorage"],
		when: shrinks,
		effect: refused("storage never shrinks: the plan says update, the API says no", "keep-size"),
		...from(`${RDS_GUIDE}: you can only increase it`, 53),
	},
	...timed(
		DATABASE,
		["allocatedStorage"],
		grows,
		storage,
		from(`${RDS_GUIDE}: online, at once or in the window; not again within six hours`, 53, 55, 57),
		{ coolDown: sixHours },
	),
	{
		type: token(DATABASE),
		paths: ["maxAllocatedStorage"],
		effect: { ...quiet, data: "kept", undoWhy: "set it back; what grew meanwhile stays" },
		...from(`${SDK} rds/instance.d.ts: storage autoscaling`, 54),
	},
	...timed(
		DATABASE,
		["iops", "storageThroughput", "storageType"],
		any,
		{ ...quiet, data: "kept", undoWhy: "set it back six hours later" },
		from(`${INSTANCE}; ${RDS_GUIDE}`, 55, 56, 57),
		{ coolDown: sixHours },
	),
	...timed(
		DATABASE,
		["multiAz"],
		condition("to one zone", ({ new: next }) => next !== true),
		{
			...quiet,
			data: "kept",
			risks: gap("no standby takes over: a failure lasts until the database is restored"),
			undoWhy: "add the standby again",
		},
		from(`${INSTANCE}: in place; ${RDS_GUIDE}: at once or in the window`, 55, 61),
	),
	...timed(
		DATABASE,
		["multiAz"],
		any,
		{ ...quiet, data: "kept", undoWhy: "take the standby away again" },
		from(`${INSTANCE}: in place; slower for a while as the standby is filled; ${RDS_GUIDE}`, 55, 61),
	),
	{
		type: token(DATABASE),
		paths: ["engineVersion"],
		when: older,
		effect: refused("a version never goes back", "fork-upgrade-switch"),
		...from(INSTANCE, 62, 63),
	},
	...timed(DATABASE, ["engineVersion"], newer, upgraded, from(INSTANCE, 62)),
	{
		type: token(DATABASE),
		paths: ["identifier"],
		effect: {
			outcome: "interrupts",
			downtime: down(
				"outage",
				null,
				"it is renamed and answers at another host name: whoever knows the old one loses it",
			),
			data: "kept",
			undo: "yes",
			undoWhy: "rename it back, with the same interruption",
		},
		...from(`${INSTANCE}: NewDBInstanceIdentifier`, 60),
	},
	{
		type: token(DATABASE),
		paths: ["backupRetentionPeriod"],
		when: off,
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: { ...reboot, class: "outage", minutes: null, why: "an outage occurs between no backups and some" },
			risks: gap("without backups there is no point in time to go back to"),
			undoWhy: "switch them back, with the same outage; older backups are gone",
			undo: "partial",
		},
		...from("AWS RDS user guide, Backup retention period: an outage occurs between zero and more", 65),
	},
	{
		type: token(DATABASE),
		paths: ["backupRetentionPeriod"],
		when: lessBackup,
		effect: {
			...quiet,
			risks: gap("points in time older than the new limit are gone"),
			undo: "partial",
			undoWhy: "older backups do not come back",
		},
		...from("AWS RDS user guide, Backup retention period", 65),
	},
	{
		type: token(DATABASE),
		paths: ["backupRetentionPeriod"],
		effect: quiet,
		...from("AWS RDS user guide, Backup retention period", 65),
	},
	{
		type: token(DATABASE),
		paths: ["publiclyAccessible"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "whether the internet may knock at the database changes" }] },
		...from(`${INSTANCE}: in place`),
	},
	{
		type: token(DATABASE),
		paths: ["parameterGroupName"],
		effect: {
			...quiet,
			outcome: "deferred",
			downtime: { ...reboot, why: "the new settings wait for a restart, which nobody does by itself" },
			undoWhy: "the older group, with another restart",
		},
		...from(RDS_GUIDE, 64),
	},
	{
		type: token(DATABASE),
		paths: ["caCertIdentifier", "networkType", "dbSubnetGroupName", "port"],
		effect: {
			outcome: "interrupts",
			downtime: reboot,
			data: "kept",
			undo: "yes",
			undoWhy: "set it back, with the same restart",
		},
		...from(RDS_GUIDE, 61),
	},
	{
		type: token(DATABASE),
		paths: ["deletionProtection"],
		effect: { ...quiet, undoWhy: "switch it back" },
		...from(`${INSTANCE}: in place`, 66),
	},
	{
		type: token(DATABASE),
		paths: ["skipFinalSnapshot", "finalSnapshotIdentifier", "deleteAutomatedBackups"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} rds/instance.d.ts`, 66, 67),
	},
	{
		type: token(DATABASE),
		paths: ["applyImmediately", "allowMajorVersionUpgrade", "blueGreenUpdate"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only says how later changes are made" },
		...from(`${SDK} rds/instance.d.ts`, 55, 62, 71),
	},
	{
		type: token(DATABASE),
		paths: ["manageMasterUserPassword", "password", "passwordWo", "passwordWoVersion", "masterUserSecretKmsKeyId"],
		effect: {
			outcome: "interrupts",
			downtime: down("outage", null, "whoever logs in with the old password is refused"),
			data: "kept",
			undo: "partial",
			undoWhy: "the old password must be known to be set again",
			route: "second-credential",
		},
		...from(`${INSTANCE}: in place`, 73),
	},
	{
		type: token(DATABASE),
		paths: ["replicateSourceDb"],
		when: condition("a replica becomes a database of its own", ({ new: next }) => next === undefined || next === null),
		effect: {
			outcome: "interrupts",
			downtime: reboot,
			data: "kept",
			undo: "no",
			undoWhy: "a promoted replica never follows again",
		},
		...from(`${INSTANCE}: PromoteReadReplica`, 68),
	},
	{
		type: token(DATABASE),
		paths: ["replicateSourceDb"],
		effect: refused("a replica cannot follow another source: make a new one", "replica-promote"),
		...from(`${INSTANCE}: cannot elect new source database`, 68),
	},
	...guarded(DATABASE),
	...guarded(CLUSTER),
	...guarded("rds.Proxy"),
	inPlace(
		DATABASE,
		[
			"autoMinorVersionUpgrade",
			"backupWindow",
			"copyTagsToSnapshot",
			"databaseInsightsMode",
			"enabledCloudwatchLogsExports",
			"engineLifecycleSupport",
			"iamDatabaseAuthenticationEnabled",
			"maintenanceWindow",
			"monitoringInterval",
			"monitoringRoleArn",
			"performanceInsightsEnabled",
			"performanceInsightsKmsKeyId",
			"performanceInsightsRetentionPeriod",
			"tags",
			"vpcSecurityGroupIds",
		],
		from(`${INSTANCE}; ${RDS_GUIDE}: in place, no downtime`, 55, 63),
	),
	{
		type: token(CLUSTER),
		paths: ["engineVersion"],
		when: older,
		effect: refused("a version never goes back", "fork-upgrade-switch"),
		...from(`${PROVIDER}/rds/cluster.go`, 62),
	},
	...timed(CLUSTER, ["engineVersion"], newer, upgraded, from(`${PROVIDER}/rds/cluster.go: in place, an outage`, 62)),
	{
		type: token(CLUSTER),
		paths: ["backupRetentionPeriod"],
		when: lessBackup,
		effect: {
			...quiet,
			risks: gap("points in time older than the new limit are gone"),
			undo: "partial",
			undoWhy: "older backups do not come back",
		},
		...from(`${PROVIDER}/rds/cluster.go`, 65),
	},
	{
		type: token(CLUSTER),
		paths: [
			"skipFinalSnapshot",
			"finalSnapshotIdentifier",
			"deleteAutomatedBackups",
			"applyImmediately",
			"allowMajorVersionUpgrade",
		],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only says how later changes or the delete are made" },
		...from(`${SDK} rds/cluster.d.ts`, 66, 67),
	},
	{
		type: token(CLUSTER),
		paths: ["globalClusterIdentifier"],
		when: condition("leaves the cluster over regions", ({ new: next }) => next === undefined || next === null),
		effect: {
			...quiet,
			data: "kept",
			undo: "no",
			undoWhy: "a cluster that left is made anew to follow again",
			risks: gap("this region no longer follows the other"),
		},
		...from(`${PROVIDER}/rds/cluster.go`, 69),
	},
	{
		type: token(CLUSTER),
		paths: ["globalClusterIdentifier"],
		effect: unknownEffect("whether a cluster that runs can join one over regions depends on how it was made"),
		...from(`${PROVIDER}/rds/cluster.go: not supported in place`, 69),
	},
	{
		type: token(CLUSTER),
		paths: ["manageMasterUserPassword", "masterPassword", "masterUserSecretKmsKeyId"],
		effect: {
			outcome: "interrupts",
			downtime: down("outage", null, "whoever logs in with the old password is refused"),
			data: "kept",
			undo: "partial",
			undoWhy: "the old password must be known to be set again",
			route: "second-credential",
		},
		...from(`${PROVIDER}/rds/cluster.go`, 73),
	},
	{
		type: token(CLUSTER),
		paths: ["dbClusterParameterGroupName", "port"],
		effect: {
			...quiet,
			outcome: "deferred",
			downtime: { ...reboot, why: "static settings wait for a restart of the members" },
		},
		...from(`${PROVIDER}/rds/cluster.go: in place`, 64),
	},
	inPlace(
		CLUSTER,
		[
			"backupRetentionPeriod",
			"copyTagsToSnapshot",
			"databaseInsightsMode",
			"deletionProtection",
			"enableHttpEndpoint",
			"enabledCloudwatchLogsExports",
			"enableGlobalWriteForwarding",
			"engineLifecycleSupport",
			"iamDatabaseAuthenticationEnabled",
			"iamRoles",
			"monitoringInterval",
			"monitoringRoleArn",
			"performanceInsightsEnabled",
			"preferredBackupWindow",
			"preferredMaintenanceWindow",
			"serverlessv2ScalingConfiguration",
			"storageType",
			"tags",
			"vpcSecurityGroupIds",
		],
		from(`${PROVIDER}/rds/cluster.go: in place`, 69),
	),
	...timed(
		MEMBER,
		["instanceClass"],
		any,
		{
			...sized,
			downtime: down("brief", [0, 2], "the member restarts; when it is the writer, a reader takes over"),
			undoWhy: "change it back",
		},
		from(`${PROVIDER}/rds/cluster_instance.go: restarted one by one`, 69),
	),
	inPlace(
		MEMBER,
		[
			"autoMinorVersionUpgrade",
			"caCertIdentifier",
			"copyTagsToSnapshot",
			"dbParameterGroupName",
			"engineVersion",
			"monitoringInterval",
			"monitoringRoleArn",
			"performanceInsightsEnabled",
			"performanceInsightsRetentionPeriod",
			"preferredBackupWindow",
			"preferredMaintenanceWindow",
			"promotionTier",
			"tags",
		],
		from(`${PROVIDER}/rds/cluster_instance.go: in place`, 69),
	),
	{
		type: token(MEMBER),
		paths: ["publiclyAccessible"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "whether the internet may knock at the database changes" }] },
		...from(`${PROVIDER}/rds/cluster_instance.go: in place`),
	},
	{
		type: token(MEMBER),
		paths: ["applyImmediately", "forceDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only says how later changes are made" },
		...from(`${SDK} rds/clusterInstance.d.ts`, 55),
	},
	{
		type: token("rds.GlobalCluster"),
		paths: ["engineVersion"],
		effect: upgraded,
		...from(`${PROVIDER}/rds/global_cluster.go`, 62),
	},
	inPlace(
		"rds.GlobalCluster",
		["deletionProtection", "forceDestroy", "engineLifecycleSupport", "tags"],
		from(`${PROVIDER}/rds/global_cluster.go: in place`),
	),
	{
		type: token("rds.Proxy"),
		paths: ["requireTls"],
		when: becomes(false),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "connections in clear text are taken" }] },
		...from(`${SDK} rds/proxy.d.ts: in place`, 15),
	},
	{
		type: token("rds.Proxy"),
		paths: ["name"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "it answers at another host name: hosts must learn it"),
			undoWhy: "rename it back, with the same interruption",
			route: "address-first",
		},
		...from(`${SDK} rds/proxy.d.ts: in place; the host name holds the name`, 15, 60),
	},
	inPlace(
		"rds.Proxy",
		[
			"auths",
			"debugLogging",
			"defaultAuthScheme",
			"idleClientTimeout",
			"requireTls",
			"roleArn",
			"tags",
			"vpcSecurityGroupIds",
		],
		from(`${SDK} rds/proxy.d.ts: in place`, 15),
	),
	inPlace(
		"rds.ProxyDefaultTargetGroup",
		["connectionPoolConfig"],
		from(`${PROVIDER}/rds/proxy_default_target_group.go: in place`, 15),
	),
	...(["rds.ParameterGroup", "rds.ClusterParameterGroup"] as const).map(
		(short): PropertyRule => ({
			type: token(short),
			paths: ["parameters"],
			when: tlsNotAsked,
			effect: { ...quiet, risks: [{ risk: "exposure", why: "connections in clear text are taken" }] },
			...from("AWS RDS user guide, SSL/TLS: rds.force_ssl, require_secure_transport"),
		}),
	),
	...(["rds.ParameterGroup", "rds.ClusterParameterGroup"] as const).map(
		(short): PropertyRule => ({
			type: token(short),
			paths: ["parameters"],
			effect: {
				...quiet,
				outcome: "deferred",
				downtime: {
					...reboot,
					why: "settings that the engine reads only at its start wait for a restart, which nobody does by itself",
				},
			},
			...from(`${RDS_GUIDE}; static parameters`, 64),
		}),
	),
	...(
		[
			"rds.ParameterGroup",
			"rds.ClusterParameterGroup",
			"rds.SubnetGroup",
			"rds.Snapshot",
			"rds.ClusterSnapshot",
			"rds.EventSubscription",
		] as const
	).map((short) => inPlace(short, ["tags"], from(`${SDK}: tags are changed in place`))),
	{
		type: token("rds.ParameterGroup"),
		paths: ["skipDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} rds/parameterGroup.d.ts`),
	},
	inPlace("rds.SubnetGroup", ["subnetIds", "description"], from(`${SDK} rds/subnetGroup.d.ts: in place`, 43)),
	inPlace(
		"rds.EventSubscription",
		["enabled", "eventCategories", "sourceIds", "sourceType", "snsTopic"],
		from(`${SDK} rds/eventSubscription.d.ts`),
	),
];
