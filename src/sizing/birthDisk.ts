import { UserError } from "../errors.ts";
import { Beyond, type Case } from "./case.ts";
import { sizeHosts } from "./hosts.ts";
import { prepare } from "./prepare.ts";
import { splitProcesses } from "./processes.ts";
import { plainRequest } from "./request.ts";

/**
 * The largest root disk that a host may have been born with in the tiers below, in GB. A host keeps its disk on every
 * move, and a machine with a smaller one cannot take it over; so no tier's machine has a smaller disk.
 */
export function birthDiskGb(each: Case): number {
	const { ladder, catalog, region } = each.request;
	const own = ladder.tiers.findIndex((tier) => tier.id === each.tier.id);
	let disk = 0;
	for (const tier of ladder.tiers.slice(0, own)) {
		if (tier.layout === "kubernetes") continue;
		const below = prepare(plainRequest({ ladder, tier: tier.id, catalog, region }));
		const planned = splitProcesses(below.planned, tier.worker !== null).app;
		disk = Math.max(disk, diskOf(below, planned, disk));
	}
	return disk;
}

function diskOf(below: Case, planned: Parameters<typeof sizeHosts>[1]["planned"], birth: number): number {
	try {
		return sizeHosts(below, { name: "app", floors: below.tier.app, planned, birthDiskGb: birth }).row.diskGb ?? 0;
	} catch (error) {
		// A tier that cannot be bought here has no host that could move up from it.
		if (error instanceof UserError || error instanceof Beyond) return 0;
		throw error;
	}
}
