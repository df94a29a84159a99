import { unknownWord } from "../nearest.ts";
import { checkLadder, type Tell } from "./checkLadder.ts";
import { DEMANDS, type Formula, type Ladder, type Metric, THRESHOLDS, type Threshold } from "./ladder.ts";
import { toProcesses } from "./normaliseProcess.ts";
import { toTier } from "./normaliseTier.ts";
import type { WrittenLadder } from "./schema.ts";

/**
 * Fills the defaults of a written ladder and checks what one key cannot show: that metrics, tiers and processes are
 * known where they are named, that ranges rise, that alarms have an order.
 *
 * @returns null when something was told.
 */
export function normalise(written: WrittenLadder, fileName: string, tell: Tell): Ladder | null {
	let told = 0;
	const say: Tell = (path, message) => {
		told += 1;
		tell(path, message);
	};
	checkLadder(written, fileName, say);
	const metrics = toMetrics(written, say);
	const names = metrics.map((metric) => metric.name);
	const processes = toProcesses(written.processes, names, ["processes"], say);
	const tiers = written.tiers.map((tier, index) => toTier(written, tier, index, processes, names, say));
	const thresholds = toThresholds(written);
	if (told > 0 || thresholds === null) return null;
	return {
		name: written.ladder,
		title: written.title,
		source: written.source,
		measure: written.measure,
		metrics,
		demand: toFormulas(written.demand),
		growth: toFormulas(written.growth ?? {}),
		growthMonths: written.growthMonths ?? 0,
		thresholds,
		os: written.host.os,
		swapGib: written.host.swapGib,
		leastHost: { vcpu: written.host.least?.vcpu ?? 0, memoryGib: written.host.least?.memoryGib ?? 0 },
		plans: written.plans ?? {},
		money: written.money
			? {
					currency: written.money.currency,
					rate: written.money.rate,
					rateDate: written.money.date,
					rateSource: written.money.source,
				}
			: null,
		regions: written.regions,
		tiers,
	};
}

function toMetrics(written: WrittenLadder, say: Tell): Metric[] {
	const metrics: Metric[] = [];
	if (Object.keys(written.metrics)[0] !== written.measure) {
		say(["measure"], `must be the first of the metrics, found "${written.measure}"`);
	}
	for (const [name, metric] of Object.entries(written.metrics)) {
		const parent = metrics.find((each) => each.name === metric.per?.metric);
		if (metric.per && parent === undefined) {
			const earlier = metrics.map((each) => each.name);
			say(["metrics", name, "per", "metric"], unknownWord("earlier metric", metric.per.metric, earlier));
		}
		const own = name === written.measure ? 1 : null;
		const derived = metric.per && parent?.perMeasure != null ? metric.per.count * parent.perMeasure : null;
		metrics.push({
			name,
			unit: metric.unit,
			meaning: metric.meaning,
			per: metric.per ?? null,
			perMeasure: own ?? derived,
			allowance: metric.allowance ?? null,
			source: metric.source,
		});
	}
	return metrics;
}

function toFormulas(written: NonNullable<WrittenLadder["growth"]>): Formula[] {
	return DEMANDS.flatMap((demand) => {
		const formula = written[demand];
		if (formula === undefined) return [];
		return [{ demand, fixed: formula.fixed ?? 0, per: formula.per ?? {}, source: formula.source }];
	});
}

function toThresholds(written: WrittenLadder): Ladder["thresholds"] | null {
	const plain = (name: (typeof THRESHOLDS)[number]): Threshold | undefined => {
		const found = written.thresholds[name];
		return found && { warning: found.warning, critical: found.critical };
	};
	const cpuPercent = plain("cpuPercent");
	const memoryPercent = plain("memoryPercent");
	const diskPercent = plain("diskPercent");
	const connectionsPercent = plain("connectionsPercent");
	const filesPercent = plain("filesPercent");
	if (!cpuPercent || !memoryPercent || !diskPercent || !connectionsPercent || !filesPercent) return null;
	const others = THRESHOLDS.flatMap((name) => {
		const found = plain(name);
		return found === undefined ? [] : [[name, found] as const];
	});
	return {
		...Object.fromEntries(others),
		cpuPercent,
		memoryPercent,
		diskPercent,
		connectionsPercent,
		filesPercent,
	};
}
