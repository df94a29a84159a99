import { isSecret } from "../changes/desired.ts";
import { isSecretValue } from "../secretText.ts";
import type { Plain } from "../words.ts";

/** `$1,234.50`; two digits, so that columns line up. */
export function money(usd: number): string {
	const sign = usd < 0 ? "-" : "";
	const [whole = "0", cents = "00"] = Math.abs(usd).toFixed(2).split(".");
	return `${sign}$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/** A price that may not be known. */
export function price(usd: number | null): string {
	return usd === null ? "not priced" : money(usd);
}

/** `+$24.00`, `-$3.00`, `no change`. */
export function moneyDelta(usd: number): string {
	if (Math.abs(usd) < 0.005) return "no change";
	return usd > 0 ? `+${money(usd)}` : money(usd);
}

/** `€20-40`, `$600+`: a plan's own range in its own currency. */
export function range(min: number, max: number | null, currency: "USD" | "EUR"): string {
	const sign = currency === "USD" ? "$" : "€";
	const group = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
	if (max === null) return `${sign}${group(min)}+`;
	return min === max ? `${sign}${group(min)}` : `${sign}${group(min)}-${group(max)}`;
}

/** At most two decimals, no trailing zeros: `1.5`, `80`, `1,000`. */
export function figure(value: number): string {
	const rounded = Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
	const [whole = "0", rest] = String(rounded).split(".");
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
	return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** Minutes as people say them: `2-6 min`, `45 min`, `4 h`. */
export function duration(minutes: number): string {
	if (minutes >= 120 && minutes % 60 === 0) return `${minutes / 60} h`;
	if (minutes > 0 && minutes < 1) return `${Math.round(minutes * 60)} s`;
	return `${figure(minutes)} min`;
}

export function minutesRange(minutes: readonly [number, number] | null): string {
	if (minutes === null) return "time not known";
	const [low, high] = minutes;
	return low === high ? duration(high) : `${figure(low)}-${figure(high)} min`;
}

/** `1 change`, `2 changes`. */
export function count(amount: number, word: string): string {
	return `${figure(amount)} ${word}${amount === 1 ? "" : "s"}`;
}

const LONGEST_VALUE = 60;

/** A property's value on one line; secrets stay secrets, long values are cut. */
export function value(plain: Plain): string {
	if (plain === null) return "(none)";
	const masked = maskSecrets(plain);
	const text = typeof masked === "string" ? masked : JSON.stringify(masked);
	if (isSecretValue(text)) return "[secret]";
	const line = clean(text);
	return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}...` : line;
}

/** Recorded secrets (`{"[secret]": digest}`) as the word `[secret]`, wherever they stand. */
export function maskSecrets(plain: Plain): Plain {
	if (isSecret(plain)) return "[secret]";
	if (typeof plain !== "object" || plain === null) return plain;
	if (isList(plain)) return plain.map(maskSecrets);
	return Object.fromEntries(Object.entries(plain).map(([key, inner]) => [key, maskSecrets(inner)]));
}

function isList(plain: Plain): plain is readonly Plain[] {
	return Array.isArray(plain);
}

/** Text from files or clouds without what a terminal would obey. */
export function clean(text: string): string {
	return [...text]
		.map((letter) => (letter < " " || (letter >= "\u007f" && letter <= "\u009f") ? " " : letter))
		.join("");
}

const UNITS: Readonly<Record<string, string>> = {
	Gib: "GiB",
	Mib: "MiB",
	Gb: "GB",
	Mb: "MB",
	Tb: "TB",
	Usd: "USD",
	Percent: "%",
	PerSecond: "a second",
	PerMonth: "a month",
	PerDay: "a day",
};

/** `memoryGib` -> `memory GiB`: the metric's name and unit for people. */
export function metricName(metric: string): string {
	const unit = Object.keys(UNITS).find((each) => metric.endsWith(each)) ?? "";
	const name = metric.slice(0, metric.length - unit.length).replaceAll(".", " ");
	const words = name.replace(
		/([a-z0-9])([A-Z])/g,
		(_match, before: string, after: string) => `${before} ${after.toLowerCase()}`,
	);
	return unit === "" ? words : `${words} ${UNITS[unit]}`;
}
