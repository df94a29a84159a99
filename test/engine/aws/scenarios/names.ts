import type { Scenario } from "../../cloud/scenario.ts";
import type { Properties } from "../../cloud/values.ts";
import { type Lab, SAMPLES } from "../lab.ts";
import { UNIQUE_NAMES } from "../refusals/names.ts";

/** Inputs of two things of one name, by type; what they need beside the name. */
const TWINS: Readonly<Record<string, (lab: Lab) => Promise<Properties> | Properties>> = {
	"s3.Bucket": () => SAMPLES.bucket,
	"lb.LoadBalancer": async (lab) => ({ name: "shop", subnets: [...(await lab.network()).subnets] }),
	"lb.TargetGroup": () => SAMPLES.targetGroup,
	"rds.Instance": () => SAMPLES.database,
	"rds.Cluster": () => ({ clusterIdentifier: "shop", engine: "aurora-postgresql" }),
	"rds.Snapshot": () => ({ dbInstanceIdentifier: "shop", dbSnapshotIdentifier: "last" }),
	"rds.ClusterSnapshot": () => ({ dbClusterIdentifier: "shop", dbClusterSnapshotIdentifier: "last" }),
	"rds.GlobalCluster": () => ({ globalClusterIdentifier: "shop" }),
	"rds.ParameterGroup": () => ({ name: "shop", family: "postgres17" }),
	"rds.SubnetGroup": async (lab) => ({ name: "shop", subnetIds: [...(await lab.network()).subnets] }),
	"elasticache.ReplicationGroup": () => SAMPLES.cache,
	"elasticache.SubnetGroup": async (lab) => ({ name: "shop", subnetIds: [...(await lab.network()).subnets] }),
	"elasticache.ParameterGroup": () => ({ name: "shop", family: "valkey8" }),
	"eks.Cluster": async (lab) => ({
		name: "shop",
		roleArn: "arn:aws:iam::123456789012:role/shop",
		vpcConfig: { subnetIds: [...(await lab.network()).subnets] },
	}),
	"autoscaling.Group": () => ({ name: "shop", minSize: 1, maxSize: 2 }),
	"ec2.LaunchTemplate": () => ({ name: "shop" }),
	"ec2.SecurityGroup": async (lab) => ({ name: "shop", vpcId: (await lab.network()).vpc }),
	"iam.Role": () => ({ name: "shop", assumeRolePolicy: "{}" }),
	"iam.InstanceProfile": () => ({ name: "shop" }),
	"kms.Alias": () => ({ name: "alias/shop", targetKeyId: "key" }),
	"wafv2.WebAcl": () => ({
		name: "shop",
		scope: "REGIONAL",
		defaultAction: { allow: {} },
		visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "shop", sampledRequestsEnabled: true },
	}),
	"cloudwatch.LogGroup": () => ({ name: "/shop" }),
	"backup.Vault": () => ({ name: "shop" }),
	"sns.Topic": () => ({ name: "shop" }),
	"secretsmanager.Secret": () => ({ name: "shop" }),
	"sqs.Queue": () => SAMPLES.queue,
};

/** One a row of the table of names: a second thing of the same name. */
export const NAMES_SCENARIOS: readonly Scenario<Lab>[] = UNIQUE_NAMES.map(({ type, key, source }) => ({
	does: `creates a second ${type} of the same ${key}`,
	source: new RegExp(`^${source.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
	says: /^409 .*already exists/,
	act: async (lab) => {
		const inputs = (await TWINS[type]?.(lab)) ?? {};
		await lab.create(type, inputs, "one");
		await lab.create(type, inputs, "two");
	},
}));
