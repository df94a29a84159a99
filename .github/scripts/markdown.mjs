// The little Markdown that the scripts write themselves. Whatever comes from a resource goes through `cell`.

const OBEYED = /[<>&`*_[\]{}|\\~#$^=+!@]/g;

/** Text in code letters that nothing in it can end, short enough for a table. */
export function cell(value) {
	const letters = [
		...String(value)
			.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, " ")
			.trim(),
	];
	const short = letters.length > 120 ? `${letters.slice(0, 119).join("")}…` : letters.join("");
	return `<code>${short.replace(OBEYED, (letter) => `&#${letter.codePointAt(0)};`)}</code>`;
}

const MOST_ROWS = 100;

export function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	const shown = rows.slice(0, MOST_ROWS);
	const rest = rows.length - shown.length;
	return [
		line(head),
		line(head.map(() => "-")),
		...shown.map(line),
		...(rest === 0 ? [] : ["", `and ${rest} more`]),
	].join("\n");
}

/** `urn:...::data` -> `data`. */
export function nameOf(urn) {
	return urn?.split("::").at(-1) ?? "the stack";
}
