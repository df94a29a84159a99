import type { ChangeSet } from "../changes/changeSet.ts";
import { bullets } from "./blueprint.ts";
import { paint, type Style } from "./style.ts";
import { renderTable } from "./table.ts";
import { clean, minutesRange, moneyDelta } from "./words.ts";

/** One thing that could be turned up by a pin, and what turning it up does. */
export interface Relief {
	/** `app.count=3` */
	readonly pin: string;
	/** What is short when this helps. */
	readonly relieves: string;
	readonly downtime: ChangeSet["downtime"];
	/** USD a month more; null = not known. */
	readonly delta: number | null;
	readonly verdict: ChangeSet["verdict"];
}

/** What can be done tonight. */
export interface Reliefs {
	/** What does not interrupt comes first. */
	readonly pins: readonly Relief[];
	/** Tier that brings readers of their own; null = none does, or they are there. */
	readonly replicasIn: string | null;
}

/** Whether users notice. */
export function interrupts({ downtime }: Pick<Relief, "downtime">): boolean {
	return downtime.class !== "none" && downtime.class !== "rolling";
}

/** What helps without an interruption, then what does not. */
export function renderReliefs({ pins, replicasIn }: Reliefs, style: Style): string {
	const block = (title: string, rows: readonly Relief[]) =>
		rows.length === 0 ? [] : [paint(style, "strong", title), table(rows, style)];
	const quiet = block(
		"Helps without an interruption",
		pins.filter((each) => !interrupts(each)),
	);
	const none = "Nothing here can be turned up without an interruption";
	const replica = `a read replica takes reading off the database and is made beside it: tier ${replicasIn} has one`;
	const lines = [
		...(quiet.length === 0 ? [none] : quiet),
		...(replicasIn === null ? [] : [bullets([clean(replica)], style)]),
		...block("Interrupts", pins.filter(interrupts)),
	];
	return `${lines.join("\n")}\n`;
}

function table(rows: readonly Relief[], style: Style): string {
	const cells = rows.map(({ pin, relieves, downtime, delta, verdict }) => [
		pin,
		relieves,
		downtime.minutes === null ? downtime.class : `${downtime.class} ${minutesRange(downtime.minutes)}`,
		delta === null ? "not known" : moneyDelta(delta),
		verdict,
	]);
	const head = ["pin", "when short of", "downtime", "$/month", "verdict"];
	return renderTable({ head, rows: cells, right: [3], flex: 1 }, style);
}
