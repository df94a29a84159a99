import type { MachineRow } from "../catalog/rows.ts";
import { problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import type { HostFloors } from "../tiers/ladder.ts";
import { type Case, headroomLine, pinned, pinnedNumber, warnShare } from "./case.ts";
import { chooseMachine, describeMachines, type MachineChoice, type MachineNeed, shortfall } from "./chooseMachine.ts";
import { type Item, type Part, serviceItem, skuItem, toPart } from "./part.ts";
import { isBackground, isWeb, type PlannedProcess, statedMemoryMib, webWorkers } from "./processes.ts";
import { number, tidy } from "./text.ts";

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
	const choice = pickMachine(each, pool.name, pool.floors, need);
	const { row, count } = choice;
	const workers = webWorkers(
		pool.planned,
		{ vcpu: row.vcpu, memoryGib: row.memoryGib, hosts: count.max },
		warnShare(each, "memoryPercent"),
	);
	const rootDisk = rootDiskItems(each, row, need.diskGb);
	const part = toPart({
		role: "app",
		name: pool.name,
		sku: row.sku,
		count,
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		diskGb: row.diskGb ?? rootDisk.gb,
		why: choice.why,
		rejected: choice.rejected,
		settings: {
			image: each.rules.host.images[each.ladder.os] ?? each.ladder.os,
			arch: row.arch,
			rootDiskGb: row.diskGb ?? rootDisk.gb,
			swapGib: each.ladder.swapGib,
			...(pool.name === "app" ? { workers } : {}),
			mode: row.memoryGib < 1 ? "plain" : "containers",
			zones: zonesOf(each, count.min),
			...elasticSettings(each, pool.name),
		},
		stateful: false,
		items: [skuItem(row), ...rootDisk.items],
		headroom: hostHeadroom(each, pool.floors, pool.planned, row, count.max),
		notes: [...choice.notes, ...sharedNotes(each, row)],
	});
	return { part, row, count, workers };
}

function hostNeed(
	each: Case,
	floors: HostFloors,
	planned: readonly PlannedProcess[],
	birthDiskGb: number,
): MachineNeed {
	const scale = each.floorScale;
	const processGib = statedMemoryMib(planned) / 1024 / warnShare(each, "memoryPercent");
	const logsGb = hasVolume(each) ? 0 : each.demand.hostGb / floors.hosts.min / warnShare(each, "diskPercent");
	const shrink = Math.min(1, scale);
	return {
		vcpu: tidy((floors.vcpu ?? 0) * scale),
		memoryGib: tidy(Math.max((floors.memoryGib ?? 0) * scale, processGib)),
		each: {
			vcpu: Math.max((floors.host.vcpu ?? 0) * shrink, each.ladder.leastHost.vcpu),
			memoryGib: Math.max((floors.host.memoryGib ?? 0) * shrink, each.ladder.leastHost.memoryGib),
		},
		diskGb: Math.max(birthDiskGb, logsGb),
		hosts: floors.hosts,
		elastic: each.tier.layout === "autoscaled",
		region: each.request.region,
	};
}

/** Zones that hosts are spread over: the plan's, and two wherever there are two hosts and the region has zones. */
export function zonesOf(each: Case, hosts: number): number {
	if (!each.rules.zones) return 1;
	const offered = each.catalog.regions.find((row) => row.region === each.request.region)?.zones ?? 1;
	return Math.min(offered, Math.max(each.tier.zones, hosts > 1 ? 2 : 1));
}

/** Whether the tier keeps data on a volume beside the host. */
export function hasVolume({ tier }: Pick<Case, "tier">): boolean {
	return tier.uploads === "volume" || tier.database.place === "host" || tier.dataGb !== null;
}

interface Picked extends MachineChoice {
	readonly why: string;
	readonly notes: readonly string[];
}

function pickMachine(each: Case, name: "app" | "worker", floors: HostFloors, need: MachineNeed): Picked {
	const { catalog, rules } = each;
	const pin = name === "app" ? pinned(each.request, "app", "sku") : null;
	const named = floors.machine[catalog.provider] ?? null;
	const chosen = pin ?? named;
	if (chosen !== null) return takeMachine(each, name, String(chosen), pin === null ? "plan" : "pin", need);
	const choice = chooseMachine(catalog.machines, rules.host, need);
	if (choice === null) {
		throw new UserError([
			problem(`${beyond(each)}: ${catalog.provider} has no machine that gives ${describeMachines(need)}`),
		]);
	}
	return {
		...choice,
		count: pinnedCount(each, name, choice.count),
		why: `the cheapest with ${describeMachines(need)}`,
		notes: [],
	};
}

/** A machine that the plan names or a pin holds: taken as it is, a shortfall said. */
function takeMachine(each: Case, name: "app" | "worker", sku: string, by: "plan" | "pin", need: MachineNeed): Picked {
	const row = each.catalog.machines.find((machine) => machine.sku === sku);
	if (row === undefined) {
		const skus = each.catalog.machines.map((machine) => machine.sku);
		throw new UserError([
			problem(unknownWord(`${each.catalog.provider} machine`, sku, skus.slice(0, 12)), { key: `${name}.sku` }),
		]);
	}
	const most = need.hosts.max;
	const wanted = Math.max(
		need.hosts.min,
		Math.ceil(tidy(need.vcpu / row.vcpu)),
		Math.ceil(tidy(need.memoryGib / row.memoryGib)),
	);
	const count = pinnedCount(each, name, {
		min: need.elastic ? need.hosts.min : Math.min(wanted, most),
		max: Math.min(wanted, most),
	});
	const missing = shortfall(row, need, count.max);
	const who = by === "plan" ? "the plan names it" : "a pin holds it";
	const note = missing === null ? [] : [`${name}: ${who}, though ${missing}.`];
	return { row, count, rejected: [], why: `${row.sku}: ${who}`, notes: note };
}

function pinnedCount(each: Case, name: "app" | "worker", count: { min: number; max: number }) {
	const pin = name === "app" ? pinnedNumber(each.request, "app", "count") : null;
	return pin === null ? count : { min: pin, max: pin };
}

/** The start of every sentence about a workload that nothing can carry. */
export function beyond({ ladder, tier, load }: Case): string {
	return `${number(load.equivalent)} ${ladder.measure} in tier ${tier.id} are beyond what can be bought`;
}

function rootDiskItems(each: Case, row: MachineRow, needGb: number): { gb: number | null; items: Item[] } {
	if (row.diskGb !== null || each.rules.host.rootDiskGb === null) return { gb: null, items: [] };
	const gb = Math.max(each.rules.host.rootDiskGb, Math.ceil(needGb));
	return { gb, items: [serviceItem(each.catalog, "volume", gb)] };
}

function sharedNotes(each: Case, row: MachineRow): string[] {
	const note = each.rules.host.sharedCpuNote;
	return row.sharedCpu && note !== null ? [note(each.catalog, row.sku)] : [];
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
) {
	const lines = [];
	if (floors.vcpu !== null) {
		const used = floors.vcpu * warnShare(each, "cpuPercent") * each.load.share;
		lines.push(
			headroomLine(each, { role: "app", metric: "vcpu", used, capacity: row.vcpu * hosts, threshold: "cpuPercent" }),
		);
	}
	const byPlan = (floors.memoryGib ?? 0) * warnShare(each, "memoryPercent") * each.load.share;
	const used = Math.max(byPlan, statedMemoryMib(planned) / 1024);
	if (used > 0) {
		const capacity = row.memoryGib * hosts;
		lines.push(headroomLine(each, { role: "app", metric: "memoryGib", used, capacity, threshold: "memoryPercent" }));
	}
	return lines;
}

/** Splits the processes: without worker hosts everything runs on the application's. */
export function splitProcesses(planned: readonly PlannedProcess[], apart: boolean) {
	return apart ? { app: planned.filter(isWeb), worker: planned.filter(isBackground) } : { app: planned, worker: [] };
}
