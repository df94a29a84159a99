import { type Problem, problem } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { findMetric, type Ladder, type Tier } from "../tiers/ladder.ts";
import { checkGroups, expandGroups, isGroup } from "./groups.ts";
import { number } from "./text.ts";

/** A workload with every metric filled: measured where it was, derived where it was not. */
export interface Load {
	readonly figures: Readonly<Record<string, number>>;
	readonly source: "measured" | "top-of-range";
	/** Load in units of the ladder's measure: the largest that any metric stands for. */
	readonly equivalent: number;
	/** Metric that gave `equivalent`. */
	readonly leading: string;
	/** `equivalent` as a share of what the tier is sized for. */
	readonly share: number;
	readonly notes: readonly string[];
}

/** What is wrong with measured figures: unknown names, what is not a number of at least 0, nothing at all. */
export function checkWorkload(ladder: Ladder, workload: Readonly<Record<string, unknown>> | null): Problem[] {
	if (workload === null) return [];
	const allowed = ladder.metrics.map((metric) => metric.name);
	if (Object.keys(workload).length === 0) {
		return [problem(`no metric is given; allowed: ${allowed.join(", ")}`, { key: "workload" })];
	}
	const figures = Object.entries(workload).flatMap(([name, value]) => {
		const key = `workload.${name}`;
		if (!isGroup(name) && !allowed.includes(name)) return [problem(unknownWord("metric", name, allowed), { key })];
		if (typeof value !== "number" || !Number.isFinite(value)) {
			return [problem(`must be a number, found ${typeof value === "number" ? value : JSON.stringify(value)}`, { key })];
		}
		return value < 0 ? [problem(`must be at least 0, found ${value}`, { key })] : [];
	});
	return [...figures, ...checkGroups(ladder, workload)];
}

/** Fills a checked workload for a tier; without one the tier's top counts. */
export function resolveWorkload(ladder: Ladder, tier: Tier, given: Readonly<Record<string, number>> | null): Load {
	if (given === null) {
		return {
			figures: derive(ladder, {}, tier.sizeFor),
			source: "top-of-range",
			equivalent: tier.sizeFor,
			leading: ladder.measure,
			share: 1,
			notes:
				tier.sizeForReason === null
					? []
					: [`Sized for ${number(tier.sizeFor)} ${ladder.measure}: ${tier.sizeForReason}`],
		};
	}
	const { figures: workload, notes } = expandGroups(ladder, given);
	const { leading, equivalent } = leadingMetric(ladder, workload);
	const measure = workload[ladder.measure] ?? equivalent;
	const figures = derive(ladder, workload, measure);
	return {
		figures,
		source: "measured",
		equivalent,
		leading,
		share: equivalent / tier.sizeFor,
		notes: [...rangeNotes(ladder, tier, equivalent, leading), ...notes, ...oddNotes(ladder, workload, measure)],
	};
}

/** The metric that stands for the most units of the measure, and how many. */
export function leadingMetric(ladder: Ladder, given: Readonly<Record<string, number>>) {
	const { figures: workload } = expandGroups(ladder, given);
	let leading = ladder.measure;
	let equivalent = workload[ladder.measure] ?? 0;
	for (const [name, value] of Object.entries(workload)) {
		const rate = findMetric(ladder, name)?.perMeasure;
		if (rate == null || rate === 0 || value / rate <= equivalent) continue;
		leading = name;
		equivalent = value / rate;
	}
	return { leading, equivalent };
}

function derive(ladder: Ladder, measured: Readonly<Record<string, number>>, measure: number): Record<string, number> {
	const figures: Record<string, number> = {};
	for (const metric of ladder.metrics) {
		const parent = metric.per === null ? 0 : (figures[metric.per.metric] ?? 0) * metric.per.count;
		figures[metric.name] = measured[metric.name] ?? (metric.name === ladder.measure ? measure : parent);
	}
	return figures;
}

function rangeNotes(ladder: Ladder, tier: Tier, equivalent: number, leading: string): string[] {
	const by = leading === ladder.measure ? "" : ` (by ${leading})`;
	if (tier.upTo !== null && equivalent > tier.upTo) {
		return [
			`${number(equivalent)} ${ladder.measure}${by} are above this tier's ${number(tier.upTo)}: sized up beyond the plan.`,
		];
	}
	if (equivalent <= tier.above && tier.above > 0) {
		return [
			`${number(equivalent)} ${ladder.measure}${by} would fit the tier below, which ends at ${number(tier.above)}.`,
		];
	}
	return [];
}

/** A measured figure so far from what is usual that it may be counted in another unit. */
function oddNotes(ladder: Ladder, workload: Readonly<Record<string, number>>, measure: number): string[] {
	return Object.entries(workload).flatMap(([name, value]) => {
		const metric = findMetric(ladder, name);
		const usual = (metric?.perMeasure ?? 0) * measure;
		if (metric === undefined || usual === 0 || (value >= usual / 100 && value <= usual * 100)) return [];
		return [
			`${name}=${number(value)} is far from the ${number(usual)} that ${number(measure)} ${ladder.measure} usually have; it counts ${metric.unit}: ${metric.meaning}`,
		];
	});
}
