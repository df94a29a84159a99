import type { Plain, PlainRecord } from "../../words.ts";
import { condition, numberOf } from "./conditions.ts";
import type { Condition } from "./rule.ts";

/*
 * Rules by which a bucket deletes, as both providers write them: a list of rules, each for a part of the files. Looked
 * at rule by rule: a new rule for other files deletes even where an older rule elsewhere is stricter.
 */

/** What goes: files themselves, or versions that were overwritten or deleted. */
export type Expiring = "expiration" | "noncurrentVersionExpiration";

interface ExpiryRule {
	/** Beginning of the names it is for; empty = every file. */
	readonly prefix: string;
	/** What else narrows it (tags, sizes), as text; empty = nothing. */
	readonly besides: string;
	/** Days after which they go; 0 = by a date. */
	readonly days: number;
}

/** Files, or old versions, that no rule deletes as soon as one does now. */
export function sooner(says: string, what: Expiring): Condition {
	return condition(says, ({ old, new: next }) => {
		const before = rulesOf(old, what);
		return rulesOf(next, what).some((rule) => !before.some((each) => deletesAsSoon(each, rule)));
	});
}

/** Whether an older rule took at least these files, at least as soon. */
function deletesAsSoon(older: ExpiryRule, rule: ExpiryRule): boolean {
	const wider = rule.prefix.startsWith(older.prefix) && (older.besides === "" || older.besides === rule.besides);
	return wider && older.days <= rule.days;
}

function rulesOf(value: Plain | undefined, what: Expiring): readonly ExpiryRule[] {
	const rules = isList(value) ? value.map(recordOf) : [];
	return rules
		.filter(({ status, enabled }) => status !== "Disabled" && enabled !== false)
		.flatMap((rule) => {
			const { days, noncurrentDays, date } = recordOf(rule[what]);
			const count = numberOf(days ?? noncurrentDays) ?? (date === undefined || date === null ? null : 0);
			return count === null ? [] : [{ ...scopeOf(rule), days: count }];
		});
}

function scopeOf({ prefix, filter }: PlainRecord): Pick<ExpiryRule, "prefix" | "besides"> {
	const { prefix: filtered, and, ...others } = recordOf(filter);
	const { prefix: both, ...more } = recordOf(and);
	const narrowed = { ...others, ...more };
	const first = [prefix, filtered, both].find((each) => typeof each === "string");
	return {
		prefix: typeof first === "string" ? first : "",
		besides: Object.keys(narrowed).length === 0 ? "" : JSON.stringify(narrowed),
	};
}

function recordOf(value: Plain | undefined): PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function isList(value: Plain | undefined): value is readonly Plain[] {
	return Array.isArray(value);
}
