import type { Recommendation } from "../sizing/recommendTier.ts";
import { monthly } from "./blueprint.ts";
import { paint, type Style, type Tone } from "./style.ts";
import { wrap } from "./table.ts";
import { figure, metricName } from "./words.ts";

const FITS: Readonly<Record<Recommendation["fit"], readonly [Tone, string]>> = {
	fits: ["good", "fits"],
	near: ["warning", "is nearly full"],
	past: ["bad", "is too small"],
	"too-big": ["warning", "is larger than needed: the tier below would do"],
};

/** The tier a workload belongs to, why, what gives out first, and how far the next tier is. */
export function renderRecommendation(found: Recommendation, measure: string, style: Style): string {
	const { blueprint, tier, fit } = found;
	const [tone, words] = FITS[fit];
	return [
		`${paint(style, "strong", `${blueprint.ladder}: ${tier}`)} ${paint(style, tone, words)}, ${monthly(blueprint)} a month`,
		wrap(`Why: ${found.why}`, style.width, 2),
		wrap(`First limit: ${limitText(found)}`, style.width, 2),
		wrap(`Next tier: ${transitionText(found, measure)}`, style.width, 2),
		"",
		"",
	].join("\n");
}

function limitText({ firstLimit }: Recommendation): string {
	if (firstLimit === null) return "none that is known";
	return `${metricName(firstLimit.metric)} at ${figure(firstLimit.at)}`;
}

function transitionText({ transition }: Recommendation, measure: string): string {
	if (transition === null) return "none, this is the last";
	const { tier, at, remaining } = transition;
	return `${tier}, above ${figure(at)} ${metricName(measure)}: ${figure(remaining)} from here`;
}
