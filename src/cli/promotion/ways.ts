import { routeFor } from "../../changes/advice/routes.ts";
import type { ChangeSet, SaferRoute } from "../../changes/changeSet.ts";
import { acceptable, promoteCommand } from "../../changes/next.ts";
import type { StackConfig } from "../../config/stackConfig.ts";
import { type Problem, problem } from "../../errors.ts";
import type { Blueprint } from "../../sizing/blueprint.ts";
import type { Ladder } from "../../tiers/ladder.ts";
import { gitHead } from "../git.ts";
import { tierOf } from "../sizing.ts";
import type { Proposal } from "./proposal.ts";
import { shutTexts, sizePins } from "./refusal.ts";

/** Commands from the written files to the deployed change. */
export function waysOn(projectDir: string, stack: string, files: readonly string[], title: string): readonly string[] {
	const commit = [`git add ${files.join(" ")} && git commit -m "${title}"`];
	return [
		...(gitHead(projectDir) === null ? [] : commit),
		`pulumi preview --stack ${stack}`,
		`pulumi up --stack ${stack}`,
	];
}

/** Commands that lead back to the tier before, with what they will have to accept; `back` is their change set. */
export function waysBack(back: ChangeSet, { from, to }: Proposal, skips: boolean, until: string): readonly string[] {
	const { stack, tier } = from.config;
	const risks = acceptable(back.reasons);
	const pins = sizePins(back, to.blueprint, until);
	const shut = shutTexts(back, pins).map((text) => `not by a promotion alone: ${text}`);
	return [...shut, ...pins.map(({ command }) => command), promoteCommand({ stack, tier, risks, skips })];
}

/** What to do where the plan has a tier on the other cloud and this one cannot carry it. */
export function elsewhereProblem(ladder: Ladder, { stack, tier, provider }: StackConfig): Problem | null {
	const documented = tierOf(ladder, tier).provider;
	if (documented === provider) return null;
	const home = `provider ${documented}, region ${ladder.regions[documented]}, tier ${tier}`;
	const next = `${stack}-next`;
	return problem(
		`the plan has ${tier} on ${documented}: write Pulumi.${next}.yaml with ${home}, and look: tierstack preview ${next}`,
	);
}

/** What a stack's pins fall short of, and which of them are over. */
export function pinNotes({ pins }: StackConfig, { notes }: Blueprint, today: string): readonly string[] {
	const over = pins.filter(({ until }) => until !== null && until < today);
	return [
		...notes.filter((note) => /\bpins?\b/.test(note)),
		...over.map(
			({ path, value, until }) => `pin ${path}=${value} was to end on ${until}; it holds on until it is taken out`,
		),
	];
}

/** Where the plan has the tier on the other cloud: what that means here, and the steps of a move. */
export function otherCloud(ladder: Ladder, { stack, tier, provider }: StackConfig) {
	const documented = tierOf(ladder, tier).provider;
	if (documented === provider) return null;
	const note = `the plan has ${tier} on ${documented}; ${stack} stays on ${provider} and is sized there: moving is a new stack`;
	const route: SaferRoute = routeFor("new-stack", { stack, resource: "stack", role: null });
	return { note, route };
}
