import type { Plain } from "../words.ts";

/** Words and shapes that one YAML reader or another takes for something other than text. */
const MISREAD = /^(y|yes|n|no|on|off|true|false|null|nan|~)$/i;
const PLAIN_TEXT = /^([A-Za-z][A-Za-z0-9]*([._/-][A-Za-z0-9]+)*|[1-9][0-9]*[a-z])$/;

/** A scalar in the quotes its predecessor had, or safer ones where these would not do. */
export function scalarText(value: string | number, style: string): string {
	if (typeof value === "number") return String(value);
	if (style === "QUOTE_SINGLE" && !/[\r\n]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
	return style === "QUOTE_DOUBLE" ? JSON.stringify(value) : flowText(value);
}

/** A value inside brackets or behind a colon: plain where every reader agrees, else quoted. */
export function flowText(value: Plain): string {
	if (typeof value === "string" && PLAIN_TEXT.test(value) && !MISREAD.test(value)) return value;
	return JSON.stringify(value);
}

/** `{ risk: downtime, until: "2026-09-01" }`. */
export function flowItem(item: Readonly<Record<string, Plain>>): string {
	const entries = Object.entries(item).map(([key, value]) => `${key}: ${flowText(value)}`);
	return `{ ${entries.join(", ")} }`;
}

/** A list entry as lines, its dash at a column. */
export function blockItem(item: Readonly<Record<string, Plain>>, indent: number): string[] {
	const pad = " ".repeat(indent);
	return Object.entries(item).map(
		([key, value], index) => `${pad}${index === 0 ? "- " : "  "}${key}: ${flowText(value)}`,
	);
}
