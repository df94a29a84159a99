import { describeProblem, type Problem } from "../errors.ts";
import { paint, type Style } from "./style.ts";
import { clean } from "./words.ts";

/** Everything a user has to mend, one line each. */
export function renderProblems(problems: readonly Problem[], style: Style): string {
	return problems.map((each) => `${paint(style, "bad", "error:")} ${clean(describeProblem(each))}\n`).join("");
}

/** A mistake of ours: says so, and what to send. The stack trace is for whoever mends it. */
export function renderBug(error: unknown, style: Style): string {
	const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const ask = "This is a bug in tierstack, not in your files. Please report it with the command and the lines below.";
	return `${paint(style, "bad", "internal error:")} ${ask}\n${what}\n`;
}
