import { monthlyUnitUsd, serviceRow } from "../catalog/catalog.ts";
import type { MachineRow } from "../catalog/rows.ts";
import { BugError } from "../errors.ts";
import type { BackupSpec } from "../tiers/floors.ts";
import type { Case } from "./case.ts";
import { type Item, skuItem, timesItem } from "./part.ts";

/** How often whole disks of hosts are copied; none without hosts of a number, or where the provider sells no such copies. */
export function machineBackups(each: Case): BackupSpec["machines"] {
	return each.rules.host.machineBackups === null || !hasNumberedHosts(each) ? "none" : each.tier.backup.machines;
}

/** What those copies cost for one machine: a share of its own price. */
export function machineBackupItems(each: Case, pool: "app" | "worker", row: MachineRow): Item[] {
	const rhythm = machineBackups(each);
	const services = each.rules.host.machineBackups;
	if (rhythm === "none" || services === null || isElastic(each, pool)) return [];
	const percent = monthlyUnitUsd(serviceRow(each.catalog, services[rhythm]));
	if (percent === null) throw new BugError(`the catalog does not say what ${services[rhythm]} takes of a machine`);
	return [{ ...timesItem(skuItem(row), percent / 100), id: services[rhythm] }];
}

/** What a plan asks for and does not get. */
export function machineBackupNotes(each: Case): string[] {
	if (each.tier.backup.machines === "none" || machineBackups(each) !== "none") return [];
	const because = hasNumberedHosts(each)
		? `${each.catalog.provider} sells none by the machine, and what hosts keep is on the data volume`
		: "machines that come and go hold nothing";
	return [`backup: no copies of whole machines are made: ${because}.`];
}

function hasNumberedHosts({ tier }: Case): boolean {
	return tier.layout !== "kubernetes" && (tier.layout !== "autoscaled" || tier.worker !== null);
}

/** Members the provider adds and removes; it copies no such machine. */
function isElastic({ tier }: Case, pool: "app" | "worker"): boolean {
	return tier.layout === "autoscaled" && pool === "app";
}
