/**
 * JSON with sorted keys, two spaces and a newline at the end, for files that are committed: the same value gives the
 * same bytes, and a change of one value is a change of one line.
 */
export function stableJson(value: unknown): string {
	return `${JSON.stringify(sortKeys(value), null, 2)}\n`;
}

/** The same value with the keys of every object in order. */
export function sortKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sortKeys);
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
