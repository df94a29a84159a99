import type { DataClass } from "../changeSet.ts";
import type { Downtime, Effect } from "./rule.ts";

/*
 * Effects that many rules share. Minutes are a range with its basis: `documented` = the provider says so, `estimate`
 * = worked out from what it says, in the rule's own words.
 */

/** No interruption. */
export const NO_DOWNTIME: Downtime = { class: "none", minutes: null, basis: "documented", why: "" };

/** Applied at once, nobody notices, and it can be set back. */
export const quiet: Effect = {
	outcome: "applied",
	downtime: NO_DOWNTIME,
	data: "none",
	undo: "yes",
	undoWhy: "set it back",
};

/** Something new, which nothing depended on before. */
export const created: Effect = { ...quiet, undoWhy: "delete it again" };

/** Something without data of its own: made again at any time. */
export const removed: Effect = { ...quiet, undoWhy: "create it again" };

/** Nobody wrote down what this does. */
export function unknownEffect(why: string): Effect {
	return {
		outcome: "unknown",
		downtime: { class: "unknown", minutes: null, basis: "estimate", why },
		data: "unknown",
		undo: "unknown",
		undoWhy: why,
	};
}

/** The plan shows it, the provider or the engine says no; nothing happens. */
export function refused(why: string, route?: Effect["route"]): Effect {
	return {
		outcome: "refused",
		downtime: { ...NO_DOWNTIME, why },
		data: "kept",
		undo: "yes",
		undoWhy: "nothing was changed",
		...(route === undefined ? {} : { route }),
	};
}

export function down(
	kind: Downtime["class"],
	minutes: readonly [number, number] | null,
	why: string,
	basis: Downtime["basis"] = "estimate",
): Downtime {
	return { class: kind, minutes, basis, why };
}

/** Hosts look for their settings by the minute (src/host/files/apply.ts): units whose files changed are restarted. */
export const readByHosts = {
	downtime: down(
		"brief",
		[0, 2],
		"hosts read it within minutes and restart the services it changes; what fails is put back",
	),
	data: "none",
	undo: "yes",
} as const;

/** Data goes with the resource. */
export function lost(
	data: Extract<DataClass, "lost" | "lost-unless-snapshot">,
	what: string,
	downtime: Downtime,
): Effect {
	return {
		outcome: "applied",
		downtime,
		data,
		undo: "no",
		undoWhy: `${what}: only a backup brings it back`,
	};
}

/** Replaced by a new one. */
export function replaced(effect: Omit<Effect, "outcome">): Effect {
	return { ...effect, outcome: "replaced" };
}
