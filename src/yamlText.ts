import {
	type Document,
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type Pair,
	parseAllDocuments,
	visit,
} from "yaml";
import { type Problem, problem, UserError } from "./errors.ts";

/** Keys and list positions from the top of a document. */
export type YamlPath = readonly (string | number)[];

/** One YAML document with the places its values came from. */
export interface YamlText {
	readonly fileName: string;
	readonly value: unknown;
	/** 1-based line of the key (or list item) at a path, or of its nearest ancestor that is written. */
	lineOf(path: YamlPath): number | null;
	/** Plain scalars that other readers of the same file take for something else. */
	readonly ambiguous: readonly Problem[];
}

/**
 * Reads one YAML document, merge keys included.
 *
 * @throws UserError with every syntax error, each with its line.
 */
export function readYaml(text: string, fileName: string): YamlText {
	const lines = new LineCounter();
	const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false });
	const document = Array.isArray(documents) ? documents[0] : undefined;
	if (document === undefined) {
		return { fileName, value: null, lineOf: () => null, ambiguous: [] };
	}
	const at = (offset: number) => lines.linePos(offset).line;
	const errors = documents.flatMap((each) => [...each.errors, ...each.warnings]);
	// What follows on the same line is mostly an echo of the first.
	const problems = errors
		.filter((error, index) => errors.findIndex((other) => at(other.pos[0]) === at(error.pos[0])) === index)
		.map(({ code, message, pos }) =>
			problem(`not valid YAML: ${sentence(code, message)}`, { file: fileName, line: at(pos[0]) }),
		);
	const second = documents[1];
	if (second !== undefined) {
		const start = at(second.range?.[0] ?? 0);
		problems.push(problem("holds a second YAML document; write one document", { file: fileName, line: start }));
	}
	if (problems.length > 0) throw new UserError(problems);
	return {
		fileName,
		value: toValue(document, fileName),
		lineOf: (path) => lineOf(document, path, at),
		ambiguous: findAmbiguous(document, fileName, at),
	};
}

/** The parser's words for the commonest slips are about its own state; these are about the file. */
const SENTENCES: Readonly<Record<string, string>> = {
	DUPLICATE_KEY: "the key is written twice; keep one",
	TAB_AS_INDENT: "a tab is used as indentation; use spaces",
	BAD_INDENT: "the indentation does not fit the lines above it",
	MULTILINE_IMPLICIT_KEY: "a key runs over several lines; a colon or a quote is missing",
	MISSING_CHAR: "a closing quote, bracket or comma is missing",
	BLOCK_AS_IMPLICIT_KEY: "a second value follows on the same line; put text with a colon in quotes",
};

function sentence(code: string, message: string): string {
	return SENTENCES[code] ?? (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "");
}

function toValue(document: Document.Parsed, fileName: string): unknown {
	try {
		return document.toJS();
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new UserError([problem(`not valid YAML: ${message}`, { file: fileName })]);
	}
}

function lineOf(document: Document.Parsed, path: YamlPath, at: (offset: number) => number): number | null {
	let node: unknown = document.contents;
	let offset = isNode(node) ? node.range?.[0] : undefined;
	for (const step of path) {
		const resolved: unknown = isAlias(node) ? node.resolve(document) : node;
		if (isMap(resolved)) {
			const pair: Pair | undefined = resolved.items.find((item) => keyOf(item) === String(step));
			if (pair === undefined) break;
			if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
			node = pair.value;
		} else if (isSeq(resolved)) {
			const item: unknown = resolved.items[Number(step)];
			if (!isNode(item)) break;
			if (item.range) offset = item.range[0];
			node = item;
		} else break;
	}
	return offset === undefined ? null : at(offset);
}

function keyOf(pair: Pair): string {
	return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

interface Ambiguity {
	readonly pattern: RegExp;
	readonly why: string;
}

/** Pulumi reads the same file by YAML 1.1 rules, so these plain scalars differ between the two readers. */
const AMBIGUOUS: readonly Ambiguity[] = [
	{ pattern: /^\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?$/, why: "a date" },
	{ pattern: /^[-+]?0[0-9_]+$/, why: "a number with a leading zero" },
	{ pattern: /^[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?$/, why: "a number with an underscore" },
	{ pattern: /^(y|yes|n|no|on|off)$/i, why: "a word that may be read as true or false" },
];

function findAmbiguous(document: Document.Parsed, fileName: string, at: (offset: number) => number): Problem[] {
	const found: Problem[] = [];
	visit(document, {
		Scalar(key, scalar, ancestors) {
			if (key === "key" || scalar.type !== "PLAIN" || scalar.source === undefined) return;
			const source = scalar.source;
			const match = AMBIGUOUS.find((each) => each.pattern.test(source));
			if (match === undefined) return;
			found.push(
				problem(`found ${source} without quotes, ${match.why} that Pulumi reads differently; write "${source}"`, {
					file: fileName,
					line: scalar.range ? at(scalar.range[0]) : null,
					key: nameOf(ancestors),
				}),
			);
		},
	});
	return found;
}

function nameOf(ancestors: readonly (Document | Node | Pair)[]): string | null {
	const keys = ancestors.flatMap((each) => ("key" in each && isScalar(each.key) ? [String(each.key.value)] : []));
	return keys.length === 0 ? null : keys.join(".");
}
