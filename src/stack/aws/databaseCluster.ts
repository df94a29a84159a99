import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Cluster } from "@pulumi/aws/rds/cluster.js";
import { ClusterInstance } from "@pulumi/aws/rds/clusterInstance.js";
import { ClusterParameterGroup } from "@pulumi/aws/rds/clusterParameterGroup.js";
import { ClusterSnapshot } from "@pulumi/aws/rds/clusterSnapshot.js";
import { GlobalCluster } from "@pulumi/aws/rds/globalCluster.js";
import { interpolate, type Output } from "@pulumi/pulumi";
import { numbered } from "../numbered.ts";
import { isProtected } from "../protection.ts";
import {
	BACKUP_WINDOW,
	type ClusterArgs,
	DATABASE_NAME,
	type DatabaseArgs,
	LIFE_CYCLE,
	LOG_DAYS,
	MAINTENANCE_WINDOW,
	MONITORING_SECONDS,
} from "./databaseArgs.ts";
import { clusterFamily, ENGINE, parametersOf } from "./databaseEngine.ts";
import { BORN_KEYS, type DatabaseGround } from "./databaseGround.ts";
import { insightsOf, NO_INSIGHTS } from "./databaseInsights.ts";
import { type Declare, placeIn } from "./declare.ts";
import type { Password } from "./password.ts";
import { NAME_RULES, nameOf } from "./site.ts";

/** A cluster with its members. */
export interface SharedCluster {
	readonly cluster: Cluster;
	/** Writer first. */
	readonly members: readonly ClusterInstance[];
}

interface Common {
	readonly args: DatabaseArgs;
	readonly wanted: ClusterArgs;
	readonly monitoringRoleArn: Output<string>;
}

/**
 * Aurora: a volume over three zones that all members share. It has names of its own, so that the server of an earlier
 * tier stays beside it, untouched, until its data has been brought over. A cluster in a second region joins it to a
 * global one; the cluster that is there becomes the source, it is not made again.
 */
export function declareCluster(
	declare: Declare,
	args: DatabaseArgs,
	wanted: ClusterArgs,
	around: {
		readonly ground: DatabaseGround;
		readonly secondGround: DatabaseGround | null;
		readonly login: Password;
		readonly monitoringRoleArn: Output<string>;
	},
): SharedCluster {
	const common = { args, wanted, monitoringRoleArn: around.monitoringRoleArn };
	const { ground, login } = around;
	const identifier = interpolate`${ground.identifier}-aurora`;
	const logs = ENGINE[args.engine].logs.cluster.map((log) =>
		declare("logGroup", LogGroup, `database-aurora-log-${log}`, {
			name: interpolate`/aws/rds/cluster/${identifier}/${log}`,
			retentionInDays: LOG_DAYS,
		}),
	);
	const cluster = declare(
		"databaseCluster",
		Cluster,
		"database-aurora",
		{
			...clusterInputs(common, ground, parameterGroup(declare, "database-aurora-parameters", common, ground)),
			clusterIdentifier: identifier,
			engineLifecycleSupport: LIFE_CYCLE,
			databaseName: DATABASE_NAME,
			masterUsername: login.user,
			masterPassword: login.value,
			deletionProtection: wanted.guarded,
			deleteAutomatedBackups: false,
			skipFinalSnapshot: false,
			finalSnapshotIdentifier: interpolate`${identifier}-final`,
		},
		{
			protect: wanted.guarded && isProtected("data", args.site.protect),
			dependsOn: logs,
			// The provider writes it once a global cluster took this one as its source.
			ignoreChanges: ["globalClusterIdentifier", ...BORN_KEYS],
		},
	);
	if (!wanted.guarded) {
		declare(
			"databaseClusterSnapshot",
			ClusterSnapshot,
			"database-aurora-snapshot",
			{
				dbClusterIdentifier: cluster.clusterIdentifier,
				dbClusterSnapshotIdentifier: interpolate`${identifier}-retired`,
			},
			{ retainOnDelete: true },
		);
	}
	const members = numbered(1 + wanted.readers).map((slot) =>
		declare(
			"databaseClusterInstance",
			ClusterInstance,
			`database-aurora-${slot}`,
			{
				...memberInputs(common),
				...insightsOf(args.engine, wanted.sku, ground),
				clusterIdentifier: cluster.clusterIdentifier,
				promotionTier: Math.min(slot - 1, LAST_PROMOTION_TIER),
			},
			{ ignoreChanges: BORN_KEYS },
		),
	);
	if (around.secondGround !== null && wanted.secondary) {
		declareGlobal(declare, common, around.secondGround, { cluster, members });
	}
	return { cluster, members };
}

/** Members are asked in this order to take over; 15 is the last place (@pulumi/aws 7.48.0, rds/clusterInstance.d.ts). */
const LAST_PROMOTION_TIER = 15;

/** Ties the cluster to one in the second region, which lags by about a second and is promoted by a person. */
function declareGlobal(declare: Declare, common: Common, ground: DatabaseGround, source: SharedCluster): void {
	const { args } = common;
	const global = declare(
		"databaseGlobalCluster",
		GlobalCluster,
		"database-global",
		{
			globalClusterIdentifier: nameOf(args.site, NAME_RULES.database, "database"),
			sourceDbClusterIdentifier: source.cluster.arn,
			// Only a bracket: taking it off lets go of the clusters, and a tier without a second region must be able to.
			forceDestroy: true,
			deletionProtection: false,
		},
		{ dependsOn: [...source.members] },
	);
	const parameters = parameterGroup(declare, "database-secondary-aurora-parameters", common, ground);
	const follower = declare(
		"databaseCluster",
		Cluster,
		"database-secondary-aurora",
		{
			...clusterInputs(common, ground, parameters),
			...placeIn(args.site, ground.region),
			globalClusterIdentifier: global.id,
			skipFinalSnapshot: true,
		},
		// What comes from the source is the provider's to write.
		{ ignoreChanges: ["masterUsername", "masterPassword", "databaseName", "replicationSourceIdentifier"] },
	);
	declare("databaseClusterInstance", ClusterInstance, "database-secondary-aurora-1", {
		...memberInputs(common),
		...NO_INSIGHTS,
		...placeIn(args.site, ground.region),
		clusterIdentifier: follower.clusterIdentifier,
		promotionTier: 0,
	});
}

function clusterInputs({ args, wanted }: Common, ground: DatabaseGround, parameters: Output<string>) {
	return {
		engine: ENGINE[args.engine].clusterEngine,
		engineVersion: wanted.version,
		dbClusterParameterGroupName: parameters,
		dbSubnetGroupName: ground.subnetGroup,
		vpcSecurityGroupIds: [ground.groupId],
		port: ENGINE[args.engine].port,
		storageEncrypted: true,
		kmsKeyId: ground.keyArn,
		backupRetentionPeriod: args.retentionDays,
		preferredBackupWindow: BACKUP_WINDOW,
		preferredMaintenanceWindow: MAINTENANCE_WINDOW,
		enabledCloudwatchLogsExports: [...ENGINE[args.engine].logs.cluster],
		iamDatabaseAuthenticationEnabled: true,
		allowMajorVersionUpgrade: true,
		applyImmediately: args.applyNow,
		copyTagsToSnapshot: true,
	};
}

function memberInputs({ args, wanted, monitoringRoleArn }: Common) {
	return {
		engine: ENGINE[args.engine].clusterEngine,
		instanceClass: wanted.sku,
		publiclyAccessible: false,
		autoMinorVersionUpgrade: true,
		applyImmediately: args.applyNow,
		copyTagsToSnapshot: true,
		preferredMaintenanceWindow: MAINTENANCE_WINDOW,
		monitoringInterval: MONITORING_SECONDS,
		monitoringRoleArn,
	};
}

function parameterGroup(
	declare: Declare,
	name: string,
	{ args, wanted }: Common,
	{ region }: DatabaseGround,
): Output<string> {
	return declare("databaseClusterParameterGroup", ClusterParameterGroup, name, {
		...placeIn(args.site, region),
		family: clusterFamily(args.engine, wanted.version),
		description: "Encrypted connections only, slow statements logged",
		parameters: parametersOf(args.engine, args.slowQueryMs),
	}).name;
}
