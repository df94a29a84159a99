import { isMap, isSeq, type Pair, type YAMLSeq } from "yaml";
import { columnOf, endOf, isNodeWithRange, type Splice } from "./yamlPlaces.ts";

/**
 * Takes one entry out of a list, and nothing else: comments on lines of their own stay. The last entry takes its key
 * with it, so that adding and taking out gives the file as it was.
 *
 * @returns why it cannot be done, when the entry is written in a way that would lose more.
 */
export function removal(text: string, pair: Pair, list: YAMLSeq, index: number): Splice | string {
	const item: unknown = list.items[index];
	if (!isNodeWithRange(item)) return "has no such entry";
	return list.flow === true ? fromFlow(text, list, index) : fromBlock(text, pair, list, item);
}

function fromBlock(
	text: string,
	pair: Pair,
	list: YAMLSeq,
	item: { range: [number, number, number] },
): Splice | string {
	const start = lineStart(text, item.range[0]);
	if (!/^ *- +$/.test(text.slice(start, item.range[0]))) return "has an entry that does not start beside its dash";
	const end = lineEnd(text, lastOffset(text, item));
	if (list.items.length > 1) return whole(text, start, end);
	const key: unknown = pair.key;
	if (!isNodeWithRange(key) || columnOf(text, key.range[0]) === null) return "does not start on a line of its own";
	const keyLine = lineStart(text, key.range[0]);
	const between = text.slice(lineEnd(text, key.range[1]), start);
	if (between === "") return whole(text, keyLine, end);
	// Comments above the last entry stay, below an empty list.
	const colon = text.indexOf(":", key.range[1]) + 1;
	return { from: colon, to: end, text: ` []${text.slice(colon, start)}`.replace(/[^\S\r\n]+(?=\r?\n)/, "") };
}

/** Whole lines; at the end of a file without a last line end, the one before goes instead. */
function whole(text: string, from: number, to: number): Splice {
	if (text[to - 1] === "\n" || from === 0) return { from, to, text: "" };
	const before = text[from - 2] === "\r" ? from - 2 : from - 1;
	return { from: before, to, text: "" };
}

function fromFlow(text: string, list: YAMLSeq, index: number): Splice | string {
	const [item, next, before]: unknown[] = [list.items[index], list.items[index + 1], list.items[index - 1]];
	if (!isNodeWithRange(item)) return "has no such entry";
	const [from, to] = isNodeWithRange(next)
		? [item.range[0], next.range[0]]
		: isNodeWithRange(before)
			? [before.range[1], item.range[1]]
			: [item.range[0], item.range[1]];
	const comment = /(^|\s)#/.test(text.slice(from, to).replace(text.slice(item.range[0], item.range[1]), ""));
	return comment ? "has a comment inside its brackets" : { from, to, text: "" };
}

/** Where an entry's own text ends, before comments that follow on later lines. */
function lastOffset(text: string, item: { range: [number, number, number] }): number {
	return isMap(item) || isSeq(item) ? (item.flow === true ? item.range[1] : endOf(text, item)) : item.range[1];
}

function lineStart(text: string, offset: number): number {
	return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Behind the line an offset is on; where it is the start of a line already, there. */
function lineEnd(text: string, offset: number): number {
	if (offset > 0 && text[offset - 1] === "\n") return offset;
	const end = text.indexOf("\n", offset) + 1;
	return end === 0 ? text.length : end;
}
