import type { PlanRule } from "../cloud/planRule.ts";
import { shortName } from "../cloud/schema.ts";
import { count, hasUnknown, isUnknown, list, record, text } from "../cloud/values.ts";
import { isOlder } from "../cloud/versions.ts";

const RECORD_NEEDS: Readonly<Record<string, readonly string[]>> = {
	MX: ["priority"],
	SRV: ["priority", "weight", "port"],
	CAA: ["flags", "tag"],
};

export const PLAN_RULES: Readonly<Record<string, readonly PlanRule[]>> = {
	Droplet: [
		{
			trap: 5,
			source: "droplet/resource_droplet.go:312",
			replaces: ({ old, news }) => (old?.ipv6 === true && news.ipv6 !== true ? "ipv6" : null),
		},
	],
	Volume: [
		{
			trap: 26,
			source: "volume/resource_volume.go:113",
			fails: ({ old, news }) =>
				old !== null && !isUnknown(news.size) && count(news.size) < count(old.size)
					? "volumes `size` can only be expanded and not shrunk"
					: null,
		},
	],
	KubernetesCluster: [
		{
			trap: 27,
			source: "kubernetes/resource_kubernetes_cluster.go:461",
			replaces: ({ old, news }) => (old !== null && isOlder(text(news.version), text(old.version)) ? "version" : null),
		},
	],
	DatabaseCluster: [
		{
			trap: null,
			source: "database/resource_database_cluster.go:312",
			fails: ({ news }) => (news.version === undefined ? 'The argument "version" is required' : null),
		},
		{
			trap: null,
			source: "database/resource_database_cluster.go (exclusive attributes)",
			fails: ({ news }) =>
				news.evictionPolicy !== undefined && !["redis", "valkey"].includes(text(news.engine))
					? "eviction_policy is only supported for Redis and Valkey Database Clusters"
					: null,
		},
		{
			trap: null,
			source: "database/resource_database_cluster.go (exclusive attributes)",
			fails: ({ news }) =>
				news.sqlMode !== undefined && news.engine !== "mysql"
					? "sql_mode is only supported for MySQL Database Clusters"
					: null,
		},
	],
	LoadBalancer: [
		{
			trap: null,
			source: "loadbalancer/resource_loadbalancer.go:45",
			fails: ({ news }) => {
				if (news.healthcheck === undefined || hasUnknown(news.healthcheck)) return null;
				const { protocol, path } = record(news.healthcheck);
				if (protocol === "tcp") return path === undefined ? null : "health check `path` is not allowed for `tcp`";
				return path === undefined
					? `health check \`path\` is required for when protocol is \`${text(protocol)}\``
					: null;
			},
		},
		{
			trap: null,
			source: "loadbalancer/resource_loadbalancer.go:65",
			fails: ({ news }) => {
				const { type, cookieName, cookieTtlSeconds } = record(news.stickySessions);
				if (type !== "cookies") return null;
				return cookieName === undefined || cookieTtlSeconds === undefined
					? "sticky sessions `cookie_name` and `cookie_ttl_seconds` are required for when type is `cookies`"
					: null;
			},
		},
		{
			trap: 25,
			source: "loadbalancer/resource_loadbalancer.go (ConflictsWith)",
			fails: ({ news }) =>
				news.dropletIds !== undefined && news.dropletTag !== undefined
					? '"droplet_ids": conflicts with droplet_tag'
					: null,
		},
	],
	Firewall: [
		{
			trap: null,
			source: "firewall/resource_firewall.go (CustomizeDiff)",
			fails: ({ news }) =>
				[news.inboundRules, news.outboundRules].every((rules) => !isUnknown(rules) && list(rules).length === 0)
					? "At least one rule must be specified"
					: null,
		},
	],
	DnsRecord: [
		{
			trap: null,
			source: "domain/resource_record.go (CustomizeDiff)",
			fails: ({ news }) => {
				const missing = (RECORD_NEEDS[text(news.type)] ?? []).filter((key) => news[key] === undefined);
				return missing.length === 0
					? null
					: `\`${missing.join("`, `")}\` is required for when type is \`${text(news.type)}\``;
			},
		},
	],
	SpacesBucket: [
		{
			trap: null,
			source: "spaces/resource_spaces_bucket.go (versioning, DiffSuppressFunc)",
			ignores: ({ old, news }) =>
				old !== null && old.versioning !== undefined && news.versioning === undefined ? "versioning" : null,
		},
	],
};

export function planRules(type: string): readonly PlanRule[] {
	return PLAN_RULES[shortName(type)] ?? [];
}
