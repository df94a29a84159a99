import type { Change, ChangeSet } from "../../changes/changeSet.ts";
import { describeProblem } from "../../errors.ts";
import { lastName } from "../changeWords.ts";
import { price } from "../words.ts";
import { changeTable } from "./changeTable.ts";
import { bareDetail } from "./detail.ts";
import { code, prose } from "./escape.ts";
import type { Group } from "./groups.ts";
import type { Level } from "./levels.ts";
import { blocks, bullets, folded, titled } from "./markup.ts";
import { moveMarkdown, stackNames, standingWord, summaryMarkdown } from "./phrases.ts";
import { propLines } from "./propLines.ts";

/** Longest lists of a section; what is beyond is counted. */
const MOST_LINES = 40;

/** One stack's part of the document, without a heading of its own. Nothing at the level of verdicts. */
export function stackSection({ report, stacks, standing }: Group, level: Level): string {
	if (level.rows === "none") return "";
	const { changeSet, error, notes } = report;
	const same =
		stacks.length === 1
			? ""
			: `Same for ${stackNames(stacks, MOST_LINES)}; the values are those of ${code(stacks[0])}.`;
	if (changeSet === null || error !== null) {
		const problems = limited((error ?? []).map((problem) => prose(describeProblem(problem), level.proseLength)));
		return blocks(same, titled("To be mended first", problems), noteLines(notes, level));
	}
	if (standing === "none") return notes.length === 0 ? "" : blocks(same, noteLines(notes, level));
	return blocks(
		`**${standingWord(standing)}** ${moveMarkdown(changeSet)}: ${summaryMarkdown(changeSet)}`,
		same,
		titled("Opens to more readers or callers", security(changeSet, level)),
		titled("Why it is not simply safe", reasons(changeSet, level)),
		titled("What matters", changeTable(changeSet, level)),
		titled("To do by hand", steps(changeSet, level)),
		titled("Kept, still paid", kept(changeSet)),
		titled("Accepted", accepted(changeSet)),
		noteLines(notes, level),
		level.detail ? folded("Every change, and cost by role", bareDetail(changeSet, level)) : "",
		changeSet.next === "" ? "" : `**Next:** ${code(changeSet.next)}`,
	);
}

function limited(lines: readonly string[]): string {
	const rest = lines.length - MOST_LINES;
	return bullets(rest > 0 ? [...lines.slice(0, MOST_LINES), `and ${rest} more`] : lines);
}

function noteLines(notes: readonly string[], level: Level): string {
	return titled("To know", limited(notes.map((note) => prose(note, level.proseLength))));
}

/** First of all, because it is what nobody sees in a list of sizes. */
function security({ changes }: ChangeSet, level: Level): string {
	const wider = changes.filter((change) => change.security === "wider");
	const told = (change: Change) => [code(change.name), ...propLines(change, level)].join("<br>");
	return limited(wider.map(told));
}

function reasons({ reasons: all }: ChangeSet, level: Level): string {
	return limited(
		all.map(({ risk, urn, text }) => {
			const what = urn === null ? "" : ` ${code(lastName(urn))}`;
			return `**${risk}**${what}: ${prose(text, level.proseLength)}`;
		}),
	);
}

function steps({ steps: manual }: ChangeSet, level: Level): string {
	if (level.rows === "risk") return limited(manual.map(({ title }) => prose(title, level.proseLength)));
	return limited(
		manual.map(({ title, why, steps: numbered }) =>
			[
				`${prose(title, level.proseLength)} (${prose(why, level.proseLength)})`,
				...numbered.map((step, index) => `  ${index + 1}. ${prose(step, level.proseLength)}`),
			].join("\n"),
		),
	);
}

function kept({ kept: all }: ChangeSet): string {
	return limited(
		all.map(
			({ urn, monthlyUsd }) => `${code(lastName(urn))}: ${price(monthlyUsd)}${monthlyUsd === null ? "" : " a month"}`,
		),
	);
}

function accepted({ accepted: all }: ChangeSet): string {
	return limited(
		all.map(({ risk, resource, until }) => {
			const end = until === null ? "" : ` until ${prose(until, 20)}`;
			return `${risk} of ${code(resource)}${end}`;
		}),
	);
}
