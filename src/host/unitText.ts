/** An argument in a unit's command line: one word for systemd, taken literally. */
function unitArgument(text: string): string {
	if (/^[\w@+=:,./-]+$/.test(text)) return text;
	const escaped = text
		.replace(/\\/g, "\\\\")
		.replace(/"/g, '\\"')
		.replace(/\n/g, "\\n")
		.replace(/%/g, "%%")
		.replace(/\$/g, "$$$$");
	return `"${escaped}"`;
}

/** A command line in a unit. */
export function commandLine(words: readonly string[]): string {
	return words.map(unitArgument).join(" ");
}

/**
 * An environment file, as systemd and a POSIX shell both read it: values in double quotes, line breaks kept.
 * Sorted by name, so that the same values give the same bytes.
 */
export function environmentFile(values: Readonly<Record<string, string>>): string {
	return Object.keys(values)
		.sort()
		.map((name) => `${name}="${(values[name] ?? "").replace(/[\\"$`]/g, "\\$&")}"\n`)
		.join("");
}
