import type { Subject } from "../../src/policy/subject.ts";
import type { Case } from "./digitalocean.cases.ts";
import { subject } from "./subjects.ts";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const VOLUME = "aws:ebs/volume:Volume";
const MACHINE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

const unprotected = "thing holds data and is not protected against deletion";
const openInConsole = "thing can be deleted in the console (deletionProtection)";

/** The same opening in the three ways a security group can be written. */
function openings(from: number, to: number, range: string): readonly Subject[] {
	const old = { protocol: "tcp", fromPort: from, toPort: to, cidrBlocks: [range] };
	return [
		subject("aws:ec2/securityGroup:SecurityGroup", { ingress: [old] }),
		subject("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", ...old }),
		subject("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
			ipProtocol: "tcp",
			fromPort: from,
			toPort: to,
			...(range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range }),
		}),
	];
}

const breaking = (subjects: readonly Subject[], sentence: string) => subjects.map((each) => [each, sentence] as const);
const everyPort = subject("aws:ec2/securityGroup:SecurityGroup", {
	ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const outward = subject("aws:ec2/securityGroupRule:SecurityGroupRule", {
	type: "egress",
	protocol: "-1",
	fromPort: 0,
	toPort: 0,
	cidrBlocks: ["0.0.0.0/0"],
});

const keptInstance = {
	backupRetentionPeriod: 7,
	deleteAutomatedBackups: false,
	skipFinalSnapshot: false,
};

export const awsCases: readonly Case[] = [
	...[INSTANCE, "aws:rds/clusterInstance:ClusterInstance"].map(
		(type): Case => ({
			rule: "database-not-public",
			kept: [subject(type), subject(type, { publiclyAccessible: false })],
			broken: [[subject(type, { publiclyAccessible: true }), "thing has a public address (publiclyAccessible)"]],
		}),
	),
	{
		rule: "database-not-public",
		kept: [...openings(5432, 5432, "10.0.0.0/16"), ...openings(443, 443, "0.0.0.0/0"), outward],
		broken: [
			...breaking(openings(5432, 5432, "0.0.0.0/0"), "thing opens port 5432 (PostgreSQL) to 0.0.0.0/0"),
			[everyPort, "thing opens port 3306 (MySQL) to 0.0.0.0/0"],
		],
	},
	{
		rule: "ssh-not-wide",
		kept: [...openings(22, 22, "203.0.113.0/24"), ...openings(80, 443, "0.0.0.0/0"), outward],
		broken: [
			...breaking(openings(0, 1024, "0.0.0.0/0"), "thing opens port 22 to 0.0.0.0/0"),
			[everyPort, "thing opens port 22 to 0.0.0.0/0"],
		],
	},
	...[INSTANCE, CLUSTER].map(
		(type): Case => ({
			rule: "encrypted-at-rest",
			kept: [
				subject(type, { storageEncrypted: true }),
				subject(type, type === INSTANCE ? { replicateSourceDb: "database" } : { replicationSourceIdentifier: "db" }),
			],
			broken: [[subject(type), "thing is not encrypted at rest (storageEncrypted)"]],
		}),
	),
	{
		rule: "encrypted-at-rest",
		kept: [subject(VOLUME, { encrypted: true })],
		broken: [[subject(VOLUME), "thing is not encrypted at rest (encrypted)"]],
	},
	{
		rule: "encrypted-at-rest",
		kept: [
			subject(MACHINE, { rootBlockDevice: { encrypted: true } }),
			subject(MACHINE, { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ encrypted: true }] }),
		],
		broken: [
			[subject(MACHINE), "thing has a root disk that is not encrypted"],
			[
				subject(MACHINE, { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{}] }),
				"thing has a data disk that is not encrypted",
			],
		],
	},
	{
		rule: "encrypted-at-rest",
		kept: [subject(TEMPLATE, { blockDeviceMappings: [{ ebs: { encrypted: "true" } }] })],
		broken: [
			[subject(TEMPLATE), "thing makes machines with a disk that is not encrypted"],
			[
				subject(TEMPLATE, { blockDeviceMappings: [{ ebs: { encrypted: "false" } }] }),
				"thing makes machines with a disk that is not encrypted",
			],
		],
	},
	{
		rule: "encrypted-at-rest",
		kept: [subject(CACHE, { atRestEncryptionEnabled: true })],
		broken: [[subject(CACHE), "thing is not encrypted at rest (atRestEncryptionEnabled)"]],
	},
	{
		rule: "encrypted-in-transit",
		kept: [subject(CACHE, { transitEncryptionEnabled: true })],
		broken: [[subject(CACHE), "thing takes connections without TLS (transitEncryptionEnabled)"]],
	},
	...["aws:lb/listener:Listener", "aws:alb/listener:Listener"].map(
		(type): Case => ({
			rule: "encrypted-in-transit",
			kept: [
				subject(type, { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
				subject(type, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] }),
				subject(type, { protocol: "TCP" }),
			],
			broken: [
				[
					subject(type, { protocol: "HTTP", defaultActions: [{ type: "forward" }] }),
					"thing serves plain HTTP without sending it on to HTTPS",
				],
				[
					subject(type, { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" }),
					'thing takes TLS older than 1.2 (sslPolicy "ELBSecurityPolicy-2016-08")',
				],
			],
		}),
	),
	{
		rule: "encrypted-in-transit",
		kept: [subject(DISTRIBUTION, { defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" } })],
		broken: [
			[
				subject(DISTRIBUTION, { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } }),
				"thing serves plain HTTP (viewerProtocolPolicy)",
			],
			[
				subject(DISTRIBUTION, {
					defaultCacheBehavior: { viewerProtocolPolicy: "https-only" },
					orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }],
				}),
				"thing serves plain HTTP (viewerProtocolPolicy)",
			],
		],
	},
	...[INSTANCE, CLUSTER].map(
		(type): Case => ({
			rule: "backed-up",
			kept: [subject(type, keptInstance)],
			broken: [
				[subject(type, { ...keptInstance, backupRetentionPeriod: 1 }), "thing keeps backups 1 days; 7 is the least"],
				[
					subject(type, { ...keptInstance, skipFinalSnapshot: true }),
					"thing would be deleted without a final snapshot",
				],
				[
					subject(type, { backupRetentionPeriod: 7 }),
					"thing loses its automated backups with it (deleteAutomatedBackups)",
				],
			],
		}),
	),
	...[INSTANCE, CLUSTER].map(
		(type): Case => ({
			rule: "protected",
			kept: [subject(type, { deletionProtection: true }, { protect: true })],
			broken: [
				[subject(type, { deletionProtection: true }), unprotected],
				[subject(type, {}, { protect: true }), openInConsole],
			],
		}),
	),
	{
		rule: "protected",
		kept: [subject(VOLUME, {}, { protect: true })],
		broken: [[subject(VOLUME), unprotected]],
	},
	...BUCKETS.map(
		(type): Case => ({
			rule: "protected",
			kept: [subject(type, {}, { protect: true })],
			broken: [
				[subject(type), unprotected],
				[
					subject(type, { forceDestroy: true }, { protect: true }),
					"thing would be deleted with its objects (forceDestroy)",
				],
			],
		}),
	),
	...[...BUCKETS, "aws:s3/bucketAcl:BucketAcl"].map(
		(type): Case => ({
			rule: "bucket-private",
			kept: [subject(type), subject(type, { acl: "private" })],
			broken: [[subject(type, { acl: "public-read" }), "thing is open to readers (acl)"]],
		}),
	),
	{
		rule: "bucket-private",
		kept: [
			subject(BLOCK, {
				blockPublicAcls: true,
				blockPublicPolicy: true,
				ignorePublicAcls: true,
				restrictPublicBuckets: true,
			}),
		],
		broken: [
			[
				subject(BLOCK, { blockPublicAcls: true, blockPublicPolicy: true }),
				"thing leaves a way to publish the bucket (ignorePublicAcls, restrictPublicBuckets)",
			],
		],
	},
	{
		rule: "bucket-private",
		kept: [
			subject("aws:s3/bucketPolicy:BucketPolicy", {
				policy: { Statement: { Effect: "Allow", Principal: { Service: "cloudfront.amazonaws.com" } } },
			}),
		],
		broken: [
			[
				subject("aws:s3/bucketPolicy:BucketPolicy", { policy: { Statement: { Effect: "Allow", Principal: "*" } } }),
				"thing lets everybody in",
			],
		],
	},
	...[
		INSTANCE,
		CLUSTER,
		...BUCKETS,
		VOLUME,
		MACHINE,
		CACHE,
		"aws:lb/loadBalancer:LoadBalancer",
		"aws:alb/loadBalancer:LoadBalancer",
	].map(
		(type): Case => ({
			rule: "tagged",
			kept: [
				subject(type, { tags: { tierstack: "shop-prod" } }),
				subject(type, {}, { provider: { defaultTags: '{"tags":{"tierstack":"shop-prod"}}' } }),
			],
			broken: [
				[subject(type), 'thing lacks the tag "tierstack"'],
				[subject(type, { tags: { Name: "thing" } }), 'thing lacks the tag "tierstack"'],
			],
		}),
	),
];
