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
import { afterLine, columnBehindDash, columnOf, endOf, isNodeWithRange, type Splice } from "./yamlPlaces.ts";
import { removal } from "./yamlRemoval.ts";

/**
 * One change to a stack file: a key's value, one more entry of a list, one less, or one field of an entry. Keys are
 * those below `config:`.
 */
export type Edit =
	| Put
	| { readonly kind: "remove"; readonly key: string; readonly index: number }
	| {
			readonly kind: "field";
			readonly key: string;
			readonly index: number;
			readonly field: string;
			readonly value: string | number;
	  };

/** Edits that write something. */
type Put =
	| { readonly kind: "set"; readonly key: string; readonly value: string | number }
	| { readonly kind: "append"; readonly key: string; readonly item: Readonly<Record<string, Plain>> };

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
		return new UserError([problem(`${why}; ${byHand(edit)} by hand`, { file: fileName, key: edit.key })]);
	};
	const document = parse(text);
	const config = document.get("config", true);
	if (!isMap(config)) throw refuse('stands in a file whose "config:" is not written out as keys');
	const pair = config.items.find((item) => isScalar(item.key) && item.key.value === edit.key);
	const splice = spliceFor(text, document, config, pair, edit);
	if (typeof splice === "string") throw refuse(splice);
	const edited = text.slice(0, splice.from) + splice.text + text.slice(splice.to);
	const result = read(edited);
	if (!intended(text, edit).some((wanted) => isDeepStrictEqual(result, wanted))) {
		throw refuse("cannot be edited without touching more");
	}
	return edited;
}

function byHand(edit: Edit): string {
	switch (edit.kind) {
		case "set":
			return `set it to ${flowText(edit.value)}`;
		case "append":
			return `add ${flowItem(edit.item)}`;
		case "remove":
			return `take entry ${edit.index + 1} out`;
		case "field":
			return `set ${edit.field} of entry ${edit.index + 1} to ${flowText(edit.value)}`;
	}
}

function spliceFor(
	text: string,
	document: Document.Parsed,
	config: YAMLMap,
	pair: Pair | undefined,
	edit: Edit,
): Outcome {
	if (edit.kind === "set" || edit.kind === "append") {
		return pair === undefined ? insertion(text, config, edit) : change(text, document, pair, edit);
	}
	if (pair === undefined || !isSeq(pair.value)) return "does not hold a list of its own";
	if (isShared(document, pair.value)) return "is an anchor that other keys use";
	if (edit.kind === "remove") return removal(text, pair, pair.value, edit.index);
	const entry: unknown = pair.value.items[edit.index];
	if (!isMap(entry)) return "has no such entry of its own";
	const field = entry.items.find((item) => isScalar(item.key) && item.key.value === edit.field);
	const put = { kind: "set", key: edit.field, value: edit.value } as const;
	return field === undefined ? insertion(text, entry, put) : change(text, document, field, put);
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

/** What the file may read as after the edit; nothing when it cannot be edited. */
function intended(text: string, edit: Edit): readonly unknown[] {
	const top = read(text);
	if (!isRecord(top) || !isRecord(top.config)) return [];
	const { [edit.key]: old, ...others } = top.config;
	const list: readonly unknown[] = Array.isArray(old) ? old : [];
	const having = (value: unknown) => ({ ...top, config: { ...others, [edit.key]: value } });
	switch (edit.kind) {
		case "set":
			return [having(edit.value)];
		case "append":
			return [having([...list, edit.item])];
		case "remove": {
			const rest = list.toSpliced(edit.index, 1);
			return rest.length === 0 ? [having(rest), { ...top, config: others }] : [having(rest)];
		}
		case "field": {
			const entry = list[edit.index];
			return isRecord(entry) ? [having(list.with(edit.index, { ...entry, [edit.field]: edit.value }))] : [];
		}
	}
}

type Outcome = Splice | string;

function change(text: string, document: Document.Parsed, pair: Pair, edit: Put): Outcome {
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

function intoBlock(text: string, list: YAMLSeq, edit: Put & { kind: "append" }): Outcome {
	const first = list.items[0];
	const start = list.range?.[0];
	if (first === undefined || start === undefined) return "is a list without entries";
	const indent = columnOf(text, start);
	if (indent === null) return "is a list that does not start on a line of its own";
	return afterLine(text, endOf(text, list), blockItem(edit.item, indent));
}

function intoFlow(text: string, list: YAMLSeq, edit: Put & { kind: "append" }): Outcome {
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

/** A key that is not there yet goes below the last one. */
function insertion(text: string, config: YAMLMap, edit: Put): Outcome {
	const last = config.items.at(-1);
	const start = config.range?.[0];
	if (last === undefined || start === undefined) return "stands in a file without keys";
	if (config.flow === true) {
		const value = edit.kind === "set" ? flowText(edit.value) : `[${flowItem(edit.item)}]`;
		const closing = (config.range?.[1] ?? 0) - 1;
		return afterFlowEntry(text, last.value ?? last.key, closing, `${flowText(edit.key)}: ${value}`);
	}
	const indent = columnBehindDash(text, start);
	if (indent === null) return "stands in keys that do not start on a line of their own";
	const pad = " ".repeat(indent);
	const lines =
		edit.kind === "set"
			? [`${pad}${edit.key}: ${scalarText(edit.value, "PLAIN")}`]
			: [`${pad}${edit.key}:`, ...blockItem(edit.item, indent + 2)];
	return afterLine(text, endOf(text, config), lines);
}
