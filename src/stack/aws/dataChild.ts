import type { InstanceArgs as DatabaseInstanceArgs } from "@pulumi/aws/rds/instance.js";

/** Kinds of the roles that hold data or watch over it: database, cache, files, queue, monitoring, backup. */
export interface DataChildren {
	readonly databaseInstance: DatabaseInstanceArgs;
}
