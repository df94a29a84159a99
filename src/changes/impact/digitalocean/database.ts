import { created, down, lost, removed, replaced } from "../effects.ts";
import type { TypeRule } from "../rule.ts";
import { trustedSources } from "./grants.ts";
import { from, PROVIDER, token } from "./source.ts";

const CLUSTER = token("DatabaseCluster");
const TRUSTED = token("DatabaseFirewall");
const POOL = token("DatabaseConnectionPool");
const REPLICA = token("DatabaseReplica");
const DB = token("DatabaseDb");
const USER = token("DatabaseUser");
const VALKEY = token("DatabaseValkeyConfig");

const gone = down("outage", null, "whoever is connected loses the database");
export const DATABASE_TYPES: readonly TypeRule[] = [
	{
		type: CLUSTER,
		word: "database",
		kind: "data",
		within: null,
		create: created,
		remove: { ...lost("lost", "its data and its backups are deleted with it", gone), route: "keep-then-retire" },
		replace: replaced({
			downtime: gone,
			data: "lost",
			undo: "no",
			undoWhy: "the new one is empty; the old one and its backups are deleted",
			route: "side-by-side",
		}),
		uniqueBy: ["name"],
		capacity: ["size", "nodeCount", "storageSizeMib", "version", "engine"],
		...from(`${PROVIDER} database/resource_database_cluster.go:40`, 8, 9, 17, 30),
	},
	{
		type: TRUSTED,
		word: "list of trusted sources",
		kind: "guard",
		within: "clusterId",
		create: created,
		remove: removed,
		replace: replaced({ downtime: down("none", null, ""), data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: [],
		capacity: [],
		grants: { rules: trustedSources },
		...from(`${PROVIDER} database/resource_database_firewall.go:34 and 124`, 13),
	},
	{
		type: POOL,
		word: "connection pool",
		kind: "part",
		within: "clusterId",
		create: created,
		remove: { ...removed, downtime: down("outage", null, "whoever connects through the pool is refused") },
		replace: replaced({
			downtime: down("brief", [0, 2], "the old pool goes before the new one comes; pooled connections drop"),
			data: "none",
			undo: "yes",
			undoWhy: "replace it again",
		}),
		uniqueBy: ["clusterId", "name"],
		capacity: ["size"],
		...from(`${PROVIDER} database/resource_database_connection_pool.go`, 15),
	},
	{
		type: REPLICA,
		word: "read replica",
		kind: "part",
		within: "clusterId",
		create: created,
		remove: {
			...removed,
			downtime: down("brief", [0, 2], "readers must move to the primary; their connections drop"),
			undoWhy: "create it again from the primary",
		},
		replace: replaced({
			downtime: down("outage", null, "readers lose it until the new one has copied the data"),
			data: "kept",
			undo: "yes",
			undoWhy: "it is a copy of the primary",
			route: "replica-promote",
		}),
		uniqueBy: ["clusterId", "name"],
		capacity: ["size", "storageSizeMib"],
		...from(`${PROVIDER} database/resource_database_replica.go:54`, 18),
	},
	{
		type: DB,
		word: "database inside the cluster",
		kind: "data",
		within: "clusterId",
		create: created,
		remove: { ...lost("lost", "the database is dropped", gone), route: "keep-then-retire" },
		replace: replaced({
			downtime: gone,
			data: "lost",
			undo: "no",
			undoWhy: "the old database is dropped: only a backup brings it back",
			route: "snapshot-restore",
		}),
		uniqueBy: ["clusterId", "name"],
		capacity: [],
		...from(`${PROVIDER} database/resource_database_db.go`, 95),
	},
	{
		type: USER,
		word: "database user",
		kind: "part",
		within: "clusterId",
		create: created,
		remove: { ...removed, downtime: down("outage", null, "whoever logs in as this user is refused") },
		replace: replaced({
			downtime: down("outage", null, "the new user has another password"),
			data: "none",
			undo: "partial",
			undoWhy: "the old password does not come back",
			route: "second-credential",
		}),
		uniqueBy: ["clusterId", "name"],
		capacity: [],
		...from(`${PROVIDER} database/resource_database_user.go`, 99),
	},
	...[VALKEY, token("DatabasePostgresqlConfig"), token("DatabaseMysqlConfig"), token("DatabaseRedisConfig")].map(
		(type): TypeRule => ({
			type,
			word: "database settings",
			kind: "part",
			within: "clusterId",
			create: created,
			remove: { ...removed, outcome: "no-effect", undoWhy: "the values stay as they are in the database" },
			replace: replaced({ downtime: down("none", null, ""), data: "none", undo: "yes", undoWhy: "set it back" }),
			uniqueBy: [],
			capacity: [],
			...from(`${PROVIDER} database/resource_database_*_config.go: delete only forgets`),
		}),
	),
];
