import type { GuardDecision } from "../changes/guard.ts";
import { lastName } from "./changeWords.ts";
import { clean } from "./words.ts";

/** What the guard says inside the engine's output: one sentence, then each reason and route on a line of its own. */
export function renderGuard({ says, changes, ways }: GuardDecision): string {
	const reasons = (changes?.reasons ?? []).map(({ risk, urn, text }) => {
		return `  ${urn === null ? risk : `${risk} ${lastName(urn)}`}: ${clean(text)}`;
	});
	const first = ways.flatMap(({ resource, title, steps }) => [
		`  First, for ${resource}: ${title}`,
		...steps.map((step, index) => `    ${index + 1}. ${clean(step)}`),
	]);
	const routes = (changes?.routes ?? []).flatMap(({ resource, title, steps }) => [
		`  Safer route of ${resource}: ${title}`,
		...steps.map((step, index) => `    ${index + 1}. ${clean(step)}`),
	]);
	return [clean(says), ...first, ...reasons, ...routes].join("\n");
}
