import type { Change } from "../../changes/changeSet.ts";
import { isSecretValue } from "../../secretText.ts";
import type { Plain } from "../../words.ts";
import { partsOfChange } from "../parts.ts";
import { maskSecrets } from "../words.ts";
import { code } from "./escape.ts";
import type { Level } from "./levels.ts";

/** Longest list of properties of one change; what is beyond is counted. */
const MOST_PROPS = 30;

/** `size: s-1vcpu-2gb -> s-2vcpu-4gb (replaces)`, one line a property. */
export function propLines({ op, props }: Change, level: Level): readonly string[] {
	const parts = props.flatMap(partsOfChange);
	const lines = parts.slice(0, MOST_PROPS).map(({ path, old, new: next, replaces }) => {
		const [before, after] = [shown(old, level), shown(next, level)];
		const values = op === "create" ? after : op === "delete" ? before : `${before} → ${after}`;
		const forced = replaces === "yes" ? " (replaces)" : replaces === "may" ? " (may replace)" : "";
		return `${code(path)}: ${values}${forced}`;
	});
	const rest = parts.length - lines.length;
	return rest === 0 ? lines : [...lines, `and ${rest} more properties`];
}

function shown(plain: Plain, level: Level): string {
	if (plain === null) return "(none)";
	const masked = maskSecrets(plain);
	const text = typeof masked === "string" ? masked : JSON.stringify(masked);
	return isSecretValue(text) ? code("[secret]") : code(text, level.valueLength);
}
