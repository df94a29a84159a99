/* The few shapes the document is made of. They take Markdown that is already safe and never cut it. */

/** A table; `right` names the columns of figures by index. Nothing for no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[]): string {
	if (rows.length === 0) return "";
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	const rule = head.map((_head, column) => (right.includes(column) ? "-:" : "-"));
	return [line(head), line(rule), ...rows.map(line)].join("\n");
}

export function bullets(lines: readonly string[]): string {
	return lines.map((line) => `- ${line}`).join("\n");
}

/** A block under a bold line; nothing when the block is empty. */
export function titled(title: string, block: string): string {
	return block === "" ? "" : `**${title}**\n\n${block}`;
}

/** What opens on a click. The blank lines let Markdown work inside. */
export function folded(summary: string, body: string): string {
	return body === "" ? "" : `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** Blocks with a blank line between them, empty ones left out. */
export function blocks(...parts: readonly string[]): string {
	return parts.filter((part) => part !== "").join("\n\n");
}
