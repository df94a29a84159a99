import { now } from "../../cloud/account.ts";
import { type Attempt, byId, others, type Refusal } from "../../cloud/refusal.ts";
import { count, list, record, text } from "../../cloud/values.ts";
import { isOlder } from "../../cloud/versions.ts";
import {
	backendConnections,
	baseStorageMib,
	DATABASE_VERSIONS,
	databaseMemoryGib,
	documentedStorageMib,
	offersDatabasePlan,
} from "../sizes.ts";

const MIB_PER_GIB = 1024;
/** Growth the API wants room for before it takes storage away: "last backup + growth + 25%". */
const SHRINK_ROOM = 1.25;
const POOL_LIMIT = 21;
/** The emulator's own length of a running major upgrade; the real one is not announced. */
export const UPGRADE_SECONDS = 1800;

function resized({ inputs, previous }: Attempt): boolean {
	return ["size", "nodeCount", "storageSizeMib"].some(
		(key) => inputs[key] !== undefined && previous !== null && inputs[key] !== previous.state[key],
	);
}

function cluster(attempt: Attempt) {
	return byId(attempt, "DatabaseCluster", text(attempt.inputs.clusterId));
}

/** Storage that the cluster would have after the change, in MiB. */
function storageAfter({ inputs }: Attempt): number {
	return count(inputs.storageSizeMib) || baseStorageMib(text(inputs.size));
}

function poolsExceedConnections(attempt: Attempt): string | null {
	const owner = cluster(attempt);
	const siblings = others(attempt).filter((other) => other.inputs.clusterId === attempt.inputs.clusterId);
	const wanted = siblings.reduce((sum, other) => sum + count(other.inputs.size), count(attempt.inputs.size));
	const available = backendConnections(text(owner?.inputs.size));
	if (siblings.length >= POOL_LIMIT) return `a cluster takes at most ${POOL_LIMIT} connection pools`;
	return wanted > available ? `pools ask for ${wanted} connections, ${available} are available` : null;
}

export const DATABASE_REFUSALS: readonly Refusal[] = [
	{
		trap: 17,
		mark: "D",
		source: "openapi options.yml: end_of_availability 2025-04-30",
		types: ["DatabaseCluster"],
		on: ["create"],
		status: 422,
		refuses: ({ inputs }) =>
			inputs.engine === "redis" ? "creation of Redis clusters ended on 2025-04-30: use valkey" : null,
	},
	{
		trap: 21,
		mark: "D",
		source: "GET /v2/databases/options: layouts",
		types: ["DatabaseCluster"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) =>
			offersDatabasePlan(text(inputs.engine), text(inputs.size))
				? null
				: `invalid size "${text(inputs.size)}" for engine "${text(inputs.engine)}"`,
	},
	{
		trap: null,
		mark: "D",
		source: "GET /v2/databases/options: versions",
		types: ["DatabaseCluster"],
		on: ["create"],
		status: 422,
		refuses: ({ inputs }) =>
			(DATABASE_VERSIONS[text(inputs.engine)] ?? []).includes(text(inputs.version))
				? null
				: `invalid version "${text(inputs.version)}" for engine "${text(inputs.engine)}"`,
	},
	{
		trap: 7,
		mark: "D",
		source: "openapi options.yml: 1 GiB plans come with one node",
		types: ["DatabaseCluster"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) => {
			const nodes = count(inputs.nodeCount);
			if (nodes > 3) return `invalid number of nodes ${nodes}: 1 to 3`;
			return nodes > 1 && databaseMemoryGib(text(inputs.size)) === 1
				? `size "${text(inputs.size)}" is not available with ${nodes} nodes`
				: null;
		},
	},
	{
		trap: 6,
		mark: "D",
		source: "PostgreSQL limits 2025: storage is reduced only to what the data needs and 25 % more",
		types: ["DatabaseCluster"],
		on: ["update"],
		status: 422,
		refuses: (attempt) => {
			const before = count(attempt.previous?.state.storageSizeMib);
			const needed = (attempt.data.usedGib[text(attempt.inputs.name)] ?? 0) * MIB_PER_GIB * SHRINK_ROOM;
			const after = storageAfter(attempt);
			return after < before && after < needed ? `storage of ${after} MiB is too small: ${needed} MiB are needed` : null;
		},
	},
	{
		trap: 6,
		mark: "D",
		source: "PostgreSQL known issues: storage_size_mib in steps of 10 GiB, not under the plan's own",
		types: ["DatabaseCluster"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) => {
			const storage = count(inputs.storageSizeMib);
			if (storage === 0) return null;
			if (storage % (10 * MIB_PER_GIB) !== 0) return `storage_size_mib ${storage} is not a multiple of 10 GiB`;
			const base = documentedStorageMib(text(inputs.size));
			return base !== null && storage < base
				? `storage_size_mib ${storage} is less than the ${base} the plan comes with`
				: null;
		},
	},
	{
		trap: 11,
		mark: "D",
		source: "PostgreSQL limits: cannot resize while upgrading",
		types: ["DatabaseCluster"],
		on: ["update"],
		status: 422,
		refuses: (attempt) =>
			resized(attempt) && (attempt.previous?.upgradingUntil ?? 0) > now(attempt.data)
				? "the cluster cannot be resized while it is upgrading"
				: null,
	},
	{
		trap: 11,
		mark: "S",
		source: "database/resource_database_cluster.go:71: no replacement, an API error",
		types: ["DatabaseCluster"],
		on: ["update"],
		status: 422,
		refuses: ({ inputs, previous }) =>
			isOlder(text(inputs.version), text(previous?.state.version)) ? "the version cannot be downgraded" : null,
	},
	{
		trap: 18,
		mark: "D",
		source:
			"docs/resources/database_replica.md: size increase only; openapi database_replica.yml: at least the primary's",
		types: ["DatabaseReplica"],
		on: ["create", "update"],
		status: 422,
		refuses: (attempt) => {
			const memory = databaseMemoryGib(text(attempt.inputs.size));
			if (memory < databaseMemoryGib(text(attempt.previous?.inputs.size))) return "a replica cannot be made smaller";
			return memory < databaseMemoryGib(text(cluster(attempt)?.inputs.size))
				? "a replica cannot be smaller than its primary"
				: null;
		},
	},
	{
		trap: 15,
		mark: "D",
		source: "PostgreSQL limits: 21 pools, 25 connections a GiB less 3",
		types: ["DatabaseConnectionPool"],
		on: ["create"],
		status: 422,
		refuses: poolsExceedConnections,
	},
	{
		trap: 15,
		mark: "D",
		source: "pools for PostgreSQL only; read replicas not for Valkey",
		types: ["DatabaseConnectionPool", "DatabaseReplica"],
		on: ["create"],
		status: 422,
		refuses: (attempt) => {
			const engine = text(cluster(attempt)?.inputs.engine);
			const replica = attempt.type.endsWith("DatabaseReplica");
			const supported = replica ? ["pg", "mysql"] : ["pg"];
			return supported.includes(engine) ? null : `not supported for engine "${engine}"`;
		},
	},
	{
		trap: 14,
		mark: "D",
		source: "PostgreSQL limits: no IPv6 trusted sources",
		types: ["DatabaseFirewall"],
		on: ["create", "update"],
		status: 422,
		refuses: ({ inputs }) =>
			list(inputs.rules).some((rule) => record(rule).type === "ip_addr" && text(record(rule).value).includes(":"))
				? "IPv6 addresses are not supported as trusted sources"
				: null,
	},
];
