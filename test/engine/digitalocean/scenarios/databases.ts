import type { Scenario } from "../../cloud/scenario.ts";
import { type Lab, SAMPLES } from "../lab.ts";
import { pool } from "./samples.ts";

async function pooled(lab: Lab, changes = {}, database = {}) {
	const owner = await lab.create("DatabaseCluster", { ...SAMPLES.database, ...database });
	return await lab.create("DatabaseConnectionPool", { ...pool, clusterId: owner.id, ...changes });
}

export const DATABASES_SCENARIOS: readonly Scenario[] = [
	{
		does: "creates a Redis cluster",
		source: /end_of_availability/,
		says: /^422 .*use valkey/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, engine: "redis", version: "7" }),
	},
	{
		does: "asks for a plan that the engine does not have",
		source: /options: layouts/,
		says: /^422 invalid size "m-2vcpu-16gb" for engine "pg"/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, size: "m-2vcpu-16gb" }),
	},
	{
		does: "asks for a version that the engine does not have",
		source: /options: versions/,
		says: /^422 invalid version "9"/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, version: "9" }),
	},
	{
		does: "asks for a standby on a 1 GiB plan",
		source: /come with one node/,
		says: /^422 .*not available with 2 nodes/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, nodeCount: 2 }),
	},
	{
		does: "takes a plan whose storage the data does not fit",
		source: /reduced only/,
		says: /^422 storage of 10240 MiB is too small/,
		act: async (lab) => {
			const database = await lab.create("DatabaseCluster", { ...SAMPLES.database, size: "db-s-2vcpu-4gb" });
			lab.account.useDatabaseStorage("db", 20);
			await lab.update(database, { size: "db-s-1vcpu-1gb" });
		},
	},
	{
		does: "asks for storage out of step",
		source: /steps of 10 GiB/,
		says: /^422 storage_size_mib 15000/,
		act: (lab) => lab.create("DatabaseCluster", { ...SAMPLES.database, storageSizeMib: "15000" }),
	},
	{
		does: "resizes while a major upgrade runs",
		source: /cannot resize while upgrading/,
		says: /^422 .*while it is upgrading/,
		act: async (lab) => {
			const database = await lab.create("DatabaseCluster", { ...SAMPLES.database, version: "16" });
			const upgraded = await lab.update(database, { version: "17" });
			await lab.update(upgraded, { size: "db-s-2vcpu-4gb" });
		},
	},
	{
		does: "takes an older version",
		source: /no replacement, an API error/,
		says: /^422 the version cannot be downgraded/,
		act: async (lab) => lab.update(await lab.create("DatabaseCluster", SAMPLES.database), { version: "16" }),
	},
	{
		does: "makes a replica smaller than its primary",
		source: /size increase only/,
		says: /^422 a replica cannot be smaller/,
		act: async (lab) => {
			const owner = await lab.create("DatabaseCluster", { ...SAMPLES.database, size: "db-s-2vcpu-4gb" });
			await lab.create("DatabaseReplica", {
				name: "reader",
				clusterId: owner.id,
				size: "db-s-1vcpu-2gb",
				region: "fra1",
			});
		},
	},
	{
		does: "gives pools more connections than the plan has",
		source: /21 pools/,
		says: /^422 pools ask for 23 connections, 22 are available/,
		act: (lab) => pooled(lab, { size: 23 }),
	},
	{
		does: "pools connections of MySQL",
		source: /pools for PostgreSQL only/,
		says: /^422 not supported for engine "mysql"/,
		act: (lab) => pooled(lab, {}, { engine: "mysql", version: "8" }),
	},
	{
		does: "trusts an IPv6 address",
		source: /no IPv6 trusted sources/,
		says: /^422 IPv6/,
		act: async (lab) => {
			const owner = await lab.create("DatabaseCluster", SAMPLES.database);
			await lab.create("DatabaseFirewall", { clusterId: owner.id, rules: [{ type: "ip_addr", value: "2001:db8::1" }] });
		},
	},
];
