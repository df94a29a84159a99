import { Attachment } from "@pulumi/aws/autoscaling/attachment.js";
import { Policy } from "@pulumi/aws/autoscaling/policy.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import { Addon } from "@pulumi/aws/eks/addon.js";
import { Cluster } from "@pulumi/aws/eks/cluster.js";
import { getClusterAuthOutput } from "@pulumi/aws/eks/getClusterAuth.js";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { getSessionContextOutput } from "@pulumi/aws/iam/getSessionContext.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { all, type Input, type Output, type Resource } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import { NAMESPACE, NODE_LABEL } from "../kubernetes/pods.ts";
import { isProtected } from "../protection.ts";
import { AwsComponent } from "./child.ts";
import { CLUSTER_ADMIN, MANAGED } from "./identity.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { METADATA, type Placement, templateDisk } from "./machine.ts";
import { policyDocument, type Statement, trustOf } from "./policyDocument.ts";
import { fullyTagged, NAME_RULES, nameOf, type Site } from "./site.ts";

export interface ClusterArgs extends Placement {
	readonly site: Site;
	/** Version such as `1.33`; null = the service's newest at birth. Up one minor at a time, never down. */
	readonly version: string | null;
	/** Machine of the workers. In place: nodes are exchanged a few at a time. */
	readonly workerSku: string;
	readonly workers: { readonly min: number; readonly max: number };
	/** Root disk of a worker in GB. As the machine. */
	readonly rootDiskGb: number;
	/** Ranges that may speak to the cluster's API from outside the network. In place. */
	readonly apiRanges: readonly string[];
	/** What the application in the cluster may do with the stack's own services. In place. */
	readonly grants: readonly Statement[];
}

/** Parts of the cluster that AWS runs inside it, in the order in which they are needed. */
const BEFORE_NODES = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"] as const;
const AFTER_NODES = ["coredns", "metrics-server"] as const;

/** Days after which the control plane's logs go. */
const LOG_DAYS = 90;
/** Share of the nodes exchanged at a time. */
const UPDATE_PERCENT = 25;
/**
 * Average CPU of the nodes at which one more comes. Pods are held at 70 % of what they ask for, so nodes that are full
 * by what is asked for are about that busy: below it, a node comes before pods find no room.
 */
const NODE_CPU_TARGET_PERCENT = 60;
/** Family of the nodes' images, one for all tiers: a change replaces the nodes. The template's root device is its own. */
const NODE_IMAGE = "AL2023_x86_64_STANDARD";
/** The account that pods run as; the application has no other. */
const SERVICE_ACCOUNT = "default";

/** A cluster with its nodes. */
export interface MadeCluster {
	readonly cluster: Cluster;
	readonly nodes: NodeGroup;
	/** What has to stand before anything can be declared inside. */
	readonly ready: readonly Resource[];
}

/** Base of the application's component: a cluster, its nodes, and what both may do. */
export abstract class ClusterComponent extends AwsComponent {
	protected cluster(args: ClusterArgs): MadeCluster {
		const { site } = args;
		const name = nameOf(site, NAME_RULES.cluster, "cluster");
		const role = this.#role("app-cluster-role", "eks.amazonaws.com", "Control plane of the cluster", [MANAGED.cluster]);
		// Made first: the service would make it without an end to what it keeps.
		const logs = this.declare("logGroup", LogGroup, "app-cluster-logs", {
			name: `/aws/eks/${name}/cluster`,
			retentionInDays: LOG_DAYS,
		});
		const cluster = this.declare(
			"eksCluster",
			Cluster,
			"app-cluster",
			{
				name,
				roleArn: role.role.arn,
				...(args.version === null ? {} : { version: args.version }),
				vpcConfig: {
					subnetIds: [...args.subnetIds],
					endpointPrivateAccess: true,
					endpointPublicAccess: true,
					publicAccessCidrs: [...args.apiRanges],
				},
				accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
				bootstrapSelfManagedAddons: false,
				enabledClusterLogTypes: ["api", "audit", "authenticator"],
				// Old versions are not kept alive at six times the price: the service upgrades them.
				upgradePolicy: { supportType: "STANDARD" },
				deletionProtection: isProtected("entry", site.protect),
			},
			{ protect: isProtected("entry", site.protect), dependsOn: [logs, ...role.rights] },
		);
		const admin = this.#admin(cluster);
		const before = BEFORE_NODES.map((addon) => this.#addon(cluster, addon, admin));
		const nodes = this.#nodes(args, cluster, before);
		const after = AFTER_NODES.map((addon) => this.#addon(cluster, addon, [nodes]));
		const pods = this.#role("app-pods-role", "pods.eks.amazonaws.com", "The application in the cluster", []);
		const rights =
			args.grants.length === 0
				? []
				: [
						this.declare("rolePolicy", RolePolicy, "app-pods-rights", {
							role: pods.role.id,
							policy: policyDocument(...args.grants),
						}),
					];
		const identity = this.declare("podIdentityAssociation", PodIdentityAssociation, "app-pods-identity", {
			clusterName: cluster.name,
			namespace: NAMESPACE,
			serviceAccount: SERVICE_ACCOUNT,
			roleArn: pods.role.arn,
		});
		return { cluster, nodes, ready: [...admin, ...after, ...rights, identity] };
	}

	/** How the program reaches the cluster: by a word of the provider that holds for minutes, asked for in each run. */
	protected access({ cluster, nodes }: MadeCluster): Output<string> {
		// Asked for once the nodes stand: what waits for them must not outlive the word.
		const token = getClusterAuthOutput({ name: nodes.clusterName }, { parent: this }).token;
		return all([cluster.name, cluster.endpoint, cluster.certificateAuthority, token]).apply(
			([name, server, authority, word]) => kubeconfigOf({ name, server, authority: authority.data, token: word }),
		);
	}

	/** Sends a load balancer's traffic to the nodes, whichever they are. */
	protected nodesServe({ nodes }: MadeCluster, targetGroupArn: Input<string>): void {
		this.declare("autoscalingAttachment", Attachment, "app-workers-target", {
			autoscalingGroupName: groupOf(nodes),
			lbTargetGroupArn: targetGroupArn,
		});
	}

	#nodes(args: ClusterArgs, cluster: Cluster, dependsOn: readonly Resource[]): NodeGroup {
		const { site } = args;
		const role = this.#role("app-workers-role", "ec2.amazonaws.com", "Nodes of the cluster", [
			MANAGED.node,
			MANAGED.nodeNetwork,
			MANAGED.nodeImages,
			MANAGED.session,
		]);
		const template = this.declare("launchTemplate", LaunchTemplate, "app-workers-template", {
			instanceType: args.workerSku,
			metadataOptions: METADATA,
			blockDeviceMappings: [templateDisk(args.rootDiskGb, "/dev/xvda")],
			vpcSecurityGroupIds: [args.groupId, cluster.vpcConfig.clusterSecurityGroupId],
			tagSpecifications: ["instance", "volume"].map((resourceType) => ({
				resourceType,
				tags: fullyTagged(site, "worker"),
			})),
		});
		const nodes = this.declare(
			"nodeGroup",
			NodeGroup,
			"app-workers",
			{
				clusterName: cluster.name,
				nodeRoleArn: role.role.arn,
				subnetIds: [...args.subnetIds],
				amiType: NODE_IMAGE,
				launchTemplate: { id: template.id, version: template.latestVersion.apply((version) => `${version}`) },
				scalingConfig: { minSize: args.workers.min, maxSize: args.workers.max, desiredSize: args.workers.min },
				updateConfig: { maxUnavailablePercentage: UPDATE_PERCENT },
				labels: NODE_LABEL,
			},
			// The load decides how many there are; an update would take them back to the least.
			{ ignoreChanges: ["scalingConfig.desiredSize"], dependsOn: [...dependsOn, ...role.rights] },
		);
		this.declare("autoscalingPolicy", Policy, "app-workers-scaling", {
			autoscalingGroupName: groupOf(nodes),
			policyType: "TargetTrackingScaling",
			targetTrackingConfiguration: {
				predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
				targetValue: NODE_CPU_TARGET_PERCENT,
			},
		});
		return nodes;
	}

	/** Who made the cluster administers it, and keeps doing so when somebody else runs an update. */
	#admin(cluster: Cluster): readonly Resource[] {
		const caller = getCallerIdentityOutput({}, { parent: this });
		const principalArn = getSessionContextOutput({ arn: caller.arn }, { parent: this }).issuerArn;
		const born = { ignoreChanges: ["principalArn"] };
		const entry = this.declare(
			"accessEntry",
			AccessEntry,
			"app-cluster-admin",
			{ clusterName: cluster.name, principalArn, type: "STANDARD" },
			born,
		);
		const rights = this.declare("accessPolicyAssociation", AccessPolicyAssociation, "app-cluster-admin-rights", {
			clusterName: cluster.name,
			principalArn: entry.principalArn,
			policyArn: CLUSTER_ADMIN,
			accessScope: { type: "cluster" },
		});
		return [entry, rights];
	}

	#addon(cluster: Cluster, addonName: string, dependsOn: readonly Resource[]): Addon {
		return this.declare(
			"addon",
			Addon,
			`app-cluster-${addonName}`,
			{
				clusterName: cluster.name,
				addonName,
				resolveConflictsOnCreate: "OVERWRITE",
				resolveConflictsOnUpdate: "PRESERVE",
			},
			{ dependsOn: [...dependsOn] },
		);
	}

	#role(name: string, service: `${string}.amazonaws.com`, description: string, policies: readonly string[]) {
		const role = this.declare("role", Role, name, {
			assumeRolePolicy:
				service === "pods.eks.amazonaws.com"
					? trustOf(service, ["sts:AssumeRole", "sts:TagSession"])
					: trustOf(service),
			description,
		});
		const rights = policies.map((policyArn) =>
			this.declare("rolePolicyAttachment", RolePolicyAttachment, `${name}-${policyArn.split("/").at(-1)}`, {
				role: role.name,
				policyArn,
			}),
		);
		return { role, rights };
	}
}

/** The group of machines that stands behind managed nodes. */
function groupOf(nodes: NodeGroup): Output<string> {
	return nodes.resources.apply((resources) => {
		const name = resources[0]?.autoscalingGroups?.[0]?.name;
		if (name === undefined) throw new BugError("the cluster's nodes came without a group of machines");
		return name;
	});
}
