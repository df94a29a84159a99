import type { Plain } from "../../../words.ts";
import { condition } from "../conditions.ts";

/**
 * Processor of a size by its name: a `g` after the generation's number means the provider's Arm processors (AWS EC2
 * user guide, instance type naming conventions, read 2026-11-21), as does the first such family.
 */
function processor(value: Plain | undefined): string | null {
	if (typeof value !== "string") return null;
	const family = /^(?:db\.|cache\.)?([a-z]+\d+[a-z-]*)\./.exec(value)?.[1];
	if (family === undefined) return null;
	return family === "a1" || /^[a-z]+\d+[a-z]*g/.test(family) ? "arm" : "x86";
}

/** Both are known and differ: a machine that changes it is another machine. Trap 36. */
export const otherProcessor = condition("to another processor architecture", ({ old, new: next }) => {
	const [before, after] = [processor(old), processor(next)];
	return before !== null && after !== null && before !== after;
});
