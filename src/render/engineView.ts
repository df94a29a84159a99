import type { CloudMove, Drift } from "../changes/drift.ts";
import { lastName } from "./changeWords.ts";
import type { Style } from "./style.ts";
import { section, wrap } from "./table.ts";
import { clean, count, value } from "./words.ts";

/** What the engine found beside the change set. */
export interface EngineFindings {
	readonly drift: readonly Drift[];
	readonly byCloud: readonly CloudMove[];
	/** Commands that keep what was changed beside the program. Default: none. */
	readonly keep?: readonly string[];
	readonly note: string | null;
}

/** Drift apart from intent, and what the cloud moved by itself in one line. */
export function renderEngineFindings({ drift, byCloud, keep = [], note }: EngineFindings, style: Style): string {
	const lines = drift.flatMap(({ name, type, what, props }) => [
		`  - ${clean(name)} (${type.split(":").at(-1) ?? type}): ${what === "gone" ? "deleted in the cloud" : "changed beside the program"}`,
		...props.map(
			({ path, old, new: next }) => `      ${clean(path)}: the program set ${value(old)}, the cloud has ${value(next)}`,
		),
	]);
	const moved = [...new Set(byCloud.map(({ urn, says }) => `${lastName(urn)}: ${says}`))].sort();
	const told = [
		...(note === null ? [] : [`Note: ${wrap(clean(note), style.width, 6)}`]),
		...section("Drift: changed in the cloud, not by these files", lines.join("\n"), style),
		...(drift.length === 0 ? [] : [DRIFT_NEXT]),
		...section("To keep what somebody changed, so that no update sets it back", commandLines(keep), style),
		...(moved.length === 0
			? []
			: [
					"",
					wrap(
						`${count(moved.length, "thing")} the cloud moved by itself, no drift: ${moved.join("; ")}`,
						style.width,
						2,
					),
				]),
	];
	return told.length === 0 ? "" : `${told.join("\n")}\n`;
}

const DRIFT_NEXT =
	"  pulumi up leaves it as long as the state says otherwise; pulumi refresh takes it into the state, and the next pulumi up sets it back.";

function commandLines(commands: readonly string[]): string {
	return commands.map((command) => `  ${clean(command)}`).join("\n");
}
