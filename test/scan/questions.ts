import type { Plain, PlainRecord } from "../../src/words.ts";
import type { TierState } from "./states.ts";
import type { Question } from "./tools.ts";

/** A question with where it comes from. */
export interface Asked {
	readonly at: string;
	readonly question: Question;
}

/** Words that botocore's models list, by type and property. */
const ENUMS: Readonly<Record<string, Readonly<Record<string, readonly [service: string, shape: string]>>>> = {
	"ebs.Volume": { type: ["ec2", "VolumeType"] },
	"eks.NodeGroup": { amiType: ["eks", "AMITypes"], capacityType: ["eks", "CapacityTypes"] },
	"lb.LoadBalancer": { loadBalancerType: ["elbv2", "LoadBalancerTypeEnum"], ipAddressType: ["elbv2", "IpAddressType"] },
	"lb.TargetGroup": { targetType: ["elbv2", "TargetTypeEnum"], protocol: ["elbv2", "ProtocolEnum"] },
	"lb.Listener": { protocol: ["elbv2", "ProtocolEnum"] },
	"cloudfront.Distribution": { priceClass: ["cloudfront", "PriceClass"], httpVersion: ["cloudfront", "HttpVersion"] },
	"cloudwatch.MetricAlarm": {
		comparisonOperator: ["cloudwatch", "ComparisonOperator"],
		statistic: ["cloudwatch", "Statistic"],
	},
	"wafv2.WebAcl": { scope: ["wafv2", "Scope"] },
	"acm.Certificate": { validationMethod: ["acm", "ValidationMethod"] },
	"route53.Record": { type: ["route53", "RRType"] },
	"route53.HealthCheck": { type: ["route53", "HealthCheckType"] },
	"budgets.Budget": { budgetType: ["budgets", "BudgetType"], timeUnit: ["budgets", "TimeUnit"] },
	"ec2.VpcEndpoint": { vpcEndpointType: ["ec2", "VpcEndpointType"] },
	"ec2.FlowLog": { trafficType: ["ec2", "TrafficType"] },
	"ssm.Parameter": { type: ["ssm", "ParameterType"] },
	"kms.Key": { keyUsage: ["kms", "KeyUsageType"] },
};

/** Everything of a state whose size, version or word AWS must have. */
export function questionsOf({ name, region: home, state }: TierState): readonly Asked[] {
	return state.resources.flatMap(({ type, name: resource, inputs }) => {
		const short = shortOf(type);
		const region = typeof inputs.region === "string" ? inputs.region : home;
		const at = (what: string) => `${name} ${short} ${resource} ${what}`;
		const words = Object.entries(ENUMS[short] ?? {}).flatMap(([key, shape]) =>
			known(inputs[key])
				? [{ at: at(`${key} ${inputs[key]}`), question: { enum: shape, value: inputs[key] ?? "" } }]
				: [],
		);
		return [...words, ...sizes(short, inputs, region).map(({ what, question }) => ({ at: at(what), question }))];
	});
}

function sizes(short: string, inputs: PlainRecord, region: string): readonly { what: string; question: Question }[] {
	const machine = (value: Plain | undefined) =>
		known(value)
			? [{ what: `${value}`, question: { schema: "aws_ec2_instance/instancetype_enum.json", region, value } }]
			: [];
	switch (short) {
		case "ec2.Instance":
		case "ec2.LaunchTemplate":
			return machine(inputs.instanceType);
		case "eks.NodeGroup":
			return listOf(inputs.instanceTypes).flatMap(machine);
		case "rds.Instance":
		case "rds.ClusterInstance":
			return database(inputs, region);
		case "rds.Cluster":
			return known(inputs.engineVersion) ? [version(inputs)] : [];
		case "elasticache.ReplicationGroup":
			return known(inputs.nodeType)
				? [
						{
							what: `${inputs.nodeType}`,
							question: {
								schema: "aws_elasticache_cachecluster/cachenodetype_enum.json",
								region,
								value: inputs.nodeType ?? "",
							},
						},
					]
				: [];
		default:
			return [];
	}
}

function database(inputs: PlainRecord, region: string): readonly { what: string; question: Question }[] {
	if (!known(inputs.instanceClass) || !known(inputs.engine)) return [];
	// The region's table goes by the license of the engine as well.
	const license = `${inputs.engine}`.includes("postgres") ? "postgresql-license" : "general-public-license";
	const value = { DBInstanceClass: inputs.instanceClass, Engine: inputs.engine, LicenseModel: license };
	const what = `${inputs.engine} ${inputs.engineVersion ?? ""} on ${inputs.instanceClass}`;
	return [
		{
			what: `${what} in ${region}`,
			question: { schema: "aws_rds_dbinstance/dbinstanceclass_enum.json", region, value },
		},
		...(known(inputs.engineVersion)
			? [{ what, question: { classOf: [inputs.engine, inputs.engineVersion] as const, value: inputs.instanceClass } }]
			: []),
		...(known(inputs.engineVersion) ? [version(inputs)] : []),
	];
}

function version({ engine, engineVersion }: PlainRecord): { what: string; question: Question } {
	const value = { Engine: engine, EngineVersion: engineVersion };
	const folder = `${engine}`.startsWith("aurora") ? "aws_rds_dbcluster" : "aws_rds_dbinstance";
	return {
		what: `${engine} ${engineVersion}`,
		question: { schema: `${folder}/engine_version.json`, region: null, value },
	};
}

/** `aws:rds/instance:Instance` -> `rds.Instance`. */
function shortOf(type: string): string {
	const [, module = "", name = ""] = type.split(":");
	return `${module.split("/")[0]}.${name}`;
}

/** A word, not a reference to something that is made later. */
function known(value: Plain | undefined): value is string {
	return typeof value === "string" && !value.includes("$" + "{");
}

function listOf(value: Plain | undefined): readonly Plain[] {
	return Array.isArray(value) ? value : [];
}
