import { SIZING_THRESHOLDS, THRESHOLDS } from "../tiers/ladder.ts";
import type { Blueprint, Process, Setting } from "./blueprint.ts";
import type { Case } from "./case.ts";
import { sumCost } from "./cost.ts";
import { zonesOf } from "./hostNeed.ts";
import { planNextTier } from "./nextTier.ts";
import type { Part } from "./part.ts";
import { idlePins } from "./pins.ts";
import { planRecovery } from "./recovery.ts";

/** The blueprint of sized parts: what they cost together, how full they are, what they survive. */
export function assemble(each: Case, parts: readonly Part[], processes: readonly Process[]): Blueprint {
	const { request, ladder, tier, load } = each;
	const components = parts.map((part) => part.component);
	const headroom = parts.flatMap((part) => part.headroom);
	const cost = sumCost(ladder, tier, parts, each.catalog.provider);
	const recovery = recoveryOf(each, components);
	return {
		schema: "tierstack.blueprint/1",
		ladder: ladder.name,
		tier: tier.id,
		provider: each.catalog.provider,
		region: request.region,
		layout: tier.layout,
		workload: load.figures,
		workloadSource: load.source,
		demand: each.demand,
		components,
		processes,
		settings: { ...settingsOf(each, headroom), ...budgetOf(each, cost) },
		cost,
		headroom,
		recovery,
		nextTier: planNextTier(each, headroom),
		notes: [
			...tier.notes,
			...load.notes,
			...parts.flatMap((part) => part.notes),
			...edgeNotes(each),
			...placeNotes(each),
			...gapNotes(recovery),
			...idlePins(request, components),
		],
	};
}

/** The plan's settings and promises, where uploads live, and the levels alarms start at. */
function settingsOf(each: Case, headroom: Blueprint["headroom"]): Record<string, Setting> {
	const { promises } = each.tier;
	const settings: Record<string, Setting> = {
		...each.tier.settings,
		uploads: each.tier.uploads,
		"promises.availabilityPercent": promises.availabilityPercent,
		"promises.rtoMinutes": promises.rtoMinutes,
		"promises.rpoMinutes": promises.rpoMinutes,
	};
	for (const name of THRESHOLDS) {
		const level = each.ladder.thresholds[name];
		if (level === undefined) continue;
		settings[`thresholds.${name}.warning`] = isPassed(name, headroom) ? level.critical : level.warning;
		settings[`thresholds.${name}.critical`] = level.critical;
	}
	return settings;
}

/**
 * Bill of a month in USD above which people are told: the estimate with everything scaled out. A limit and no price: it
 * is kept with what was sized, so that a new price list does not move a running stack.
 */
function budgetOf({ rules }: Case, { maxMonthly }: Blueprint["cost"]): Record<string, Setting> {
	return rules.budgets ? { "monitoring.budgetDollars": Math.ceil(maxMonthly) } : {};
}

/** An alarm that would ring from the first day on is started at its critical level. */
function isPassed(name: (typeof THRESHOLDS)[number], headroom: Blueprint["headroom"]): boolean {
	if (!SIZING_THRESHOLDS.some((each) => each === name)) return false;
	const metric = { cpuPercent: "vcpu", memoryPercent: "memoryGib", diskPercent: "storageGb" }[String(name)];
	return headroom.some((line) => line.role === "app" && line.metric === metric && line.used > line.warnAt * (1 + 1e-9));
}

function recoveryOf(each: Case, components: Blueprint["components"]): Blueprint["recovery"] {
	const { tier, demand, rules } = each;
	const app = components.find(
		(component) => component.role === "app" && (component.name === "app" || component.name === "workers"),
	);
	const database = components.find((component) => component.role === "database" && component.name === "database");
	const backup = components.find((component) => component.role === "backup");
	const standby = database?.settings.standbyNodes;
	return planRecovery(
		rules.recovery,
		{
			hosts: app?.count.min ?? 0,
			database: tier.database.place,
			standbyNodes: typeof standby === "number" ? standby : 0,
			replicas: tier.database.replicas,
			globalDatabase: tier.database.kind === "aurora" && tier.secondRegion,
			databaseGb: demand.databaseGb,
			uploads: tier.uploads,
			versioning: tier.backup.versioning,
			copyMinutes: tier.backup.everyHours * 60,
			copyRegion: typeof backup?.settings.region === "string",
			zones: zonesOf(each, app?.count.min ?? 1),
			secondRegion: tier.secondRegion,
		},
		tier.promises,
		new Map(
			tier.gaps
				.filter(({ providers }) => providers?.includes(each.catalog.provider) ?? true)
				.map(({ scenario, reason }) => [scenario, reason]),
		),
	);
}

/** Promises that are not kept and that nobody has said a word about. */
function gapNotes(cells: Blueprint["recovery"]): string[] {
	return cells
		.filter(({ met, acknowledged }) => met === false && acknowledged === undefined)
		.map(
			({ scenario }) =>
				`recovery: the promise is not kept in the scenario ${scenario}, and the ladder does not acknowledge it (acknowledgeGaps).`,
		);
}

/** What the plan asks of a region, where the provider cannot give it or leaves it to the user. */
function placeNotes(each: Case): string[] {
	const { tier, rules, catalog } = each;
	return [
		...(tier.zones > 1 && !rules.zones
			? [`${catalog.provider} has one datacentre a region: the plan's ${tier.zones} zones cannot be had.`]
			: []),
		...(tier.secondRegion
			? ["The second region holds a copy of the data; its hosts are a stack of their own, made from the same ladder."]
			: []),
	];
}

function edgeNotes(each: Case): string[] {
	if (!each.tier.cdn || each.request.edge === "provider") return [];
	return [
		each.request.edge === "cloudflare"
			? "cdn: Cloudflare serves; nothing is bought from the provider."
			: "cdn: the stack file says edge: none; every view leaves from the origin.",
	];
}
