import type { Plain } from "../../../words.ts";
import { condition, otherMembers, otherValue, shrinks } from "../conditions.ts";
import { down, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { exposing, otherRights, otherRules } from "./host.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const GROUP = "autoscaling.Group";
const TEMPLATE = "ec2.LaunchTemplate";

function memberOf(value: Plain | undefined, key: string): Plain | undefined {
	return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}

function listOf(value: Plain | undefined): readonly Plain[] {
	return Array.isArray(value) ? value : [];
}

/** The provider takes both a flag and its text. */
function isEncrypted(mapping: Plain): boolean {
	return String(memberOf(memberOf(mapping, "ebs"), "encrypted")) === "true";
}

function isPublic(value: Plain | undefined): boolean {
	return listOf(value).some((each) => String(memberOf(each, "associatePublicIpAddress")) === "true");
}

/** Hosts that come and go with the load: the group, what they are born as, and the rules by which it grows. */
export const HOST_GROUP_TYPES: readonly TypeRule[] = [
	part("ec2.LaunchTemplate", "template of the group's hosts", from(`${CFN} AWS::EC2::LaunchTemplate`, 40), {
		uniqueBy: ["name"],
		heldBy: "the group of hosts still uses the template",
		remove: { ...removed, undoWhy: "create it again; hosts that run are not touched" },
	}),
	part(GROUP, "group of hosts", from(`${PROVIDER}/autoscaling/group.go`, 40, 41), {
		kind: "host",
		remove: {
			...removed,
			downtime: down("outage", null, "the delete takes every host of the group along"),
			route: "add-pool-drain-remove",
		},
		replace: replaced({
			downtime: down("outage", null, "the delete takes every host of the old group along"),
			data: "none",
			undo: "yes",
			undoWhy: "hosts of a group hold nothing of their own",
			route: "add-pool-drain-remove",
		}),
		uniqueBy: ["name"],
		capacity: ["minSize", "maxSize"],
	}),
	part("autoscaling.Policy", "rule by which the group grows", from(`${CFN} AWS::AutoScaling::ScalingPolicy`), {
		within: "autoscalingGroupName",
		uniqueBy: ["name", "autoscalingGroupName"],
	}),
	part("autoscaling.Attachment", "group's place behind the load balancer", from(`${SDK} autoscaling/attachment.d.ts`), {
		within: "autoscalingGroupName",
		remove: { ...removed, downtime: down("outage", null, "the load balancer no longer sends to the group") },
	}),
];

export const HOST_GROUP_RULES: readonly PropertyRule[] = [
	{
		type: token(TEMPLATE),
		paths: ["vpcSecurityGroupIds"],
		when: otherMembers,
		effect: otherRules,
		...from(`${SDK} ec2/launchTemplate.d.ts`, 47),
	},
	{
		type: token(TEMPLATE),
		paths: ["iamInstanceProfile"],
		when: otherValue,
		effect: otherRights,
		...from(`${SDK} ec2/launchTemplate.d.ts`),
	},
	{
		type: token(TEMPLATE),
		paths: ["metadataOptions"],
		when: condition(
			"tokens are not asked for any more",
			({ new: next }) => memberOf(next, "httpTokens") !== "required",
		),
		effect: exposing("who on the host may ask for its credentials changes"),
		...from(`${SDK} ec2/launchTemplate.d.ts`, 36),
	},
	{
		type: token(TEMPLATE),
		paths: ["blockDeviceMappings"],
		when: condition("a disk is not encrypted", ({ new: next }) => listOf(next).some((each) => !isEncrypted(each))),
		effect: exposing("hosts are born with disks in clear text"),
		...from(`${SDK} ec2/launchTemplate.d.ts`, 38),
	},
	{
		type: token(TEMPLATE),
		paths: ["networkInterfaces"],
		when: condition("with an address of the internet", ({ old, new: next }) => isPublic(next) && !isPublic(old)),
		effect: exposing("hosts are born with an address of the internet"),
		...from(`${SDK} ec2/launchTemplate.d.ts`),
	},
	{
		type: token(TEMPLATE),
		paths: [
			"blockDeviceMappings",
			"creditSpecification",
			"description",
			"ebsOptimized",
			"iamInstanceProfile",
			"imageId",
			"instanceType",
			"metadataOptions",
			"monitoring",
			"networkInterfaces",
			"tagSpecifications",
			"tags",
			"updateDefaultVersion",
			"userData",
			"vpcSecurityGroupIds",
		],
		effect: {
			...quiet,
			undoWhy: "a change is a new version; hosts that run are untouched until the group refreshes them",
		},
		...from(`${CFN} AWS::EC2::LaunchTemplate; ${SDK} ec2/launchTemplate.d.ts`, 40),
	},
	{
		type: token(GROUP),
		paths: ["launchTemplate", "mixedInstancesPolicy"],
		when: {
			says: "with a refresh of the instances",
			holds: ({ newInputs }) => newInputs.instanceRefresh !== undefined,
		},
		effect: {
			outcome: "interrupts",
			downtime: down("rolling", null, "hosts are replaced one after the other behind the load balancer"),
			data: "none",
			undo: "yes",
			undoWhy: "refresh back to the older version; hosts of a group hold nothing of their own",
			route: "add-pool-drain-remove",
		},
		...from(`${PROVIDER}/autoscaling/group.go: instance_refresh`, 40),
	},
	{
		type: token(GROUP),
		paths: ["launchTemplate", "mixedInstancesPolicy"],
		effect: {
			...quiet,
			outcome: "no-effect",
			undoWhy: "hosts that run stay as they are: only those born later follow the template",
		},
		...from(`${PROVIDER}/autoscaling/group.go`, 40),
	},
	{
		type: token(GROUP),
		paths: ["maxSize", "minSize", "desiredCapacity"],
		when: shrinks,
		effect: {
			...quiet,
			downtime: down("rolling", null, "hosts above the new limit leave the group"),
			undoWhy: "raise it again",
		},
		...from(`${PROVIDER}/autoscaling/group.go`, 41),
	},
	inPlace(GROUP, ["maxSize", "minSize", "desiredCapacity"], from(`${PROVIDER}/autoscaling/group.go`, 41)),
	inPlace(
		GROUP,
		[
			"availabilityZones",
			"capacityRebalance",
			"defaultCooldown",
			"defaultInstanceWarmup",
			"enabledMetrics",
			"healthCheckGracePeriod",
			"healthCheckType",
			"instanceMaintenancePolicy",
			"instanceRefresh",
			"maxInstanceLifetime",
			"metricsGranularity",
			"protectFromScaleIn",
			"suspendedProcesses",
			"tags",
			"targetGroupArns",
			"terminationPolicies",
			"trafficSources",
			"vpcZoneIdentifiers",
		],
		from(`${PROVIDER}/autoscaling/group.go: in place`, 40),
	),
	{
		type: token(GROUP),
		paths: ["forceDelete", "waitForCapacityTimeout", "waitForElbCapacity", "minElbCapacity"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only how long the engine waits" },
		...from(`${SDK} autoscaling/group.d.ts`, 41),
	},
	inPlace(
		"autoscaling.Policy",
		[
			"adjustmentType",
			"cooldown",
			"enabled",
			"estimatedInstanceWarmup",
			"policyType",
			"scalingAdjustment",
			"stepAdjustments",
			"targetTrackingConfiguration",
			"predictiveScalingConfiguration",
		],
		from(`${CFN} AWS::AutoScaling::ScalingPolicy: in place`),
	),
];
