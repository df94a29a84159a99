import { isDeepStrictEqual } from "node:util";
import {
	type Document,
	isAlias,
	isCollection,
	isMap,
	isScalar,
	isSeq,
	type Node,
	type Pair,
	parseDocument,
	visit,
	type YAMLMap,
	type YAMLSeq,
} from "yaml";
import { problem, UserError } from "../errors.ts";
import type { Plain } from "../words.ts";
import { isRecord } from "./wordRules.ts";
import { blockItem, flowItem, flowText, scalarText } from "./yamlPieces.ts";

/** One change to a stack file: a key's value, or one more entry of a list. Keys are those below `config:`. */
export type Edit =
	| { readonly kind: "set"; readonly key: string; readonly value: string | number }
	| { readonly kind: "append"; readonly key: string; readonly item: Readonly<Record<string, Plain>> };

interface Splice {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

/**
 * Applies edits to the text itself, so that every line nobody meant to change stays byte for byte: comments, order,
 * quotes, line ends, anchors, secrets. The result is parsed again and must hold exactly the intended values.
 *
 * @throws UserError when the file is written in a way that cannot be edited so; it names the edit to make by hand.
 */
export function editYaml(text: string, edits: readonly Edit[], fileName: string): string {
	return edits.reduce((current, edit) => applyEdit(current, edit, fileName), text);
}

function applyEdit(text: string, edit: Edit, fileName: string): string {
	const refuse = (why: string) => {
		const wanted = edit.kind === "set" ? `set it to ${flowText(edit.value)}` : `add ${flowItem(edit.item)}`;
		return new UserError([problem(`${why}; ${wanted} by hand`, { file: fileName, key: edit.key })]);
	};
	const document = parse(text);
	const config = document.get("config", true);
	if (!isMap(config)) throw refuse('stands in a file whose "config:" is not written out as keys');
	const pair = config.items.find((item) => isScalar(item.key) && item.key.value === edit.key);
	const splice = pair === undefined ? insertion(text, config, edit) : change(text, document, pair, edit);
	if (typeof splice === "string") throw refuse(splice);
	const edited = text.slice(0, splice.from) + splice.text + text.slice(splice.to);
	if (!isDeepStrictEqual(read(edited), intended(text, edit))) throw refuse("cannot be edited without touching more");
	return edited;
}

function parse(text: string): Document.Parsed {
	return parseDocument(text, { merge: true, keepSourceTokens: true });
}

/** Undefined when the text is no longer YAML. */
function read(text: string): unknown {
	const document = parse(text);
	if (document.errors.length > 0) return undefined;
	const value: unknown = document.toJS();
	return value;
}

function intended(text: string, edit: Edit): unknown {
	const top = read(text);
	if (!isRecord(top) || !isRecord(top.config)) return undefined;
	const old = top.config[edit.key];
	const list: readonly unknown[] = Array.isArray(old) ? old : [];
	return { ...top, config: { ...top.config, [edit.key]: edit.kind === "set" ? edit.value : [...list, edit.item] } };
}

type Outcome = Splice | string;

function change(text: string, document: Document.Parsed, pair: Pair, edit: Edit): Outcome {
	const value = pair.value;
	if (value !== null && isShared(document, value)) return "is an anchor that other keys use";
	if (edit.kind === "append" && isSeq(value))
		return value.flow === true ? intoFlow(text, value, edit) : intoBlock(text, value, edit);
	if (edit.kind === "append" && !(value === null || (isScalar(value) && value.value === null))) {
		return "does not hold a list of its own";
	}
	if (value !== null && isCollection(value)) return "holds a group of keys";
	const wanted = edit.kind === "set" ? edit.value : null;
	if (isAlias(value) && value.range) {
		return { from: value.range[0], to: value.range[1], text: scalarText(wanted ?? "", "PLAIN") };
	}
	if (!isScalar(value) || !value.range) return "has no value in the file";
	const [from, to] = value.range;
	const written = edit.kind === "append" ? `[${flowItem(edit.item)}]` : scalarText(edit.value, value.type ?? "PLAIN");
	const before = from > 0 && /\S/.test(text[from - 1] ?? " ") ? " " : "";
	const after = /\r?\n$/.exec(text.slice(from, to))?.[0] ?? "";
	return { from, to, text: before + written + after };
}

/** Whether an alias elsewhere repeats this node or something in it. */
function isShared(document: Document.Parsed, value: unknown): boolean {
	if (!isScalar(value) && !isCollection(value)) return false;
	const anchors = new Set<string>();
	const own = new Set<Node>();
	visit(value, {
		Node(_key, node) {
			own.add(node);
			if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
		},
	});
	let shared = false;
	visit(document, {
		Alias(_key, alias) {
			if (!own.has(alias) && anchors.has(alias.source)) shared = true;
		},
	});
	return shared;
}

function intoBlock(text: string, list: YAMLSeq, edit: Edit & { kind: "append" }): Outcome {
	const first = list.items[0];
	const start = list.range?.[0];
	if (first === undefined || start === undefined) return "is a list without entries";
	const indent = columnOf(text, start);
	if (indent === null) return "is a list that does not start on a line of its own";
	return afterLine(text, endOf(text, list), blockItem(edit.item, indent));
}

function intoFlow(text: string, list: YAMLSeq, edit: Edit & { kind: "append" }): Outcome {
	const end = list.range?.[1];
	if (end === undefined) return "is a list without an end";
	const closing = end - 1;
	const last = list.items.at(-1);
	const written = flowItem(edit.item);
	if (last === undefined) return { from: closing, to: closing, text: written };
	return afterFlowEntry(text, last, closing, written);
}

/** After the last entry of a flow collection, before its comments, with or without a comma that is there already. */
function afterFlowEntry(text: string, last: unknown, closing: number, written: string): Outcome {
	const end = isNodeWithRange(last) ? last.range[1] : null;
	if (end === null) return "ends in an entry without a place";
	const comma = /^[^\S\r\n]*,/.exec(text.slice(end, closing));
	const at = comma === null ? end : end + comma[0].length;
	return { from: at, to: at, text: comma === null ? `, ${written}` : ` ${written}` };
}

function isNodeWithRange(value: unknown): value is { range: [number, number, number] } {
	return typeof value === "object" && value !== null && "range" in value && Array.isArray(value.range);
}

/** A key that is not there yet goes below the last one. */
function insertion(text: string, config: YAMLMap, edit: Edit): Outcome {
	const last = config.items.at(-1);
	const start = config.range?.[0];
	if (last === undefined || start === undefined) return "stands in a file without keys";
	if (config.flow === true) {
		const value = edit.kind === "set" ? flowText(edit.value) : `[${flowItem(edit.item)}]`;
		const closing = (config.range?.[1] ?? 0) - 1;
		return afterFlowEntry(text, last.value ?? last.key, closing, `${flowText(edit.key)}: ${value}`);
	}
	const indent = columnOf(text, start);
	if (indent === null) return "stands in keys that do not start on a line of their own";
	const pad = " ".repeat(indent);
	const lines =
		edit.kind === "set"
			? [`${pad}${edit.key}: ${scalarText(edit.value, "PLAIN")}`]
			: [`${pad}${edit.key}:`, ...blockItem(edit.item, indent + 2)];
	return afterLine(text, endOf(text, config), lines);
}

/** Where the last thing of a block collection ends: after its text, before comments that follow on later lines. */
function endOf(text: string, collection: YAMLMap | YAMLSeq): number {
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
function afterLine(text: string, offset: number, lines: readonly string[]): Splice {
	const newline = /\r?\n/.exec(text)?.[0] ?? "\n";
	const onNext = offset > 0 && text[offset - 1] === "\n";
	const end = onNext ? offset : text.indexOf("\n", offset) + 1;
	if (end === 0) return { from: text.length, to: text.length, text: newline + lines.join(newline) };
	return { from: end, to: end, text: lines.map((line) => line + newline).join("") };
}

/** Spaces before an offset when nothing else stands on its line; null otherwise. */
function columnOf(text: string, offset: number): number | null {
	const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
	return /^ *$/.test(before) ? before.length : null;
}
