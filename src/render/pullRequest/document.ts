import { count } from "../words.ts";
import { htmlCode, prose } from "./escape.ts";
import { type Group, groupStacks } from "./groups.ts";
import { byteLength, LARGEST_BYTES, LEVELS, type Level, SHORTEST } from "./levels.ts";
import { marker } from "./marker.ts";
import { blocks, bullets, folded } from "./markup.ts";
import { comparedLine, headline, overviewTable, togetherLine } from "./overview.ts";
import { sign, stackNames, standingWord } from "./phrases.ts";
import type { PullRequestReport } from "./report.ts";
import { stackSection } from "./stackSection.ts";

/** Up to so many groups stand open; with more, a reader opens what they want to see. */
const MOST_OPEN = 3;
const MOST_NOTES = 20;

/**
 * The document of a pull request, as GitHub's Markdown: verdict first, then what matters of each stack. It is told in
 * full when that fits, else one level shorter, and says what it leaves out. The same report gives the same bytes.
 *
 * @param largestBytes longest document in UTF-8 bytes (never fewer than its characters).
 */
export function renderPullRequest(report: PullRequestReport, largestBytes = LARGEST_BYTES): string {
	const groups = groupStacks(report.stacks);
	for (const level of LEVELS) {
		const text = documentOf(report, groups, level, groups.length);
		if (byteLength(text) <= largestBytes) return text;
	}
	return fewestRows(report, groups, largestBytes);
}

/** The document at one level, however long that is. */
export function documentAt(report: PullRequestReport, level: Level): string {
	const groups = groupStacks(report.stacks);
	return documentOf(report, groups, level, groups.length);
}

/** Verdicts of as many stacks as fit, the worst first. */
function fewestRows(report: PullRequestReport, groups: readonly Group[], largestBytes: number): string {
	let [fitting, tooMany] = [0, groups.length];
	while (tooMany - fitting > 1) {
		const middle = Math.floor((fitting + tooMany) / 2);
		if (byteLength(documentOf(report, groups, SHORTEST, middle)) <= largestBytes) fitting = middle;
		else tooMany = middle;
	}
	return documentOf(report, groups, SHORTEST, fitting);
}

function documentOf(report: PullRequestReport, groups: readonly Group[], level: Level, rows: number): string {
	const text = blocks(
		`${marker(report, level.number)}\n### ${headline(groups)}`,
		togetherLine(groups),
		overviewTable(groups.slice(0, rows)),
		rows === groups.length ? "" : missingRows(groups.slice(rows)),
		leftOutLine(level),
		bullets(report.notes.slice(0, MOST_NOTES).map((note) => prose(note, level.proseLength))),
		...groups.map((group) => section(group, groups.length, level)),
		comparedLine(report),
	);
	return `${text}\n`;
}

function section(group: Group, groups: number, level: Level): string {
	const body = stackSection(group, level);
	if (body === "") return "";
	const open = groups <= MOST_OPEN && group.standing !== "none";
	if (open) return blocks(`#### ${stackNames(group.stacks, 3)}`, body);
	const names = stackNames(group.stacks, 3, htmlCode);
	return folded(`${sign(group.standing)} ${names}: ${standingWord(group.standing).toLowerCase()}`, body);
}

function leftOutLine({ leftOut: what }: Level): string {
	if (what === null) return "";
	return `_Shortened to fit a comment; left out: ${what}. All of it: \`tierstack preview STACK\`, or the artifact of this run._`;
}

function missingRows(groups: readonly Group[]): string {
	const stacks = groups.reduce((total, group) => total + group.stacks.length, 0);
	return `and ${count(stacks, "more stack")}, none worse than the last one above`;
}
