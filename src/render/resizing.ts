import type { ChangeSet } from "../changes/changeSet.ts";
import { downtimeText } from "./changeWords.ts";
import { count, money } from "./words.ts";

/** One line: what sizing a locked stack afresh would do, and the command for it. */
export function resizeText(stack: string, changes: ChangeSet): string {
	const amount = changes.changes.length;
	const what = [
		moneyText(changes.cost.delta),
		amount === 0 ? "no resource changes" : count(amount, "change"),
		downtimeText(changes),
	];
	return `Locked. Sized afresh it would be: ${what.join(", ")}: tierstack promote ${stack} --resize`;
}

function moneyText(delta: number | null): string {
	if (delta === null) return "cost not known";
	if (Math.abs(delta) < 0.005) return "the same cost";
	return `${money(Math.abs(delta))}/month ${delta < 0 ? "less" : "more"}`;
}
