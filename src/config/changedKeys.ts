import { isDeepStrictEqual } from "node:util";
import type { StackConfig } from "./stackConfig.ts";
import { isRecord } from "./wordRules.ts";

/** Fields that hold groups of keys a reader thinks of one by one: `access.sshFrom`. */
const GROUPS: readonly (keyof StackConfig)[] = ["app", "access", "alerts", "backup", "tolerate"];

/** Fields whose key in the stack file has another name. */
const KEYS: Readonly<Partial<Record<keyof StackConfig, string>>> = { domains: "domain", secretNames: "secrets" };

/** Dotted keys of the stack file in which two configurations differ, sorted; the stack's own name is none. */
export function changedKeys(from: StackConfig, to: StackConfig): string[] {
	const { stack: _from, ...before } = from;
	const { stack: _to, ...after } = to;
	const old = new Map<string, unknown>(Object.entries(before));
	return Object.entries(after)
		.flatMap(([field, value]) => {
			const previous = old.get(field);
			if (isDeepStrictEqual(previous, value)) return [];
			const key = keyOf(field);
			if (!GROUPS.some((group) => group === field) || !isRecord(previous) || !isRecord(value)) return [key];
			return Object.entries(value)
				.filter(([inner, part]) => !isDeepStrictEqual(previous[inner], part))
				.map(([inner]) => `${key}.${inner}`);
		})
		.sort();
}

function keyOf(field: string): string {
	return new Map<string, string>(Object.entries(KEYS)).get(field) ?? field;
}
