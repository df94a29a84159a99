import type { HostFloors } from "../tiers/floors.ts";
import { type Case, warnShare } from "./case.ts";
import type { MachineNeed } from "./chooseMachine.ts";
import { hostShareMib } from "./hostMemory.ts";
import { isBackground, isWeb, type PlannedProcess, statedMemoryMib } from "./processes.ts";
import { rootDiskUsd } from "./rootDisk.ts";
import { tidy } from "./text.ts";

/** What a pool must give: the greater of the plan's floors and what its processes take below the memory warning. */
export function hostNeed(
	each: Case,
	floors: HostFloors,
	planned: readonly PlannedProcess[],
	birthDiskGb: number,
): MachineNeed {
	const scale = each.floorScale;
	const memory = processMemory(each, planned);
	const floorGib = (floors.memoryGib ?? 0) * scale;
	// Every host runs the background processes and itself beside its share of the web's.
	const perHostGib = memory.backgroundGib + memory.hostGib;
	const diskGb = Math.max(birthDiskGb, logsGb(each, floors));
	return {
		vcpu: tidy((floors.vcpu ?? 0) * scale),
		memoryGib: tidy(Math.max(floorGib, memory.webGib + perHostGib * floors.hosts.min)),
		memory: { sharedGib: memory.webGib, perHostGib },
		each: eachHost(each, floors, memory),
		diskGb,
		rootDiskUsd: rootDiskUsd(each, diskGb),
		hosts: floors.hosts,
		elastic: each.tier.layout === "autoscaled",
		region: each.request.region,
	};
}

/** Memory that keeps the processes below the warning. */
function processMemory(each: Case, planned: readonly PlannedProcess[]) {
	const toGib = (mib: number) => mib / 1024 / warnShare(each, "memoryPercent");
	const web = planned.filter(isWeb);
	return {
		webGib: toGib(statedMemoryMib(web)),
		oneWebGib: toGib(web.reduce((sum, process) => sum + (process.memoryMib ?? 0), 0)),
		backgroundGib: toGib(statedMemoryMib(planned.filter(isBackground))),
		// A plan that gives shares of the host's memory leaves the rest to the host.
		hostGib: planned.some(({ memoryMib }) => memoryMib !== null) ? toGib(hostShareMib("containers", planned)) : 0,
	};
}

function eachHost(each: Case, floors: HostFloors, memory: ReturnType<typeof processMemory>): MachineNeed["each"] {
	const shrink = Math.min(1, each.floorScale);
	const least = each.ladder.leastHost;
	const processes = floors.hosts.max > 1 ? memory.oneWebGib + memory.backgroundGib + memory.hostGib : 0;
	return {
		vcpu: Math.max((floors.host.vcpu ?? 0) * shrink, least.vcpu),
		memoryGib: tidy(Math.max((floors.host.memoryGib ?? 0) * shrink, least.memoryGib, processes)),
	};
}

/** Logs and the application lie on the root disk where there is no volume. */
function logsGb(each: Case, floors: HostFloors): number {
	return hasVolume(each) ? 0 : each.demand.hostGb / floors.hosts.min / warnShare(each, "diskPercent");
}

/** Whether the tier keeps data on a volume beside the host. */
export function hasVolume({ tier }: Pick<Case, "tier">): boolean {
	return tier.uploads === "volume" || tier.database.place === "host" || tier.dataGb !== null;
}

/** Zones that hosts are spread over: the plan's, and two wherever there are two hosts and the region has zones. */
export function zonesOf(each: Case, hosts: number): number {
	if (!each.rules.zones) return 1;
	const offered = each.catalog.regions.find((row) => row.region === each.request.region)?.zones ?? 1;
	return Math.min(offered, Math.max(each.tier.zones, hosts > 1 ? 2 : 1));
}
