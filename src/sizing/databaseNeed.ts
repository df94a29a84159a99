import { BugError } from "../errors.ts";
import type { Headroom } from "./blueprint.ts";
import { type Case, headroomLine, pinnedNumber, warnShare } from "./case.ts";
import type { DatabaseChoice, DatabaseNeed } from "./chooseDatabase.ts";
import { grownGb, grownReplica } from "./chosen.ts";
import { type Connections, grantedConnections } from "./connections.ts";
import { tidy } from "./text.ts";

/** What a managed database must give: the greater of the plan's floors and the demand below the warnings. */
export function databaseNeed(each: Case, connections: Connections): DatabaseNeed {
	const { demand, floorScale: scale } = each;
	const floors = each.tier.database;
	const memory = warnShare(each, "memoryPercent");
	const standby = pinnedNumber(each.request, "database", "standbyNodes") ?? floors.standbyNodes;
	const storagePin = pinnedNumber(each.request, "database", "storageGb");
	if (floors.engine === "sqlite") throw new BugError("sqlite is never managed");
	const replica =
		each.rules.database.replicasOnlyGrow && floors.replicas > 0
			? grownReplica(each.request.chosen, floors.engine)
			: { vcpu: 0, memoryGib: 0 };
	return {
		engine: floors.engine,
		kind: floors.kind,
		vcpu: tidy(Math.max((floors.vcpu ?? 0) * scale, replica.vcpu)),
		memoryGib: tidy(
			Math.max(
				(floors.memoryGib ?? 0) * scale,
				demand.databaseMemoryGib / memory,
				budgetGib(each, connections),
				replica.memoryGib,
			),
		),
		storageGb:
			storagePin ??
			Math.max(
				Math.ceil(tidy(Math.max((floors.storageGb ?? 0) * scale, demand.databaseGb / warnShare(each, "diskPercent")))),
				floors.kind === "instance" ? grownGb(each.request.chosen, "database/database", floors.engine) : 0,
			),
		connections: Math.ceil(
			tidy(Math.max(grantedConnections(each, connections), connections.server / warnShare(each, "connectionsPercent"))),
		),
		iops: floors.iops,
		standbyNodes: standby,
		region: each.request.region,
	};
}

/** Memory that keeps fixed part, connections and shared buffers below the warning. */
function budgetGib(each: Case, connections: Connections): number {
	const budget = each.tier.database.memoryBudget;
	if (budget === null) return 0;
	const share = warnShare(each, "memoryPercent") - budget.sharedBuffersShare;
	return (budget.fixedMib + budget.perConnectionMib * connections.server) / 1024 / share;
}

/** How full the database is. */
export function databaseHeadroom(each: Case, { row, storage }: DatabaseChoice, connections: Connections): Headroom[] {
	const lines: Headroom[] = [];
	const budget = each.tier.database.memoryBudget;
	const usedGib =
		budget === null
			? each.demand.databaseMemoryGib
			: (budget.fixedMib + budget.perConnectionMib * connections.server) / 1024 +
				budget.sharedBuffersShare * row.memoryGib;
	if (usedGib > 0) {
		lines.push(
			headroomLine(each, {
				role: "database",
				metric: "memoryGib",
				used: usedGib,
				capacity: row.memoryGib,
				threshold: "memoryPercent",
			}),
		);
	}
	if (storage.storageGb !== null && each.demand.databaseGb > 0) {
		lines.push(
			headroomLine(each, {
				role: "database",
				metric: "storageGb",
				used: each.demand.databaseGb,
				capacity: storage.storageGb,
				threshold: "diskPercent",
			}),
		);
	}
	if (row.connections !== null && connections.server > 0) {
		lines.push(
			headroomLine(each, {
				role: "database",
				metric: "connections",
				used: connections.server,
				capacity: row.connections,
				threshold: "connectionsPercent",
			}),
		);
	}
	return lines;
}
