import { isAlias, isCollection, isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from "yaml";

/* Where things of a YAML file stand in its text. */

/** A part of a text and what takes its place. */
export interface Splice {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

export function isNodeWithRange(value: unknown): value is { range: [number, number, number] } {
	return typeof value === "object" && value !== null && "range" in value && Array.isArray(value.range);
}

/** Where the last thing of a block collection ends: after its text, before comments that follow on later lines. */
export function endOf(text: string, collection: YAMLMap | YAMLSeq): number {
	const last: unknown = collection.items.at(-1);
	const inner =
		isScalar(last) || isCollection(last) || isAlias(last) ? last : isPairLike(last) ? (last.value ?? last.key) : null;
	if (isCollection(inner) && inner.flow !== true && inner.items.length > 0 && (isMap(inner) || isSeq(inner)))
		return endOf(text, inner);
	return isNodeWithRange(inner) ? inner.range[1] : text.length;
}

function isPairLike(value: unknown): value is { key: unknown; value: unknown } {
	return typeof value === "object" && value !== null && "key" in value && "value" in value;
}

/** Whole lines below the line an offset is on, with the file's own line ends. */
export function afterLine(text: string, offset: number, lines: readonly string[]): Splice {
	const newline = /\r?\n/.exec(text)?.[0] ?? "\n";
	const onNext = offset > 0 && text[offset - 1] === "\n";
	const end = onNext ? offset : text.indexOf("\n", offset) + 1;
	if (end === 0) return { from: text.length, to: text.length, text: newline + lines.join(newline) };
	return { from: end, to: end, text: lines.map((line) => line + newline).join("") };
}

/** Spaces before an offset when nothing else stands on its line; null otherwise. */
export function columnOf(text: string, offset: number): number | null {
	const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
	return /^ *$/.test(before) ? before.length : null;
}

/** The same where nothing but the dashes of list entries stands before it. */
export function columnBehindDash(text: string, offset: number): number | null {
	const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
	return /^ *(- +)*$/.test(before) ? before.length : null;
}
