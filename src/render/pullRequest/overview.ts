import { type ChangeSet, DATA_CLASSES, type DataClass } from "../../changes/changeSet.ts";
import { downtimeText } from "../changeWords.ts";
import { count, money, moneyDelta, price } from "../words.ts";
import { code } from "./escape.ts";
import { type Group, STANDINGS, type Standing } from "./groups.ts";
import { table } from "./markup.ts";
import { moveMarkdown, operations, sign, stackNames } from "./phrases.ts";
import type { PullRequestReport } from "./report.ts";

const ONE: Readonly<Record<Standing, string>> = {
	failed: "could not be previewed",
	blocked: "is blocked",
	"needs-acceptance": "needs acceptance",
	safe: "is safe",
	none: "does not change",
};

const MANY: Readonly<Record<Standing, string>> = {
	failed: "could not be previewed",
	blocked: "are blocked",
	"needs-acceptance": "need acceptance",
	safe: "are safe",
	none: "do not change",
};

/** The verdict in one sentence: what a reviewer reads when they read nothing else. */
export function headline(groups: readonly Group[]): string {
	const counted = STANDINGS.map((standing) => {
		const stacks = groups.filter((group) => group.standing === standing).flatMap((group) => group.stacks);
		return { standing, stacks };
	}).filter(({ stacks }) => stacks.length > 0);
	const [worst] = counted;
	if (worst === undefined) return "⚪ These commits touch no stack";
	const all = counted.reduce((total, { stacks }) => total + stacks.length, 0);
	const parts = counted.map(({ standing, stacks }) =>
		all <= 3
			? `${stackNames(stacks, 3)} ${stacks.length === 1 ? ONE[standing] : MANY[standing]}`
			: `${stacks.length} ${stacks.length === 1 ? ONE[standing] : MANY[standing]}`,
	);
	return `${sign(worst.standing)} ${all <= 3 ? "" : `Of ${all} stacks `}${parts.join(", ")}`;
}

/** What all stacks together cost before and after. */
export function togetherLine(groups: readonly Group[]): string {
	const costs = groups.flatMap(({ stacks, report }) => stacks.map(() => report.changeSet?.cost ?? null));
	if (costs.length < 2) return "";
	const known = costs.filter((cost) => cost !== null && cost.delta !== null);
	const total = (pick: (cost: ChangeSet["cost"]) => number | null) =>
		known.reduce((sum, cost) => sum + (cost === null ? 0 : (pick(cost) ?? 0)), 0);
	const unknown = costs.length - known.length;
	const atLeast = known.some((cost) => cost !== null && cost.coverage.unpriced > 0) ? "at least " : "";
	const [before, after] = [total((cost) => cost.before), total((cost) => cost.after)];
	const rest = unknown === 0 ? "" : `; not known for ${count(unknown, "stack")}`;
	const delta = total((cost) => cost.delta);
	if (Math.abs(delta) < 0.005) return `Together the cost does not change: ${atLeast}${money(after)} a month${rest}.`;
	return `Together **${atLeast}${moneyDelta(delta)} a month** (${money(before)} → ${money(after)})${rest}.`;
}

/** One row a group: what happens to its stacks, and the cost before, after and between. */
export function overviewTable(groups: readonly Group[]): string {
	const head = ["", "stack", "move", "changes", "downtime", "data", "before", "after", "difference"];
	return table(head, groups.map(overviewRow), [6, 7, 8]);
}

function overviewRow({ stacks, report, standing }: Group): readonly string[] {
	const names = stackNames(stacks, 3);
	const { changeSet } = report;
	if (standing === "failed" || changeSet === null) return [sign(standing), names, ONE.failed, "", "", "", "", "", ""];
	const { cost } = changeSet;
	return [
		sign(standing),
		names,
		moveMarkdown(changeSet),
		operations(changeSet) || "none",
		standing === "none"
			? ""
			: downtimeText(changeSet)
					.replace(/^downtime /, "")
					.replace("no downtime", "none"),
		worstData(changeSet),
		changeSet.from === null ? "" : price(cost.before),
		changeSet.to === null ? "" : price(cost.after),
		cost.delta === null ? "not known" : moneyDelta(cost.delta),
	];
}

function worstData({ changes }: ChangeSet): string {
	const worst = changes.reduce<DataClass>(
		(left, { data }) => (DATA_CLASSES.indexOf(data) > DATA_CLASSES.indexOf(left) ? data : left),
		"none",
	);
	if (worst === "none") return "untouched";
	return worst === "kept" || worst === "moved" ? worst : `**${worst === "unknown" ? "not known" : worst}**`;
}

/** What was compared with what, so that nobody takes a prediction for the cloud's own state. */
export function comparedLine({ base, head, stacks }: PullRequestReport): string {
	const engine = stacks.some(({ changeSet }) => changeSet?.layer === "engine");
	const how = engine
		? "by the real engine, against what is deployed"
		: "by the program alone (model layer): no cloud was asked, so drift does not show";
	return `Compared ${code(base.slice(0, 12))} with ${code(head.slice(0, 12))}, ${how}.`;
}
