import type { Plain, PlainRecord } from "../../../words.ts";
import { condition, numberOf } from "../conditions.ts";

/* What a plan of backups promises, rule by rule: how often, how long, and where else. */

/** Whether nothing that is backed up now is backed up less: as often at least, kept as long, copied to the same places. */
export const backsUpNoLess = condition("nothing is backed up less", ({ old, new: next }) =>
	recordsOf(old).every((rule) => recordsOf(next).some((each) => promisesNoLess(rule, each))),
);

function promisesNoLess(older: PlainRecord, rule: PlainRecord): boolean {
	return (
		older.targetVaultName === rule.targetVaultName &&
		runsAsOften(older.schedule, rule.schedule) &&
		keepsAsLong(older.lifecycle, rule.lifecycle) &&
		recordsOf(older.copyActions).every((copy) =>
			recordsOf(rule.copyActions).some(
				(each) => each.destinationVaultArn === copy.destinationVaultArn && keepsAsLong(copy.lifecycle, each.lifecycle),
			),
		)
	);
}

function runsAsOften(older: Plain | undefined, newer: Plain | undefined): boolean {
	if (older === newer) return true;
	const [before, after] = [hoursBetween(older), hoursBetween(newer)];
	return before !== null && after !== null && after <= before;
}

/** Of `cron(0 5 * * ? *)` 24, of `cron(0 0/12 * * ? *)` 12; null = not read here. */
function hoursBetween(schedule: Plain | undefined): number | null {
	const [hour, step] = /^cron\(\d+ (\d+|\*)(?:\/(\d+))? \* \* \? \*\)$/.exec(String(schedule))?.slice(1) ?? [];
	if (hour === undefined) return null;
	if (step !== undefined) return Number(step) > 0 && 24 % Number(step) === 0 ? Number(step) : null;
	return hour === "*" ? 1 : 24;
}

/** No day of deletion = for ever. */
function keepsAsLong(older: Plain | undefined, newer: Plain | undefined): boolean {
	const [before, after] = [older, newer].map(
		(each) => numberOf(recordOf(each).deleteAfter) ?? Number.POSITIVE_INFINITY,
	);
	return (after ?? 0) >= (before ?? 0);
}

function recordsOf(value: Plain | undefined): readonly PlainRecord[] {
	return value !== undefined && isList(value) ? value.map(recordOf) : [];
}

function recordOf(value: Plain | undefined): PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function isList(value: Plain): value is readonly Plain[] {
	return Array.isArray(value);
}
