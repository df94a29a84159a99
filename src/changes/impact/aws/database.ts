import { created, down, lost, NO_DOWNTIME, removed, replaced } from "../effects.ts";
import type { TypeRule } from "../rule.ts";
import { CFN, from, PROVIDER, part, SDK } from "./source.ts";

const gone = down("outage", null, "whoever is connected loses the database");
const copyGone = lost("lost", "the copy is gone", down("none", null, "nothing runs on a snapshot", "documented"));
const otherCopy = replaced({
	downtime: down("none", null, "nothing runs on a snapshot", "documented"),
	data: "lost",
	undo: "no",
	undoWhy: "the older copy is gone, the new one shows today",
	route: "snapshot-restore",
});
const attached = "a parameter group cannot be deleted while a database uses it: the new one needs another name";

/** Its data goes with it; the last snapshot is there only when one was asked for. */
const dataGone = {
	...lost("lost-unless-snapshot", "its data goes with it, but for the last snapshot where one is named", gone),
	route: "keep-then-retire",
} as const;
const emptyOne = replaced({
	downtime: gone,
	data: "lost",
	undo: "no",
	undoWhy: "the new one is empty; the old one is deleted",
	route: "side-by-side",
});

export const DATABASE_TYPES: readonly TypeRule[] = [
	part("rds.Instance", "database", from(`${PROVIDER}/rds/instance.go`, 53, 58, 59, 66, 67), {
		kind: "data",
		create: created,
		remove: dataGone,
		copy: {
			by: "replicateSourceDb",
			remove: {
				...removed,
				downtime: down("brief", [0, 2], "readers must move to the primary; their connections drop"),
				undoWhy: "create it again from the primary",
			},
		},
		replace: emptyOne,
		uniqueBy: ["identifier"],
		// Not its storage: that grows by itself, and the provider forgives it.
		capacity: ["engine", "engineVersion", "instanceClass", "multiAz", "storageType", "storageEncrypted"],
	}),
	part("rds.Cluster", "database cluster", from(`${PROVIDER}/rds/cluster.go`, 59, 66, 68, 69), {
		kind: "data",
		remove: dataGone,
		replace: emptyOne,
		uniqueBy: ["clusterIdentifier"],
		capacity: ["engine", "storageEncrypted"],
	}),
	part("rds.ClusterInstance", "machine of the database cluster", from(`${PROVIDER}/rds/cluster_instance.go`, 69), {
		within: "clusterIdentifier",
		remove: {
			...removed,
			downtime: down("brief", [0, 2], "a reader takes over when the writer goes; open connections drop"),
			undoWhy: "create it again: the data is the cluster's",
		},
		replace: replaced({
			downtime: down("brief", [0, 2], "a reader takes over when the writer goes; open connections drop"),
			data: "kept",
			undo: "yes",
			undoWhy: "replace it again: the data is the cluster's",
		}),
		uniqueBy: ["identifier"],
		capacity: ["instanceClass"],
	}),
	part("rds.GlobalCluster", "database cluster over regions", from(`${PROVIDER}/rds/global_cluster.go`, 59), {
		kind: "data",
		remove: {
			...removed,
			data: "kept",
			downtime: down("none", null, "each region keeps its own cluster"),
			undo: "partial",
			undoWhy: "a cluster that left does not join again without being made anew",
			risks: [{ risk: "recovery-gap", why: "the other region no longer follows" }],
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: gone,
			data: "lost",
			undo: "no",
			undoWhy: "members must leave, and one that left is made anew",
			route: "side-by-side",
		}),
		uniqueBy: ["globalClusterIdentifier"],
	}),
	part("rds.Proxy", "pooler in front of the database", from(`${CFN} AWS::RDS::DBProxy`, 15), {
		remove: { ...removed, downtime: down("outage", null, "whoever connects through it is refused") },
		replace: replaced({
			downtime: down("outage", null, "the new one answers at another host name: hosts must learn it"),
			data: "none",
			undo: "partial",
			undoWhy: "the old host name does not come back",
			route: "address-first",
		}),
		uniqueBy: ["name"],
	}),
	...(["rds.ProxyDefaultTargetGroup", "rds.ProxyTarget"] as const).map((short) =>
		part(short, "what the pooler leads to", from(`${PROVIDER}/rds/proxy_*.go`), {
			within: "dbProxyName",
			remove: { ...removed, downtime: down("outage", null, "the pooler leads nowhere") },
			replace: replaced({
				downtime: down("brief", [0, 2], "pooled connections drop"),
				data: "none",
				undo: "yes",
				undoWhy: "set it back",
			}),
		}),
	),
	...(["rds.ParameterGroup", "rds.ClusterParameterGroup"] as const).map((short) =>
		part(short, "database settings", from(`${CFN} AWS::RDS::DBParameterGroup`, 62, 64), {
			heldBy: attached,
			uniqueBy: ["name"],
			remove: { ...removed, undoWhy: "create it again; the delete fails while a database uses it" },
			replace: replaced({
				downtime: down("restart", [2, 10], "a database takes another group at its next restart"),
				data: "none",
				undo: "yes",
				undoWhy: "the older group again, with another restart",
			}),
		}),
	),
	part("rds.SubnetGroup", "subnets of the database", from(`${CFN} AWS::RDS::DBSubnetGroup`, 43), {
		heldBy: "a subnet group cannot be deleted while a database stands in it",
		uniqueBy: ["name"],
		remove: { ...removed, undoWhy: "create it again; the delete fails while a database stands in it" },
	}),
	part("rds.Snapshot", "snapshot of the database", from(`${PROVIDER}/rds/snapshot.go`, 95), {
		kind: "data",
		remove: copyGone,
		replace: otherCopy,
		uniqueBy: ["dbSnapshotIdentifier"],
	}),
	part("rds.ClusterSnapshot", "snapshot of the database cluster", from(`${PROVIDER}/rds/cluster_snapshot.go`, 95), {
		kind: "data",
		remove: copyGone,
		replace: otherCopy,
		uniqueBy: ["dbClusterSnapshotIdentifier"],
	}),
	part(
		"rds.InstanceAutomatedBackupsReplication",
		"backups in the other region",
		from(`${SDK} rds/instanceAutomatedBackupsReplication.d.ts`),
		{
			remove: {
				...removed,
				undo: "partial",
				undoWhy: "older copies in the other region do not come back",
				risks: [{ risk: "recovery-gap", why: "no copy in another region any more" }],
			},
			replace: replaced({
				downtime: NO_DOWNTIME,
				data: "none",
				undo: "partial",
				undoWhy: "older copies do not come back",
			}),
		},
	),
	part("rds.EventSubscription", "messages about the database", from(`${CFN} AWS::RDS::EventSubscription`)),
];
