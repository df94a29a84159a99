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
	const answered = changes.accepted.map(({ risk }) => risk).filter((risk) => allowance.risks.includes(risk));
	const again = [command, ...acceptWords([...new Set([...answered, ...open])].sort(), asked.skips !== null)];
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
			const closed = shutTexts(changes, []);
			const ways =
				shutTexts(changes, pins).length > 0
					? [changes.next]
					: [...pins.map(({ command: pin }) => pin), again.join(" ")];
			return { code: EXIT.blocked, because: [...closed, ...because], next: ways };
		}
	}
}

/** A command that keeps a resource at the size it has. */
export interface SizePin {
	readonly urn: string;
	readonly command: string;
}

/**
 * Pins that hold what never shrinks at the size it has: for each resource that a change set would shrink and the
 * provider refuses.
 */
export function sizePins(changes: ChangeSet, before: Blueprint, until: string): readonly SizePin[] {
	const refused = changes.reasons.filter(({ risk }) => risk === "refused").map(({ urn }) => urn);
	return changes.changes.flatMap(({ urn, role, name }) => {
		const held = before.components.find((component) => component.role === role && component.name === name);
		const gb = held?.settings.storageGb;
		if (!refused.includes(urn) || typeof gb !== "number") return [];
		return [{ urn, command: `tierstack pin ${changes.stack ?? "<stack>"} ${role}.storageGb=${gb} --until ${until}` }];
	});
}

/** What no acceptance opens and no pin holds, a sentence each. */
export function shutTexts({ reasons }: ChangeSet, pins: readonly SizePin[]): readonly string[] {
	return reasons
		.filter(({ risk, urn }) => (risk === "refused" || risk === "blocked") && !pins.some((pin) => pin.urn === urn))
		.map(({ risk, urn, text }) => `${risk}${urn === null ? "" : ` ${lastName(urn)}`}: ${text}`);
}

function lastName(urn: string): string {
	return urn.split("::").at(-1) ?? urn;
}
