import { serviceRow } from "../catalog/catalog.ts";
import { Beyond, type Case, headroomLine, pinnedNumber, warnShare } from "./case.ts";
import { grownGb } from "./chosen.ts";
import { hasVolume } from "./hostNeed.ts";
import { type Part, serviceItem, toPart } from "./part.ts";
import { cover, number, tidy } from "./text.ts";

/** Volumes are bought in steps, so that small growth is not a change. */
const STEP_GB = 10;

/** The host's data volume: uploads, a database on the host, logs. None where all of that lives elsewhere. */
export function sizeStorage(each: Case): Part[] {
	if (!hasVolume(each)) return [];
	const { demand, tier } = each;
	const uploadsGb = tier.uploads === "volume" ? demand.uploadsGb : 0;
	const databaseGb = tier.database.place === "host" ? demand.databaseGb : 0;
	const usedGb = tidy(uploadsGb + databaseGb + demand.hostGb);
	const floorGb = (tier.dataGb ?? 0) * each.floorScale;
	const needGb = tidy(Math.max(floorGb, usedGb / warnShare(each, "diskPercent")));
	const freshGb = Math.max(1, cover(needGb, STEP_GB)) * STEP_GB;
	const grown = grownGb(each.request.chosen, "app/data");
	const storageGb = pinnedNumber(each.request, "app", "storageGb") ?? Math.max(freshGb, grown);
	const largestGb = serviceRow(each.catalog, "volume").limits.maxGb;
	if (largestGb !== undefined && storageGb > largestGb) {
		throw new Beyond(
			`${number(storageGb)} GB on one volume, ${each.catalog.provider} makes them up to ${number(largestGb)} GB`,
		);
	}
	const short =
		storageGb < needGb
			? [`app: a pin holds ${number(storageGb)} GB of storage, though ${number(needGb)} GB are required.`]
			: [];
	const byFloor = floorGb * warnShare(each, "diskPercent") >= usedGb;
	return [
		toPart({
			role: "app",
			name: "data",
			sku: "volume",
			diskGb: storageGb,
			why:
				storageGb === grown && grown > freshGb
					? `${number(grown)} GB as on the tier below: a volume only grows; ${number(usedGb)} GB are used`
					: byFloor
						? `${number(floorGb)} GB of the plan; ${number(usedGb)} GB are used`
						: `${number(usedGb)} GB are used and must stay below ${each.ladder.thresholds.diskPercent.warning} %`,
			settings: { storageGb, uploadsGb, databaseGb },
			stateful: true,
			items: [serviceItem(each.catalog, "volume", storageGb)],
			headroom: [
				headroomLine(each, {
					role: "app",
					metric: "storageGb",
					used: usedGb,
					capacity: storageGb,
					threshold: "diskPercent",
				}),
			],
			notes: short,
		}),
	];
}
