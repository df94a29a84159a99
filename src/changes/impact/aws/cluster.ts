import { losesMembers, newer, older, otherValue } from "../conditions.ts";
import { down, lost, quiet, refused, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const CLUSTER = "eks.Cluster";
const NODES = "eks.NodeGroup";
const stops = down("outage", null, "everything that runs in the cluster stops with it");
const evicted = down("restart", null, "pods are evicted and start again on the new nodes");

export const CLUSTER_TYPES: readonly TypeRule[] = [
	part(CLUSTER, "cluster", from(`${PROVIDER}/eks/cluster.go`, 28, 81, 95), {
		kind: "data",
		holds: "kubernetes:",
		remove: {
			...lost("lost", "what runs in it is gone; volumes and balancers it made stay behind", stops),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: stops,
			data: "lost",
			undo: "no",
			undoWhy: "the new cluster is empty",
			route: "side-by-side",
		}),
		uniqueBy: ["name"],
		capacity: [],
	}),
	part(NODES, "group of nodes", from(`${PROVIDER}/eks/node_group.go`, 80), {
		within: "clusterName",
		remove: {
			...removed,
			downtime: { ...evicted, why: "its pods move to other nodes, if there are any" },
			route: "add-pool-drain-remove",
		},
		replace: replaced({
			downtime: evicted,
			data: "none",
			undo: "yes",
			undoWhy: "replace it again; nodes hold nothing of their own",
			route: "add-pool-drain-remove",
		}),
		uniqueBy: ["clusterName", "nodeGroupName"],
		capacity: [],
	}),
	part("eks.Addon", "addition to the cluster", from(`${CFN} AWS::EKS::Addon`, 81), {
		within: "clusterName",
		remove: {
			...removed,
			downtime: down("outage", null, "what needs it (names, network, volumes) stops working in the cluster"),
		},
		replace: replaced({
			downtime: down("outage", null, "what needs it stops working until the new one runs"),
			data: "none",
			undo: "yes",
			undoWhy: "set it back",
		}),
		uniqueBy: ["clusterName", "addonName"],
	}),
	part("eks.AccessEntry", "who may enter the cluster", from(`${CFN} AWS::EKS::AccessEntry`), {
		kind: "grant",
		within: "clusterName",
		uniqueBy: ["clusterName", "principalArn"],
	}),
	part(
		"eks.AccessPolicyAssociation",
		"what they may do in the cluster",
		from(`${PROVIDER}/eks/access_policy_association.go`),
		{
			kind: "grant",
			within: "clusterName",
			uniqueBy: ["clusterName", "principalArn", "policyArn"],
		},
	),
	part("eks.PodIdentityAssociation", "role of the pods", from(`${CFN} AWS::EKS::PodIdentityAssociation`), {
		within: "clusterName",
		remove: { ...removed, downtime: down("outage", null, "pods lose their credentials") },
		uniqueBy: ["clusterName", "namespace", "serviceAccount"],
	}),
	part("ecr.Repository", "store of images", from(`${CFN} AWS::ECR::Repository`, 95), {
		kind: "data",
		remove: {
			...lost(
				"lost",
				"its images are gone; without forceDelete the delete fails while it holds any",
				down("none", null, "running hosts keep their images"),
			),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: down("outage", null, "new hosts find no image"),
			data: "lost",
			undo: "no",
			undoWhy: "images must be pushed again",
			route: "keep-then-retire",
		}),
		uniqueBy: ["name"],
	}),
];

export const CLUSTER_RULES: readonly PropertyRule[] = [
	{
		type: token(CLUSTER),
		paths: ["version"],
		when: older,
		effect: refused("a cluster's version never goes back", "side-by-side"),
		...from(`${PROVIDER}/eks/cluster.go`, 81),
	},
	{
		type: token(CLUSTER),
		paths: ["version"],
		when: newer,
		effect: {
			outcome: "interrupts",
			downtime: down(
				"rolling",
				null,
				"the control plane is upgraded while pods run on; nodes follow by their own group",
			),
			data: "kept",
			undo: "no",
			undoWhy: "a version never goes back, and only one minor version at a time goes forward",
			route: "side-by-side",
		},
		...from(`${PROVIDER}/eks/cluster.go: one minor version at a time`, 81),
	},
	{
		type: token(CLUSTER),
		paths: ["encryptionConfig"],
		effect: {
			...quiet,
			data: "kept",
			undo: "no",
			undoWhy: "encryption of secrets can be added, not taken away without another cluster",
		},
		...from(`${PROVIDER}/eks/cluster.go: removal forces a new cluster`, 81),
	},
	{
		type: token(CLUSTER),
		paths: ["accessConfig.authenticationMode"],
		effect: { ...quiet, undo: "no", undoWhy: "the way of authentication goes one way only" },
		...from(`${PROVIDER}/eks/cluster.go`, 81),
	},
	{
		type: token(CLUSTER),
		paths: ["vpcConfig.endpointPublicAccess", "vpcConfig.publicAccessCidrs"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who reaches the cluster's control plane changes" }] },
		...from(`${PROVIDER}/eks/cluster.go: in place`, 81),
	},
	{
		type: token(CLUSTER),
		paths: ["enabledClusterLogTypes"],
		when: losesMembers,
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "what is done in the cluster is no longer written down" }],
		},
		...from(`${PROVIDER}/eks/cluster.go: in place`, 81),
	},
	inPlace(
		CLUSTER,
		[
			"vpcConfig",
			"enabledClusterLogTypes",
			"upgradePolicy",
			"zonalShiftConfig",
			"deletionProtection",
			"tags",
			"computeConfig",
			"storageConfig",
			"accessConfig",
		],
		from(`${PROVIDER}/eks/cluster.go: in place`, 81),
	),
	inPlace(CLUSTER, ["kubernetesNetworkConfig.elasticLoadBalancing"], from(`${SDK} eks/cluster.d.ts`)),
	{
		type: token(NODES),
		paths: ["version", "releaseVersion"],
		effect: {
			outcome: "interrupts",
			downtime: down("rolling", null, "nodes are replaced one after the other; pods move as their budget lets them"),
			data: "none",
			undo: "no",
			undoWhy: "a version never goes back",
			route: "add-pool-drain-remove",
		},
		...from(`${PROVIDER}/eks/node_group.go: rolling`, 80),
	},
	{
		type: token(NODES),
		paths: ["launchTemplate.version"],
		effect: {
			outcome: "interrupts",
			downtime: down("rolling", null, "nodes are replaced one after the other; pods move as their budget lets them"),
			data: "none",
			undo: "yes",
			undoWhy: "the older version of the template, with the same exchange of nodes",
			route: "add-pool-drain-remove",
		},
		...from(`${PROVIDER}/eks/node_group.go: rolling`, 80),
	},
	{
		type: token(NODES),
		paths: ["launchTemplate"],
		effect: replaced({
			downtime: evicted,
			data: "none",
			undo: "yes",
			undoWhy: "replace it again; nodes hold nothing of their own",
			route: "add-pool-drain-remove",
		}),
		...from(`${PROVIDER}/eks/node_group.go: id and name force a new group`, 80),
	},
	inPlace(
		NODES,
		["scalingConfig", "updateConfig", "labels", "taints", "tags", "nodeRepairConfig"],
		from(`${PROVIDER}/eks/node_group.go: in place`, 80),
	),
	{
		type: token(NODES),
		paths: ["forceUpdateVersion"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the next exchange of nodes" },
		...from(`${SDK} eks/nodeGroup.d.ts`, 80),
	},
	{
		type: token("eks.Addon"),
		paths: ["addonVersion"],
		effect: {
			outcome: "interrupts",
			downtime: down("rolling", null, "its own pods are exchanged one after the other"),
			data: "none",
			undo: "yes",
			undoWhy: "the older version, as long as the cluster's takes it",
		},
		...from(`${CFN} AWS::EKS::Addon: in place`, 81),
	},
	inPlace(
		"eks.Addon",
		[
			"configurationValues",
			"podIdentityAssociations",
			"preserve",
			"resolveConflictsOnCreate",
			"resolveConflictsOnUpdate",
			"serviceAccountRoleArn",
			"tags",
		],
		from(`${CFN} AWS::EKS::Addon: in place`, 81),
	),
	{
		type: token("eks.AccessEntry"),
		paths: ["kubernetesGroups", "userName"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "what somebody may do in the cluster changes" }] },
		...from(`${CFN} AWS::EKS::AccessEntry: in place`),
	},
	inPlace("eks.AccessEntry", ["tags"], from(`${SDK} eks/accessEntry.d.ts`)),
	{
		type: token("eks.PodIdentityAssociation"),
		paths: ["roleArn", "targetRoleArn"],
		when: otherValue,
		effect: { ...quiet, risks: [{ risk: "exposure", why: "what pods may do in the account changes" }] },
		...from(`${CFN} AWS::EKS::PodIdentityAssociation: in place`),
	},
	inPlace(
		"eks.PodIdentityAssociation",
		["roleArn", "targetRoleArn", "disableSessionTags", "tags"],
		from(`${CFN} AWS::EKS::PodIdentityAssociation: in place`),
	),
	inPlace(
		"ecr.Repository",
		["imageScanningConfiguration", "imageTagMutability", "tags"],
		from(`${CFN} AWS::ECR::Repository: in place`),
	),
	{
		type: token("ecr.Repository"),
		paths: ["forceDelete"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} ecr/repository.d.ts`),
	},
];
