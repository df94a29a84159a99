import type { Scenario } from "../../cloud/scenario.ts";
import { type Lab, SAMPLES } from "../lab.ts";

const database = (lab: Lab, changes = {}) => lab.create("rds.Instance", { ...SAMPLES.database, ...changes });
const updated = async (lab: Lab, changes: object, first = {}) => lab.update(await database(lab, first), { ...changes });

export const DATABASES_SCENARIOS: readonly Scenario<Lab>[] = [
	{
		does: "makes a database's disk smaller",
		source: /allocated storage is never reduced/,
		says: /^400 .*less than the current size/,
		act: (lab) => updated(lab, { allocatedStorage: 10 }),
	},
	{
		does: "changes storage twice within six hours",
		source: /storage-optimization/,
		says: /^400 .*less than 6 hours ago/,
		act: async (lab) => {
			const grown = await lab.update(await database(lab), { allocatedStorage: 40 });
			await lab.update(grown, { allocatedStorage: 80 });
		},
	},
	{
		does: "gives a small gp3 disk its own IOPS",
		source: /below the threshold/,
		says: /^400 .*storage size less than 400/,
		act: (lab) => database(lab, { iops: 12_000 }),
	},
	{
		does: "takes a new major version without saying so",
		source: /allow_major_version_upgrade/,
		says: /^400 .*AllowMajorVersionUpgrade/,
		act: (lab) => updated(lab, { engineVersion: "18" }),
	},
	{
		does: "takes an older version",
		source: /no version is taken back/,
		says: /^400 .*older engine version/,
		act: (lab) => updated(lab, { engineVersion: "16", allowMajorVersionUpgrade: true }),
	},
	{
		does: "replicates a database without backups",
		source: /a source of replicas/,
		says: /^400 .*Automated backups are not enabled/,
		act: async (lab) => {
			await database(lab, { backupRetentionPeriod: 0 });
			await lab.create("rds.Instance", {
				identifier: "reader",
				replicateSourceDb: "shop",
				instanceClass: "db.t4g.micro",
			});
		},
	},
	{
		does: "deletes a protected database",
		source: /^rds: deletion protection/,
		says: /^400 .*Cannot delete protected/,
		act: async (lab) => lab.delete(await database(lab, { deletionProtection: true })),
	},
	{
		does: "deletes a database without naming its last snapshot",
		source: /final_snapshot_identifier is required/,
		says: /^400 final_snapshot_identifier is required/,
		act: async (lab) => {
			const { finalSnapshotIdentifier: _, ...rest } = SAMPLES.database;
			await lab.delete(await lab.create("rds.Instance", rest));
		},
	},
	{
		does: "gives a last snapshot the name of an earlier one",
		source: /the final snapshot's name is taken/,
		says: /^400 DBSnapshotAlreadyExists: shop-final/,
		act: async (lab) => {
			await lab.delete(await database(lab));
			await lab.delete(await database(lab, { identifier: "shop-2" }));
		},
	},
	{
		does: "deletes a cluster with members",
		source: /a cluster with members/,
		says: /^400 .*still contains DB instances/,
		act: async (lab) => {
			const cluster = await lab.create("rds.Cluster", {
				clusterIdentifier: "shop",
				engine: "aurora-postgresql",
				skipFinalSnapshot: true,
			});
			await lab.create("rds.ClusterInstance", {
				clusterIdentifier: cluster.id,
				engine: "aurora-postgresql",
				instanceClass: "db.r8g.large",
			});
			await lab.delete(cluster);
		},
	},
	{
		does: "deletes a parameter group in use",
		source: /a parameter group in use/,
		says: /^400 .*still used by/,
		act: async (lab) => {
			const group = await lab.create("rds.ParameterGroup", { name: "shop", family: "postgres17" });
			await database(lab, { parameterGroupName: "shop" });
			await lab.delete(group);
		},
	},
	{
		does: "deletes a subnet group in use",
		source: /a subnet group in use/,
		says: /^400 .*still used by/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			const group = await lab.create("rds.SubnetGroup", { name: "shop", subnetIds: [...subnets] });
			await database(lab, { dbSubnetGroupName: "shop" });
			await lab.delete(group);
		},
	},
	{
		does: "puts a database into one zone's subnets",
		source: /a subnet group covers two zones/,
		says: /^400 .*at least two availability zones/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			await lab.create("rds.SubnetGroup", { name: "shop", subnetIds: [subnets[0]] });
		},
	},
	{
		does: "gives a password to a database that keeps its own",
		source: /conflicts with password/,
		says: /^400 .*MasterUserPassword/,
		act: (lab) => database(lab, { password: "secret-text" }),
	},
	{
		does: "creates a valkey cache without a word about TLS",
		source: /valkey wants transit encryption/,
		says: /^400 .*TransitEncryptionEnabled/,
		act: (lab) => {
			const { transitEncryptionEnabled: _, ...rest } = SAMPLES.cache;
			return lab.create("elasticache.ReplicationGroup", rest);
		},
	},
	{
		does: "gives a cache a token without TLS",
		source: /an auth token needs encryption/,
		says: /^400 .*needs transit encryption/,
		act: (lab) =>
			lab.create("elasticache.ReplicationGroup", {
				...SAMPLES.cache,
				transitEncryptionEnabled: false,
				authToken: "token",
			}),
	},
	{
		does: "switches a cache's cluster mode on at once",
		source: /never back/,
		says: /^400 .*from disabled to enabled/,
		act: async (lab) =>
			lab.update(await lab.create("elasticache.ReplicationGroup", { ...SAMPLES.cache, ...PAIR }), {
				clusterMode: "enabled",
			}),
	},
	{
		does: "has a cache in cluster mode without failover",
		source: /cluster mode fails over/,
		says: /^400 .*AutomaticFailover must be enabled/,
		act: (lab) => lab.create("elasticache.ReplicationGroup", { ...clustered(), automaticFailoverEnabled: false }),
	},
	{
		does: "has a cache in cluster mode by parameters of the other one",
		source: /says the mode too/,
		says: /^400 .*shop-parameters does not enable cluster mode/,
		act: async (lab) => {
			await lab.create("elasticache.ParameterGroup", { name: "shop-parameters", family: "valkey8" });
			await lab.create("elasticache.ReplicationGroup", { ...clustered(), parameterGroupName: "shop-parameters" });
		},
	},
];

const PAIR = { numCacheClusters: 2, automaticFailoverEnabled: true };

/** The sample's cache as one shard of two nodes. */
function clustered() {
	const { numCacheClusters: _, ...rest } = SAMPLES.cache;
	return { ...rest, clusterMode: "enabled", numNodeGroups: 1, replicasPerNodeGroup: 1, automaticFailoverEnabled: true };
}
