import type { Plain } from "../../../words.ts";
import { becomes, condition, grows, otherMembers, otherValue, shrinks } from "../conditions.ts";
import { down, lost, NO_DOWNTIME, quiet, refused, removed, replaced } from "../effects.ts";
import type { Effect, PropertyRule, TypeRule } from "../rule.ts";
import { otherProcessor } from "./architecture.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const HOST = "ec2.Instance";
const VOLUME = "ebs.Volume";
const GROUP = "autoscaling.Group";
const TEMPLATE = "ec2.LaunchTemplate";
const hosts = `${PROVIDER}/ec2/ec2_instance.go`;

/** The provider stops the host, changes it and starts it; how long that takes is not documented. */
const RESTART = down("restart", [2, 10], "the host is stopped, changed and started again; only a fixed address stays");
const away = down("outage", null, "the host has no data while the volume is away");
const gone = {
	downtime: down("outage", null, "another host is born and the old one goes with its root disk"),
	data: "lost-unless-snapshot",
	undo: "no",
	undoWhy: "the old host and its root disk are gone",
	route: "snapshot-restore",
} as const;
const onceInSixHours = "one change of a volume's storage, then six hours none";

const exposing = (why: string): Effect => ({ ...quiet, risks: [{ risk: "exposure", why }] });
const otherRules = exposing("other security groups say who reaches it");
const otherRights = exposing("what its hosts may do in the account changes");

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

export const APP_TYPES: readonly TypeRule[] = [
	part(HOST, "host", from(hosts, 36, 37, 38), {
		kind: "host",
		remove: lost(
			"lost-unless-snapshot",
			"what only the host's root disk held is gone with it",
			down("outage", null, "nothing answers at its address any more"),
		),
		replace: replaced(gone),
		capacity: ["instanceType"],
	}),
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
	part(VOLUME, "data volume", from(`${PROVIDER}/ec2/ebs_volume.go`, 38, 39, 95), {
		kind: "data",
		remove: { ...lost("lost-unless-snapshot", "the volume's files are gone", away), route: "keep-then-retire" },
		replace: replaced({
			downtime: away,
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "the new volume is empty and the old one is deleted",
			route: "snapshot-restore",
		}),
		capacity: ["size", "type", "encrypted"],
	}),
	part("ec2.VolumeAttachment", "attachment of the data volume", from(`${CFN} AWS::EC2::VolumeAttachment`, 92), {
		within: "volumeId",
		remove: { ...removed, downtime: away, data: "kept" },
		replace: replaced({
			downtime: away,
			data: "kept",
			undo: "yes",
			undoWhy: "attach it to the old host again",
			route: "detach-first",
		}),
		uniqueBy: ["volumeId"],
	}),
	part("ebs.Snapshot", "snapshot of the data volume", from(`${PROVIDER}/ec2/ebs_snapshot.go`, 95), {
		kind: "data",
		remove: lost("lost", "the copy is gone", down("none", null, "nothing runs on a snapshot", "documented")),
		replace: replaced({
			downtime: down("none", null, "nothing runs on a snapshot", "documented"),
			data: "lost",
			undo: "no",
			undoWhy: "the older copy is gone, the new one shows today",
			route: "snapshot-restore",
		}),
	}),
];

export const APP_RULES: readonly PropertyRule[] = [
	{
		type: token(HOST),
		paths: ["instanceType"],
		when: otherProcessor,
		effect: replaced({ ...gone, undoWhy: "another processor is another host: the old one and its root disk are gone" }),
		...from(`${hosts}: ForceNewIf the architectures have nothing in common`, 36, 97),
	},
	{
		type: token(HOST),
		paths: ["instanceType"],
		effect: {
			outcome: "interrupts",
			downtime: RESTART,
			data: "kept",
			undo: "yes",
			undoWhy: "change it back, with the same pause",
			route: "pool-behind-balancer",
		},
		...from(`${hosts}: stopped, modified, started`, 36),
	},
	{
		type: token(HOST),
		paths: ["userData", "userDataBase64"],
		when: {
			says: "and the host is replaced by wish",
			holds: ({ newInputs }) => newInputs.userDataReplaceOnChange === true,
		},
		effect: replaced(gone),
		...from(`${hosts}: user_data_replace_on_change`, 37),
	},
	{
		type: token(HOST),
		paths: ["userData", "userDataBase64"],
		effect: {
			outcome: "interrupts",
			downtime: { ...RESTART, why: `${RESTART.why}; the first-boot script does not run again` },
			data: "kept",
			undo: "yes",
			undoWhy: "change it back, with the same pause",
		},
		...from(`${SDK} ec2/instance.d.ts: userData`, 37),
	},
	{
		type: token(HOST),
		paths: ["userDataReplaceOnChange"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the next change of the first-boot script" },
		...from(`${SDK} ec2/instance.d.ts`, 37),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.volumeSize"],
		when: shrinks,
		effect: refused("a disk never shrinks", "keep-size"),
		...from(`${hosts}: grow only`, 38, 39),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.volumeSize"],
		effect: { ...quiet, data: "kept", undo: "no", undoWhy: "a disk never shrinks again" },
		coolDown: onceInSixHours,
		...from(`${hosts}: grow only`, 38, 39),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.volumeType", "rootBlockDevice.iops", "rootBlockDevice.throughput", "rootBlockDevice.tags"],
		effect: quiet,
		...from(`${hosts}: in place`, 38),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.deleteOnTermination"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read when the host is deleted" },
		...from(`${hosts}: in place`, 38),
	},
	{
		type: token(HOST),
		paths: ["metadataOptions"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who on the host may ask for its credentials changes" }] },
		...from(`${hosts}: in place`, 36),
	},
	{
		type: token(HOST),
		paths: ["vpcSecurityGroupIds"],
		when: otherMembers,
		effect: otherRules,
		...from(`${hosts}: in place`, 47),
	},
	{
		type: token(HOST),
		paths: ["iamInstanceProfile"],
		when: otherValue,
		effect: otherRights,
		...from(`${hosts}: in place`, 36),
	},
	inPlace(
		HOST,
		[
			"vpcSecurityGroupIds",
			"iamInstanceProfile",
			"monitoring",
			"creditSpecification",
			"sourceDestCheck",
			"tags",
			"volumeTags",
		],
		from(`${hosts}: in place`, 36),
	),
	inPlace(
		HOST,
		["disableApiTermination", "disableApiStop", "maintenanceOptions", "instanceInitiatedShutdownBehavior"],
		from(`${hosts}: in place`),
	),
	{
		type: token(HOST),
		paths: ["associatePublicIpAddress"],
		effect: replaced(gone),
		...from(`${hosts}: forces a new host in the copies read`, 36),
	},
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
	{
		type: token(VOLUME),
		paths: ["size"],
		when: shrinks,
		effect: refused("a volume never shrinks", "keep-size"),
		...from(`${PROVIDER}/ec2/ebs_volume.go`, 39),
	},
	{
		type: token(VOLUME),
		paths: ["size"],
		when: grows,
		effect: {
			...quiet,
			data: "kept",
			undo: "no",
			undoWhy: "a volume never shrinks again; the way back is a smaller one and a copy",
		},
		coolDown: onceInSixHours,
		...from("AWS EC2 API reference, ModifyVolume: online, six hours between two changes", 39),
	},
	{
		type: token(VOLUME),
		paths: ["type", "iops", "throughput"],
		effect: { ...quiet, data: "kept", undoWhy: "set it back six hours later" },
		coolDown: onceInSixHours,
		...from("AWS EC2 API reference, ModifyVolume: online, six hours between two changes", 39),
	},
	{
		type: token(VOLUME),
		paths: ["finalSnapshot"],
		when: becomes(true),
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then leaves a snapshot" },
		...from(`${SDK} ebs/volume.d.ts`, 95),
	},
	{
		type: token(VOLUME),
		paths: ["finalSnapshot"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then leaves nothing" },
		...from(`${SDK} ebs/volume.d.ts`, 95),
	},
	inPlace(VOLUME, ["tags"], from(`${SDK} ebs/volume.d.ts: tags are changed in place`)),
	inPlace(
		"ebs.Snapshot",
		["tags", "storageTier", "permanentRestore", "temporaryRestoreDays"],
		from(`${PROVIDER}/ec2/ebs_snapshot.go: in place`),
	),
	{
		type: token("ec2.VolumeAttachment"),
		paths: ["forceDetach", "skipDestroy", "stopInstanceBeforeDetaching"],
		effect: { ...quiet, outcome: "no-effect", downtime: NO_DOWNTIME, undoWhy: "only read when it is detached" },
		...from(`${SDK} ec2/volumeAttachment.d.ts`),
	},
];
