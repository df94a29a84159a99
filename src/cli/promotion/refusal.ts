import type { ChangeSet } from "../../changes/changeSet.ts";
import { acceptable, acceptWords } from "../../changes/next.ts";
import type { Blueprint } from "../../sizing/blueprint.ts";
import { EXIT } from "../exit.ts";
import type { Allowance } from "./allowance.ts";

/** Why a wish is not written, and the commands that lead on. */
export interface Refusal {
	readonly code: typeof EXIT.needsAcceptance | typeof EXIT.blocked;
	readonly because: readonly string[];
	readonly next: readonly string[];
}

/** A command line as it was typed, up to what it accepts. */
interface Asked {
	readonly command: string;
	/** What passes over a tier; null = nothing does. */
	readonly skips: string | null;
	readonly allowance: Allowance;
}

/** Whether a change set is refused: null = it may be written. */
export function refusalOf(changes: ChangeSet, before: Blueprint, asked: Asked, until: string): Refusal | null {
	const { command, allowance } = asked;
	const skips = asked.skips !== null && !allowance.skipTier;
	const open = acceptable(changes.reasons);
	const again = [command, ...acceptWords([...new Set([...allowance.risks, ...open])].sort(), asked.skips !== null)];
	const because = [
		...(skips && asked.skips !== null ? [asked.skips] : []),
		...(open.length === 0 ? [] : [`not accepted: ${open.join(", ")}`]),
	];
	switch (changes.verdict) {
		case "none":
		case "safe":
			return skips ? { code: EXIT.needsAcceptance, because, next: [again.join(" ")] } : null;
		case "needs-acceptance":
			return { code: EXIT.needsAcceptance, because, next: [again.join(" ")] };
		case "blocked": {
			const pins = sizePins(changes, before, until);
			const shut = changes.reasons.filter(({ risk }) => risk === "refused" || risk === "blocked");
			const closed = shut.map(({ risk, urn, text }) => `${risk}${urn === null ? "" : ` ${lastName(urn)}`}: ${text}`);
			const ways = shut.length === 0 ? [again.join(" ")] : pins.length < shut.length ? [] : [...pins, again.join(" ")];
			return { code: EXIT.blocked, because: [...closed, ...because], next: ways };
		}
	}
}

/**
 * Pins that hold what never shrinks at the size it has: for each resource that a change set would shrink and the
 * provider refuses.
 */
export function sizePins(changes: ChangeSet, before: Blueprint, until: string): readonly string[] {
	const refused = changes.reasons.filter(({ risk }) => risk === "refused").map(({ urn }) => urn);
	return changes.changes.flatMap(({ urn, role, name }) => {
		const held = before.components.find((component) => component.role === role && component.name === name);
		const gb = held?.settings.storageGb;
		if (!refused.includes(urn) || typeof gb !== "number") return [];
		return [`tierstack pin ${changes.stack ?? "<stack>"} ${role}.storageGb=${gb} --until ${until}`];
	});
}

function lastName(urn: string): string {
	return urn.split("::").at(-1) ?? urn;
}
