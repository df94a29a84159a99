import { describe, expect, it } from "vitest";
import { ruleFor } from "../../src/changes/assess/ruleFor.ts";
import { diffInputs } from "../../src/changes/diff/diffInputs.ts";
import { IMPACTS, knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import { quiet } from "../../src/changes/impact/effects.ts";
import type { PropertyRule } from "../../src/changes/impact/rule.ts";
import type { Plain, PlainRecord } from "../../src/words.ts";
import { resource } from "./builders.ts";

/** `rds.Instance` -> its token. */
function token(short: string): string {
	const [module = "", name = ""] = short.split(".");
	return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Type, property, from, to, "outcome downtime data undo [risk]", and inputs on both sides. */
type Case = readonly [short: string, path: string, from: Plain, to: Plain, says: string, given?: PlainRecord];

const COUNTED = { performanceInsightsEnabled: true };
const now = { applyImmediately: true };
/** A cache that fails over to its replica. */
const pair = { automaticFailoverEnabled: true, numCacheClusters: 2 };
const nlb = { loadBalancerType: "network" };
const expiry = (days: number) => [{ id: "a", status: "Enabled", expiration: { days } }];
const oldVersions = (days: number) => [
	{ id: "a", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: days } },
];
const POLICY = "applied none none yes exposure";
const GAP = "applied none none yes recovery-gap";
const FEWER = "applied none none partial recovery-gap";
const AWAY = { destinationVaultArn: "arn", lifecycle: { deleteAfter: 30 } };
const backups = (told: PlainRecord) => [
	{ ruleName: "all", targetVaultName: "v", schedule: "cron(0 5 * * ? *)", lifecycle: { deleteAfter: 30 }, ...told },
];
const UNREAD = "no-effect none none yes";

const CASES: readonly Case[] = [
	["ec2.Route", "natGatewayId", "nat-1", "nat-2", "interrupts brief none yes"],
	["ec2.Vpc", "enableDnsSupport", true, false, "interrupts outage none yes"],
	["ec2.Subnet", "mapPublicIpOnLaunch", false, true, POLICY],
	["ec2.InternetGateway", "vpcId", "vpc-1", "vpc-2", "interrupts outage none yes"],
	["ec2.DefaultSecurityGroup", "ingress", [], [{ protocol: "-1" }], POLICY],
	["ec2.VpcEndpoint", "policy", "{}", '{"a":1}', POLICY],
	["ec2.VpcEndpoint", "privateDnsEnabled", true, false, "interrupts outage none yes"],
	["ec2.Eip", "instance", "i-1", "i-2", "interrupts brief none yes"],
	["vpc.SecurityGroupIngressRule", "cidrIpv4", "10.0.0.0/16", "0.0.0.0/0", POLICY],
	["vpc.SecurityGroupEgressRule", "toPort", 443, 65_535, POLICY],
	["ec2.SecurityGroup", "revokeRulesOnDelete", false, true, UNREAD],
	["ec2.Instance", "instanceType", "t3.small", "t4g.small", "replaced outage lost-unless-snapshot no"],
	["ec2.Instance", "instanceType", "c7gn.large", "c7i.large", "replaced outage lost-unless-snapshot no"],
	["ec2.Instance", "instanceType", "t4g.small", "m7g.large", "interrupts restart kept yes"],
	["ec2.Instance", "instanceType", "g5.xlarge", "m7i-flex.large", "interrupts restart kept yes"],
	["ec2.Instance", "userData", "a", "b", "replaced outage lost-unless-snapshot no", { userDataReplaceOnChange: true }],
	["ec2.Instance", "userData", "a", "b", "interrupts restart kept yes"],
	["ec2.Instance", "userDataReplaceOnChange", false, true, UNREAD],
	["ec2.Instance", "rootBlockDevice.volumeSize", 30, 20, "refused none kept yes"],
	["ec2.Instance", "rootBlockDevice.volumeSize", 20, 30, "applied none kept no"],
	["ec2.Instance", "rootBlockDevice.volumeType", "gp2", "gp3", "applied none none yes"],
	["ec2.Instance", "rootBlockDevice.deleteOnTermination", true, false, UNREAD],
	["ec2.Instance", "metadataOptions.httpTokens", "required", "optional", POLICY],
	["ec2.Instance", "associatePublicIpAddress", false, true, "replaced outage lost-unless-snapshot no"],
	["ec2.Instance", "vpcSecurityGroupIds", ["sg-1"], ["sg-1", "sg-2"], POLICY],
	["ec2.Instance", "iamInstanceProfile", "a", "b", POLICY],
	["ec2.LaunchTemplate", "vpcSecurityGroupIds", ["sg-1"], ["sg-2"], POLICY],
	["ec2.LaunchTemplate", "iamInstanceProfile", { arn: "a" }, { arn: "b" }, POLICY],
	["ec2.LaunchTemplate", "metadataOptions.httpTokens", "required", "optional", POLICY],
	["ec2.LaunchTemplate", "metadataOptions.httpPutResponseHopLimit", 1, 2, POLICY],
	[
		"ec2.LaunchTemplate",
		"blockDeviceMappings",
		[{ ebs: { encrypted: "true" } }],
		[{ ebs: { encrypted: "false" } }],
		POLICY,
	],
	[
		"ec2.LaunchTemplate",
		"networkInterfaces",
		[{ associatePublicIpAddress: "false" }],
		[{ associatePublicIpAddress: "true" }],
		POLICY,
	],
	["ec2.LaunchTemplate", "instanceType", "t3.small", "t3.large", "applied none none yes"],
	[
		"autoscaling.Group",
		"launchTemplate.version",
		"1",
		"2",
		"interrupts rolling none yes",
		{ instanceRefresh: { strategy: "Rolling" } },
	],
	["autoscaling.Group", "launchTemplate.version", "1", "2", UNREAD],
	["autoscaling.Group", "maxSize", 6, 4, "applied rolling none yes"],
	["autoscaling.Group", "waitForCapacityTimeout", "10m", "0", UNREAD],
	["ebs.Volume", "size", 100, 20, "refused none kept yes"],
	["ebs.Volume", "size", 20, 100, "applied none kept no"],
	["ebs.Volume", "iops", 3000, 6000, "applied none kept yes"],
	["ebs.Volume", "finalSnapshot", false, true, UNREAD],
	["ebs.Volume", "finalSnapshot", true, false, UNREAD],
	["ec2.VolumeAttachment", "skipDestroy", false, true, UNREAD],
	["eks.Cluster", "version", "1.34", "1.33", "refused none kept yes"],
	["eks.Cluster", "version", "1.33", "1.34", "interrupts rolling kept no"],
	["eks.Cluster", "encryptionConfig", null, { resources: ["secrets"] }, "applied none kept no"],
	["eks.Cluster", "accessConfig.authenticationMode", "API_AND_CONFIG_MAP", "API", "applied none none no"],
	["eks.Cluster", "vpcConfig.endpointPublicAccess", false, true, POLICY],
	["eks.Cluster", "enabledClusterLogTypes", ["api", "audit"], ["api"], GAP],
	["eks.PodIdentityAssociation", "roleArn", "a", "b", POLICY],
	["iam.InstanceProfile", "role", "a", "b", POLICY],
	["eks.NodeGroup", "version", "1.33", "1.34", "interrupts rolling none no"],
	["eks.NodeGroup", "launchTemplate.version", "1", "2", "interrupts rolling none yes"],
	["eks.NodeGroup", "launchTemplate.id", "lt-1", "lt-2", "replaced restart none yes"],
	["eks.NodeGroup", "forceUpdateVersion", false, true, UNREAD],
	["eks.Addon", "addonVersion", "v1.0", "v1.1", "interrupts rolling none yes"],
	["eks.AccessEntry", "userName", "a", "b", POLICY],
	["ecr.Repository", "forceDelete", false, true, UNREAD],
	[
		"rds.Instance",
		"instanceClass",
		"db.t4g.micro",
		"db.m7g.large",
		"interrupts brief kept yes",
		{ ...now, multiAz: true },
	],
	["rds.Instance", "instanceClass", "db.t4g.micro", "db.m7g.large", "deferred brief kept yes", { multiAz: true }],
	["rds.Instance", "instanceClass", "db.t4g.micro", "db.m7g.large", "interrupts outage kept yes", now],
	["rds.Instance", "instanceClass", "db.t4g.micro", "db.m7g.large", "deferred outage kept yes"],
	["rds.Instance", "allocatedStorage", 100, 20, "refused none kept yes", now],
	["rds.Instance", "allocatedStorage", 20, 100, "applied none kept no", now],
	["rds.Instance", "maxAllocatedStorage", 100, 200, "applied none kept yes"],
	["rds.Instance", "allocatedStorage", 20, 100, "deferred none kept no"],
	["rds.Instance", "iops", 12_000, 16_000, "applied none kept yes", now],
	["rds.Instance", "iops", 12_000, 16_000, "deferred none kept yes"],
	["rds.Instance", "multiAz", true, false, "applied none kept yes recovery-gap", now],
	["rds.Instance", "multiAz", true, false, "deferred none kept yes recovery-gap"],
	["rds.Instance", "multiAz", false, true, "applied none kept yes", now],
	["rds.Instance", "multiAz", false, true, "deferred none kept yes"],
	["rds.Instance", "vpcSecurityGroupIds", ["sg-1"], ["sg-1", "sg-2"], POLICY],
	["rds.Cluster", "vpcSecurityGroupIds", ["sg-1"], ["sg-2"], POLICY],
	["rds.Proxy", "vpcSecurityGroupIds", ["sg-1"], ["sg-2"], POLICY],
	["rds.Proxy", "requireTls", true, false, POLICY],
	["rds.Proxy", "name", "a", "b", "interrupts outage none yes"],
	[
		"rds.ParameterGroup",
		"parameters",
		[{ name: "rds.force_ssl", value: "1" }],
		[{ name: "rds.force_ssl", value: "0" }],
		POLICY,
	],
	["rds.ClusterParameterGroup", "parameters", [{ name: "require_secure_transport", value: "ON" }], [], POLICY],
	["rds.Instance", "engineVersion", "17", "16", "refused none kept yes"],
	["rds.Instance", "engineVersion", "16", "17", "interrupts outage kept no", now],
	["rds.Instance", "engineVersion", "16", "17", "deferred outage kept no"],
	["rds.Instance", "identifier", "a", "b", "interrupts outage kept yes"],
	["rds.Instance", "backupRetentionPeriod", 7, 0, "interrupts outage none partial recovery-gap"],
	["rds.Instance", "backupRetentionPeriod", 14, 7, "applied none none partial recovery-gap"],
	["rds.Instance", "backupRetentionPeriod", 7, 14, "applied none none yes"],
	["rds.Instance", "publiclyAccessible", false, true, POLICY],
	["rds.Instance", "parameterGroupName", "a", "b", "deferred restart none yes"],
	["rds.Instance", "caCertIdentifier", "a", "b", "interrupts restart kept yes"],
	["rds.Instance", "deletionProtection", true, false, "applied none none yes"],
	["rds.Instance", "skipFinalSnapshot", false, true, UNREAD],
	["rds.Instance", "applyImmediately", false, true, UNREAD],
	["rds.Instance", "manageMasterUserPassword", false, true, "interrupts outage kept partial"],
	["rds.Instance", "performanceInsightsKmsKeyId", "k1", "k2", "refused none kept yes", COUNTED],
	["rds.Instance", "performanceInsightsKmsKeyId", null, "k1", "applied none none yes"],
	["rds.ClusterInstance", "performanceInsightsKmsKeyId", "k1", "k2", "refused none kept yes", COUNTED],
	["rds.Instance", "replicateSourceDb", "db-1", null, "interrupts restart kept no"],
	["rds.Instance", "replicateSourceDb", "db-1", "db-2", "refused none kept yes"],
	["rds.Cluster", "engineVersion", "17.4", "16.8", "refused none kept yes"],
	["rds.Cluster", "engineVersion", "16.8", "17.4", "interrupts outage kept no", now],
	["rds.Cluster", "engineVersion", "16.8", "17.4", "deferred outage kept no"],
	["rds.Cluster", "backupRetentionPeriod", 14, 7, "applied none none partial recovery-gap"],
	["rds.Cluster", "skipFinalSnapshot", false, true, UNREAD],
	["rds.Cluster", "globalClusterIdentifier", "g", null, "applied none kept no recovery-gap"],
	["rds.Cluster", "globalClusterIdentifier", null, "g", "unknown unknown unknown unknown"],
	["rds.Cluster", "manageMasterUserPassword", false, true, "interrupts outage kept partial"],
	["rds.Cluster", "dbClusterParameterGroupName", "a", "b", "deferred restart none yes"],
	["rds.ClusterInstance", "instanceClass", "db.r8g.large", "db.r8g.xlarge", "interrupts brief kept yes", now],
	["rds.ClusterInstance", "instanceClass", "db.r8g.large", "db.r8g.xlarge", "deferred brief kept yes"],
	["rds.ClusterInstance", "publiclyAccessible", false, true, POLICY],
	["rds.ClusterInstance", "applyImmediately", false, true, UNREAD],
	["rds.GlobalCluster", "engineVersion", "16.8", "17.4", "interrupts outage kept no"],
	[
		"rds.ParameterGroup",
		"parameters",
		[{ name: "max_connections", value: "100" }],
		[{ name: "max_connections", value: "200" }],
		"deferred restart none yes",
	],
	[
		"rds.ClusterParameterGroup",
		"parameters",
		[{ name: "a", value: "1" }],
		[{ name: "a", value: "2" }],
		"deferred restart none yes",
	],
	["rds.ParameterGroup", "skipDestroy", false, true, UNREAD],
	["elasticache.ReplicationGroup", "engine", "redis", "valkey", "interrupts brief kept no"],
	["elasticache.ReplicationGroup", "engine", "valkey", "redis", "replaced outage lost no"],
	["elasticache.ReplicationGroup", "engineVersion", "8.0", "7.2", "replaced outage lost no", { engine: "valkey" }],
	["elasticache.ReplicationGroup", "engineVersion", "7.2", "8.0", "interrupts brief kept no", { engine: "valkey" }],
	["elasticache.ReplicationGroup", "nodeType", "cache.t4g.small", "cache.m7g.large", "interrupts brief kept yes", now],
	["elasticache.ReplicationGroup", "nodeType", "cache.t4g.small", "cache.m7g.large", "deferred brief kept yes"],
	[
		"elasticache.ReplicationGroup",
		"numCacheClusters",
		2,
		1,
		"refused none kept yes",
		{ automaticFailoverEnabled: true },
	],
	["elasticache.ReplicationGroup", "numCacheClusters", 2, 1, "applied none kept yes recovery-gap"],
	["elasticache.ReplicationGroup", "numCacheClusters", 1, 2, "applied none kept yes"],
	["elasticache.ReplicationGroup", "automaticFailoverEnabled", true, false, "applied none kept yes recovery-gap"],
	["elasticache.ReplicationGroup", "multiAzEnabled", false, true, "applied none kept yes"],
	["elasticache.ReplicationGroup", "clusterMode", null, "enabled", "refused none kept yes", { numCacheClusters: 2 }],
	["elasticache.ReplicationGroup", "clusterMode", "enabled", "disabled", "refused none kept yes"],
	["elasticache.ReplicationGroup", "clusterMode", "disabled", "compatible", "refused none kept yes"],
	["elasticache.ReplicationGroup", "clusterMode", "disabled", "compatible", "applied none kept no", pair],
	["elasticache.ReplicationGroup", "clusterMode", "compatible", "enabled", "interrupts outage kept no", pair],
	["elasticache.ReplicationGroup", "clusterMode", null, "enabled", "unknown unknown kept no"],
	["elasticache.ReplicationGroup", "nodeType", "a", "b", "refused none kept yes", { clusterMode: "compatible" }],
	["elasticache.ReplicationGroup", "numNodeGroups", 1, 3, "applied none kept yes", { clusterMode: "enabled" }],
	["elasticache.ReplicationGroup", "numNodeGroups", 3, 1, "applied none kept yes", { clusterMode: "enabled" }],
	["elasticache.ReplicationGroup", "transitEncryptionEnabled", false, true, "interrupts outage kept partial"],
	["elasticache.ReplicationGroup", "authTokenUpdateStrategy", "SET", "ROTATE", "interrupts outage kept partial"],
	["elasticache.ReplicationGroup", "snapshotRetentionLimit", 7, 1, "applied none none partial recovery-gap"],
	["elasticache.ReplicationGroup", "snapshotRetentionLimit", 1, 7, "applied none none yes"],
	["elasticache.ReplicationGroup", "securityGroupIds", ["sg-1"], ["sg-2"], POLICY],
	["elasticache.ReplicationGroup", "parameterGroupName", "a", "b", "applied none none yes"],
	["elasticache.ReplicationGroup", "applyImmediately", false, true, UNREAD],
	[
		"elasticache.ParameterGroup",
		"parameters",
		[{ name: "a", value: "1" }],
		[{ name: "a", value: "2" }],
		"applied none none yes",
	],
	["elasticache.User", "accessString", "on ~a* +@read", "on ~* +@all", POLICY],
	["s3.Bucket", "forceDestroy", false, true, UNREAD],
	["s3.BucketVersioning", "versioningConfiguration.status", "Enabled", "Disabled", "refused none kept yes"],
	[
		"s3.BucketVersioning",
		"versioningConfiguration.status",
		"Enabled",
		"Suspended",
		"applied none none yes recovery-gap",
	],
	["s3.BucketVersioning", "versioningConfiguration.status", "Suspended", "Enabled", "applied none none partial"],
	["s3.BucketLifecycleConfiguration", "rules", expiry(30), expiry(7), "applied none lost-unless-snapshot no"],
	[
		"s3.BucketLifecycleConfiguration",
		"rules",
		oldVersions(30),
		oldVersions(7),
		"applied none none partial recovery-gap",
	],
	["s3.BucketLifecycleConfiguration", "rules", expiry(7), expiry(30), "applied none none yes"],
	["s3.BucketPolicy", "policy", "{}", '{"a":1}', POLICY],
	["s3.BucketPublicAccessBlock", "blockPublicPolicy", true, false, POLICY],
	["s3.BucketPublicAccessBlock", "blockPublicPolicy", false, true, "applied none none yes"],
	["s3.BucketReplicationConfig", "rules", [{ status: "Enabled" }], [{ status: "Disabled" }], GAP],
	["s3.BucketObjectLockConfiguration", "rule", { days: 30 }, { days: 7 }, GAP],
	["s3.BucketAcl", "acl", "private", "public-read", POLICY],
	["s3.BucketObjectv2", "content", "a", "b", "interrupts brief none yes"],
	["cloudfront.Distribution", "enabled", true, false, "interrupts outage none yes"],
	["cloudfront.Distribution", "viewerCertificate.minimumProtocolVersion", "TLSv1.3_2025", "TLSv1", POLICY],
	["cloudfront.Distribution", "webAclId", "arn", null, POLICY],
	["cloudfront.Distribution", "aliases", ["a", "b"], ["a"], "interrupts outage none yes"],
	["cloudfront.Distribution", "defaultCacheBehavior.viewerProtocolPolicy", "https-only", "allow-all", POLICY],
	["cloudfront.Distribution", "loggingConfig", { bucket: "a" }, null, GAP],
	["cloudfront.Distribution", "waitForDeployment", true, false, UNREAD],
	["lb.LoadBalancer", "subnets", ["a", "b"], ["a", "c"], "unknown unknown unknown unknown", nlb],
	["lb.LoadBalancer", "subnets", ["a", "b"], ["a", "c"], "applied none none yes"],
	["lb.LoadBalancer", "securityGroups", null, ["sg"], "replaced outage none partial", nlb],
	["lb.LoadBalancer", "securityGroups", ["sg-1"], ["sg-2"], POLICY],
	["lb.LoadBalancer", "enableDeletionProtection", true, false, "applied none none yes"],
	["lb.Listener", "port", 80, 8080, "interrupts brief none yes"],
	["lb.LoadBalancer", "accessLogs", { enabled: true }, { enabled: false }, GAP],
	["lb.LoadBalancer", "dropInvalidHeaderFields", true, false, POLICY],
	["lb.LoadBalancer", "enableWafFailOpen", false, true, POLICY],
	["lb.Listener", "sslPolicy", "a", "b", POLICY],
	["lb.Listener", "defaultActions", [{ type: "redirect" }], [{ type: "forward" }], POLICY],
	["wafv2.WebAcl", "rules", [{ name: "a" }], [{ name: "b" }], POLICY],
	["sqs.Queue", "messageRetentionSeconds", 1_209_600, 3600, "applied none lost-unless-snapshot no"],
	["sqs.Queue", "messageRetentionSeconds", 3600, 1_209_600, "applied none none yes"],
	["sqs.Queue", "sqsManagedSseEnabled", true, false, POLICY],
	["sqs.Queue", "policy", "{}", '{"a":1}', POLICY],
	["sqs.Queue", "redrivePolicy", "{}", null, "applied none none yes recovery-gap"],
	["sqs.QueuePolicy", "policy", "{}", '{"a":1}', POLICY],
	["cloudwatch.LogGroup", "retentionInDays", 30, 7, "applied none none partial recovery-gap"],
	["cloudwatch.LogGroup", "retentionInDays", 7, 30, "applied none none yes"],
	["cloudwatch.LogGroup", "skipDestroy", false, true, UNREAD],
	["cloudtrail.Trail", "enableLogging", true, false, GAP],
	["sns.Topic", "policy", "{}", '{"a":1}', POLICY],
	["sns.TopicPolicy", "policy", "{}", '{"a":1}', POLICY],
	["backup.Plan", "rules", backups({}), backups({ schedule: "cron(0 0/12 * * ? *)" }), "applied none none partial"],
	["backup.Plan", "rules", backups({}), backups({ lifecycle: { deleteAfter: 60 } }), "applied none none partial"],
	["backup.Plan", "rules", backups({}), backups({ copyActions: [AWAY] }), "applied none none partial"],
	["backup.Plan", "rules", backups({ copyActions: [AWAY] }), backups({}), FEWER],
	["backup.Plan", "rules", backups({}), backups({ lifecycle: { deleteAfter: 7 } }), FEWER],
	["backup.Plan", "rules", backups({ schedule: "cron(0 0/12 * * ? *)" }), backups({}), FEWER],
	["backup.Plan", "rules", backups({}), backups({ schedule: "rate(2 days)" }), FEWER],
	["backup.Plan", "rules", backups({}), [], FEWER],
	["backup.Vault", "forceDestroy", false, true, UNREAD],
	["backup.VaultPolicy", "policy", "{}", '{"a":1}', POLICY],
	["backup.VaultLockConfiguration", "minRetentionDays", 7, 14, "applied none none no"],
	["iam.Role", "assumeRolePolicy", "{}", '{"a":1}', POLICY],
	["iam.Role", "forceDetachPolicies", false, true, UNREAD],
	["iam.RolePolicy", "policy", "{}", '{"a":1}', POLICY],
	["iam.Policy", "policy", "{}", '{"a":1}', POLICY],
	["iam.OpenIdConnectProvider", "clientIdLists", ["a"], ["b"], POLICY],
	["iam.UserPolicy", "policy", "{}", '{"a":1}', POLICY],
	["iam.User", "permissionsBoundary", "a", "b", POLICY],
	["iam.User", "forceDestroy", false, true, UNREAD],
	["iam.AccessKey", "status", "Active", "Inactive", "interrupts outage none yes"],
	["kms.Key", "policy", "{}", '{"a":1}', POLICY],
	["kms.Key", "isEnabled", true, false, "interrupts outage none yes"],
	["kms.ReplicaKey", "policy", "{}", '{"a":1}', POLICY],
	["secretsmanager.Secret", "policy", "{}", '{"a":1}', POLICY],
	["secretsmanager.SecretPolicy", "policy", "{}", '{"a":1}', POLICY],
	["ssm.Parameter", "value", "a", "b", "interrupts brief none yes"],
	["route53.Record", "ttl", 300, 60, "applied none none yes"],
	["route53.Record", "records", ["192.0.2.1"], ["192.0.2.2"], "interrupts rolling none yes"],
	["route53.Record", "type", "A", "CNAME", "interrupts brief none yes"],
	["route53.Record", "allowOverwrite", false, true, UNREAD],
];

/** `{a: {b: value}}` for `a.b`. */
function nested(path: string, value: Plain): PlainRecord {
	if (value === null) return {};
	const [head = "", ...rest] = path.split(".");
	return { [head]: rest.length === 0 ? value : nested(rest.join("."), value) };
}

function taken([short, path, from, to, , given = {}]: Case): PropertyRule | null {
	const type = token(short);
	const old = resource(type, "it", { ...given, ...nested(path, from) });
	const next = resource(type, "it", { ...given, ...nested(path, to) });
	const knowledge = knowledgeOf(type);
	// What the cloud fills in when it is left out is compared as written: the rule is looked for, not the operation.
	const schema = knowledge.schema === null ? null : { ...knowledge.schema, computed: [] };
	const options = { schema, ignoreChanges: [], moved: new Map<string, "may" | "yes">(), secretsMayMove: false };
	const leaf = diffInputs(old.inputs, next.inputs, options).find((each) => each.path.startsWith(path));
	return leaf === undefined ? null : ruleFor(leaf, old, next, knowledge, { capacities: {}, diskGbByUrn: {} });
}

describe("every rule of AWS", () => {
	const named = CASES.map((each) => ({
		each,
		property: `${each[0]}.${each[1]}`,
		from: each[2],
		to: each[3],
		says: each[4],
	}));

	it.each(named)("$property $from -> $to is $says", ({ each, says }) => {
		const rule = taken(each);
		const { outcome, downtime, data, undo, risks = [] } = rule?.effect ?? { downtime: { class: "" } };
		const told = [outcome, downtime.class, data, undo, ...risks.map(({ risk }) => risk)];
		expect(told.join(" ")).toBe(says);
	});

	const rules = IMPACTS.aws?.properties ?? [];

	it("that is not simply quiet is tried by one of these cases", () => {
		const tried = new Set(CASES.map(taken));
		const untried = rules.filter((rule) => rule.effect !== quiet && !tried.has(rule));
		expect(untried.map(({ type, paths, when }) => `${type} ${paths.join("|")} ${when?.says ?? ""}`)).toEqual([]);
		process.stdout.write(`AWS rules: ${rules.length}, ${CASES.length} cases\n`);
	});

	it("is not hidden behind an earlier one that takes every change of the same path", () => {
		const twice = rules.flatMap((rule, index) =>
			rule.paths
				.filter((path) =>
					rules.some(
						(other, at) =>
							at < index && other.type === rule.type && other.when === undefined && other.paths.includes(path),
					),
				)
				.map((path) => `${rule.type} ${path}`),
		);
		expect(twice).toEqual([]);
	});
});
