import type { ChangeSet } from "../../changes/changeSet.ts";
import { costText, downtimeText, moveText, verdictWord } from "../changeWords.ts";
import { code, prose } from "./escape.ts";
import type { Standing } from "./groups.ts";

/* Words of the document that more than one part of it uses. Markdown, already safe. */

const SIGNS: Readonly<Record<Standing, string>> = {
	failed: "🔴",
	blocked: "🔴",
	"needs-acceptance": "🟠",
	safe: "🟢",
	none: "⚪",
};

export function sign(standing: Standing): string {
	return SIGNS[standing];
}

export function standingWord(standing: Standing): string {
	return standing === "failed" ? "COULD NOT BE PREVIEWED" : verdictWord(standing);
}

/** `wizamart small → medium (digitalocean fra1)`, without the stack's name. */
export function moveMarkdown(changeSet: ChangeSet): string {
	return prose(moveText({ ...changeSet, stack: null }).replaceAll(" -> ", " → "), 300);
}

/** `4 create, 3 update ...; downtime 3-6 min (restart); 1 one-way door; +$118.00 a month (...)`. */
export function summaryMarkdown(changeSet: ChangeSet): string {
	const { same } = changeSet.totals;
	const totals = [operations(changeSet), same === 0 ? "" : `${same} unchanged`]
		.filter((part) => part !== "")
		.join(", ");
	const parts = [totals, downtimeText(changeSet), doors(changeSet), costText(changeSet).replaceAll(" -> ", " → ")];
	return parts.filter((part) => part !== "").join("; ");
}

const OPS = ["create", "update", "replace", "delete"] as const;

/** `2 create, 1 replace`: what happens, and nothing of what does not. */
export function operations({ totals }: ChangeSet): string {
	return OPS.filter((op) => totals[op] > 0)
		.map((op) => `${totals[op]} ${op}`)
		.join(", ");
}

function doors({ changes }: ChangeSet): string {
	const amount = changes.filter(({ undo }) => undo === "no" || undo === "unknown").length;
	if (amount === 0) return "";
	return `${amount} one-way door${amount === 1 ? "" : "s"}`;
}

/** `prod, dev and 12 more`, in code letters; `write` says which, as raw HTML has its own. */
export function stackNames(stacks: readonly string[], most: number, write = code): string {
	const shown = stacks.slice(0, most).map((stack) => write(stack, 60));
	const rest = stacks.length - shown.length;
	if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
	const last = shown.pop() ?? "";
	return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
