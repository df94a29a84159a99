import picocolors from "picocolors";

/** How a text for people is laid out: the renderers know nothing else of the terminal. */
export interface Style {
	readonly color: boolean;
	/** Columns to fit into. */
	readonly width: number;
}

/** What a passage means; the paint decides how that looks. */
export type Tone = "plain" | "strong" | "quiet" | "good" | "warning" | "bad";

/** Colours a text by what it means; without colour the text comes back as it is. */
export function paint(style: Style, tone: Tone, text: string): string {
	const colors = picocolors.createColors(style.color);
	switch (tone) {
		case "plain":
			return text;
		case "strong":
			return colors.bold(text);
		case "quiet":
			return colors.dim(text);
		case "good":
			return colors.green(text);
		case "warning":
			return colors.yellow(text);
		case "bad":
			return colors.bold(colors.red(text));
	}
}
