import type { MachineRow } from "../catalog/rows.ts";
import type { HostFloors } from "../tiers/floors.ts";
import type { Headroom } from "./blueprint.ts";
import { type Case, headroomLine, warnShare } from "./case.ts";
import { imageOf } from "./chosen.ts";
import { hostShareMib, modeFor } from "./hostMemory.ts";
import { hostNeed, zonesOf } from "./hostNeed.ts";
import { machineBackupItems } from "./machineBackups.ts";
import { type Part, skuItem, toPart } from "./part.ts";
import { pickMachine } from "./pickMachine.ts";
import { type PlannedProcess, statedMemoryMib, webWorkers } from "./processes.ts";
import { boughtDiskGb, diskOf, rootDiskItems } from "./rootDisk.ts";

/** A pool of hosts: `app` serves requests, `worker` works in the background where a tier keeps them apart. */
export interface Pool extends Machines {
	/** Worker processes of the web server on each host. */
	readonly workers: number;
}

/** Equal machines that were chosen. */
export interface Machines {
	readonly part: Part;
	readonly row: MachineRow;
	readonly count: { readonly min: number; readonly max: number };
}

/** Sizes a pool. `birthDiskGb` is the largest root disk of the tiers below: hosts keep theirs on every move. */
export function sizeHosts(
	each: Case,
	pool: { name: "app" | "worker"; floors: HostFloors; planned: readonly PlannedProcess[]; birthDiskGb: number },
): Pool {
	const need = hostNeed(each, pool.floors, pool.planned, pool.birthDiskGb);
	const choice = pickMachine(each, pool.name, pool.floors.machine, need);
	const { row, count } = choice;
	const workers = webWorkers(
		pool.planned,
		{
			vcpu: row.vcpu,
			memoryGib: row.memoryGib,
			hosts: count.max,
			shareMib: hostShareMib(modeFor(row.memoryGib), pool.planned),
		},
		warnShare(each, "memoryPercent"),
	);
	const rootDiskGb = diskOf(each, row, need.diskGb);
	const part = toPart({
		role: "app",
		name: pool.name,
		sku: row.sku,
		count,
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		diskGb: rootDiskGb,
		why: choice.why,
		rejected: choice.rejected,
		settings: {
			image: imageOf(each.request.chosen, each.rules.host.images[each.ladder.os] ?? each.ladder.os),
			arch: row.arch,
			rootDiskGb,
			swapGib: each.ladder.swapGib,
			...(pool.name === "app" ? { workers } : {}),
			mode: modeFor(row.memoryGib),
			zones: zonesOf(each, count.min),
			...elasticSettings(each, pool.name),
		},
		stateful: false,
		items: [
			skuItem(row),
			...rootDiskItems(each, boughtDiskGb(each, need.diskGb)),
			...machineBackupItems(each, pool.name, row),
		],
		headroom: hostHeadroom(each, pool.floors, pool.planned, row, count.max),
		notes: [...choice.notes, ...sharedNotes(each, row)],
	});
	return { part, row, count, workers };
}

function sharedNotes(each: Case, row: MachineRow): string[] {
	const note = each.rules.host.sharedCpuNote;
	return row.sharedCpu && note !== null ? [note(row.sku)] : [];
}

function elasticSettings(each: Case, name: "app" | "worker") {
	if (each.tier.layout !== "autoscaled" || name !== "app") return {};
	return {
		cpuTargetPercent: each.ladder.thresholds.cpuPercent.warning,
		cooldownMinutes: each.rules.host.autoscale.cooldownMinutes,
	};
}

/**
 * CPU and memory in use: what the plan gives a tier holds its top at the warning level, so a load uses its share of
 * that. Processes of a stated size count as they are.
 */
function hostHeadroom(
	each: Case,
	floors: HostFloors,
	planned: readonly PlannedProcess[],
	row: MachineRow,
	hosts: number,
): Headroom[] {
	const lines: Headroom[] = [];
	if (floors.vcpu !== null) {
		const used = floors.vcpu * warnShare(each, "cpuPercent") * each.load.share;
		lines.push(
			headroomLine(each, { role: "app", metric: "vcpu", used, capacity: row.vcpu * hosts, threshold: "cpuPercent" }),
		);
	}
	const byPlan = (floors.memoryGib ?? 0) * warnShare(each, "memoryPercent") * each.load.share;
	const stated = statedMemoryMib(planned);
	// Where a plan states its processes, the host's own share is counted beside them.
	const withHosts = stated === 0 ? 0 : stated + hostShareMib(modeFor(row.memoryGib), planned) * hosts;
	const used = Math.max(byPlan, withHosts / 1024);
	if (used > 0) {
		const capacity = row.memoryGib * hosts;
		lines.push(headroomLine(each, { role: "app", metric: "memoryGib", used, capacity, threshold: "memoryPercent" }));
	}
	return lines;
}
