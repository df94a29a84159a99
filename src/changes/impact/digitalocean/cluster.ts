import { becomes, newer, older, shrinks } from "../conditions.ts";
import { created, down, lost, quiet, refused, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { API, from, PROVIDER, token } from "./source.ts";

const CLUSTER = token("KubernetesCluster");
const NODES = token("KubernetesNodePool");
const clusterGone = down("outage", null, "everything that runs in the cluster stops, and its address goes");

export const CLUSTER_TYPES: readonly TypeRule[] = [
	{
		type: CLUSTER,
		word: "cluster",
		kind: "data",
		within: null,
		holds: "kubernetes:",
		create: created,
		remove: {
			...lost(
				"lost",
				"what runs in the cluster and its claims go; balancers and volumes it made stay, and are paid",
				clusterGone,
			),
			route: "side-by-side",
		},
		replace: replaced({
			downtime: clusterGone,
			data: "lost",
			undo: "no",
			undoWhy: "the old cluster's state is gone: only a backup brings it back",
			route: "add-pool-drain-remove",
		}),
		uniqueBy: ["name"],
		capacity: ["version", "ha"],
		...from(`${PROVIDER} kubernetes/resource_kubernetes_cluster.go:86`, 27, 28),
	},
	{
		type: NODES,
		word: "worker pool",
		kind: "part",
		within: "clusterId",
		create: created,
		remove: {
			...removed,
			downtime: down("restart", null, "its pods move to what is left, or find no place"),
			route: "add-pool-drain-remove",
		},
		replace: replaced({
			downtime: down("restart", null, "every pod of the pool is stopped and started on a new node"),
			data: "none",
			undo: "yes",
			undoWhy: "nodes hold nothing of their own: replace the pool again",
			route: "add-pool-drain-remove",
		}),
		uniqueBy: ["clusterId", "name"],
		capacity: ["size", "nodeCount", "minNodes", "maxNodes"],
		...from(`${PROVIDER} kubernetes/resource_kubernetes_node_pool.go`, 27),
	},
];

export const CLUSTER_RULES: readonly PropertyRule[] = [
	{
		type: CLUSTER,
		paths: ["version"],
		when: older,
		effect: replaced({ downtime: clusterGone, data: "lost", undo: "no", undoWhy: "the old cluster's state is gone" }),
		...from(`${PROVIDER} kubernetes/resource_kubernetes_cluster.go:461`, 27, 97),
	},
	{
		type: CLUSTER,
		paths: ["version"],
		when: newer,
		effect: {
			outcome: "interrupts",
			downtime: down("rolling", null, "node after node is drained and replaced"),
			data: "kept",
			undo: "no",
			undoWhy: "an older version replaces the cluster",
		},
		...from(`${PROVIDER} kubernetes/resource_kubernetes_cluster.go:461`, 27),
	},
	{
		type: CLUSTER,
		paths: ["ha"],
		when: becomes(false),
		effect: refused("high availability cannot be switched off", "side-by-side"),
		...from(`${API} cluster.yml:165`, 27),
	},
	{
		type: CLUSTER,
		paths: ["ha"],
		effect: { ...quiet, undo: "no", undoWhy: "high availability cannot be switched off again" },
		...from(`${API} cluster.yml:165`, 27),
	},
	{
		type: CLUSTER,
		paths: [
			"nodePool.name",
			"nodePool.nodeCount",
			"nodePool.minNodes",
			"nodePool.maxNodes",
			"nodePool.autoScale",
			"nodePool.labels",
			"nodePool.tags",
		],
		effect: quiet,
		...from(`${PROVIDER} kubernetes/node_pool_schemas.go: in place`, 27),
	},
	{
		type: CLUSTER,
		paths: ["name", "tags", "autoUpgrade", "surgeUpgrade", "maintenancePolicy", "destroyAllAssociatedResources"],
		effect: quiet,
		...from(`${PROVIDER} kubernetes/resource_kubernetes_cluster.go: in place`, 28),
	},
	{
		type: NODES,
		paths: ["nodeCount", "minNodes", "maxNodes"],
		when: shrinks,
		effect: { ...quiet, downtime: down("rolling", null, "pods of the nodes that go move to the others") },
		...from(`${PROVIDER} kubernetes/resource_kubernetes_node_pool.go: in place`, 27),
	},
	{
		type: NODES,
		paths: ["nodeCount", "minNodes", "maxNodes", "autoScale", "labels", "tags", "name"],
		effect: quiet,
		...from(`${PROVIDER} kubernetes/resource_kubernetes_node_pool.go: in place`, 27),
	},
];
