/*
 * Text that somebody else wrote, made safe for GitHub's Markdown: whatever stands in a stack file, a ladder or a
 * resource comes out as the letters it is, never as markup, a table's edge, a link, a mention or an issue reference.
 *
 * Two layers do it. Letters that Markdown or HTML would obey become entities, which CommonMark never takes for
 * structure. Letters that GitHub looks for after rendering (mentions, references, addresses) get a zero-width space
 * behind them. Code spans need only the first layer: GitHub looks for nothing inside them.
 */

/** Control, format (bidirectional overrides, zero-width), lone surrogate, private and line separator characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const OBEYED = /[<>&`*_[\]{}|\\~#$^=+!@]/g;
const ZERO_WIDTH = "\u200b";

/** The text on one line, with nothing in it that is not seen. */
function oneLine(text: string): string {
	return text.replace(UNSEEN, " ").replace(/\s+/gu, " ").trim();
}

/** At most so many letters; an ellipsis tells that there were more. */
function cut(text: string, most: number): string {
	const letters = [...text];
	return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** The beginning of a text on one line. What is far beyond is not even looked at: values can be megabytes. */
function shorten(text: string, most: number): string {
	const near = text.slice(0, most * 4);
	return cut(`${oneLine(near)}${near.length < text.length ? "…" : ""}`, most);
}

/** Letters as letters, for anywhere but inside a code span. */
function literal(text: string): string {
	return text
		.replace(OBEYED, (letter) => `&#${letter.codePointAt(0)};${letter === "@" || letter === "#" ? ZERO_WIDTH : ""}`)
		.replaceAll("://", `:${ZERO_WIDTH}//`)
		.replace(/www\./gi, (found) => `${found.slice(0, 3)}${ZERO_WIDTH}.`)
		.replace(/\bGH-(?=\d)/gi, (found) => `${found.slice(0, 2)}${ZERO_WIDTH}-`)
		.replace(/^(\d+)([.)])/, (_match, digits: string, mark: string) => `${digits}&#${mark.codePointAt(0)};`)
		.replace(/^-/, "&#45;");
}

/** A name, a value or a command, in code letters. */
export function code(text: string, most = 200): string {
	const line = shorten(text, most);
	if (line === "") return "(empty)";
	// A table cell ends at any pipe, and a backslash before one has no way to be written: those go as entities.
	return /[`|\\<]/.test(line) ? `<code>${literal(line)}</code>` : `\`${line}\``;
}

/** Code letters inside a line of raw HTML, where Markdown's own do not work. */
export function htmlCode(text: string, most = 200): string {
	return `<code>${literal(shorten(text, most))}</code>`;
}

/** A sentence. What stands between a pair of backticks is shown in code letters, as its writer meant. */
export function prose(text: string, most = 400): string {
	const line = shorten(text, most);
	if (line === "") return "(empty)";
	return line
		.split(/`([^`]+)`/)
		.map((part, index) => (index % 2 === 1 && part.trim() !== "" ? code(part) : literal(part)))
		.join("");
}
