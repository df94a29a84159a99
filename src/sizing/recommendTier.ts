import { BugError, UserError } from "../errors.ts";
import { findMetric, type Ladder, type Tier } from "../tiers/ladder.ts";
import type { Blueprint } from "./blueprint.ts";
import { checkRequest } from "./checkRequest.ts";
import { expandGroups } from "./groups.ts";
import { type FirstLimit, firstLimit } from "./nextTier.ts";
import { prepare } from "./prepare.ts";
import type { SizingRequest } from "./request.ts";
import { sizeTier } from "./sizeTier.ts";
import { number, tidy } from "./text.ts";
import { leadingMetric } from "./workload.ts";

/** How a load sits in a tier: `near` its end, `past` it, or so low that the tier below would do (`too-big`). */
export type Fit = "fits" | "near" | "past" | "too-big";

export interface Recommendation {
	/** Id of the recommended tier. */
	readonly tier: string;
	/** One sentence: the load, the range it falls in, the metric that decided. */
	readonly why: string;
	readonly fit: Fit;
	/** Load in units of the ladder's measure, and the metric that stands for the most. */
	readonly equivalent: number;
	readonly leading: string;
	/** What is met first as the load grows in equal measure; null when nothing known is. */
	readonly firstLimit: FirstLimit | null;
	/** The next tier, where it begins, and how far that is in units of the measure; null on the last tier. */
	readonly transition: { readonly tier: string; readonly at: number; readonly remaining: number } | null;
	/** The tier sized for the load: headroom by metric is in it. */
	readonly blueprint: Blueprint;
}

/** From here on a range counts as nearly used up: the shop platform's plan warns at 80 % of what it is sized for. */
const NEAR_SHARE = 0.8;

/** Below this share of a tier, and within the range of the one below, that one would do (Django's plan, Right-sizing). */
const LOW_SHARE = 0.5;

/**
 * The tier for a measured workload: the first whose range holds what every metric stands for. Without a workload the
 * first tier.
 *
 * @throws UserError for unknown metrics, negative or text figures, and loads that nothing can carry.
 */
export function recommendTier(request: Omit<SizingRequest, "tier">): Recommendation {
	const { ladder, workload } = request;
	const first = ladder.tiers[0];
	const problems = checkRequest({ ...request, tier: first?.id ?? "" });
	if (problems.length > 0) throw new UserError(problems);
	const { equivalent, leading } = leadingMetric(ladder, workload ?? {});
	const tier = tierFor(ladder, equivalent);
	const sized: SizingRequest = { ...request, tier: tier.id };
	const blueprint = sizeTier(sized);
	return {
		tier: tier.id,
		why: explain(ladder, tier, equivalent, leading, workload),
		fit: judgeFit(ladder, tier.id, workload),
		equivalent: tidy(equivalent),
		leading,
		firstLimit: firstLimit(prepare(sized), blueprint.headroom),
		transition: transitionFrom(ladder, tier, equivalent),
		blueprint,
	};
}

/** How a workload sits in a given tier; without a workload it fits by definition. */
export function judgeFit(ladder: Ladder, tierId: string, workload: Readonly<Record<string, number>> | null): Fit {
	const tier = ladder.tiers.find((each) => each.id === tierId);
	if (workload === null || tier === undefined) return "fits";
	const { equivalent } = leadingMetric(ladder, workload);
	if (tier.upTo !== null && equivalent > tier.upTo) return "past";
	if (equivalent <= tier.above && equivalent < tier.sizeFor * LOW_SHARE) return "too-big";
	return tier.upTo !== null && equivalent >= tier.upTo * NEAR_SHARE ? "near" : "fits";
}

function tierFor(ladder: Ladder, equivalent: number): Tier {
	const found = ladder.tiers.find((tier) => tier.upTo === null || equivalent <= tier.upTo);
	if (found === undefined) throw new BugError(`ladder ${ladder.name} has no open tier`);
	return found;
}

function transitionFrom(ladder: Ladder, tier: Tier, equivalent: number): Recommendation["transition"] {
	const next = ladder.tiers[ladder.tiers.indexOf(tier) + 1];
	if (next === undefined || tier.upTo === null) return null;
	return { tier: next.id, at: tier.upTo, remaining: tidy(tier.upTo - equivalent) };
}

function explain(
	ladder: Ladder,
	tier: Tier,
	equivalent: number,
	leading: string,
	workload: SizingRequest["workload"],
): string {
	const range = tier.upTo === null ? `above ${number(tier.above)}` : `${number(tier.above)} to ${number(tier.upTo)}`;
	if (workload === null) return `nothing is measured, so the first tier is shown (${range} ${ladder.measure})`;
	const load = `${number(equivalent)} ${ladder.measure}`;
	if (leading === ladder.measure) return `${load} fall in the range of ${range}`;
	const metric = findMetric(ladder, leading);
	const stands = `${number(expandGroups(ladder, workload).figures[leading] ?? 0)} ${metric?.unit ?? leading} stand for ${load}`;
	return `${stands}, at ${number(metric?.perMeasure ?? 0)} for each, and fall in the range of ${range}`;
}
