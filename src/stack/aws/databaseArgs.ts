import type { CloudEngine } from "./databaseEngine.ts";
import type { DatabaseStorage } from "./databaseStorage.ts";
import type { Ground } from "./ground.ts";
import type { Site } from "./site.ts";

/** What a server and a cluster share. */
interface Service {
	/** Major version, such as "17". Up: an upgrade with downtime. Down: refused by the provider. */
	readonly version: string;
	/** Class, such as `db.t4g.medium`. In place: a restart, or a failover where there is a standby. */
	readonly sku: string;
	/** Memory of the class in GiB, that alarms count with; null = not known. */
	readonly memoryGib: number | null;
	/** Connections the class allows; null = not known. */
	readonly maxConnections: number | null;
	/** Backend connections the pool in front may hold; null = no pool. In place. */
	readonly poolSize: number | null;
	/** Whether it is protected, in the cloud too; false while it is being retired: a last snapshot is taken, which outlives it. */
	readonly guarded: boolean;
}

/** A server with its own disk. */
export interface ServerArgs extends Service {
	/** Whether another zone holds a synchronous copy that takes over. In place, no planned interruption. */
	readonly multiAz: boolean;
	readonly storage: DatabaseStorage;
	/** Number of read replicas. The last one goes first. */
	readonly replicas: number;
	/** Whether a replica stands by in the second region. */
	readonly secondary: boolean;
}

/** A cluster whose members share one volume over three zones. */
export interface ClusterArgs extends Service {
	/** Servers beside the writer: standbys and readers; each can take over. The last one goes first. */
	readonly readers: number;
	/** Whether a cluster in the second region follows it. */
	readonly secondary: boolean;
}

export interface DatabaseArgs {
	readonly site: Site;
	readonly ground: Ground;
	/** Network of the second region; null = the tier has none. */
	readonly secondGround: Ground | null;
	readonly engine: CloudEngine;
	/** A server; null = there is none. An earlier tier's is kept beside the cluster until it is retired. */
	readonly server: ServerArgs | null;
	/** A cluster; null = there is none. */
	readonly cluster: ClusterArgs | null;
	/** Which of the two the application is to use. */
	readonly used: "server" | "cluster";
	/** Days in which any moment can be restored: 1 to 35. In place; from or to 0 it would interrupt. */
	readonly retentionDays: number;
	/** Milliseconds from which a statement is written to the log; null = the engine's own limit. In place. */
	readonly slowQueryMs: number | null;
	/** Whether changes that interrupt happen at `up`, or in the weekly window. */
	readonly applyNow: boolean;
}

/** Name of the database inside, and of its user; the same in every tier, since a change replaces the database. */
export const DATABASE_NAME = "app";
export const USER_NAME = "app";

/**
 * Quiet hours of the provider's regions, UTC; the same in every tier, so that no promotion moves them. An hour apart
 * from each other and from the backups at full six hours, which RDS refuses close to its own.
 */
export const BACKUP_WINDOW = "03:00-03:30";
export const MAINTENANCE_WINDOW = "sun:04:30-sun:05:00";
/** Seconds between two figures of the machine under the database. */
export const MONITORING_SECONDS = 60;
/** Days the engine's logs are kept where they are sent to. */
export const LOG_DAYS = 30;

/**
 * What happens when a major version's standard support ends: never the paid extension, which AWS enrols databases in
 * by itself and bills by vCPU and hour, but the next major version, in the maintenance window. Set at birth, the same
 * in every tier. Source: @pulumi/aws 7.48.0, rds/instance.d.ts and rds/cluster.d.ts, `engineLifecycleSupport`.
 */
export const LIFE_CYCLE = "open-source-rds-extended-support-disabled";
