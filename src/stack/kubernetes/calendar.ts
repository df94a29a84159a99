/*
 * When a timer runs. Ladders write systemd calendar expressions, because that is what hosts read; a cluster reads cron.
 * Both are in UTC. What cron cannot say (seconds, single years, last days of months) has no translation.
 */

/** Words systemd has for whole expressions (systemd.time(7), calendar events). */
const WORDS: Readonly<Record<string, string>> = {
	minutely: "* * * * *",
	hourly: "0 * * * *",
	daily: "0 0 * * *",
	weekly: "0 0 * * 1",
	monthly: "0 0 1 * *",
	quarterly: "0 0 1 1,4,7,10 *",
	semiannually: "0 0 1 1,7 *",
	yearly: "0 0 1 1 *",
	annually: "0 0 1 1 *",
};

const EXPRESSION =
	/^(?:(?<days>[A-Za-z][A-Za-z,.]*) +)?(?:(?<year>\*)-(?<month>[\d*,./]+)-(?<day>[\d*,./]+) *)?(?:(?<hour>[\d*,./]+):(?<minute>[\d*,./]+)(?::0{1,2})?)?$/;

/**
 * The cron line of a systemd calendar expression; null when cron cannot say it.
 *
 * @example cronOf("Mon..Fri 02:30") // "30 2 * * mon,tue,wed,thu,fri"
 */
export function cronOf(calendar: string): string | null {
	const written = calendar.trim().replace(/ +UTC$/, "");
	const word = WORDS[written.toLowerCase()];
	if (word !== undefined) return word;
	const found = EXPRESSION.exec(written)?.groups;
	if (written === "" || found === undefined) return null;
	const { days, month = "*", day = "*", hour = "0", minute = "0" } = found;
	const fields = [field(minute, 0, 59), field(hour, 0, 23), field(day, 1, 31), field(month, 1, 12), weekdays(days)];
	return fields.some((each) => each === null) ? null : fields.join(" ");
}

/** One field: `*`, numbers, ranges `1..5` and steps `0/5`, in lists. */
function field(text: string, lowest: number, highest: number): string | null {
	const parts = text.split(",").map((part) => {
		const match = /^(?:(\*)|(\d{1,2})(?:\.\.(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
		if (match === null) return null;
		const [, all, from, to, step] = match;
		const numbers = [from, to].filter((each) => each !== undefined).map(Number);
		if (numbers.some((each) => each < lowest || each > highest)) return null;
		const [first, last] = numbers;
		if (all !== undefined || first === undefined) return step === undefined ? "*" : `*/${Number(step)}`;
		if (last !== undefined) return `${first}-${last}${step === undefined ? "" : `/${Number(step)}`}`;
		if (step === undefined) return `${first}`;
		return first === lowest ? `*/${Number(step)}` : `${first}-${highest}/${Number(step)}`;
	});
	return parts.some((part) => part === null) ? null : parts.join(",");
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function weekdays(text: string | undefined): string | null {
	if (text === undefined) return "*";
	const parts = text.toLowerCase().split(",");
	const known = parts.map((part) => {
		const names = part.split("..").map((name) => WEEKDAYS.find((day) => day === name.slice(0, 3)));
		return names.length > 2 || names.includes(undefined) ? null : names;
	});
	if (known.includes(null)) return null;
	// Cron's week begins on Sunday: a range that ends there is written out.
	return known
		.flatMap((names) => {
			const [first = "", last = first] = names ?? [];
			return WEEKDAYS.slice(WEEKDAYS.indexOf(first), WEEKDAYS.indexOf(last) + 1);
		})
		.join(",");
}

/** Cron expression for a run every so many hours, in UTC; a daily run at a quiet hour, as on hosts. */
export function dailyCron(everyHours: number): string {
	return everyHours >= 24 ? "0 2 * * *" : `0 */${Math.max(1, Math.floor(everyHours))} * * *`;
}
