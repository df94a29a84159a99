import { unknownWord } from "../../../src/nearest.ts";
import { shortName } from "../cloud/schema.ts";
import type { Value } from "../cloud/values.ts";

/** One rule of the provider's own input validation. `[]` in a path stands for any element. */
type Rule =
	| { readonly oneOf: readonly string[]; readonly anyCase?: boolean }
	| { readonly between: readonly [number, number] }
	| { readonly matches: RegExp; readonly says: string };

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
export const SPACES_REGIONS = [
	"ams3",
	"atl1",
	"blr1",
	"fra1",
	"lon1",
	"nyc3",
	"sfo2",
	"sfo3",
	"sgp1",
	"syd1",
	"tor1",
] as const;
const PORT: Rule = { between: [1, 65535] };
const FIREWALL_PROTOCOL: Rule = { oneOf: ["tcp", "udp", "icmp"] };
const TAG: Rule = {
	matches: /^[a-zA-Z0-9:_-]{1,255}$/,
	says: "a tag holds letters, digits, colon, dash, underscore; at most 255",
};
const SPACES_REGION: Rule = { oneOf: SPACES_REGIONS, anyCase: true };

/**
 * Validation in the provider's source, terraform-provider-digitalocean (folder and file per type): droplet/resource_droplet.go,
 * loadbalancer/resource_loadbalancer.go, firewall/firewalls.go, spaces/spaces_entities.go:16, database/*.go, monitoring/
 * resource_monitor_alert.go, tag/tags.go. Metric names: godo monitoring.go. Trap 21 for the Spaces regions.
 */
const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
	Droplet: {
		"backupPolicy.plan": { oneOf: ["daily", "weekly"] },
		"backupPolicy.weekday": { oneOf: DAYS.map((day) => day.slice(0, 3).toUpperCase()) },
		"backupPolicy.hour": { between: [0, 20] },
		"tags[]": TAG,
	},
	LoadBalancer: {
		size: { oneOf: ["lb-small", "lb-medium", "lb-large"] },
		sizeUnit: { between: [1, 200] },
		algorithm: { oneOf: ["round_robin", "least_connections"] },
		type: { oneOf: ["REGIONAL", "GLOBAL", "REGIONAL_NETWORK"], anyCase: true },
		network: { oneOf: ["EXTERNAL", "INTERNAL"], anyCase: true },
		"forwardingRules[].entryProtocol": { oneOf: ["http", "https", "http2", "http3", "tcp", "udp"] },
		"forwardingRules[].targetProtocol": { oneOf: ["http", "https", "http2", "tcp", "udp"] },
		"forwardingRules[].entryPort": PORT,
		"forwardingRules[].targetPort": PORT,
		"healthcheck.protocol": { oneOf: ["http", "https", "tcp"] },
		"healthcheck.port": PORT,
		"healthcheck.checkIntervalSeconds": { between: [3, 300] },
		"healthcheck.responseTimeoutSeconds": { between: [3, 300] },
		"healthcheck.unhealthyThreshold": { between: [2, 10] },
		"healthcheck.healthyThreshold": { between: [2, 10] },
		"stickySessions.type": { oneOf: ["cookies", "none"] },
		dropletTag: TAG,
	},
	Firewall: {
		"inboundRules[].protocol": FIREWALL_PROTOCOL,
		"outboundRules[].protocol": FIREWALL_PROTOCOL,
		"tags[]": TAG,
	},
	Volume: {
		initialFilesystemType: { oneOf: ["ext4", "xfs"] },
		size: { between: [1, 16384] },
		"tags[]": TAG,
	},
	DatabaseCluster: { "maintenanceWindows[].day": { oneOf: DAYS, anyCase: true }, "tags[]": TAG },
	DatabaseFirewall: { "rules[].type": { oneOf: ["ip_addr", "droplet", "k8s", "tag", "app"] } },
	DatabaseConnectionPool: { mode: { oneOf: ["session", "transaction", "statement"] } },
	DatabaseValkeyConfig: { persistence: { oneOf: ["off", "rdb"] } },
	SpacesBucket: { region: SPACES_REGION },
	SpacesBucketObject: { region: SPACES_REGION },
	SpacesBucketPolicy: { region: SPACES_REGION },
	SpacesBucketCorsConfiguration: { region: SPACES_REGION },
	SpacesKey: { "grants[].permission": { oneOf: ["read", "readwrite", "fullaccess"] } },
	Certificate: { type: { oneOf: ["custom", "lets_encrypt"] } },
	DnsRecord: { type: { oneOf: ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT", "SRV", "SOA"] } },
	MonitorAlert: {
		compare: { oneOf: ["GreaterThan", "LessThan"] },
		window: { oneOf: ["5m", "10m", "30m", "1h"] },
		type: {
			oneOf: [
				...["cpu", "memory_utilization_percent", "disk_utilization_percent", "load_1", "load_5", "load_15"].map(
					(metric) => `v1/insights/droplet/${metric}`,
				),
				...["public_outbound_bandwidth", "public_inbound_bandwidth"].map((metric) => `v1/insights/droplet/${metric}`),
				...["private_outbound_bandwidth", "private_inbound_bandwidth"].map((metric) => `v1/insights/droplet/${metric}`),
				...["disk_read", "disk_write"].map((metric) => `v1/insights/droplet/${metric}`),
				...["avg_cpu_utilization_percent", "connection_utilization_percent", "droplet_health"].map(
					(metric) => `v1/insights/lbaas/${metric}`,
				),
				...["tls_connections_per_second_utilization_percent"].map((metric) => `v1/insights/lbaas/${metric}`),
				...["percentage_4xx", "percentage_5xx", "count_4xx", "count_5xx"].map(
					(metric) => `v1/insights/lbaas/increase_in_http_error_rate_${metric}`,
				),
				...["", "_50p", "_95p", "_99p"].map((part) => `v1/insights/lbaas/high_http_request_response_time${part}`),
				...["load_15_alerts", "memory_utilization_alerts", "disk_utilization_alerts", "cpu_alerts"].map(
					(metric) => `v1/dbaas/alerts/${metric}`,
				),
			],
		},
	},
	UptimeCheck: { type: { oneOf: ["ping", "http", "https"] } },
	UptimeAlert: {
		type: { oneOf: ["latency", "down", "down_global", "ssl_expiry"] },
		comparison: { oneOf: ["greater_than", "less_than"] },
		period: { oneOf: ["2m", "3m", "5m", "10m", "15m", "30m", "1h"] },
	},
	KubernetesNodePool: { "taints[].effect": { oneOf: ["NoSchedule", "PreferNoSchedule", "NoExecute"] } },
	Project: { environment: { oneOf: ["development", "production", "staging"], anyCase: true } },
	ContainerRegistry: { subscriptionTierSlug: { oneOf: ["starter", "basic", "professional"] } },
};

/** The sentence the provider would say, or null. `path` is as in the inputs, such as `forwardingRules[0].entryPort`. */
export function validateValue(type: string, path: string, value: Value): string | null {
	const rule = RULES[shortName(type)]?.[path.replaceAll(/\[\d+\]/g, "[]")];
	if (rule === undefined) return null;
	if ("oneOf" in rule) {
		const found = rule.anyCase === true ? String(value).toLowerCase() : String(value);
		const allowed = rule.anyCase === true ? rule.oneOf.map((word) => word.toLowerCase()) : rule.oneOf;
		return allowed.includes(found) ? null : unknownWord("value", String(value), rule.oneOf);
	}
	if ("between" in rule) {
		const [least, most] = rule.between;
		return Number(value) >= least && Number(value) <= most ? null : `expected ${least} to ${most}, got ${value}`;
	}
	return rule.matches.test(String(value)) ? null : `${JSON.stringify(value)}: ${rule.says}`;
}
