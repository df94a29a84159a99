import { beforeAll, describe, expect, it } from "vitest";
import type { DesiredResource, DesiredState } from "../../../src/changes/desired.ts";
import type { Plain, PlainRecord } from "../../../src/words.ts";
import { everyTier, type TierState } from "../../scan/states.ts";
import { build, LADDERS, tierOf } from "./built.ts";

/*
 * Traps that a stack walks into by what it declares, held for every tier of every ladder. Traps that lie in a change
 * are in test/changes/labels.yaml, those in which the API refuses in test/engine/aws, sizes in test/scan.
 */

let states: readonly TierState[] = [];

beforeAll(async () => {
	states = await everyTier(["aws"]);
}, 300_000);

interface Trap {
	readonly trap: number;
	readonly says: string;
	/** `rds.Instance` */
	readonly types: readonly string[];
	readonly holds: (inputs: PlainRecord, resource: DesiredResource, state: TierState) => boolean;
}

const isReplica = ({ replicateSourceDb }: PlainRecord) => replicateSourceDb !== undefined;
const sizeOf = (value: Plain | undefined) => (Array.isArray(value) ? value.length : 0);

const TRAPS: readonly Trap[] = [
	{
		trap: 38,
		says: "volumes and root disks are encrypted from birth",
		types: ["ebs.Volume"],
		holds: ({ encrypted }) => encrypted === true,
	},
	{
		trap: 38,
		says: "root disks are encrypted from birth",
		types: ["ec2.Instance"],
		holds: ({ rootBlockDevice }) => record(rootBlockDevice).encrypted === true,
	},
	{
		trap: 40,
		says: "a new template reaches the hosts of a group by a refresh",
		types: ["autoscaling.Group"],
		holds: ({ instanceRefresh }) => instanceRefresh !== undefined,
	},
	{
		trap: 41,
		says: "no group resets what scaling chose",
		types: ["autoscaling.Group"],
		holds: ({ desiredCapacity }, { ignoreChanges }) =>
			desiredCapacity === undefined || ignoreChanges.includes("desiredCapacity"),
	},
	{
		trap: 42,
		says: "machines that burst on credits are told of, as load above their baseline costs more",
		types: ["ec2.Instance"],
		holds: ({ instanceType }, _, { state }) =>
			!/^t\d/.test(String(instanceType)) || notesOf(state).some((note) => note.includes(`${instanceType}`)),
	},
	{
		trap: 43,
		says: "application balancers span two subnets",
		types: ["lb.LoadBalancer"],
		holds: ({ subnets, loadBalancerType }) => loadBalancerType === "network" || sizeOf(subnets) >= 2,
	},
	{
		trap: 43,
		says: "subnet groups span two subnets",
		types: ["rds.SubnetGroup", "elasticache.SubnetGroup"],
		holds: ({ subnetIds }) => sizeOf(subnetIds) >= 2,
	},
	{
		trap: 44,
		says: "balancers face the internet, and a network one has groups from birth",
		types: ["lb.LoadBalancer"],
		holds: ({ internal, securityGroups }) => internal === false && sizeOf(securityGroups) > 0,
	},
	{
		trap: 46,
		says: "names that are given fit, with room for what the engine adds",
		types: ["lb.LoadBalancer", "lb.TargetGroup"],
		holds: ({ name }) => name === undefined || String(name).length <= 32,
	},
	{
		trap: 47,
		says: "rules are resources of their own",
		types: ["ec2.SecurityGroup"],
		holds: ({ ingress, egress }) => ingress === undefined && egress === undefined,
	},
	{
		trap: 48,
		says: "a gateway's address is a resource of its own, and the gateway lets go of it first",
		types: ["ec2.NatGateway"],
		holds: ({ allocationId }, { deleteBeforeReplace }) =>
			/^\$\{[\w-]+-nat-address-\d+\.allocationId\}$/.test(String(allocationId)) && deleteBeforeReplace === true,
	},
	{
		trap: 49,
		says: "machines stand in subnets of the stack's own",
		types: ["ec2.Instance"],
		holds: ({ subnetId }) => /^\$\{network/.test(String(subnetId)),
	},
	{
		trap: 51,
		says: "the engine makes up the firewall's name, and its scope is the balancer's",
		types: ["wafv2.WebAcl"],
		holds: ({ name, scope }) => name === undefined && scope === "REGIONAL",
	},
	{
		trap: 54,
		says: "storage may grow by itself in every tier, so that no plan asks to shrink it",
		types: ["rds.Instance"],
		holds: ({ allocatedStorage, maxAllocatedStorage }, { inputs }) =>
			isReplica(inputs) ? maxAllocatedStorage !== undefined : Number(maxAllocatedStorage) > Number(allocatedStorage),
	},
	{
		trap: 55,
		says: "it is said whether changes wait for the maintenance window",
		types: ["rds.Instance", "rds.Cluster", "rds.ClusterInstance"],
		holds: ({ applyImmediately }) => applyImmediately === true,
	},
	{
		trap: 56,
		says: "IOPS are given only where gp3 takes them",
		types: ["rds.Instance"],
		holds: ({ iops, allocatedStorage, storageType }) =>
			storageType !== "gp3" || iops === undefined || allocatedStorage === undefined || Number(allocatedStorage) >= 400,
	},
	{
		trap: 56,
		says: "the kind of storage is said",
		types: ["rds.Instance"],
		holds: (inputs) => isReplica(inputs) || inputs.storageType !== undefined,
	},
	{
		trap: 58,
		says: "databases are encrypted from birth",
		types: ["rds.Instance", "rds.Cluster"],
		holds: (inputs) => isReplica(inputs) || inputs.storageEncrypted === true,
	},
	{
		trap: 63,
		says: "only the major version is pinned",
		types: ["rds.Instance"],
		holds: ({ engine, engineVersion }) =>
			engineVersion === undefined || (engine === "mysql" ? /^\d+\.\d+$/ : /^\d+$/).test(String(engineVersion)),
	},
	{
		trap: 64,
		says: "no parameter waits for a reboot that nobody triggers",
		types: ["rds.ParameterGroup", "rds.ClusterParameterGroup"],
		holds: ({ parameters }) => listOf(parameters).every((each) => record(each).applyMethod === "immediate"),
	},
	{
		trap: 65,
		says: "backups are on",
		types: ["rds.Instance", "rds.Cluster"],
		holds: (inputs) => isReplica(inputs) || Number(inputs.backupRetentionPeriod ?? 0) >= 1,
	},
	{
		trap: 66,
		says: "a last snapshot is named",
		types: ["rds.Instance", "rds.Cluster"],
		holds: (inputs, { name }) =>
			isReplica(inputs) || name.includes("secondary") || inputs.finalSnapshotIdentifier !== undefined,
	},
	{
		trap: 67,
		says: "automated backups outlive the database",
		types: ["rds.Instance"],
		holds: (inputs) => isReplica(inputs) || inputs.deleteAutomatedBackups === false,
	},
	{
		trap: 69,
		says: "clusters leave their zones to AWS",
		types: ["rds.Cluster"],
		holds: ({ availabilityZones }) => availabilityZones === undefined,
	},
	{
		trap: 70,
		says: "it is told how to see whether a class is on offer today",
		types: ["rds.Instance", "rds.ClusterInstance"],
		holds: (inputs, _, { state, region }) =>
			isReplica(inputs) ||
			notesOf(state).some(
				(note) =>
					note.includes("describe-orderable-db-instance-options") &&
					note.includes(`--region ${region}`) &&
					note.includes(`--db-instance-class ${inputs.instanceClass}`) &&
					note.includes(`--engine ${inputs.engine}`),
			),
	},
	{
		trap: 71,
		says: "no second database is built unasked for an update",
		types: ["rds.Instance"],
		holds: ({ blueGreenUpdate }) => blueGreenUpdate === undefined,
	},
	{
		trap: 72,
		says: "no database slides into paid extended support",
		types: ["rds.Instance", "rds.Cluster"],
		holds: (inputs, { name }) =>
			isReplica(inputs) ||
			name.includes("secondary") ||
			inputs.engineLifecycleSupport === "open-source-rds-extended-support-disabled",
	},
	{
		trap: 73,
		says: "no password stands in clear text",
		types: ["rds.Instance", "rds.Cluster"],
		holds: ({ password, masterPassword }) => typeof password !== "string" && typeof masterPassword !== "string",
	},
	{
		trap: 75,
		says: "caches are encrypted at rest and on the way",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ atRestEncryptionEnabled, transitEncryptionEnabled }) =>
			atRestEncryptionEnabled === true && transitEncryptionEnabled === true,
	},
	{
		trap: 76,
		says: "failover is on exactly where a second node is",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ numCacheClusters, replicasPerNodeGroup, automaticFailoverEnabled }) =>
			(Number(numCacheClusters ?? 1) > 1 || Number(replicasPerNodeGroup ?? 0) > 0) ===
			(automaticFailoverEnabled === true),
	},
	{
		trap: 77,
		says: "the cluster mode goes by the name, so no tier switches it on a cache that is there",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ clusterMode }, { name }) => clusterMode === (name === "cache-cluster" ? "enabled" : undefined),
	},
	{
		trap: 77,
		says: "nodes are counted in one way: of the group, or of each shard",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ numCacheClusters, numNodeGroups, replicasPerNodeGroup, clusterMode }) =>
			clusterMode === "enabled"
				? numCacheClusters === undefined && Number(numNodeGroups) > 0 && Number(replicasPerNodeGroup) > 0
				: numNodeGroups === undefined && replicasPerNodeGroup === undefined,
	},
	{
		trap: 78,
		says: "it is said whether a cache's changes wait for the maintenance window",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ applyImmediately }) => applyImmediately === true,
	},
	{
		trap: 79,
		says: "a cache that is protected is snapshotted each day and at its end",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ snapshotRetentionLimit, finalSnapshotIdentifier }, { protect }) =>
			!protect || (Number(snapshotRetentionLimit) > 0 && finalSnapshotIdentifier !== undefined),
	},
	{
		trap: 80,
		says: "the number of nodes is the autoscaler's",
		types: ["eks.NodeGroup"],
		holds: (_, { ignoreChanges }) => ignoreChanges.includes("scalingConfig.desiredSize"),
	},
	{
		trap: 81,
		says: "no cluster slides into extended support",
		types: ["eks.Cluster"],
		holds: ({ upgradePolicy }) => record(upgradePolicy).supportType === "STANDARD",
	},
	{
		trap: 82,
		says: "the engine makes up names of buckets, and none with data in it is emptied by a delete",
		types: ["s3.Bucket"],
		holds: ({ bucket, forceDestroy }, { protect }) => bucket === undefined && !(protect && forceDestroy === true),
	},
	{
		trap: 83,
		says: "a bucket's settings are resources of their own",
		types: ["s3.Bucket"],
		holds: (inputs) =>
			["acl", "versioning", "lifecycleRules", "policy", "logging", "corsRules"].every(
				(key) => inputs[key] === undefined,
			),
	},
	{
		trap: 84,
		says: "the engine makes up names of secrets, or they are free again at once",
		types: ["secretsmanager.Secret"],
		holds: ({ name, recoveryWindowInDays }) => name === undefined || recoveryWindowInDays === 0,
	},
	{
		trap: 85,
		says: "queues are never of the other kind",
		types: ["sqs.Queue"],
		holds: ({ fifoQueue }) => fifoQueue !== true,
	},
	{
		trap: 86,
		says: "an update is done when every edge has the CDN's change, and it is told that this takes its time",
		types: ["cloudfront.Distribution"],
		holds: ({ waitForDeployment }, _, { state }) =>
			waitForDeployment !== false &&
			notesOf(state).some((note) => note.startsWith("cdn: ") && note.includes("tens of minutes")),
	},
	{
		trap: 86,
		says: "a CDN that goes is deleted, never left behind switched off, and the one setting that replaces it is never touched",
		types: ["cloudfront.Distribution"],
		holds: ({ enabled, retainOnDelete, staging }) =>
			enabled === true && retainOnDelete === undefined && staging === undefined,
	},
	{
		trap: 87,
		says: "it is told that addresses confirm by mail before they hear anything",
		types: ["sns.TopicSubscription"],
		holds: (_, __, { state }) => notesOf(state).some((note) => note.startsWith("alarms: each address gets one mail")),
	},
	{
		trap: 88,
		says: "a deleted key can be taken back for a week at least",
		types: ["kms.Key"],
		holds: ({ deletionWindowInDays }) => deletionWindowInDays === undefined || Number(deletionWindowInDays) >= 7,
	},
	{
		trap: 88,
		says: "a key whose data may outlive its tier stays in the account",
		types: ["kms.Key"],
		holds: (_, { name, retainOnDelete }) => retainOnDelete === !name.startsWith("monitoring-topic"),
	},
	{
		trap: 89,
		says: "a listener shows a certificate only once its names are proved",
		types: ["lb.Listener"],
		holds: ({ certificateArn }, { dependsOn }) =>
			certificateArn === undefined || dependsOn.some((urn) => urn.includes(":CertificateValidation::")),
	},
	{
		trap: 90,
		says: "no vault is deleted with the copies in it",
		types: ["backup.Vault"],
		holds: ({ forceDestroy }, { protect, retainOnDelete }) => forceDestroy !== true && (protect || retainOnDelete),
	},
	{
		trap: 91,
		says: "logs of a database are there before the database writes them",
		types: ["rds.Instance", "rds.Cluster"],
		holds: (inputs, { dependsOn }) =>
			isReplica(inputs) ||
			inputs.replicationSourceIdentifier !== undefined ||
			inputs.globalClusterIdentifier !== undefined ||
			sizeOf(inputs.enabledCloudwatchLogsExports) ===
				dependsOn.filter((urn) => urn.includes("cloudwatch/logGroup:LogGroup")).length,
	},
	{
		trap: 92,
		says: "what the engine names is not named by hand",
		types: ["rds.ParameterGroup", "elasticache.ParameterGroup"],
		holds: ({ name }) => name === undefined,
	},
];

function record(value: Plain | undefined): PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function isList(value: Plain): value is readonly Plain[] {
	return Array.isArray(value);
}

function listOf(value: Plain | undefined): readonly Plain[] {
	return value !== undefined && isList(value) ? value : [];
}

function notesOf({ outputs }: DesiredState): readonly string[] {
	return listOf(outputs.notes).map(String);
}

/** Processors of a machine type: a `g` after the generation is ARM (AWS EC2 user guide, instance type names). */
function processorOf(instanceType: Plain | undefined): "arm" | "x86" {
	return /^[a-z]+\d+g/.test(String(instanceType)) ? "arm" : "x86";
}

function shortOf(type: string): string {
	const [, module = "", name = ""] = type.split(":");
	return `${module.split("/")[0]}.${name}`;
}

describe("every tier of AWS", () => {
	it.each(TRAPS)("trap $trap: $says", ({ types, holds }) => {
		let looked = 0;
		const fallen: string[] = [];
		for (const tier of states) {
			for (const resource of tier.state.resources) {
				if (!types.includes(shortOf(resource.type))) continue;
				looked++;
				if (!holds(resource.inputs, resource, tier)) fallen.push(`${tier.name} ${resource.name}`);
			}
		}
		expect(fallen).toEqual([]);
		expect(looked).toBeGreaterThan(0);
	});

	it("trap 36: hosts have one kind of processor over all tiers of a ladder, as another would be another host", () => {
		const kinds = new Map<string, Set<string>>();
		for (const { name, state } of states) {
			const ladder = name.split("-").slice(1, -1).join("-");
			for (const { type, inputs } of state.resources) {
				if (!["ec2.Instance", "ec2.LaunchTemplate"].includes(shortOf(type)) || inputs.instanceType === undefined)
					continue;
				kinds.set(ladder, (kinds.get(ladder) ?? new Set()).add(processorOf(inputs.instanceType)));
			}
		}
		expect([...kinds].filter(([, processors]) => processors.size > 1)).toEqual([]);
		expect(kinds.size).toBeGreaterThan(3);
	});

	it("trap 50: what serves the edge is made in us-east-1, wherever the stack is", async () => {
		const plan = tierOf("opex-manager", "large");
		const state = await build({ ...plan, region: "eu-central-1" });
		const edge = state.resources.filter(({ name }) => /^cdn-certificate(-proof)?$|^monitoring-uptime-down$/.test(name));
		expect(edge.map(({ name, inputs }) => [name, inputs.region])).toEqual([
			["cdn-certificate", "us-east-1"],
			["cdn-certificate-proof", "us-east-1"],
			["monitoring-uptime-down", "us-east-1"],
		]);
	});

	it("trap 52: every public address is counted in the estimate", () => {
		const uncounted: string[] = [];
		for (const { name, sized } of LADDERS) {
			for (const { tier, components } of sized) {
				const { state } = states.find((each) => each.name === `aws-${name}-${tier}`) ?? {};
				if (state === undefined) throw new Error(`${name} ${tier} was not built`);
				const counted = components.find(({ role }) => role === "network")?.settings.publicAddresses;
				const here = state.resources.filter(({ name: logical }) => !logical.includes("secondary"));
				const of = (short: string) => here.filter(({ type }) => shortOf(type) === short);
				const addresses =
					of("ec2.Eip").length +
					of("ec2.Instance").filter(({ inputs }) => inputs.associatePublicIpAddress === true).length +
					of("lb.LoadBalancer").reduce((sum, { inputs }) => sum + sizeOf(inputs.subnets), 0);
				if (addresses > Number(counted)) uncounted.push(`${name} ${tier}: ${addresses} of ${counted}`);
			}
		}
		expect(uncounted).toEqual([]);
	});

	it("trap 45: nothing that replaces a target group differs between tiers, as its name is fixed", () => {
		const kinds = new Map<string, Set<string>>();
		for (const { state } of states) {
			for (const { type, name, inputs } of state.resources) {
				if (shortOf(type) !== "lb.TargetGroup") continue;
				const { port, protocol, targetType, vpcId } = inputs;
				kinds.set(name, (kinds.get(name) ?? new Set()).add(JSON.stringify([port, protocol, targetType, vpcId])));
			}
		}
		expect([...kinds].filter(([, shapes]) => shapes.size > 1)).toEqual([]);
		expect(kinds.size).toBeGreaterThan(0);
	});
});
