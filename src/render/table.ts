import Table from "cli-table3";
import type { Style } from "./style.ts";
import { paint } from "./style.ts";

export interface TableSpec {
	readonly head: readonly string[];
	/** Cells, or one text that runs below the row before it. */
	readonly rows: readonly (readonly string[] | string)[];
	/** Columns of figures, by index. */
	readonly right?: readonly number[];
	/** The one column that wraps to fit the width. */
	readonly flex: number;
}

const GAP = 2;

/** No rules: the columns' edges are enough, and a pasted table stays readable. */
const NO_RULES = {
	top: "",
	"top-mid": "",
	"top-left": "",
	"top-right": "",
	bottom: "",
	"bottom-mid": "",
	"bottom-left": "",
	"bottom-right": "",
	left: "",
	"left-mid": "",
	mid: "",
	"mid-mid": "",
	right: "",
	"right-mid": "",
	middle: "",
};

const SMALLEST_FLEX = 16;

/** A table that fits the style's width: one column wraps, the others take what they need. */
export function renderTable(spec: TableSpec, style: Style, indent = 2): string {
	const natural = spec.head.map((head, column) =>
		Math.max(visible(head), ...spec.rows.map((row) => cellWidth(row, column))),
	);
	const fixed = natural.reduce((sum, width, column) => sum + GAP + (column === spec.flex ? 0 : width), indent);
	const room = Math.max(SMALLEST_FLEX, style.width - fixed);
	const widths = natural.map((width, column) => (column === spec.flex ? Math.min(width, room) : width) + GAP);
	const table = new Table({
		head: spec.head.map((head) => paint(style, "quiet", head)),
		chars: NO_RULES,
		style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
		colWidths: widths,
		colAligns: spec.head.map((_head, column) => (spec.right?.includes(column) ? "right" : "left")),
	});
	const total = widths.reduce((sum, width) => sum + width, 0);
	for (const row of spec.rows) {
		if (typeof row !== "string") table.push(row.map((cell, column) => fitCell(cell, (widths[column] ?? GAP) - GAP)));
		else table.push([{ colSpan: widths.length, content: wrap(row, total - GAP, leading(row) + 2) }]);
	}
	return table
		.toString()
		.split("\n")
		.map((line) => " ".repeat(indent) + line.trimEnd())
		.join("\n");
}

function cellWidth(row: readonly string[] | string, column: number): number {
	return typeof row === "string" ? 0 : Math.max(...(row[column] ?? "").split("\n").map(visible));
}

/** A cell's lines broken at spaces, and inside words only where nothing else fits: no letter is lost. */
function fitCell(cell: string, width: number): string {
	return cell
		.split("\n")
		.map((line) =>
			wrap(
				line
					.split(" ")
					.flatMap((word) => pieces(word, width))
					.join(" "),
				width,
			),
		)
		.join("\n");
}

/** A word in pieces of at most a width, broken behind a hyphen where there is one. */
function pieces(word: string, width: number): string[] {
	if (visible(word) <= width) return [word];
	const hyphen = word.lastIndexOf("-", width - 1);
	const cut = hyphen > 0 ? hyphen + 1 : width;
	return [word.slice(0, cut), ...pieces(word.slice(cut), width)];
}

function leading(text: string): number {
	return text.length - text.trimStart().length;
}

/** Letters on screen, colours left out. */
function visible(text: string): number {
	return [...text.replaceAll(COLOURS, "")].length;
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Text broken at spaces to fit, each further line indented. */
export function wrap(text: string, width: number, indent = 0): string {
	const lines: string[] = [];
	let line = "";
	let first = true;
	for (const word of text.split(" ")) {
		const longer = first ? word : `${line} ${word}`;
		first = false;
		if (visible(longer) + indent > width && line.trim() !== "") {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	lines.push(line);
	return lines.join(`\n${" ".repeat(indent)}`);
}

/** A heading with its block below it; nothing when the block is empty. */
export function section(title: string, block: string, style: Style): string[] {
	return block === "" ? [] : ["", paint(style, "strong", title), block];
}
