/** Figures inside sentences of the blueprint: at most two decimals, thousands apart, no locale. */
export function number(value: number): string {
	const rounded = Math.round(value * 100) / 100;
	const [whole = "0", part] = String(rounded).split(".");
	const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
	return part === undefined ? grouped : `${grouped}.${part}`;
}

/** `1 host`, `3 hosts`. */
export function counted(count: number, what: string): string {
	return `${number(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** Rounds an amount of money to cents. */
export function cents(value: number): number {
	return Math.round(value * 100) / 100;
}

/** Rounds a measured quantity, so that sums of floats print and compare the same everywhere. */
export function tidy(value: number): number {
	return Number(value.toPrecision(12));
}

/** Whole units that cover a need; a float's last digit does not cost a unit. */
export function cover(need: number, unit: number): number {
	return Math.ceil(tidy(need / unit));
}
