import { createHash } from "node:crypto";
import type { Plain } from "../words.ts";
import type { Change } from "./changeSet.ts";
import { knowledgeOf } from "./impact/catalogue.ts";

/**
 * sha256 of what the changes mean: prices (also those that a budget is set by), texts, explanations, base and layer do
 * not count, so that a rebase or a new price does not void what was agreed on.
 *
 * @param unprotected URNs whose protection is lifted.
 */
export function hashChanges(changes: readonly Change[], unprotected: readonly string[] = []): string {
	const meaning = changes.flatMap(({ urn, type, op, outcome, data, undo, security, props: all }) => {
		const priced = knowledgeOf(type).rule?.priced ?? [];
		const props = all.filter(({ path }) => !priced.includes(path));
		if (op === "update" && props.length === 0 && all.length > 0) return [];
		const told = props.map(({ path, old, new: next }) => ({ path, old, new: next }));
		return [{ urn, op, outcome, data, undo, security, props: told }];
	});
	const told = canonical([...meaning, ...unprotected]);
	return createHash("sha256").update(told).digest("hex");
}

/** JSON with sorted keys and no spaces. */
export function canonical(value: Plain): string {
	if (Array.isArray(value)) return `[${value.map((each: Plain) => canonical(each)).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}
