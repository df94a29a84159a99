import { beforeAll, describe, expect, it } from "vitest";
import type { DesiredResource } from "../../../src/changes/desired.ts";
import type { Plain, PlainRecord } from "../../../src/words.ts";
import { everyTier, type TierState } from "../../scan/states.ts";

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
		trap: 49,
		says: "machines stand in subnets of the stack's own",
		types: ["ec2.Instance"],
		holds: ({ subnetId }) => /^\$\{network/.test(String(subnetId)),
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
		holds: ({ numCacheClusters, automaticFailoverEnabled }) =>
			Number(numCacheClusters) > 1 === (automaticFailoverEnabled === true),
	},
	{
		trap: 77,
		says: "no tier switches the cluster mode",
		types: ["elasticache.ReplicationGroup"],
		holds: ({ numNodeGroups, clusterMode }) => numNodeGroups === undefined && clusterMode === undefined,
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
		trap: 88,
		says: "a deleted key can be taken back for a week at least",
		types: ["kms.Key"],
		holds: ({ deletionWindowInDays }) => deletionWindowInDays === undefined || Number(deletionWindowInDays) >= 7,
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
