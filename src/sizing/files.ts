import { serviceRow } from "../catalog/catalog.ts";
import { HOURS_PER_MONTH } from "../words.ts";
import type { Setting } from "./blueprint.ts";
import { type Case, headroomLine, pinnedNumber, warnShare } from "./case.ts";
import { hasVolume } from "./hostNeed.ts";
import { machineBackupNotes, machineBackups } from "./machineBackups.ts";
import { type Item, type Part, serviceItem, toPart } from "./part.ts";
import { number, tidy } from "./text.ts";

/** GB that the buckets of a tier hold. */
interface Held {
	/** Uploads, where they live in the bucket: the plan's floor or what stays below the alarm. */
	readonly filesGb: number;
	/** Dumps of the database and copies of files. */
	readonly backupGb: number;
}

/**
 * The buckets: uploads from the tiers where several hosts share them, dumps and copies in every tier. One
 * subscription may pay for all buckets; the first bucket carries it.
 */
export function sizeFiles(each: Case): Part[] {
	const held = heldGb(each);
	const files = each.tier.uploads === "bucket" ? [filesPart(each, held)] : [];
	return [...files, backupPart(each, held, files.length === 0)];
}

function heldGb(each: Case): Held {
	const { demand, tier } = each;
	const { backup } = tier;
	const inBucket = tier.uploads === "bucket";
	const floorGb = (tier.filesGb ?? 0) * each.floorScale;
	const neededGb = Math.max(floorGb, demand.uploadsGb / warnShare(each, "filesPercent"));
	const filesGb = inBucket ? (pinnedNumber(each.request, "files", "storageGb") ?? Math.ceil(tidy(neededGb))) : 0;
	const dumps = backup.keepDays * Math.max(1, 24 / backup.everyHours);
	// Uploads on the volume are copied to the bucket; uploads in a bucket only where a second region is asked for.
	const copies = !inBucket || wantsAbroad(each) ? demand.uploadsGb : 0;
	return { filesGb, backupGb: Math.ceil(tidy(dumps * demand.databaseGb + copies)) };
}

function filesPart(each: Case, held: Held): Part {
	const { demand, tier } = each;
	// Behind a CDN the views are the CDN's to pay; Cloudflare takes nothing for them (wizamart, Bandwidth Costs).
	const views = tier.cdn && each.request.edge !== "none" ? 0 : demand.viewTransferGb;
	return toPart({
		role: "files",
		name: "files",
		sku: "bucket",
		diskGb: held.filesGb,
		why:
			demand.uploadsGb > 0
				? `${number(demand.uploadsGb)} GB of uploads below the alarm, ${number(tier.filesGb ?? 0)} GB of the plan`
				: held.filesGb > 0
					? `${number(held.filesGb)} GB of the plan`
					: "the plan gives no figure for uploads; what is stored is billed",
		settings: {
			storageGb: held.filesGb,
			versioning: tier.backup.versioning,
			// Also where no versions are kept: what a larger tier left ends as it would have there, and where there never were
			// any, switching them on later brings no limit that could end some.
			lifecycleDays: tier.backup.keepDays,
		},
		stateful: true,
		items: [
			serviceItem(each.catalog, "bucket", 1),
			serviceItem(each.catalog, "bucket-storage", beyondIncluded(each, "storageGb", held.filesGb), "usage"),
			serviceItem(each.catalog, "bucket-transfer", beyondIncluded(each, "transferGb", views), "usage"),
		],
		headroom:
			demand.uploadsGb > 0
				? [
						headroomLine(each, {
							role: "files",
							metric: "storageGb",
							used: demand.uploadsGb,
							capacity: held.filesGb,
							threshold: "filesPercent",
						}),
					]
				: [],
	});
}

function backupPart(each: Case, held: Held, alone: boolean): Part {
	const { tier, catalog } = each;
	const { backup } = tier;
	const includedGb = Math.max(0, (serviceRow(catalog, "bucket").includes.storageGb ?? 0) - held.filesGb);
	const abroad = wantsAbroad(each);
	const region = abroad ? (each.rules.copies.regions[each.request.region] ?? null) : null;
	const storage = serviceItem(catalog, "bucket-storage", Math.max(0, held.backupGb - includedGb), "usage");
	const base: Item[] = alone ? [serviceItem(catalog, "bucket", 1)] : [];
	const settings: Record<string, Setting> = {
		storageGb: held.backupGb,
		everyHours: backup.everyHours,
		dumpDays: backup.keepDays,
		keepDays: backup.keepDays,
		region,
		copiesFiles: tier.uploads === "volume" || region !== null,
		versioning: backup.versioning,
		machines: machineBackups(each),
	};
	const missing =
		abroad && region === null
			? [`backup: no second region is known for ${each.request.region}; copies stay there.`]
			: [];
	return toPart({
		role: "backup",
		name: "backup",
		sku: "bucket",
		diskGb: held.backupGb,
		why: `a dump every ${number(backup.everyHours)} h kept for ${number(backup.keepDays)} days${settings.copiesFiles ? ", and a copy of the files" : ""}`,
		settings,
		stateful: true,
		items: [...base, storage, ...copyItems(each), ...vaultItems(each)],
		notes: [...missing, ...machineBackupNotes(each)],
	});
}

/**
 * Whether dumps and copies lie in a second region. Where the one bucket of dumps would have to move for it, all tiers
 * of a ladder have it there as soon as one asks: a promotion must not replace what holds the only backups.
 */
function wantsAbroad({ ladder, tier, rules }: Case): boolean {
	return rules.copies.place === "ladder"
		? ladder.tiers.some(({ backup }) => backup.copyRegion)
		: tier.backup.copyRegion;
}

/** GB that dumps carry into a second region in a month; files go once, as they come. */
export function copyTransferGb(each: Case): number {
	const { backup } = each.tier;
	return wantsAbroad(each) ? (each.demand.databaseGb * HOURS_PER_MONTH) / backup.everyHours : 0;
}

function copyItems(each: Case): Item[] {
	if (each.rules.copies.transfer === "egress") return [];
	return [serviceItem(each.catalog, "region-transfer", copyTransferGb(each), "usage")];
}

/** Copies of the data volume and the managed database in the provider's vault: at least as much as the data. */
function vaultItems(each: Case): Item[] {
	const managed = each.tier.database.place === "managed";
	if (!each.rules.copies.vault || !(managed || hasVolume(each))) return [];
	const { demand, tier } = each;
	const onVolume = hasVolume(each) ? demand.hostGb + (tier.uploads === "volume" ? demand.uploadsGb : 0) : 0;
	const gb = Math.max(1, Math.ceil(tidy(demand.databaseGb + onVolume)));
	return [serviceItem(each.catalog, "backup-storage", gb, "usage")];
}

function beyondIncluded(each: Case, what: "storageGb" | "transferGb", quantity: number): number {
	return Math.max(0, quantity - (serviceRow(each.catalog, "bucket").includes[what] ?? 0));
}
