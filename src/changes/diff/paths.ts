/*
 * Paths into inputs, written as the engine's detailedDiff writes them: `nodePool.size`, `tags[0]`, `env["a.b"]`.
 */

/** Path of a member of a record. */
export function memberPath(path: string, key: string): string {
	if (path === "") return key;
	return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** Path of an item of a list. */
export function itemPath(path: string, index: number): string {
	return `${path}[${index}]`;
}

/** The path as rules and schemas write it: without list indices. */
export function rulePath(path: string): string {
	return path.replaceAll(/\[(\d+|\*)\]/g, "").replaceAll(/\["([^"]*)"\]/g, ".$1");
}

/** Whether a rule's path covers what is at another one: the same place, or inside it. */
export function covers(outer: string, inner: string): boolean {
	return inner === outer || inner.startsWith(`${outer}.`);
}
