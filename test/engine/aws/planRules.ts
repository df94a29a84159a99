import type { PlanContext, PlanRule } from "../cloud/planRule.ts";
import { shortName } from "../cloud/schema.ts";
import {
	count,
	hasUnknown,
	isRecord,
	isUnknown,
	list,
	type Properties,
	record,
	text,
	type Value,
} from "../cloud/values.ts";
import { isOlder } from "../cloud/versions.ts";

/**
 * Families with Arm processors: a `g` after the generation's number, and the first of them. AWS EC2 user guide,
 * "Instance type naming conventions": g = AWS Graviton processors.
 */
export function architecture(instanceType: string): "arm64" | "x86_64" {
	const family = instanceType.replace(/^(db|cache)\./, "").split(".")[0] ?? "";
	return family === "a1" || /^[a-z]+\d+[a-z]*g[a-z]*(-|$)/.test(family) ? "arm64" : "x86_64";
}

function changed({ old, news }: PlanContext, key: string): boolean {
	return old !== null && JSON.stringify(old[key]) !== JSON.stringify(news[key]);
}

function clusters(news: Properties): number {
	return count(news.numCacheClusters) || 1 + count(news.replicasPerNodeGroup);
}

function subnetsOf(value: Value | undefined): string[] {
	return list(value).map(text);
}

const SHRINK = (key: string, rule: string): PlanRule => ({
	trap: 44,
	source: rule,
	replaces: (context) => {
		const { old, news } = context;
		if (old === null || text(news.loadBalancerType) !== "network" || hasUnknown(news[key])) return null;
		const left = subnetsOf(news[key]);
		return changed(context, key) && subnetsOf(old[key]).some((subnet) => !left.includes(subnet)) ? key : null;
	},
});

/** Rules of the provider's own code; sources are files of terraform-provider-aws, under internal/service. */
export const PLAN_RULES: Readonly<Record<string, readonly PlanRule[]>> = {
	"ec2.Instance": [
		{
			trap: 36,
			source: "ec2/ec2_instance.go (ForceNewIf on instance_type)",
			replaces: ({ old, news }) =>
				old !== null && architecture(text(old.instanceType)) !== architecture(text(news.instanceType))
					? "instanceType"
					: null,
		},
		{
			trap: 37,
			source: "ec2/ec2_instance.go (user_data_replace_on_change)",
			replaces: (context) =>
				context.news.userDataReplaceOnChange === true &&
				(changed(context, "userData") || changed(context, "userDataBase64"))
					? changed(context, "userData")
						? "userData"
						: "userDataBase64"
					: null,
		},
	],
	"elasticache.ReplicationGroup": [
		{
			trap: 74,
			source: "elasticache/replication_group.go (customizeDiffEngineForceNewOnDowngrade)",
			replaces: ({ old, news }) =>
				old !== null &&
				old.engine !== undefined &&
				old.engine !== news.engine &&
				!(old.engine === "redis" && news.engine === "valkey")
					? "engine"
					: null,
		},
		{
			trap: 74,
			source: "elasticache/replication_group.go (customizeDiffEngineVersionForceNewOnDowngrade)",
			replaces: ({ old, news }) =>
				old !== null &&
				old.engine === news.engine &&
				news.engineVersion !== undefined &&
				isOlder(text(news.engineVersion), text(old.engineVersion))
					? "engineVersion"
					: null,
		},
		{
			trap: 76,
			source: "elasticache/replication_group.go (CustomizeDiff: automatic failover)",
			fails: ({ news }) =>
				news.automaticFailoverEnabled === true &&
				news.numNodeGroups === undefined &&
				!isUnknown(news.numCacheClusters) &&
				clusters(news) < 2
					? `"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true`
					: null,
		},
		{
			trap: 76,
			source: "elasticache/replication_group.go (CustomizeDiff: multi AZ)",
			fails: ({ news }) =>
				news.multiAzEnabled === true && news.automaticFailoverEnabled !== true
					? "automatic_failover_enabled must be true if multi_az_enabled is true"
					: null,
		},
		{
			trap: 77,
			source: "elasticache/replication_group.go (ConflictsWith)",
			fails: ({ news }) =>
				news.numCacheClusters !== undefined &&
				(news.numNodeGroups !== undefined || news.replicasPerNodeGroup !== undefined)
					? '"num_cache_clusters": conflicts with num_node_groups'
					: null,
		},
	],
	"eks.Cluster": [
		{
			trap: 81,
			source: "eks/cluster.go (encryption_config: removal forces new)",
			replaces: ({ old, news }) =>
				isRecord(old?.encryptionConfig) && news.encryptionConfig === undefined ? "encryptionConfig" : null,
		},
	],
	"eks.NodeGroup": [
		{
			trap: 80,
			source: "eks/node_group.go (launch_template: id and name force new)",
			replaces: ({ old, news }) => {
				const [before, after] = [record(old?.launchTemplate), record(news.launchTemplate)];
				if (old === null || JSON.stringify(before) === JSON.stringify(after)) return null;
				return before.id !== after.id || before.name !== after.name ? "launchTemplate" : null;
			},
		},
	],
	"lb.LoadBalancer": [
		SHRINK("subnets", "elbv2/load_balancer.go (customizeDiffLoadBalancerNLB)"),
		{
			trap: 44,
			source: "elbv2/load_balancer.go (NLB: security groups none <-> some)",
			replaces: ({ old, news }) =>
				old !== null &&
				text(news.loadBalancerType) === "network" &&
				(list(old.securityGroups).length === 0) !== (list(news.securityGroups).length === 0)
					? "securityGroups"
					: null,
		},
	],
	"rds.Instance": [
		{
			trap: 54,
			source: "rds/instance.go (allocated_storage: DiffSuppressFunc while storage autoscaling is on)",
			ignores: ({ old, news }) => {
				const most = count(news.maxAllocatedStorage);
				const asked = count(news.allocatedStorage);
				return old !== null &&
					most > asked &&
					count(old.allocatedStorage) > asked &&
					count(old.allocatedStorage) <= most
					? "allocatedStorage"
					: null;
			},
		},
	],
	"ec2.Vpc": [
		{
			trap: null,
			source: "ec2/vpc_.go (instance_tenancy: dedicated to default in place)",
			replaces: ({ old, news }) =>
				old !== null &&
				text(old.instanceTenancy) !== text(news.instanceTenancy) &&
				text(news.instanceTenancy) === "dedicated"
					? "instanceTenancy"
					: null,
		},
	],
};

export function planRules(type: string): readonly PlanRule[] {
	return PLAN_RULES[shortName(type)] ?? [];
}
