import { serviceRow } from "../catalog/catalog.ts";
import type { MachineRow } from "../catalog/rows.ts";
import { BugError } from "../errors.ts";
import type { ClusterFloors } from "../tiers/floors.ts";
import type { Headroom } from "./blueprint.ts";
import { type Case, headroomLine, pinned, warnShare } from "./case.ts";
import type { MachineNeed } from "./chooseMachine.ts";
import { versionOf } from "./chosen.ts";
import { zonesOf } from "./hostNeed.ts";
import type { Machines } from "./hosts.ts";
import { type Part, serviceItem, skuItem, toPart } from "./part.ts";
import { pickMachine } from "./pickMachine.ts";
import { type PlannedProcess, statedMemoryMib } from "./processes.ts";
import { boughtDiskGb, diskOf, rootDiskItems, rootDiskUsd } from "./rootDisk.ts";
import { cover, tidy } from "./text.ts";

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
		settings: { version: clusterVersion(each), highAvailability: floors.highlyAvailable },
		stateful: false,
		items: [serviceItem(each.catalog, id, 1)],
	});
	const workers = sizeWorkers(each, floors, planned);
	return { parts: [control, workers.part], nodes: workers };
}

/** The Kubernetes minor the cluster is born with; null where the catalog names none, and the cloud picks it. */
function clusterVersion(each: Case): string | null {
	const pin = pinned(each.request, "app", "version");
	const { version } = serviceRow(each.catalog, "kubernetes-control-plane");
	if (version === undefined) return pin === null ? null : String(pin);
	const { chosen } = each.request;
	return versionOf(chosen, "app/cluster", { pinned: pin, plan: null, fallback: version, engine: null });
}

function sizeWorkers(each: Case, floors: ClusterFloors, planned: readonly PlannedProcess[]): Machines {
	const need = workerNeed(each, floors, planned);
	const { row, count, why, rejected, notes } = pickMachine(each, "workers", floors.machine, need);
	const pinnedNodes = pinned(each.request, "app", "count") !== null;
	const nodes = pinnedNodes ? count : need.hosts;
	const rootDiskGb = diskOf(each, row, need.diskGb);
	const part = toPart({
		role: "app",
		name: "workers",
		sku: row.sku,
		count: nodes,
		vcpu: row.vcpu,
		memoryGib: row.memoryGib,
		diskGb: rootDiskGb,
		why,
		rejected,
		settings: { arch: row.arch, rootDiskGb, zones: zonesOf(each, nodes.min) },
		stateful: false,
		items: [skuItem(row), ...rootDiskItems(each, boughtDiskGb(each, need.diskGb))],
		headroom: workerHeadroom(each, planned, row, nodes.max),
		notes,
	});
	return { part, row, count: nodes };
}

function workerNeed(each: Case, floors: ClusterFloors, planned: readonly PlannedProcess[]): MachineNeed {
	const vcpu = tidy(podCpu(planned) / warnShare(each, "cpuPercent"));
	const memoryGib = tidy(statedMemoryMib(planned) / 1024 / warnShare(each, "memoryPercent"));
	const node = {
		vcpu: Math.max(floors.node.vcpu ?? 0, each.ladder.leastHost.vcpu),
		memoryGib: Math.max(floors.node.memoryGib ?? 0, each.ladder.leastHost.memoryGib),
	};
	const min = Math.max(1, cover(floors.nodes.min * each.floorScale, 1));
	// However far the plan's own number shrinks, the pods must find room.
	const byPods = Math.max(
		node.vcpu > 0 ? cover(vcpu, node.vcpu) : 0,
		node.memoryGib > 0 ? cover(memoryGib, node.memoryGib) : 0,
	);
	const max = Math.max(min, cover(floors.nodes.max * each.floorScale, 1), byPods);
	return {
		vcpu,
		memoryGib,
		memory: { sharedGib: memoryGib, perHostGib: 0 },
		each: node,
		diskGb: 0,
		rootDiskUsd: rootDiskUsd(each, 0),
		hosts: { min, max },
		elastic: true,
		region: each.request.region,
	};
}

function podCpu(planned: readonly PlannedProcess[]): number {
	return planned.reduce((sum, { spec, copies }) => sum + (spec.cpu ?? 0) * copies.max, 0);
}

function workerHeadroom(each: Case, planned: readonly PlannedProcess[], row: MachineRow, nodes: number): Headroom[] {
	const memoryGib = statedMemoryMib(planned) / 1024;
	const cpu = podCpu(planned);
	const line = (metric: string, used: number, capacity: number, threshold: "cpuPercent" | "memoryPercent") =>
		used > 0 ? [headroomLine(each, { role: "app", metric, used, capacity, threshold })] : [];
	return [
		...line("vcpu", cpu, row.vcpu * nodes, "cpuPercent"),
		...line("memoryGib", memoryGib, row.memoryGib * nodes, "memoryPercent"),
	];
}
