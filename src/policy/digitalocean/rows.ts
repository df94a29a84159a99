import { isPublic, isWide } from "../../addressRanges.ts";
import { letsEverybodyIn } from "../bucketPolicy.ts";
import { DATA_PORTS, hasPort, portsOf, SSH_PORT } from "../ranges.ts";
import {
	checkProtect,
	complain,
	PROJECT_TAG,
	type ResourceRow,
	type RuleContext,
	type StackComplaint,
	type StackRow,
} from "../rule.ts";
import { type Inputs, isSet, recordAt, recordsAt, type Subject, switchAt, textAt, textsAt } from "../subject.ts";

/*
 * How DigitalOcean's resources keep the rules. Encryption at rest has no row: the platform encrypts databases, volumes
 * and buckets by itself, and there is no switch to check.
 */

const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";
const DATABASE_FIREWALL = "digitalocean:index/databaseFirewall:DatabaseFirewall";
const FIREWALL = "digitalocean:index/firewall:Firewall";
const BUCKET = "digitalocean:index/spacesBucket:SpacesBucket";
const VOLUME = "digitalocean:index/volume:Volume";
const DROPLET = "digitalocean:index/droplet:Droplet";

/** Holds nothing but settings that the program writes again: it may go with its objects. */
const SETTINGS_BUCKET = "settings";
/** Where dumps go. */
const DUMP_BUCKET = "backups";
/** Engines whose content can be computed again. */
const CACHES = ["valkey", "redis"];

function opensTo(subject: Subject, port: number, isOpen: (range: string) => boolean): readonly string[] {
	return recordsAt(subject.inputs, "inboundRules")
		.filter((rule) => textAt(rule, "protocol") !== "icmp" && hasPort(portsOf(textAt(rule, "portRange")), port))
		.flatMap((rule) => textsAt(rule, "sourceAddresses"))
		.filter(isOpen);
}

function checkFirewallForSsh(subject: Subject): readonly string[] {
	return opensTo(subject, SSH_PORT, isWide).map((range) => `opens port ${SSH_PORT} to ${range}`);
}

function checkFirewallForData(subject: Subject): readonly string[] {
	return DATA_PORTS.flatMap(([port, what]) =>
		opensTo(subject, port, isPublic).map((range) => `opens port ${port} (${what}) to ${range}`),
	);
}

function checkTrustedSources({ inputs }: Subject): readonly string[] {
	const rules = recordsAt(inputs, "rules");
	const wide = rules
		.filter((rule) => textAt(rule, "type") === "ip_addr")
		.map((rule) => textAt(rule, "value") ?? "")
		.filter(isWide);
	return [
		...complain(rules.length === 0, "trusts nobody by name, which the provider reads as everybody"),
		...wide.map((range) => `trusts ${range}`),
	];
}

/** A cluster without trusted sources takes connections from the whole internet. */
function checkEveryClusterFirewalled(subjects: readonly Subject[]): readonly StackComplaint[] {
	const guarded = new Set(
		subjects.filter(({ type }) => type === DATABASE_FIREWALL).flatMap(({ references }) => references.clusterId ?? []),
	);
	return subjects
		.filter(({ type, urn }) => type === CLUSTER && !guarded.has(urn))
		.map(({ urn, name }) => ({ urn, message: `${name} has no trusted sources, so the whole internet may connect` }));
}

function checkBalancerTls({ inputs }: Subject): readonly string[] {
	const protocols = recordsAt(inputs, "forwardingRules").map((rule) => textAt(rule, "entryProtocol"));
	const https = protocols.some((protocol) => protocol !== null && /^https|^http[23]$/.test(protocol));
	if (!https) return [];
	return [
		...complain(
			protocols.includes("http") && switchAt(inputs, "redirectHttpToHttps") !== true,
			"serves plain HTTP beside HTTPS without sending it on (redirectHttpToHttps)",
		),
		...complain(textAt(inputs, "tlsCipherPolicy") !== "STRONG", "takes weak ciphers (tlsCipherPolicy must be STRONG)"),
	];
}

function checkCdnTls({ inputs }: Subject): readonly string[] {
	const certified = isSet(inputs, "certificateName") || isSet(inputs, "certificateId");
	return complain(isSet(inputs, "customDomain") && !certified, "serves its own domain without a certificate");
}

function checkTags({ inputs }: Subject): readonly string[] {
	return complain(!hasProjectTag(inputs), `lacks the tag "${PROJECT_TAG}"`);
}

function hasProjectTag(inputs: Inputs): boolean {
	return textsAt(inputs, "tags").includes(PROJECT_TAG);
}

function checkBucketKept(subject: Subject, context: RuleContext): readonly string[] {
	if (subject.name === SETTINGS_BUCKET) return [];
	const emptied = switchAt(subject.inputs, "forceDestroy") === true;
	return [...checkProtect(subject, context), ...complain(emptied, "would be deleted with its objects (forceDestroy)")];
}

/** The provider copies databases, never volumes. */
function checkVolumesDumped(subjects: readonly Subject[]): readonly StackComplaint[] {
	if (subjects.some(({ type, name }) => type === BUCKET && name === DUMP_BUCKET)) return [];
	return subjects
		.filter(({ type }) => type === VOLUME)
		.map(({ urn, name }) => ({
			urn,
			message: `${name} has no backup: the stack declares no bucket "${DUMP_BUCKET}" that dumps could go to`,
		}));
}

export const digitaloceanRows: readonly ResourceRow[] = [
	{
		rule: "database-not-public",
		type: CLUSTER,
		check: ({ inputs }) => complain(!isSet(inputs, "privateNetworkUuid"), "stands outside the stack's private network"),
		like: null,
	},
	{ rule: "database-not-public", type: DATABASE_FIREWALL, check: checkTrustedSources, like: null },
	{ rule: "database-not-public", type: FIREWALL, check: checkFirewallForData, like: "CKV_DIO_4" },
	{
		rule: "bucket-private",
		type: BUCKET,
		check: ({ inputs }) => complain((textAt(inputs, "acl") ?? "private") !== "private", "is open to readers (acl)"),
		like: "CKV_DIO_3",
	},
	{
		rule: "bucket-private",
		type: "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy",
		check: ({ inputs }) => complain(letsEverybodyIn(inputs, "policy"), "lets everybody in"),
		like: null,
	},
	{ rule: "ssh-not-wide", type: FIREWALL, check: checkFirewallForSsh, like: "AVD-DIG-0001" },
	{
		rule: "encrypted-in-transit",
		type: "digitalocean:index/loadBalancer:LoadBalancer",
		check: checkBalancerTls,
		like: "AVD-DIG-0002",
	},
	{ rule: "encrypted-in-transit", type: "digitalocean:index/cdn:Cdn", check: checkCdnTls, like: null },
	{
		rule: "encrypted-in-transit",
		type: "digitalocean:index/databaseValkeyConfig:DatabaseValkeyConfig",
		check: ({ inputs }) => complain(switchAt(inputs, "ssl") === false, "takes connections without TLS (ssl)"),
		like: null,
	},
	{
		rule: "protected",
		type: CLUSTER,
		check: (subject, context) =>
			CACHES.includes(textAt(subject.inputs, "engine") ?? "") ? [] : checkProtect(subject, context),
		like: null,
	},
	{ rule: "protected", type: VOLUME, check: checkProtect, like: null },
	{ rule: "protected", type: BUCKET, check: checkBucketKept, like: "AVD-DIG-0009" },
	...[DROPLET, CLUSTER, VOLUME, "digitalocean:index/kubernetesCluster:KubernetesCluster"].map(
		(type): ResourceRow => ({ rule: "tagged", type, check: checkTags, like: null }),
	),
	{
		rule: "tagged",
		type: "digitalocean:index/dropletAutoscale:DropletAutoscale",
		check: ({ inputs }) => {
			const template = recordAt(inputs, "dropletTemplate");
			return complain(template === null || !hasProjectTag(template), `makes hosts without the tag "${PROJECT_TAG}"`);
		},
		like: null,
	},
];

export const digitaloceanStackRows: readonly StackRow[] = [
	{ rule: "database-not-public", check: checkEveryClusterFirewalled },
	{ rule: "backed-up", check: checkVolumesDumped },
];
