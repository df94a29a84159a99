import type { Io } from "./io.ts";

/** What every command gets: the outside, and whether to print JSON. */
export interface Shell {
	readonly io: Io;
	readonly json: boolean;
}

/** A command line after its command's name. */
export interface Line {
	readonly args: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** A command's own part: prints, and answers with the exit code. */
export type Run = (shell: Shell, line: Line) => Promise<number>;

/** An option that takes a value; undefined when it was not given. */
export function textOption({ options }: Line, name: string): string | undefined {
	const value = options[name];
	return typeof value === "string" ? value : undefined;
}

/** An option that may be given several times, or once with commas. */
export function listOption({ options }: Line, name: string): readonly string[] {
	const value = options[name];
	const words = typeof value === "object" ? value : typeof value === "string" ? [value] : [];
	return words.flatMap((word) => word.split(",")).filter((word) => word !== "");
}
