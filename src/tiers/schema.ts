import { z } from "zod";
import { PROVIDERS } from "../words.ts";
import { strictKeys } from "../zodProblems.ts";
import { DEMANDS, SCENARIOS, THRESHOLDS } from "./ladder.ts";
import {
	above0,
	filled,
	from0,
	groupOf,
	id,
	isoDate,
	machineFloor,
	process,
	settings,
	source,
	whole,
	word,
} from "./schemaWords.ts";
import { tier } from "./tierSchema.ts";

/*
 * The written form of a ladder: what a file in `tiers/` may say. Strict, so that a misspelt key is an error with its
 * line. The JSON Schema beside the ladders is generated from it. `normalise.ts` turns it into a `Ladder`.
 */

const metric = strictKeys({
	unit: filled.describe("What one is, with its period: orders a month."),
	meaning: filled.describe("What is counted and what is not."),
	per: strictKeys({
		metric: word.describe("An earlier metric."),
		count: above0.describe("How many of this one come with one of it: 500 products a client."),
	})
		.optional()
		.describe("How many there are when nobody measured. Default: none."),
	allowance: word
		.optional()
		.describe("Key in `plans` whose figure stands for `per.count` where customers are counted by plan. Default: none."),
	source,
});

const formula = strictKeys({
	fixed: from0.optional().describe("Part that does not depend on the workload, in the demand's unit. Default: 0."),
	per: z
		.record(word, from0)
		.optional()
		.describe("Coefficient of each metric, in the demand's unit a piece: products: 0.00003. Default: none."),
	source,
});

const threshold = strictKeys({
	warning: above0.describe("Sizing stays below this at the top of a tier's range; the first alarm starts here."),
	critical: above0.describe("The second alarm starts here."),
	source,
});

const host = strictKeys({
	os: z.enum(["ubuntu-22.04", "ubuntu-24.04"]).describe("Fixed for every tier: another image replaces the hosts."),
	swapGib: from0.describe("Swap of every host in GiB; 0 = none."),
	least: strictKeys(machineFloor).optional().describe("What no host falls below, even with floors: ignore."),
	source,
});

const money = strictKeys({
	currency: z.enum(["USD", "EUR"]).describe("Currency of every `cost` in the ladder."),
	rate: above0.describe("USD for one unit of the currency; 1 for USD."),
	date: isoDate.describe("Day of the rate, in quotes."),
	source,
});

/** What a ladder file may say. */
export const writtenLadder = strictKeys({
	ladder: id.describe("Name of the ladder: the file's own name."),
	title: filled.describe("What the product is, in a few words."),
	source: filled.describe("The plan the figures come from."),
	provider: z.enum(PROVIDERS).describe("Provider the plan is written for."),
	regions: strictKeys({
		digitalocean: filled.describe("Region slug, such as fra1."),
		aws: filled.describe("Region, such as us-east-1."),
	}).describe("Region that sizing without a stack file uses, by provider."),
	measure: word.describe("Metric the tiers' ranges count."),
	metrics: z.record(word, metric).describe("What can be measured, the measure first."),
	demand: groupOf(DEMANDS, formula).describe("What the workload needs. The unit is in the name."),
	growth: groupOf(DEMANDS, formula).optional().describe("What every month adds. Default: nothing."),
	growthMonths: whole.optional().describe("Months of growth to size for, unless a stack file says. Default: 0."),
	thresholds: groupOf(THRESHOLDS, threshold).describe("Where alarms start: percent of the capacity, ms or pieces."),
	host: host.describe("What every host of every tier has."),
	plans: z
		.record(id, z.record(word, from0.nullable()))
		.optional()
		.describe("What a customer's own plan allows, by plan and metric; null = unlimited."),
	money: money.optional().describe("Currency of the plan's own costs. Required by `cost`."),
	settings: settings.optional().describe("What the application and its host need, by dotted name."),
	processes: z.record(id, process).describe("Processes of the application, by name."),
	notes: z
		.array(
			strictKeys({
				tiers: z.array(id).optional().describe("Tiers it concerns. Default: all."),
				text: filled.describe("The reading that was taken, and why. Stands in the tiers' blueprints."),
			}),
		)
		.optional()
		.describe("The reading taken for every contradiction of the plan."),
	acknowledgeGaps: z
		.array(
			strictKeys({
				scenario: z.enum(SCENARIOS).describe("What is lost."),
				tiers: z.array(id).min(1).describe("Tiers whose promise is not kept then."),
				providers: z.array(z.enum(PROVIDERS)).min(1).optional().describe("Providers it holds for. Default: both."),
				reason: filled.describe("Why the tier is offered all the same. Stands beside the gap in the blueprint."),
			}),
		)
		.optional()
		.describe("Promises of recovery that are known not to be kept; one that is not listed is told as a warning."),
	tiers: z.array(tier).min(1).describe("Smallest first; each takes what is above the one before."),
});

export type WrittenLadder = z.infer<typeof writtenLadder>;
export type WrittenTier = WrittenLadder["tiers"][number];
export type WrittenProcess = WrittenLadder["processes"][string];
