import {
	type Change,
	type ChangeSet,
	DATA_CLASSES,
	type DataClass,
	DOWNTIMES,
	UNDOS,
	type Undo,
} from "../../changes/changeSet.ts";
import { ROLES } from "../../words.ts";
import { actionText, costCell, downtimeCell, matters, restText } from "../changeWords.ts";
import { count, moneyDelta } from "../words.ts";
import { code, prose } from "./escape.ts";
import type { Level } from "./levels.ts";
import { blocks, table } from "./markup.ts";
import { propLines } from "./propLines.ts";

const HEAD = ["what", "resource", "downtime", "data", "undo", "$/month"];
const FIGURES = [5];
/** Letters of a list of names. */
const MOST_NAMES = 400;

/** What a reviewer has to see of a stack, as detailed as the level says. */
export function changeTable(changeSet: ChangeSet, level: Level): string {
	switch (level.rows) {
		case "change":
			return rowsFor(changeSet.changes, changeSet.changes.filter(matters), level);
		case "role":
			return roleTable(changeSet);
		case "risk":
			return rowsFor(changeSet.changes, changeSet.changes.filter(isRisky), level);
		case "none":
			return "";
	}
}

function rowsFor(all: readonly Change[], chosen: readonly Change[], level: Level): string {
	const shown = chosen.slice(0, level.mostLines);
	const rows = shown.map((change) => row(change, level));
	const rest = all.length - shown.length;
	if (rest === 0) return table(HEAD, rows, FIGURES);
	// The names of what does not matter one by one, where nothing else is missing.
	const named = level.rows === "change" && shown.length === chosen.length;
	return blocks(
		table(HEAD, rows, FIGURES),
		named ? prose(restText(all), MOST_NAMES) : `and ${count(rest, "more change")}`,
	);
}

function row(change: Change, level: Level): readonly string[] {
	const props =
		level.rows === "change" && change.op !== "create" && change.op !== "delete" ? propLines(change, level) : [];
	return [
		[actionText(change), joinWord(change)].filter((part) => part !== "").join(", "),
		[code(change.name), ...props].join("<br>"),
		downtimeCell(change),
		dataWord(change.data),
		undoWord(change.undo),
		costCell(change),
	];
}

/** What the real engine made of the model's expectation. */
function joinWord({ join }: Change): string {
	return join === "unexplained"
		? "**nothing explains it**"
		: join === "missing"
			? "expected, but the engine does not"
			: "";
}

const BAD_DATA: readonly DataClass[] = ["lost", "lost-unless-snapshot", "unknown"];

function dataWord(data: DataClass): string {
	const word = data === "unknown" ? "not known" : data;
	return BAD_DATA.includes(data) ? `**${word}**` : word;
}

function undoWord(undo: Undo): string {
	return undo === "no" ? "**no**" : undo === "unknown" ? "**not known**" : undo;
}

/** Whether a change can hurt: what it costs is in the summary. */
function isRisky(change: Change): boolean {
	return matters({ ...change, cost: { before: null, after: null, delta: null } });
}

function roleTable({ changes }: ChangeSet): string {
	const head = ["role", "changes", "downtime", "data", "undo", "$/month"];
	const rows = [...ROLES, null].flatMap((role) => {
		const own = changes.filter((change) => change.role === role);
		if (own.length === 0) return [];
		const deltas = own.map(({ cost }) => cost.delta).filter((delta) => delta !== null);
		const worstDown = worst(
			DOWNTIMES,
			own.map(({ downtime }) => downtime.class),
		);
		return [
			[
				role ?? "stack",
				["create", "update", "replace", "delete"]
					.map((op) => [own.filter((change) => change.op === op).length, op] as const)
					.filter(([amount]) => amount > 0)
					.map(([amount, op]) => `${amount} ${op}`)
					.join(", "),
				worstDown === "unknown" ? "not known" : worstDown,
				dataWord(
					worst(
						DATA_CLASSES,
						own.map(({ data }) => data),
					),
				),
				undoWord(
					worst(
						UNDOS,
						own.map(({ undo }) => undo),
					),
				),
				deltas.length === 0 ? "" : moneyDelta(deltas.reduce((total, delta) => total + delta, 0)),
			],
		];
	});
	return table(head, rows, FIGURES);
}

/** The lists run from least to worst. */
function worst<Word>(order: readonly Word[], words: readonly Word[]): Word {
	const [first, ...others] = words;
	if (first === undefined) throw new RangeError("nothing to choose the worst of");
	return others.reduce((left, right) => (order.indexOf(right) > order.indexOf(left) ? right : left), first);
}
