import type { Change, ChangeSet } from "../../changes/changeSet.ts";
import { describeProblem } from "../../errors.ts";
import { lastName, unprotectedTexts, unusedTexts } from "../changeWords.ts";
import { price } from "../words.ts";
import { changeTable } from "./changeTable.ts";
import { bareDetail } from "./detail.ts";
import { code, prose } from "./escape.ts";
import type { Group } from "./groups.ts";
import type { Level } from "./levels.ts";
import { blocks, bullets, folded, titled } from "./markup.ts";
import { moveMarkdown, stackNames, standingWord, summaryMarkdown } from "./phrases.ts";
import { propLines } from "./propLines.ts";

/** One stack's part of the document, without a heading of its own. Nothing at the level of verdicts. */
export function stackSection({ report, stacks, standing }: Group, level: Level): string {
	const { changeSet, error, notes } = report;
	if (level.rows === "none" || (level.rows === "risk" && standing === "safe")) return "";
	if (standing === "none" && notes.length === 0) return "";

	const part = (title: string, lines: readonly string[]) => titled(title, limited(lines, level));
	const same = stacks.length === 1 ? "" : sameFor(stacks, level);
	const known = part(
		"To know",
		notes.map((note) => prose(note, level.proseLength)),
	);
	if (changeSet === null || error !== null) {
		const problems = (error ?? []).map((problem) => prose(describeProblem(problem), level.proseLength));
		return blocks(same, part("To be mended first", problems), known);
	}
	return blocks(
		`**${standingWord(standing)}** ${moveMarkdown(changeSet)}: ${summaryMarkdown(changeSet)}`,
		same,
		part("Opens to more readers or callers", security(changeSet, level)),
		part(
			"Protection lifted",
			unprotectedTexts(changeSet).map((text) => prose(text, level.proseLength)),
		),
		part("Why it is not simply safe", reasons(changeSet, level)),
		titled("What matters", changeTable(changeSet, level)),
		part(
			"To do by hand",
			changeSet.steps.map((step) => numbered(step.title, step.why, step.steps, level)),
		),
		part(
			"A safer way",
			changeSet.routes.map((way) => numbered(way.title, way.resource, way.steps, level)),
		),
		...(level.rows === "risk"
			? []
			: [
					part("Kept, still paid", kept(changeSet)),
					part("Accepted", accepted(changeSet)),
					part(
						"In accept, and not used here",
						unusedTexts(changeSet).map((text) => prose(text, level.proseLength)),
					),
					known,
				]),
		level.detail ? folded("Every change, and cost by role", bareDetail(changeSet, level)) : "",
		changeSet.next === "" ? "" : `**Next:** ${code(changeSet.next)}`,
	);
}

function sameFor(stacks: Group["stacks"], level: Level): string {
	return `Same for ${stackNames(stacks, level.mostLines)}; the values are those of ${code(stacks[0])}.`;
}

function limited(lines: readonly string[], level: Level): string {
	const rest = lines.length - level.mostLines;
	return bullets(rest > 0 ? [...lines.slice(0, level.mostLines), `and ${rest} more`] : lines);
}

/** First of all, because it is what nobody sees in a list of sizes. */
function security({ changes }: ChangeSet, level: Level): readonly string[] {
	const wider = changes.filter((change) => change.security === "wider");
	const props = (change: Change) => (level.rows === "risk" ? [] : propLines(change, level));
	return wider.map((change) => [code(change.name), ...props(change)].join("<br>"));
}

function reasons({ reasons: all }: ChangeSet, level: Level): readonly string[] {
	return all.map(({ risk, urn, text }) => {
		const what = urn === null ? "" : ` ${code(lastName(urn))}`;
		return `**${risk}**${what}: ${prose(text, level.proseLength)}`;
	});
}

/** A title with its steps below it; the title alone where only risks are told. */
function numbered(title: string, of: string, steps: readonly string[], level: Level): string {
	const head = prose(title, level.proseLength);
	if (level.rows === "risk") return head;
	const shown = steps.slice(0, level.mostLines);
	return [
		`${head} (${prose(of, level.proseLength)})`,
		...shown.map((step, index) => `  ${index + 1}. ${prose(step, level.proseLength)}`),
	].join("\n");
}

function kept({ kept: all }: ChangeSet): readonly string[] {
	return all.map(
		({ urn, monthlyUsd }) => `${code(lastName(urn))}: ${price(monthlyUsd)}${monthlyUsd === null ? "" : " a month"}`,
	);
}

function accepted({ accepted: all }: ChangeSet): readonly string[] {
	return all.map(({ risk, resource, until }) => {
		const end = until === null ? "" : ` until ${prose(until, 20)}`;
		return `${risk} of ${code(resource)}${end}`;
	});
}
