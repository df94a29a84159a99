import { awsPrices } from "./aws/prices.ts";
import { digitaloceanPrices } from "./digitalocean/prices.ts";
import { type Price, serviceUsd } from "./prices.ts";
import type { RuleContext, StackComplaint, StackRow } from "./rule.ts";
import type { Subject } from "./subject.ts";

/*
 * What a stack may cost at most. Prices are the catalog's list prices; what grows with use (transfer, requests) is not
 * in it, and what the catalog has no price for is named, never taken for free.
 */

const PRICES: Readonly<Record<string, Price>> = { ...digitaloceanPrices, ...awsPrices };
const BUCKET_SUBSCRIBED = "digitalocean:index/spacesBucket:SpacesBucket";

/** What the stack costs at the top of its ranges, and the names of what has no price. */
export function monthlyUsd(subjects: readonly Subject[]): {
	readonly usd: number;
	readonly unpriced: readonly string[];
} {
	const priced = subjects.flatMap(({ name, type, inputs }) => {
		const price = PRICES[type];
		return price === undefined ? [] : [{ name, usd: price(inputs) }];
	});
	// All buckets of an account are one subscription.
	if (subjects.some(({ type }) => type === BUCKET_SUBSCRIBED)) {
		priced.push({ name: "buckets", usd: serviceUsd("digitalocean", "bucket") });
	}
	return {
		usd: priced.reduce((total, { usd }) => total + (usd ?? 0), 0),
		unpriced: priced.filter(({ usd }) => usd === null).map(({ name }) => name),
	};
}

function checkCeiling(subjects: readonly Subject[], { ceilingUsd }: RuleContext): readonly StackComplaint[] {
	const { usd, unpriced } = monthlyUsd(subjects);
	if (usd <= ceilingUsd) return [];
	const beside = unpriced.length === 0 ? "" : `, without a confirmed price for ${unpriced.join(", ")}`;
	const message = `the stack costs up to $${usd.toFixed(2)} a month${beside}; the ceiling is $${ceilingUsd.toFixed(2)}`;
	return [{ urn: null, message }];
}

export const costStackRows: readonly StackRow[] = [{ rule: "cost-ceiling", check: checkCeiling }];
