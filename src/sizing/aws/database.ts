import { serviceRow } from "../../catalog/catalog.ts";
import type { Catalog, DatabaseRow } from "../../catalog/rows.ts";
import { serviceItem } from "../part.ts";
import type { DatabaseRules, DatabaseStorage } from "../rules.ts";
import { number } from "../text.ts";

/**
 * RDS: storage is gp3, paid apart, once more for a standby. Below `stripedFromGb` it has 3,000 IOPS that cannot be
 * raised; from there 12,000 are included and more can be bought. Aurora: one volume for all members, paid by use.
 */
export const database: DatabaseRules = {
	versions: { postgres: "17", mysql: "8.4" },
	// RDS Proxy has no confirmed price; applications pool for themselves.
	pools: {},
	poolItems: (catalog, vcpu) => [serviceItem(catalog, "database-proxy", vcpu)],
	replicasOnlyGrow: false,
	kinds: { instance: true, aurora: true },
	storage: (row, needGb, iops, catalog) =>
		row.kind === "aurora" ? sharedVolume(needGb, catalog) : provisioned(row, needGb, iops, catalog),
};

function sharedVolume(needGb: number, catalog: Catalog): DatabaseStorage {
	return {
		storageGb: Math.ceil(needGb),
		items: [serviceItem(catalog, "aurora-storage", Math.ceil(needGb), "usage")],
		perNode: false,
		settings: { kind: "aurora" },
		notes: ["database: Aurora bills each million of reads and writes apart; how many there are is not known."],
	};
}

function provisioned(
	row: DatabaseRow,
	needGb: number,
	iops: number | null,
	catalog: Catalog,
): DatabaseStorage | string {
	const { includes, limits } = serviceRow(catalog, "database-storage");
	const baseline = includes.iops ?? 0;
	const stripedFromGb = limits.stripedFromGb ?? Number.POSITIVE_INFINITY;
	const stripedIops = limits.stripedIops ?? baseline;
	const most = limits.maxIops ?? stripedIops;
	if (iops !== null && iops > most) return `its storage ends at ${number(most)} IOPS, ${number(iops)} are needed`;
	const fast = iops !== null && iops > baseline;
	const wanted = Math.max(limits.minGb ?? 0, Math.ceil(needGb));
	const storageGb = fast ? Math.max(wanted, stripedFromGb) : wanted;
	const largest = row.storageGb.max ?? limits.maxGb;
	if (largest !== undefined && storageGb > largest) {
		return `its storage ends at ${number(largest)} GB, ${number(storageGb)} GB are needed`;
	}
	const bought = storageGb >= stripedFromGb && iops !== null ? Math.max(0, iops - stripedIops) : 0;
	const raised = storageGb > wanted && iops !== null;
	return {
		storageGb,
		items: [serviceItem(catalog, "database-storage", storageGb), serviceItem(catalog, "database-storage-iops", bought)],
		perNode: true,
		// IOPS may only be named where more than the included ones are bought: the API refuses them otherwise.
		settings: { storageType: "gp3", iops: bought > 0 ? iops : null },
		notes: raised
			? [
					`database: ${number(iops)} IOPS need ${number(storageGb)} GB: gp3 has ${number(baseline)} below ${number(stripedFromGb)} GB, which cannot be raised, and ${number(stripedIops)} from there on.`,
				]
			: [],
	};
}
