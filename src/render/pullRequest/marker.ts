import { createHash } from "node:crypto";
import type { PullRequestReport } from "./report.ts";

/** Longest list of stacks in the marker; the rest is a number. */
const LONGEST_LIST = 2_000;
/** Hex digits of a SHA-256 commit; SHA-1 has 40. */
const LONGEST_SHA = 64;

/**
 * Hidden first line by which the posting job finds its own comment again, and by which a later job tells what was
 * approved: the stacks, the commit, a hash over what all the changes mean, and how much the document leaves out.
 */
export function marker(report: PullRequestReport, level: number): string {
	const attributes = [
		`stacks=${stackList(report.stacks.map(({ stack }) => stack).toSorted())}`,
		`base=${encode(report.base.slice(0, LONGEST_SHA))}`,
		`head=${encode(report.head.slice(0, LONGEST_SHA))}`,
		`hash=${approvalHash(report)}`,
		`level=${level}`,
	];
	return `<!-- tierstack:v1 ${attributes.join(" ")} -->`;
}

/** sha256 over every stack's own hash; a stack that failed has none, so the document cannot be taken for approved. */
export function approvalHash({ stacks }: PullRequestReport): string {
	const sorted = stacks.toSorted((left, right) => (left.stack < right.stack ? -1 : 1));
	const meant = sorted.map(({ stack, changeSet, error }) => [stack, error === null ? (changeSet?.hash ?? null) : null]);
	return createHash("sha256").update(JSON.stringify(meant)).digest("hex");
}

function stackList(stacks: readonly string[]): string {
	const fitting: string[] = [];
	let length = 0;
	for (const stack of stacks.map(encode)) {
		length += stack.length + 1;
		if (length > LONGEST_LIST) break;
		fitting.push(stack);
	}
	const rest = stacks.length - fitting.length;
	return [...fitting, ...(rest === 0 ? [] : [`+${rest}`])].join(",");
}

/** Percent-encoded, so that nothing can end the comment or look like another attribute or stack. */
function encode(value: string): string {
	const bytes = (letter: string) =>
		[...Buffer.from(letter, "utf8")].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
	return value.replace(/[^\w.-]|--/gu, (letters) => (letters === "--" ? "-%2D" : bytes(letters)));
}
