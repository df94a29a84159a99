import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Instance } from "@pulumi/aws/rds/instance.js";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { Snapshot } from "@pulumi/aws/rds/snapshot.js";
import { type Input, interpolate, type Output } from "@pulumi/pulumi";
import { numbered } from "../numbered.ts";
import { isProtected } from "../protection.ts";
import {
	BACKUP_WINDOW,
	DATABASE_NAME,
	type DatabaseArgs,
	LIFE_CYCLE,
	LOG_DAYS,
	MAINTENANCE_WINDOW,
	MONITORING_SECONDS,
	type ServerArgs,
} from "./databaseArgs.ts";
import { ENGINE, instanceFamily, parametersOf } from "./databaseEngine.ts";
import { BORN_KEYS, type DatabaseGround } from "./databaseGround.ts";
import { insightsOf } from "./databaseInsights.ts";
import { storageInputs } from "./databaseStorage.ts";
import { type Declare, placeIn } from "./declare.ts";
import type { Password } from "./password.ts";

/** A server with its replicas. */
export interface Server {
	readonly primary: Instance;
	readonly replicas: readonly Instance[];
	/** The replica in the second region; null = none. */
	readonly secondary: Instance | null;
}

/** What servers of a stack have in common, wherever they stand. */
interface Common {
	readonly args: DatabaseArgs;
	readonly server: ServerArgs;
	readonly monitoringRoleArn: Output<string>;
}

/**
 * A managed PostgreSQL or MySQL server: encrypted from birth (a change would replace it), out of reach of the
 * internet, protected against deletion by the service too, and never gone without a last snapshot.
 */
export function declareServer(
	declare: Declare,
	args: DatabaseArgs,
	server: ServerArgs,
	around: {
		readonly ground: DatabaseGround;
		readonly secondGround: DatabaseGround | null;
		readonly login: Password;
		readonly monitoringRoleArn: Output<string>;
	},
): Server {
	const common = { args, server, monitoringRoleArn: around.monitoringRoleArn };
	const { ground, login } = around;
	const protect = server.guarded && isProtected("data", args.site.protect);
	const parameters = parameterGroup(declare, "database-parameters", common, args.ground.region);
	const logs = ENGINE[args.engine].logs.instance.map((log) =>
		declare("logGroup", LogGroup, `database-log-${log}`, {
			name: interpolate`/aws/rds/instance/${ground.identifier}/${log}`,
			retentionInDays: LOG_DAYS,
		}),
	);
	const primary = declare(
		"databaseInstance",
		Instance,
		"database",
		{
			...inputsOf(common, ground, parameters),
			identifier: ground.identifier,
			engine: args.engine,
			engineVersion: server.version,
			engineLifecycleSupport: LIFE_CYCLE,
			dbName: DATABASE_NAME,
			username: login.user,
			password: login.value,
			dbSubnetGroupName: ground.subnetGroup,
			multiAz: server.multiAz,
			...storageInputs(server.storage),
			storageEncrypted: true,
			kmsKeyId: ground.keyArn,
			backupRetentionPeriod: args.retentionDays,
			backupWindow: BACKUP_WINDOW,
			enabledCloudwatchLogsExports: [...ENGINE[args.engine].logs.instance],
			deletionProtection: server.guarded,
			deleteAutomatedBackups: false,
			skipFinalSnapshot: false,
			finalSnapshotIdentifier: interpolate`${ground.identifier}-final`,
		},
		{ protect, dependsOn: logs, ignoreChanges: BORN_KEYS },
	);
	if (!server.guarded) {
		declare(
			"databaseSnapshot",
			Snapshot,
			"database-snapshot",
			{
				dbInstanceIdentifier: primary.identifier,
				dbSnapshotIdentifier: interpolate`${ground.identifier}-retired`,
			},
			{ retainOnDelete: true },
		);
	}
	const replicas = numbered(server.replicas).map((slot) =>
		declare(
			"databaseInstance",
			Instance,
			`database-replica-${slot}`,
			{
				...inputsOf(common, ground, parameters),
				...replicaInputs(server),
				replicateSourceDb: primary.identifier,
			},
			{ ignoreChanges: BORN_KEYS },
		),
	);
	return { primary, replicas, secondary: secondaryOf(declare, common, around.secondGround, primary) };
}

/** A copy in another region names its source by ARN, and brings network, key and parameters of its own. */
function secondaryOf(
	declare: Declare,
	common: Common,
	ground: DatabaseGround | null,
	primary: Instance,
): Instance | null {
	if (ground === null || !common.server.secondary) return null;
	const { args, server } = common;
	const parameters = parameterGroup(declare, "database-secondary-parameters", common, ground.region);
	return declare(
		"databaseInstance",
		Instance,
		"database-secondary",
		{
			...inputsOf(common, ground, parameters),
			...replicaInputs(server),
			...placeIn(args.site, ground.region),
			replicateSourceDb: primary.arn,
			dbSubnetGroupName: ground.subnetGroup,
			kmsKeyId: ground.keyArn,
			// Ready to be promoted: a database without backups of its own cannot have a replica.
			backupRetentionPeriod: args.retentionDays,
			backupWindow: BACKUP_WINDOW,
		},
		{ ignoreChanges: BORN_KEYS },
	);
}

/** A replica has its source's disk and may grow like it; nothing is lost with it. */
function replicaInputs({ storage }: ServerArgs) {
	const { allocatedStorage: _source, ...disk } = storageInputs(storage);
	// Said although the source decides it: left out, the provider takes the encrypted disk it finds for a change.
	return { ...disk, storageEncrypted: true, skipFinalSnapshot: true };
}

function inputsOf({ args, server, monitoringRoleArn }: Common, ground: DatabaseGround, parameters: Input<string>) {
	return {
		instanceClass: server.sku,
		parameterGroupName: parameters,
		vpcSecurityGroupIds: [ground.groupId],
		publiclyAccessible: false,
		port: ENGINE[args.engine].port,
		maintenanceWindow: MAINTENANCE_WINDOW,
		autoMinorVersionUpgrade: true,
		allowMajorVersionUpgrade: true,
		applyImmediately: args.applyNow,
		copyTagsToSnapshot: true,
		iamDatabaseAuthenticationEnabled: true,
		monitoringInterval: MONITORING_SECONDS,
		monitoringRoleArn,
		...insightsOf(args.engine, server.sku, ground),
	};
}

/** Named by the engine, so that a major version's new group stands before the old one goes. */
function parameterGroup(declare: Declare, name: string, { args, server }: Common, region: string): Output<string> {
	return declare("databaseParameterGroup", ParameterGroup, name, {
		...placeIn(args.site, region),
		family: instanceFamily(args.engine, server.version),
		description: "Encrypted connections only, slow statements logged",
		parameters: parametersOf(args.engine, args.slowQueryMs),
	}).name;
}
