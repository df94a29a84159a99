import { paint, type Style, type Tone } from "./style.ts";
import { wrap } from "./table.ts";
import { clean } from "./words.ts";

/** One thing that was looked at, and the line that mends it. */
export interface FindingLine {
	readonly status: "ok" | "note" | "unknown" | "missing";
	readonly what: string;
	readonly fix: string | null;
}

const TONES: Readonly<Record<FindingLine["status"], Tone>> = {
	ok: "good",
	note: "plain",
	unknown: "warning",
	missing: "bad",
};

/** A list of findings, each with its fix below it; the last line counts what is missing. */
export function renderFindings(findings: readonly FindingLine[], style: Style): string {
	const lines = findings.flatMap(({ status, what, fix }) => [
		`${paint(style, TONES[status], status.padEnd(8))} ${wrap(clean(what), style.width, 9)}`,
		...(fix === null ? [] : [`${" ".repeat(9)}${paint(style, "strong", fix)}`]),
	]);
	const missing = findings.filter(({ status }) => status === "missing").length;
	const last = missing === 0 ? "Nothing is missing." : `${missing} missing.`;
	return `${[...lines, "", last].join("\n")}\n`;
}
