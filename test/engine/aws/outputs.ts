import type { CloudResource } from "../cloud/account.ts";
import { now } from "../cloud/account.ts";
import { digest } from "../cloud/digest.ts";
import type { OutputContext } from "../cloud/facts.ts";
import { shortName, type ValueType } from "../cloud/schema.ts";
import { count, DEFAULTS_KEY, list, type Properties, record, text, type Value } from "../cloud/values.ts";
import { ACCOUNT_ID, arn } from "./arn.ts";
import { cacheNodes, filledInputs, filledObjects } from "./fills.ts";
import { resourceSchema } from "./schema.ts";

type Compute = (context: OutputContext) => Value;

const region = ({ inputs }: OutputContext) => text(inputs.region) || "us-east-1";
const hex = (label: string, id: string) => digest(label, id).slice(0, 12);
const publicIp: Compute = ({ number }) => `203.0.${113 + Math.floor(number / 250)}.${(number % 250) + 1}`;
const date: Compute = ({ data }) => new Date(now(data) * 1000).toISOString();

/** Where a database or cache of that name answers. */
const host =
	(service: string, label = ""): Compute =>
	(context) => {
		const name = text(
			context.inputs.identifier ?? context.inputs.clusterIdentifier ?? context.inputs.replicationGroupId,
		);
		return `${name || context.id}.${label}${hex("host", context.id)}.${region(context)}.${service}.amazonaws.com`;
	};
const inClusterMode = ({ inputs }: OutputContext) => inputs.clusterMode === "enabled";
/** The secret in which the database keeps its own master password. */
const masterSecret: Compute = (context) =>
	context.inputs.manageMasterUserPassword === true
		? [
				{
					secretArn: arn("secretsmanager", region(context), `secret:rds!${hex("master", context.id)}`),
					secretStatus: "active",
					kmsKeyId: "",
				},
			]
		: [];

/** Services and kinds of the things whose id is not their ARN already. */
const ARNS: Readonly<Record<string, readonly [service: string, kind: string]>> = {
	"autoscaling.Group": ["autoscaling", "autoScalingGroup:group/"],
	"autoscaling.Policy": ["autoscaling", "scalingPolicy:"],
	"backup.Plan": ["backup", "backup-plan:"],
	"backup.Vault": ["backup", "backup-vault:"],
	"cloudfront.Distribution": ["cloudfront", "distribution/"],
	"cloudtrail.Trail": ["cloudtrail", "trail/"],
	"cloudwatch.LogGroup": ["logs", "log-group:"],
	"cloudwatch.MetricAlarm": ["cloudwatch", "alarm:"],
	"ebs.Volume": ["ec2", "volume/"],
	"eks.Cluster": ["eks", "cluster/"],
	"iam.InstanceProfile": ["iam", "instance-profile/"],
	"iam.User": ["iam", "user/"],
	"iam.Role": ["iam", "role/"],
	"kms.Key": ["kms", "key/"],
	"rds.Cluster": ["rds", "cluster:"],
	"rds.GlobalCluster": ["rds", "global-cluster:"],
	"rds.Proxy": ["rds", "db-proxy:"],
	"s3.Bucket": ["s3", ""],
	"sqs.Queue": ["sqs", ""],
	"ssm.Parameter": ["ssm", "parameter"],
};

const ownArn =
	(type: string): Compute =>
	(context) => {
		if (context.id.startsWith("arn:")) return context.id;
		const [service, kind] = ARNS[shortName(type)] ?? [shortName(type).split(".")[0]?.toLowerCase() ?? "", ""];
		const name = shortName(type) === "sqs.Queue" ? text(context.inputs.name) : context.id;
		return arn(service, region(context), `${kind}${name}`);
	};

/** One validation record a name, as the certificate's owner must set it. */
const validations: Compute = ({ inputs }) =>
	[...new Set([inputs.domainName, ...list(inputs.subjectAlternativeNames)].map(text))].map((domainName) => ({
		domainName,
		resourceRecordName: `_${digest("acm", domainName).slice(0, 32)}.${domainName.replace(/^\*\./, "")}.`,
		resourceRecordType: "CNAME",
		resourceRecordValue: `_${digest("value", domainName).slice(0, 32)}.acm-validations.aws.`,
	}));

/** Outputs that programs use; every other one gets a value of its type. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, Compute>>>> = {
	"acm.Certificate": { domainValidationOptions: validations, status: () => "ISSUED" },
	"cloudfront.Distribution": {
		domainName: ({ id }) => `d${id.toLowerCase()}.cloudfront.net`,
		hostedZoneId: () => "Z2FDTNDATAQYW2",
		status: () => "Deployed",
	},
	"ec2.Eip": { publicIp, allocationId: ({ id }) => id },
	"ec2.Instance": { publicIp, instanceState: () => "running" },
	"ec2.LaunchTemplate": { latestVersion: () => 1 },
	"ec2.NatGateway": { publicIp },
	"eks.Cluster": {
		certificateAuthority: ({ id }) => ({ data: Buffer.from(digest("ca", id)).toString("base64") }),
		endpoint: ({ id, inputs }) => `https://${hex("eks", id)}.gr7.${text(inputs.region)}.eks.amazonaws.com`,
		identities: (context) => [
			{ oidcs: [{ issuer: `https://oidc.eks.${region(context)}.amazonaws.com/id/${hex("oidc", context.id)}` }] },
		],
		status: () => "ACTIVE",
	},
	"eks.NodeGroup": {
		resources: ({ id }) => [
			{ autoscalingGroups: [{ name: `eks-${hex("asg", id)}` }], remoteAccessSecurityGroupId: "" },
		],
	},
	"elasticache.ReplicationGroup": {
		// Each mode has its own addresses, and none of the other's.
		configurationEndpointAddress: (context) => (inClusterMode(context) ? host("cache", "clustercfg.")(context) : ""),
		primaryEndpointAddress: (context) => (inClusterMode(context) ? "" : host("cache", "master.")(context)),
		readerEndpointAddress: (context) => (inClusterMode(context) ? "" : host("cache", "replica.")(context)),
		memberClusters: ({ id, inputs }) => cacheNodes(inputs).map((end) => `${id}${end}`),
	},
	"lb.LoadBalancer": {
		arnSuffix: ({ id }) => id.split(":loadbalancer/")[1] ?? "",
		dnsName: (context) => `${text(context.inputs.name)}-${hex("lb", context.id)}.${region(context)}.elb.amazonaws.com`,
		zoneId: () => "Z35SXDOTRQ7X7K",
	},
	"lb.TargetGroup": { arnSuffix: ({ id }) => id.split(":").at(-1) ?? "" },
	"rds.Cluster": {
		endpoint: host("rds", "cluster-"),
		readerEndpoint: host("rds", "cluster-ro-"),
		masterUserSecrets: masterSecret,
	},
	"rds.ClusterInstance": { endpoint: host("rds") },
	"rds.Instance": {
		address: host("rds"),
		endpoint: (context) => `${String(host("rds")(context))}:${count(context.inputs.port) || 5432}`,
		masterUserSecrets: masterSecret,
		status: () => "available",
	},
	"rds.Proxy": { endpoint: host("rds", "proxy-") },
	"route53.Record": { fqdn: ({ inputs }) => text(inputs.name) },
	"route53.Zone": { zoneId: ({ id }) => id },
	"s3.Bucket": {
		bucketDomainName: ({ id }) => `${id}.s3.amazonaws.com`,
		bucketRegionalDomainName: (context) => `${context.id}.s3.${region(context)}.amazonaws.com`,
	},
	"sqs.Queue": { url: ({ id }) => id },
};

const COMMON: Readonly<Record<string, Compute>> = {
	ownerId: () => ACCOUNT_ID,
	tagsAll: ({ inputs }) => record(inputs.tags),
	createdDate: date,
	createdAt: date,
};

/** Outputs that follow the inputs on an update; all others stay as they were first given. */
const FOLLOWING: readonly string[] = ["tagsAll", "memberClusters", "masterUserSecrets", "domainValidationOptions"];

/** The state the provider reads back: inputs, what the cloud filled in, and the computed outputs. */
export function computeState(type: string, context: OutputContext, previous: CloudResource | null): Properties {
	const given = Object.entries(context.inputs).filter(([key]) => key !== DEFAULTS_KEY);
	const inputs = { ...filledInputs(type, context, previous), ...Object.fromEntries(given) };
	const full = { ...context, inputs };
	const outputs: Properties = {};
	for (const [key, kind] of Object.entries(resourceSchema(type).outputs)) {
		const kept = previous?.state[key];
		outputs[key] = kept !== undefined && !FOLLOWING.includes(key) ? kept : compute(type, key, kind, full);
	}
	// A new version of a launch template is made by every change of it.
	if (shortName(type) === "ec2.LaunchTemplate" && previous !== null)
		outputs.latestVersion = count(previous.state.latestVersion) + 1;
	return { ...outputs, ...inputs, ...filledObjects(type, full) };
}

function compute(type: string, key: string, kind: ValueType, context: OutputContext): Value {
	const known = OUTPUTS[shortName(type)]?.[key] ?? (key === "arn" ? ownArn(type) : COMMON[key]);
	if (known !== undefined) return known(context);
	if (kind === "string" || kind === "any") return `${key}-${digest(type, key, context.id).slice(0, 12)}`;
	if (kind === "number") return 0;
	if (kind === "boolean") return false;
	return typeof kind === "object" && kind.map !== undefined ? {} : [];
}
