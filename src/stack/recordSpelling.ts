/*
 * A stack's own names stand all over its record: in names, tags and addresses. Each is written once, at the top, and a
 * mark stands where it was, so that the rest reads the same in every stack.
 */

/** Characters that JSON never holds as they are. */
const MARKS = ["\u0001", "\u0002"] as const;
const END = "\n";

/**
 * JSON with marks in the place of some texts. At most as many as there are marks; a text that JSON would escape, or an
 * empty one, is left where it is.
 */
export function spelled(json: string, texts: readonly string[]): string {
	const own = texts.slice(0, MARKS.length).map((text) => (JSON.stringify(text) === `"${text}"` ? text : ""));
	const marked = own.reduce((rest, text, index) => swapped(rest, text, MARKS[index] ?? ""), json);
	return `${JSON.stringify(own)}${END}${marked}`;
}

/** The JSON that `spelled` marked; one that was never marked is as it was. */
export function unspelled(text: string): string {
	if (!text.startsWith("[")) return text;
	const end = text.indexOf(END);
	const own: readonly string[] = JSON.parse(text.slice(0, end));
	return own.reduceRight((rest, each, index) => swapped(rest, MARKS[index] ?? "", each), text.slice(end + END.length));
}

function swapped(text: string, from: string, to: string): string {
	return from === "" || to === "" ? text : text.replaceAll(from, () => to);
}
