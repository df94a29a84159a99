import type { RuleName } from "../../src/policy/rule.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { subject } from "./subjects.ts";

/** One rule for one type: what keeps it, and what breaks it with the sentence a person reads. */
export interface Case {
	readonly rule: RuleName;
	readonly kept: readonly Subject[];
	readonly broken: readonly (readonly [Subject, string])[];
}

const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";
const TRUST = "digitalocean:index/databaseFirewall:DatabaseFirewall";
const FIREWALL = "digitalocean:index/firewall:Firewall";
const BUCKET = "digitalocean:index/spacesBucket:SpacesBucket";
const POLICY = "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy";
const VOLUME = "digitalocean:index/volume:Volume";
const BALANCER = "digitalocean:index/loadBalancer:LoadBalancer";
const CDN = "digitalocean:index/cdn:Cdn";
const VALKEY = "digitalocean:index/databaseValkeyConfig:DatabaseValkeyConfig";
const DROPLET = "digitalocean:index/droplet:Droplet";
const KUBERNETES = "digitalocean:index/kubernetesCluster:KubernetesCluster";
const POOL = "digitalocean:index/dropletAutoscale:DropletAutoscale";

const inbound = (portRange: string | undefined, ...sourceAddresses: string[]) =>
	subject(FIREWALL, {
		inboundRules: [{ protocol: "tcp", ...(portRange === undefined ? {} : { portRange }), sourceAddresses }],
	});
const trusts = (type: string, value: string) => subject(TRUST, { rules: [{ type, value }] });
const forwarding = (more: object, ...protocols: string[]) =>
	subject(BALANCER, { forwardingRules: protocols.map((entryProtocol) => ({ entryProtocol })), ...more });
const policy = (statement: object) => subject(POLICY, { policy: JSON.stringify({ Statement: [statement] }) });

export const digitaloceanCases: readonly Case[] = [
	{
		rule: "database-not-public",
		kept: [subject(CLUSTER, { privateNetworkUuid: "a-network" })],
		broken: [[subject(CLUSTER), "thing stands outside the stack's private network"]],
	},
	{
		rule: "database-not-public",
		kept: [trusts("tag", "shop:host"), trusts("k8s", "a-cluster"), trusts("ip_addr", "203.0.113.7")],
		broken: [
			[trusts("ip_addr", "0.0.0.0/0"), "thing trusts 0.0.0.0/0"],
			[trusts("ip_addr", "8.0.0.0/8"), "thing trusts 8.0.0.0/8"],
			[subject(TRUST, { rules: [] }), "thing trusts nobody by name, which the provider reads as everybody"],
		],
	},
	{
		rule: "database-not-public",
		kept: [inbound("443", "0.0.0.0/0", "::/0"), inbound("5432", "10.0.0.0/16")],
		broken: [
			[inbound("5432", "203.0.113.0/24"), "thing opens port 5432 (PostgreSQL) to 203.0.113.0/24"],
			[inbound("3000-3400", "0.0.0.0/0"), "thing opens port 3306 (MySQL) to 0.0.0.0/0"],
			[inbound("6379", "::/0"), "thing opens port 6379 (Redis and Valkey) to ::/0"],
		],
	},
	{
		rule: "bucket-private",
		kept: [subject(BUCKET, { acl: "private" }), subject(BUCKET)],
		broken: [[subject(BUCKET, { acl: "public-read" }), "thing is open to readers (acl)"]],
	},
	{
		rule: "bucket-private",
		kept: [
			policy({ Effect: "Deny", Principal: "*" }),
			policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:user/app" } }),
			policy({ Effect: "Allow", Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "203.0.113.7" } } }),
		],
		broken: [
			[policy({ Effect: "Allow", Principal: "*" }), "thing lets everybody in"],
			[policy({ Principal: { AWS: ["*"] }, Effect: "Allow" }), "thing lets everybody in"],
			[subject(POLICY, { policy: "not a policy" }), "thing lets everybody in"],
		],
	},
	{
		rule: "ssh-not-wide",
		kept: [inbound("22", "203.0.113.0/24"), inbound("80", "0.0.0.0/0"), inbound("22", "10.0.0.0/8"), subject(FIREWALL)],
		broken: [
			[inbound("22", "0.0.0.0/0"), "thing opens port 22 to 0.0.0.0/0"],
			[inbound("22", "::/0"), "thing opens port 22 to ::/0"],
			[inbound("1-65535", "198.0.0.0/8"), "thing opens port 22 to 198.0.0.0/8"],
			[inbound("all", "0.0.0.0/1"), "thing opens port 22 to 0.0.0.0/1"],
			[inbound(undefined, "0.0.0.0/0"), "thing opens port 22 to 0.0.0.0/0"],
			[inbound("22", "everywhere"), "thing opens port 22 to everywhere"],
		],
	},
	{
		rule: "encrypted-in-transit",
		kept: [
			forwarding({}, "http"),
			forwarding({ redirectHttpToHttps: true, tlsCipherPolicy: "STRONG" }, "http", "http2"),
			forwarding({ tlsCipherPolicy: "STRONG" }, "https"),
		],
		broken: [
			[
				forwarding({ tlsCipherPolicy: "STRONG" }, "http", "https"),
				"thing serves plain HTTP beside HTTPS without sending it on (redirectHttpToHttps)",
			],
			[
				forwarding({ redirectHttpToHttps: true }, "http", "https"),
				"thing takes weak ciphers (tlsCipherPolicy must be STRONG)",
			],
		],
	},
	{
		rule: "encrypted-in-transit",
		kept: [subject(CDN), subject(CDN, { customDomain: "cdn.example.com", certificateName: "cdn" })],
		broken: [[subject(CDN, { customDomain: "cdn.example.com" }), "thing serves its own domain without a certificate"]],
	},
	{
		rule: "encrypted-in-transit",
		kept: [subject(VALKEY, { ssl: true }), subject(VALKEY)],
		broken: [[subject(VALKEY, { ssl: false }), "thing takes connections without TLS (ssl)"]],
	},
	{
		rule: "protected",
		kept: [subject(CLUSTER, { engine: "pg" }, { protect: true }), subject(CLUSTER, { engine: "valkey" })],
		broken: [
			[subject(CLUSTER, { engine: "pg" }), "thing holds data and is not protected against deletion"],
			[subject(CLUSTER, { engine: "mysql" }), "thing holds data and is not protected against deletion"],
		],
	},
	{
		rule: "protected",
		kept: [subject(VOLUME, {}, { protect: true })],
		broken: [[subject(VOLUME), "thing holds data and is not protected against deletion"]],
	},
	{
		rule: "protected",
		kept: [
			subject(BUCKET, { forceDestroy: false }, { protect: true }),
			subject(BUCKET, { forceDestroy: true }, { name: "settings" }),
		],
		broken: [
			[subject(BUCKET, {}), "thing holds data and is not protected against deletion"],
			[
				subject(BUCKET, { forceDestroy: true }, { protect: true }),
				"thing would be deleted with its objects (forceDestroy)",
			],
		],
	},
	...[DROPLET, CLUSTER, VOLUME, KUBERNETES].map(
		(type): Case => ({
			rule: "tagged",
			kept: [subject(type, { tags: ["tierstack", "tierstack:shop:prod"] })],
			broken: [
				[subject(type), 'thing lacks the tag "tierstack"'],
				[subject(type, { tags: ["mine"] }), 'thing lacks the tag "tierstack"'],
			],
		}),
	),
	{
		rule: "tagged",
		kept: [subject(POOL, { dropletTemplate: { tags: ["tierstack"] } })],
		broken: [
			[subject(POOL, { dropletTemplate: { tags: [] } }), 'thing makes hosts without the tag "tierstack"'],
			[subject(POOL), 'thing makes hosts without the tag "tierstack"'],
		],
	},
];
