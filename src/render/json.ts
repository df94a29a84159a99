import { SECRET_KEY } from "../changes/desired.ts";

/**
 * JSON with sorted keys and a newline at the end: the same value gives the same bytes. Recorded secrets come out as
 * `[secret]`.
 */
export function renderJson(value: unknown): string {
	return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(sorted);
	if (SECRET_KEY in value) return SECRET_KEY;
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
