import { DEMANDS, type DemandName, type Formula, type Ladder } from "../tiers/ladder.ts";
import { tidy } from "./text.ts";
import type { Load } from "./workload.ts";

/** What a workload needs, every demand filled; 0 = the plan has no formula for it. */
export type Demand = Readonly<Record<DemandName, number>>;

/**
 * The plan's formulas on a workload, with so many months of growth. Coefficients are never negative, so more load
 * never needs less.
 */
export function computeDemand(ladder: Ladder, load: Load, months: number | null): Demand {
	const horizon = months ?? ladder.growthMonths;
	const now = evaluate(ladder.demand, load.figures);
	const monthly = evaluate(ladder.growth, load.figures);
	const total: Record<DemandName, number> = { ...now };
	for (const name of DEMANDS) total[name] = tidy(now[name] + monthly[name] * horizon);
	return total;
}

function evaluate(formulas: readonly Formula[], figures: Readonly<Record<string, number>>): Record<DemandName, number> {
	const result = zero();
	for (const { demand, fixed, per } of formulas) {
		let sum = fixed;
		for (const [metric, coefficient] of Object.entries(per)) sum += coefficient * (figures[metric] ?? 0);
		result[demand] += sum;
	}
	return result;
}

function zero(): Record<DemandName, number> {
	return {
		uploadsGb: 0,
		hostGb: 0,
		databaseGb: 0,
		databaseMemoryGib: 0,
		databaseConnections: 0,
		cacheGib: 0,
		transferGb: 0,
		viewTransferGb: 0,
		requestsPerSecond: 0,
		millionRequests: 0,
		queueMillionRequests: 0,
	};
}
