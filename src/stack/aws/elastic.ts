import { Group } from "@pulumi/aws/autoscaling/group.js";
import { Policy } from "@pulumi/aws/autoscaling/policy.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { Declare } from "./declare.ts";
import { encoded, type MachineArgs, METADATA, type Placement, ROOT_DEVICE, templateDisk } from "./machine.ts";
import type { PoolIdentity } from "./pool.ts";
import { fullyTagged, type Site } from "./site.ts";

export interface ElasticArgs extends MachineArgs {
	readonly min: number;
	readonly max: number;
	/** Average CPU the pool is held at, in percent. In place. */
	readonly cpuTargetPercent: number;
	/** Minutes a new member has before its figures count. In place. */
	readonly cooldownMinutes: number;
	/** Seconds after birth in which a member need not answer: its start, and the application's own. In place. */
	readonly graceSeconds: number;
	/** Where members are announced. */
	readonly targetGroupArn: Input<string>;
}

/** What a member is born as, beside its size. */
export interface Birth extends Placement {
	readonly site: Site;
	readonly imageId: Input<string>;
	readonly identity: PoolIdentity;
	/** The same bytes in every tier. */
	readonly userData: Output<string>;
	/** What it reads first. */
	readonly ready: readonly Resource[];
}

/** The group that follows the load. Members are exchanged a few at a time when what they are changes. */
export function elasticGroup(declare: Declare, elastic: ElasticArgs, birth: Birth): Group {
	const tags = fullyTagged(birth.site, "app");
	const template = declare("launchTemplate", LaunchTemplate, "app-pool-template", {
		imageId: birth.imageId,
		instanceType: elastic.sku,
		iamInstanceProfile: { arn: birth.identity.profile.arn },
		metadataOptions: METADATA,
		blockDeviceMappings: [templateDisk(elastic.rootDiskGb, ROOT_DEVICE)],
		ebsOptimized: "true",
		// Figures by the minute: a group that sees the load five minutes late grows too late.
		monitoring: { enabled: true },
		vpcSecurityGroupIds: [birth.groupId],
		userData: encoded(birth.userData),
		tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
	});
	const group = declare(
		"autoscalingGroup",
		Group,
		"app-pool",
		{
			minSize: elastic.min,
			maxSize: elastic.max,
			vpcZoneIdentifiers: birth.subnetIds.slice(0, elastic.zones),
			launchTemplate: { id: template.id, version: template.latestVersion.apply((version) => `${version}`) },
			targetGroupArns: [elastic.targetGroupArn],
			healthCheckType: "ELB",
			healthCheckGracePeriod: elastic.graceSeconds,
			defaultInstanceWarmup: elastic.cooldownMinutes * 60,
			// Members come by themselves; an update that waited for the application would fail with it.
			waitForCapacityTimeout: "0",
			instanceRefresh: {
				strategy: "Rolling",
				preferences: {
					minHealthyPercentage: 100,
					maxHealthyPercentage: 150,
					instanceWarmup: `${elastic.graceSeconds}`,
					autoRollback: true,
					skipMatching: true,
				},
			},
			tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
		},
		{ dependsOn: [...birth.ready] },
	);
	declare("autoscalingPolicy", Policy, "app-pool-scaling", {
		autoscalingGroupName: group.name,
		policyType: "TargetTrackingScaling",
		targetTrackingConfiguration: {
			predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
			targetValue: elastic.cpuTargetPercent,
		},
	});
	return group;
}
