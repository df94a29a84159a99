import type { PropertyChange } from "../changes/changeSet.ts";
import type { Plain } from "../words.ts";

/** Parts of one text told one by one; with more, only the count of the rest is told. */
const MOST_PARTS = 12;

/**
 * A property whose values are both JSON in a text, such as the settings of hosts or a policy document, told part by
 * part: `content.swapMib`. Any other property is its own only part.
 */
export function partsOfChange(change: PropertyChange): readonly PropertyChange[] {
	const [old, next] = [objectIn(change.old), objectIn(change.new)];
	if (old === null || next === null || isList(old) !== isList(next)) return [change];
	const parts = differences(old, next, change.path).map((part) => ({ ...part, replaces: change.replaces }));
	return parts.length === 0 || parts.length > MOST_PARTS ? [change] : parts;
}

type Branch = { readonly [key: string]: Plain } | readonly Plain[];

function objectIn(value: Plain): Branch | null {
	if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return null;
	try {
		const parsed: Plain = JSON.parse(value);
		return isBranch(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function isBranch(value: Plain): value is Branch {
	return typeof value === "object" && value !== null;
}

function isList(value: Branch): value is readonly Plain[] {
	return Array.isArray(value);
}

function differences(old: Branch, next: Branch, path: string): Omit<PropertyChange, "replaces">[] {
	const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(next))];
	const step = (key: string) => (isList(old) ? `${path}[${key}]` : `${path}.${key}`);
	const keys = [...new Set([...before.keys(), ...after.keys()])];
	return (isList(old) ? keys : keys.sort()).flatMap((key) => {
		const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
		if (JSON.stringify(was) === JSON.stringify(is)) return [];
		if (isBranch(was) && isBranch(is) && isList(was) === isList(is)) return differences(was, is, step(key));
		return [{ path: step(key), old: was, new: is }];
	});
}
