import type { Plain, PlainRecord } from "../../words.ts";
import { isSecret, SECRET_KEY } from "../desired.ts";
import type { TypeSchema } from "../impact/rule.ts";
import { covers, itemPath, memberPath, rulePath } from "./paths.ts";
import { referencesIn } from "./references.ts";

/** One place in which two inputs differ. */
export interface Leaf {
	readonly path: string;
	readonly old: Plain | undefined;
	readonly new: Plain | undefined;
	/** How sure it is that the values differ: `may` = the new or the old one is only known later. */
	readonly differs: "may" | "yes";
}

export interface DiffOptions {
	readonly schema: TypeSchema | null;
	readonly ignoreChanges: readonly string[];
	/** References whose value becomes another although their text stays: `${app-1.id}` of a replaced host. */
	readonly moved: ReadonlyMap<string, "may" | "yes">;
	/** Whether something it waits for is new: what a secret holds cannot be seen, so it may be another one then. */
	readonly secretsMayMove: boolean;
}

/**
 * Where inputs differ, as the engine and the provider see it: what is left out means its default, lists are sets,
 * nothing and zero are the same, and what the cloud fills in is not taken back by leaving it out.
 */
export function diffInputs(oldInputs: PlainRecord, newInputs: PlainRecord, options: DiffOptions): readonly Leaf[] {
	const { schema, ignoreChanges } = options;
	const defaults = schema?.defaults ?? {};
	const computed = schema?.computed ?? [];
	const ignored = ignoreChanges.map(rulePath);
	const keys = [...new Set([...Object.keys(oldInputs), ...Object.keys(newInputs)])].sort();
	return keys.flatMap((key) => {
		const [before, after] = [oldInputs[key], newInputs[key]];
		if (isAbsent(after) && computed.includes(key)) return [];
		const found = diffValue(key, before ?? defaults[key], after ?? defaults[key], options);
		const unknownBefore = isAbsent(before) && computed.includes(key);
		return found
			.filter((leaf) => !ignored.some((path) => covers(path, rulePath(leaf.path))))
			.map((leaf): Leaf => (unknownBefore ? { ...leaf, differs: "may" } : leaf));
	});
}

function diffValue(path: string, before: Plain | undefined, after: Plain | undefined, options: DiffOptions): Leaf[] {
	const move = movesIn(after, options);
	// Records of older versions hold no digest of a secret: nothing tells whether it moved.
	if (before === SECRET_KEY && isSecret(after) && move === null) return [];
	if (isZero(before) && isZero(after)) return [];
	if (bytes(before) === bytes(after) && move === null) return [];
	if (isList(before) && isList(after)) {
		if (move === null && sortedBytes(before) === sortedBytes(after)) return [];
		const longest = Math.max(before.length, after.length);
		return Array.from({ length: longest }, (_, index) =>
			diffValue(itemPath(path, index), before[index], after[index], options),
		).flat();
	}
	if (isRecord(before) && isRecord(after)) {
		const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
		return keys.flatMap((key) => diffValue(memberPath(path, key), before[key], after[key], options));
	}
	if (bytes(before) !== bytes(after) || move === null) return [{ path, old: before, new: after, differs: "yes" }];
	return [{ path, old: before, new: movedText(after), differs: move }];
}

/** How sure it is that a value changes through what it refers to; null = it does not. */
function movesIn(value: Plain | undefined, { moved, secretsMayMove }: DiffOptions): "may" | "yes" | null {
	if (secretsMayMove && holdsSecret(value)) return "may";
	if (moved.size === 0) return null;
	const moves = referencesIn(value).flatMap(({ text }) => moved.get(text) ?? []);
	return moves.includes("yes") ? "yes" : moves.includes("may") ? "may" : null;
}

function holdsSecret(value: Plain | undefined): boolean {
	if (isSecret(value)) return true;
	return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function movedText(value: Plain | undefined): Plain | undefined {
	return typeof value === "string" ? `${value} after the change` : value;
}

function isAbsent(value: Plain | undefined): boolean {
	return value === undefined || value === null;
}

/** Nothing, by this provider's lights: the protocol underneath cannot tell them apart. */
function isZero(value: Plain | undefined): boolean {
	if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
	return typeof value === "object" && Object.keys(value).length === 0;
}

function isList(value: Plain | undefined): value is readonly Plain[] {
	return Array.isArray(value);
}

function isRecord(value: Plain | undefined): value is PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) && !isSecret(value);
}

function sortedBytes(values: readonly Plain[]): string {
	return values.map(bytes).sort().join("\n");
}

/** The value as text, keys in order. */
function bytes(value: Plain | undefined): string {
	if (value === undefined) return "";
	if (isList(value)) return `[${value.map(bytes).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${bytes(each)}`).join(",")}}`;
}
