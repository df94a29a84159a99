import type { Change, ChangeSet, Undo, Verdict } from "../changes/changeSet.ts";
import { ROLES } from "../words.ts";
import { bullets } from "./blueprint.ts";
import {
	actionText,
	baseText,
	costCell,
	costText,
	downtimeCell,
	downtimeText,
	lastName,
	matters,
	moveText,
	planText,
	propTexts,
	restText,
	together,
	totalsText,
	unprotectedTexts,
	unusedTexts,
	verdictWord,
} from "./changeWords.ts";
import { paint, type Style, type Tone } from "./style.ts";
import { renderTable, section, wrap } from "./table.ts";
import { clean, money, moneyDelta, price } from "./words.ts";

const TONES: Readonly<Record<Verdict, Tone>> = {
	none: "good",
	safe: "good",
	"needs-acceptance": "warning",
	blocked: "bad",
};

/** A change set for the terminal: verdict and base first, then what needs a decision, then the rest. */
export function renderChangeSet(changes: ChangeSet, style: Style): string {
	const verdict = paint(style, TONES[changes.verdict], verdictWord(changes.verdict));
	const lines = [
		`${verdict}, ${baseText(changes)}`,
		moveText(changes),
		wrap(changes.verdict === "none" ? costText(changes) : summary(changes), style.width, 2),
		...section("Why it is not simply safe", reasonLines(changes, style), style),
		...section("Engine against model", joinLines(changes, style), style),
		...section("Opens to more readers or callers", securityLines(changes, style), style),
		...section("Protection lifted", bullets(unprotectedTexts(changes), style), style),
		...section("Downtime", downtimeLines(changes, style), style),
		...section("One-way doors", undoLines(changes, ["no", "unknown"], style), style),
		...section("Can be undone only in part", undoLines(changes, ["partial"], style), style),
		...section("What matters", changeTable(changes, style), style),
		...rest(changes, style),
		...section("Changed in place, data kept", dataKeptLines(changes, style), style),
		...section("To do by hand", manualSteps(changes, style), style),
		...section("Safer routes", routeLines(changes, style), style),
		...section("Kept, still paid", keptLines(changes, style), style),
		...(changes.verdict === "none" ? [] : section("Cost by role", costTable(changes, style), style)),
		...section("Accepted", acceptedLines(changes, style), style),
		...section("In accept, and not used here", bullets(unusedTexts(changes), style), style),
		...(changes.next === "" ? [] : ["", `${paint(style, "strong", "Next:")} ${changes.next}`]),
	];
	return `${lines.join("\n")}\n`;
}

function summary(changes: ChangeSet): string {
	return `${totalsText(changes)}; ${downtimeText(changes)}; ${costText(changes)}`;
}

function reasonLines({ reasons }: ChangeSet, style: Style): string {
	const lines = reasons.map(
		({ risk, urn, text }) => [urn === null ? risk : `${risk} ${lastName(urn)}`, clean(text)] as const,
	);
	return bullets(together(lines), style);
}

function joinLines(changes: ChangeSet, style: Style): string {
	if (changes.layer !== "engine" || changes.changes.length === 0) return "";
	const names = (join: Change["join"]) => changes.changes.filter((each) => each.join === join).map(({ name }) => name);
	const told = [
		[names("missing"), "expected, but not in the engine's plan"],
		[names("unexplained"), "in the engine's plan, and nothing explains it"],
	] as const;
	return bullets(
		[
			`${names("explained").length} of ${changes.changes.length} changes are in the engine's plan as expected`,
			...told.flatMap(([found, text]) => (found.length === 0 ? [] : [`${found.join(", ")}: ${text}`])),
		],
		style,
	);
}

function securityLines({ changes }: ChangeSet, style: Style): string {
	const wider = changes.filter(({ security }) => security === "wider");
	return bullets(
		wider.map((change) => [change.name, ...propTexts(change)].join("; ")),
		style,
	);
}

function downtimeLines({ changes }: ChangeSet, style: Style): string {
	const down = changes.filter((change) => !["none", "rolling"].includes(change.downtime.class));
	const lines = down.map((change) => [change.name, `${downtimeCell(change)}, ${clean(change.downtime.why)}`] as const);
	return bullets(together(lines), style);
}

function undoLines({ changes }: ChangeSet, wanted: readonly Undo[], style: Style): string {
	const doors = changes.filter(({ undo }) => wanted.includes(undo));
	const lines = doors.map(({ name, undo, undoWhy }) => [name, `${UNDO_WORDS[undo]}${clean(undoWhy)}`] as const);
	return bullets(together(lines), style);
}

const UNDO_WORDS: Readonly<Record<Undo, string>> = {
	yes: "",
	partial: "",
	no: "cannot be undone, ",
	unknown: "not known whether it can be undone, ",
};

function changeTable({ changes }: ChangeSet, style: Style): string {
	const shown = changes.filter(matters);
	if (shown.length === 0) return "";
	const rows = shown.flatMap((change) => [
		[
			paint(style, toneOf(change), actionText(change)),
			change.name,
			downtimeCell(change),
			change.data,
			change.undo === "unknown" ? "not known" : change.undo,
			costCell(change),
		],
		...propTexts(change).map((text) => `    ${text}`),
	]);
	const head = ["what", "resource", "downtime", "data", "undo", "$/month"];
	return renderTable({ head, rows, right: [5], flex: 1 }, style);
}

function toneOf({ op, outcome, data }: Change): Tone {
	if (outcome === "refused" || op === "delete" || data === "lost" || data === "lost-unless-snapshot") return "bad";
	return op === "replace" || outcome !== "applied" ? "warning" : "plain";
}

function rest({ changes }: ChangeSet, style: Style): string[] {
	const text = restText(changes);
	return text === "" ? [] : ["", wrap(text, style.width, 2)];
}

function manualSteps({ steps }: ChangeSet, style: Style): string {
	return steps.map((each) => numbered(`${each.title} (${each.why})`, each.steps, style)).join("\n");
}

/** A title with its steps, indented as a block. */
export function numbered(title: string, steps: readonly string[], style: Style): string {
	return [
		`  ${wrap(title, style.width, 2)}`,
		...steps.map((step, index) => `    ${index + 1}. ${wrap(step, style.width, 7)}`),
	].join("\n");
}

function dataKeptLines({ changes }: ChangeSet, style: Style): string {
	const names = changes.filter(({ op, data }) => op === "update" && data === "kept").map(({ name }) => name);
	return names.length === 0 ? "" : bullets([names.join(", ")], style);
}

function routeLines({ routes }: ChangeSet, style: Style): string {
	return routes.map(({ resource, title, steps }) => numbered(`${resource}: ${title}`, steps, style)).join("\n");
}

function keptLines({ kept }: ChangeSet, style: Style): string {
	return bullets(
		kept.map(({ urn, monthlyUsd }) => `${lastName(urn)}: ${price(monthlyUsd)}${monthlyUsd === null ? "" : " a month"}`),
		style,
	);
}

function costTable(changes: ChangeSet, style: Style): string {
	const { cost } = changes;
	const rows = ROLES.flatMap((role) => {
		const line = cost.byRole[role];
		if (line === undefined || (line.before < 0.005 && line.after < 0.005)) return [];
		return [[role, money(line.before), money(line.after), moneyDelta(line.delta)]];
	});
	if (rows.length === 0) return "";
	const table = renderTable(
		{ head: ["role", "before", "after", "difference"], rows, right: [1, 2, 3], flex: 0 },
		style,
	);
	const unpriced = cost.coverage.unpricedIds;
	const told = [
		planText(changes),
		unpriced.length === 0 ? "" : `No confirmed price, so at least: ${unpriced.join(", ")}`,
	];
	return [table, ...told.filter((text) => text !== "").map((text) => `  ${wrap(text, style.width, 2)}`)].join("\n");
}

function acceptedLines({ accepted }: ChangeSet, style: Style): string {
	return bullets(
		accepted.map(({ risk, resource, until }) => `${risk} of ${resource}${until === null ? "" : ` until ${until}`}`),
		style,
	);
}
