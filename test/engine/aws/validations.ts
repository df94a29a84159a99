import { unknownWord } from "../../../src/nearest.ts";
import { shortName } from "../cloud/schema.ts";
import type { Value } from "../cloud/values.ts";

/** One rule of the provider's own input validation. `[]` in a path stands for any element. */
type Rule =
	| { readonly oneOf: readonly string[] }
	| { readonly between: readonly [number, number] }
	| { readonly matches: RegExp; readonly says: string };

const BALANCER_NAME: Rule = {
	matches: /^(?!-)(?!internal-)[a-zA-Z0-9-]{1,32}(?<!-)$/,
	says: "at most 32 letters, digits and hyphens, none of these at either end",
};
const DATABASE_NAME: Rule = {
	matches: /^[a-z](?!.*--)[a-z0-9-]{0,62}(?<!-)$/,
	says: "at most 63 small letters, digits and hyphens, a letter first, no two hyphens in a row",
};
const PORT: Rule = { between: [0, 65535] };

/**
 * Names and ranges as in the lists of traps (numbers 46, 50, 56, 65) and the declarations of @pulumi/aws 7.48.0; the
 * provider validates them in internal/service/<service>/*.go.
 */
const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
	"cloudwatch.LogGroup": {
		retentionInDays: {
			oneOf: "0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653".split(" "),
		},
	},
	"eks.Cluster": {
		name: { matches: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, says: "at most 100 letters, digits, hyphens and underscores" },
	},
	"elasticache.ReplicationGroup": {
		engine: { oneOf: ["redis", "valkey"] },
		clusterMode: { oneOf: ["enabled", "compatible", "disabled"] },
		numCacheClusters: { between: [1, 6] },
		replicasPerNodeGroup: { between: [0, 5] },
		replicationGroupId: {
			matches: /^[a-z](?!.*--)[a-z0-9-]{0,39}(?<!-)$/,
			says: "at most 40 small letters, digits and hyphens",
		},
		snapshotRetentionLimit: { between: [0, 35] },
		transitEncryptionMode: { oneOf: ["preferred", "required"] },
	},
	"iam.Role": { name: { matches: /^[\w+=,.@-]{1,64}$/, says: "at most 64 letters, digits and +=,.@_-" } },
	"lb.LoadBalancer": {
		loadBalancerType: { oneOf: ["application", "gateway", "network"] },
		name: BALANCER_NAME,
		idleTimeout: { between: [1, 4000] },
	},
	"lb.TargetGroup": {
		name: BALANCER_NAME,
		port: { between: [1, 65535] },
		protocol: { oneOf: ["GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"] },
		targetType: { oneOf: ["alb", "instance", "ip", "lambda"] },
		deregistrationDelay: { between: [0, 3600] },
	},
	"lb.Listener": { port: { between: [1, 65535] } },
	"rds.Cluster": { backupRetentionPeriod: { between: [1, 35] }, clusterIdentifier: DATABASE_NAME },
	"rds.Instance": {
		backupRetentionPeriod: { between: [0, 35] },
		identifier: DATABASE_NAME,
		monitoringInterval: { oneOf: ["0", "1", "5", "10", "15", "30", "60"] },
		storageType: { oneOf: ["gp2", "gp3", "io1", "io2", "standard"] },
	},
	"s3.Bucket": {
		bucket: {
			matches: /^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
			says: "3 to 63 small letters, digits, dots and hyphens",
		},
	},
	"s3.BucketVersioning": { "versioningConfiguration.status": { oneOf: ["Enabled", "Suspended", "Disabled"] } },
	"sqs.Queue": {
		name: {
			matches: /^[A-Za-z0-9_-]{1,80}$|^[A-Za-z0-9_-]{1,75}\.fifo$/,
			says: "at most 80 letters, digits, hyphens and underscores",
		},
		messageRetentionSeconds: { between: [60, 1_209_600] },
		visibilityTimeoutSeconds: { between: [0, 43_200] },
	},
	"vpc.SecurityGroupIngressRule": { fromPort: { between: [-1, 65535] }, toPort: { between: [-1, 65535] } },
	"wafv2.WebAcl": { scope: { oneOf: ["CLOUDFRONT", "REGIONAL"] } },
	"rds.Proxy": { engineFamily: { oneOf: ["MYSQL", "POSTGRESQL", "SQLSERVER"] } },
	"ebs.Volume": {
		type: { oneOf: ["standard", "gp2", "gp3", "io1", "io2", "sc1", "st1"] },
		throughput: { between: [125, 2000] },
	},
	"elasticache.ServerlessCache": { snapshotRetentionLimit: { between: [0, 35] } },
	"rds.ClusterInstance": { promotionTier: { between: [0, 15] }, port: PORT },
};

/** The sentence the provider would say, or null. `path` is as in the inputs. */
export function validateValue(type: string, path: string, value: Value): string | null {
	const rule = RULES[shortName(type)]?.[path.replaceAll(/\[\d+\]/g, "[]")];
	if (rule === undefined) return null;
	if ("oneOf" in rule) {
		return rule.oneOf.includes(String(value)) ? null : unknownWord("value", String(value), rule.oneOf);
	}
	if ("between" in rule) {
		const [least, most] = rule.between;
		return Number(value) >= least && Number(value) <= most ? null : `expected ${least} to ${most}, got ${value}`;
	}
	return rule.matches.test(String(value)) ? null : `${JSON.stringify(value)}: ${rule.says}`;
}
