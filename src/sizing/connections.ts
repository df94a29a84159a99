import type { Case } from "./case.ts";
import type { Pool } from "./hosts.ts";
import { isBackground, isWeb, type PlannedProcess } from "./processes.ts";
import { cover, tidy } from "./text.ts";

/** Connections: what clients open, and what the server must hold behind a pool. */
export interface Connections {
	readonly clients: number;
	readonly server: number;
	readonly pooled: boolean;
}

/**
 * The plan's own formula, else one connection for each web worker, pod and background process. Where the plan asks for
 * a pool and the provider has one, so many clients share a connection.
 */
export function countConnections(each: Case, planned: readonly PlannedProcess[], pools: readonly Pool[]): Connections {
	const clients = Math.ceil(tidy(each.demand.databaseConnections)) || byProcess(planned, pools);
	const sharing = each.tier.database.clientsPerConnection;
	const canPool = each.rules.database.pools[each.tier.database.engine] !== undefined;
	if (sharing === null || !canPool) return { clients, server: clients, pooled: false };
	return { clients, server: cover(clients, sharing), pooled: true };
}

function byProcess(planned: readonly PlannedProcess[], pools: readonly Pool[]): number {
	const copies = (processes: readonly PlannedProcess[]) => processes.reduce((sum, each) => sum + each.copies.max, 0);
	const web = pools
		.filter((pool) => pool.part.component.name === "app")
		.reduce((sum, pool) => sum + pool.workers * pool.count.max, 0);
	// In a cluster there are no hosts to count: each pod is a client.
	const pods = pools.length === 0 ? copies(planned.filter(isWeb)) : 0;
	return web + pods + copies(planned.filter(isBackground));
}

/** Connections the plan grants: of the server, or of the pool in front of it. */
export function grantedConnections(each: Case, { pooled }: Connections): number {
	const { connections, clientsPerConnection } = each.tier.database;
	const granted = (connections ?? 0) * each.floorScale;
	return pooled && clientsPerConnection !== null ? cover(granted, clientsPerConnection) : granted;
}
