import type { MachineRow } from "../catalog/rows.ts";
import { BugError, problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import type { ClusterFloors } from "../tiers/ladder.ts";
import { type Case, headroomLine, pinned, pinnedNumber, warnShare } from "./case.ts";
import { chooseMachine, type MachineNeed, shortfall } from "./chooseMachine.ts";
import { beyond, type Machines, zonesOf } from "./hosts.ts";
import { type Part, serviceItem, skuItem, toPart } from "./part.ts";
import { type PlannedProcess, statedMemoryMib } from "./processes.ts";
import { number, tidy } from "./text.ts";

/** A cluster's parts, and the nodes whose transfer counts. */
export interface Cluster {
	readonly parts: readonly Part[];
	readonly nodes: Machines;
}

/** Sizes a Kubernetes cluster: the control plane, and worker nodes between a fewest and a most. */
export function sizeCluster(each: Case, planned: readonly PlannedProcess[]): Cluster {
	const floors = each.tier.cluster;
	if (floors === null) throw new BugError(`tier ${each.tier.id} has no cluster`);
	const id = floors.highlyAvailable ? "kubernetes-control-plane-ha" : "kubernetes-control-plane";
	const control = toPart({
		role: "app",
		name: "cluster",
		sku: id,
		why: floors.highlyAvailable ? "the control plane in several copies" : "the control plane",
		settings: { version: pinnedVersion(each), highAvailability: floors.highlyAvailable },
		stateful: false,
		items: [serviceItem(each.catalog, id, 1)],
	});
	const workers = sizeWorkers(each, floors, planned);
	return { parts: [control, workers.part], nodes: workers };
}

function pinnedVersion(each: Case): string | null {
	const version = pinned(each.request, "app", "version");
	return version === null ? null : String(version);
}

function sizeWorkers(each: Case, floors: ClusterFloors, planned: readonly PlannedProcess[]): Machines {
	const need = workerNeed(each, floors, planned);
	const { row, count, why, notes } = pickWorkers(each, floors, need);
	const fixed = pinnedNumber(each.request, "app", "count");
	const nodes = fixed === null ? count : { min: fixed, max: fixed };
	const rootDiskGb = row.diskGb ?? each.rules.host.rootDiskGb;
	const disks = row.diskGb === null && rootDiskGb !== null ? [serviceItem(each.catalog, "volume", rootDiskGb)] : [];
	const part = toPart({
		role: "app",
		name: "workers",
		sku: row.sku,
		count: nodes,
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		diskGb: rootDiskGb,
		why,
		settings: { arch: row.arch, rootDiskGb, zones: zonesOf(each, nodes.min) },
		stateful: false,
		items: [skuItem(row), ...disks],
		headroom: workerHeadroom(each, planned, row, nodes.max),
		notes,
	});
	return { part, row, count: nodes };
}

function workerNeed(each: Case, floors: ClusterFloors, planned: readonly PlannedProcess[]): MachineNeed {
	const scale = each.floorScale;
	const min = Math.max(1, Math.ceil(tidy(floors.nodes.min * scale)));
	const cpu = planned.reduce((sum, { spec, copies }) => sum + (spec.cpu ?? 0) * copies.max, 0);
	return {
		vcpu: tidy(cpu / warnShare(each, "cpuPercent")),
		memoryGib: tidy(statedMemoryMib(planned) / 1024 / warnShare(each, "memoryPercent")),
		each: {
			vcpu: Math.max(floors.node.vcpu ?? 0, each.ladder.leastHost.vcpu),
			memoryGib: Math.max(floors.node.memoryGib ?? 0, each.ladder.leastHost.memoryGib),
		},
		diskGb: 0,
		hosts: { min, max: Math.max(min, Math.ceil(tidy(floors.nodes.max * scale))) },
		elastic: true,
		region: each.request.region,
	};
}

function pickWorkers(each: Case, floors: ClusterFloors, need: MachineNeed) {
	const { catalog, rules } = each;
	const asked = `${need.hosts.min} to ${need.hosts.max} nodes of ${number(need.each.vcpu)} vCPU and ${number(need.each.memoryGib)} GiB at least`;
	const pin = pinned(each.request, "app", "sku");
	const chosen = pin ?? floors.machine[catalog.provider] ?? null;
	if (chosen === null) {
		const choice = chooseMachine(catalog.machines, rules.host, need);
		if (choice === null)
			throw new UserError([problem(`${beyond(each)}: ${catalog.provider} has no machine for ${asked}`)]);
		return { row: choice.row, count: need.hosts, why: `the cheapest for ${asked}`, notes: [] };
	}
	const row = catalog.machines.find((machine) => machine.sku === chosen);
	if (row === undefined) {
		const skus = catalog.machines.map((machine) => machine.sku).slice(0, 12);
		throw new UserError([
			problem(unknownWord(`${catalog.provider} machine`, String(chosen), skus), { key: "app.sku" }),
		]);
	}
	const who = pin === null ? "the plan names it" : "a pin holds it";
	const missing = shortfall(row, need, need.hosts.max);
	return {
		row,
		count: need.hosts,
		why: `${row.sku}: ${who}`,
		notes: missing === null ? [] : [`workers: ${who}, though ${missing}.`],
	};
}

function workerHeadroom(each: Case, planned: readonly PlannedProcess[], row: MachineRow, nodes: number) {
	const memoryGib = statedMemoryMib(planned) / 1024;
	const cpu = planned.reduce((sum, { spec, copies }) => sum + (spec.cpu ?? 0) * copies.max, 0);
	const line = (metric: string, used: number, capacity: number, threshold: "cpuPercent" | "memoryPercent") =>
		used > 0 ? [headroomLine(each, { role: "app", metric, used, capacity, threshold })] : [];
	return [
		...line("vcpu", cpu, row.vcpu * nodes, "cpuPercent"),
		...line("memoryGib", memoryGib, row.memoryGib * nodes, "memoryPercent"),
	];
}
