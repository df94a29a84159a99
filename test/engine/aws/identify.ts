import { digest } from "../cloud/digest.ts";
import { shortName } from "../cloud/schema.ts";
import { type Properties, text } from "../cloud/values.ts";
import { ACCOUNT_ID, arn } from "./arn.ts";
import { nameInput } from "./schema.ts";

/** Ids that start with a word for the kind, followed by 17 hex digits. */
const PREFIXES: Readonly<Record<string, string>> = {
	"ec2.Vpc": "vpc",
	"ec2.Subnet": "subnet",
	"ec2.SecurityGroup": "sg",
	"ec2.DefaultSecurityGroup": "sg",
	"ec2.InternetGateway": "igw",
	"ec2.NatGateway": "nat",
	"ec2.Eip": "eipalloc",
	"ec2.EipAssociation": "eipassoc",
	"ec2.RouteTable": "rtb",
	"ec2.RouteTableAssociation": "rtbassoc",
	"ec2.Route": "r",
	"ec2.Instance": "i",
	"ec2.LaunchTemplate": "lt",
	"ec2.VolumeAttachment": "vai",
	"ec2.VpcEndpoint": "vpce",
	"ec2.VpcPeeringConnection": "pcx",
	"ec2.FlowLog": "fl",
	"ebs.Volume": "vol",
	"ebs.Snapshot": "snap",
	"vpc.SecurityGroupIngressRule": "sgr",
	"vpc.SecurityGroupEgressRule": "sgr",
	"rds.Instance": "db",
};

type Identify = (inputs: Properties, hex: string, region: string) => string;

/** A load balancer's parts: `<kind>/app/<name>/<16 hex digits>`. */
const balancing =
	(kind: string): Identify =>
	(inputs, hex, region) =>
		arn("elasticloadbalancing", region, `${kind}/${text(inputs.name) || "of"}/${hex.slice(0, 16)}`);

/** Ids that follow from the inputs. */
const IDS: Readonly<Record<string, Identify>> = {
	"acm.Certificate": (_, hex, region) => arn("acm", region, `certificate/${uuid(hex)}`),
	"autoscaling.Attachment": ({ autoscalingGroupName }, hex) => `${text(autoscalingGroupName)}-${hex.slice(0, 10)}`,
	"cloudfront.Distribution": (_, hex) => `E${hex.slice(0, 13).toUpperCase()}`,
	"cloudfront.OriginAccessControl": (_, hex) => `E${hex.slice(0, 13).toUpperCase()}`,
	"cloudwatch.Dashboard": ({ dashboardName }) => text(dashboardName),
	"ec2.KeyPair": ({ keyName }) => text(keyName),
	"eks.Addon": ({ clusterName, addonName }) => `${text(clusterName)}:${text(addonName)}`,
	"eks.NodeGroup": ({ clusterName, nodeGroupName }) => `${text(clusterName)}:${text(nodeGroupName)}`,
	"elasticache.ReplicationGroup": ({ replicationGroupId }) => text(replicationGroupId),
	"iam.Policy": ({ name }, _, region) => arn("iam", region, `policy/${text(name)}`),
	"iam.RolePolicy": ({ role, name }) => `${text(role)}:${text(name)}`,
	"lb.LoadBalancer": balancing("loadbalancer"),
	"lb.TargetGroup": balancing("targetgroup"),
	"lb.Listener": balancing("listener"),
	"lb.ListenerRule": balancing("listener-rule"),
	"rds.Cluster": ({ clusterIdentifier }, hex) => text(clusterIdentifier) || `tf-${hex.slice(0, 26)}`,
	"rds.ClusterInstance": ({ identifier }, hex) => text(identifier) || `tf-${hex.slice(0, 26)}`,
	"rds.ClusterSnapshot": ({ dbClusterSnapshotIdentifier }) => text(dbClusterSnapshotIdentifier),
	"rds.GlobalCluster": ({ globalClusterIdentifier }) => text(globalClusterIdentifier),
	"rds.Snapshot": ({ dbSnapshotIdentifier }) => text(dbSnapshotIdentifier),
	"route53.Record": ({ zoneId, name, type }) => `${text(zoneId)}_${text(name)}_${text(type)}`,
	"route53.Zone": (_, hex) => `Z${hex.slice(0, 20).toUpperCase()}`,
	"s3.Bucket": ({ bucket }) => text(bucket),
	"secretsmanager.Secret": ({ name }, hex, region) =>
		arn("secretsmanager", region, `secret:${text(name)}-${hex.slice(0, 6)}`),
	"sns.Topic": ({ name }, _, region) => arn("sns", region, text(name)),
	"sns.TopicSubscription": ({ topic }, hex) => `${text(topic)}:${uuid(hex)}`,
	"sqs.Queue": ({ name }, _, region) => `https://sqs.${region}.amazonaws.com/${ACCOUNT_ID}/${text(name)}`,
};

/** Modules whose things are known by their own names. */
const NAMED: readonly string[] = [
	"autoscaling",
	"backup",
	"cloudwatch",
	"eks",
	"elasticache",
	"iam",
	"kms",
	"rds",
	"s3",
	"ssm",
];

function uuid(hex: string): string {
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** Ids as the provider forms them where programs can see it; a UUID for everything else. */
export function newId(type: string, inputs: Properties, number: number): string {
	const short = shortName(type);
	const hex = digest(type, number);
	const prefix = PREFIXES[short];
	if (prefix !== undefined) return `${prefix}-${hex.slice(0, 17)}`;
	const own = IDS[short]?.(inputs, hex, text(inputs.region));
	if (own !== undefined) return own;
	const name = nameInput(type);
	const named = name !== null && NAMED.includes(short.split(".")[0] ?? "") ? text(inputs[name]) : "";
	return named === "" ? uuid(hex) : named;
}
