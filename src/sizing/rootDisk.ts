import type { MachineRow } from "../catalog/rows.ts";
import type { Case } from "./case.ts";
import { type Item, serviceItem } from "./part.ts";

/** Root disk of each machine, in GB, where it is bought apart; null where it comes with the machine. */
export function boughtDiskGb(each: Case, needGb: number): number | null {
	const least = each.rules.host.rootDiskGb;
	return least === null ? null : Math.max(least, Math.ceil(needGb));
}

/** Price lines of such a disk. */
export function rootDiskItems(each: Case, gb: number | null): Item[] {
	return gb === null ? [] : [serviceItem(each.catalog, "volume", gb)];
}

/** What a root disk adds to each machine's price. */
export function rootDiskUsd(each: Case, needGb: number): number {
	return rootDiskItems(each, boughtDiskGb(each, needGb)).reduce((sum, item) => sum + (item.usd ?? 0), 0);
}

/** The disk a machine ends up with. */
export function diskOf(each: Case, row: MachineRow, needGb: number): number | null {
	return row.diskGb ?? boughtDiskGb(each, needGb);
}
