import { Budget } from "@pulumi/aws/budgets/budget.js";
import type { Input } from "@pulumi/pulumi";
import type { Declare } from "./declare.ts";
import type { Site } from "./site.ts";

/** Share of the limit in percent, and of what: when the month's bill is there, and when it is on its way there. */
const TOLD_AT = [
	{ notificationType: "ACTUAL", threshold: 100 },
	{ notificationType: "FORECASTED", threshold: 100 },
] as const;

/**
 * Tells people when a month of this stack costs more than it was sized for. It goes by the tag that all of the stack
 * carries, which the account's owner has to activate once as a cost allocation tag.
 *
 * @param limitUsd the estimate with everything scaled out, in whole dollars.
 */
export function declareBudget(
	declare: Declare,
	site: Site,
	limitUsd: number,
	told: { readonly email: readonly string[]; readonly topicArn: Input<string> },
): void {
	declare("budget", Budget, "monitoring-budget", {
		budgetType: "COST",
		timeUnit: "MONTHLY",
		limitAmount: String(limitUsd),
		limitUnit: "USD",
		costFilters: [{ name: "TagKeyValue", values: [`user:tierstack$${site.owner.join("-")}`] }],
		notifications: TOLD_AT.map((at) => ({
			...at,
			thresholdType: "PERCENTAGE",
			comparisonOperator: "GREATER_THAN",
			subscriberEmailAddresses: [...told.email],
			subscriberSnsTopicArns: [told.topicArn],
		})),
	});
}
