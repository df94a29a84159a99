import type { Ladder, Tier } from "../tiers/ladder.ts";
import type { Provider, Role } from "../words.ts";
import type { Cost } from "./blueprint.ts";
import { ON_HOST, type Part } from "./part.ts";
import { cents, number } from "./text.ts";

/**
 * A month in USD: what is due whatever happens, what follows use, what the plan itself expected.
 *
 * @param tier null = the ladder no longer has it, so the plan expects nothing.
 */
export function sumCost(ladder: Ladder, tier: Tier | null, parts: readonly Part[], provider: Provider): Cost {
	const unpricedIds = parts.flatMap(unpricedOf).toSorted();
	const usage = cents(parts.reduce((sum, part) => sum + usageOf(part), 0));
	const monthly = cents(parts.reduce((sum, part) => sum + (part.component.monthlyUsd ?? 0), 0));
	const priced = parts.filter((part) => part.component.monthlyUsd !== null && part.component.monthlyUsd > 0);
	const unpriced = parts.filter((part) => unpricedOf(part).length > 0);
	return {
		currency: "USD",
		base: cents(monthly - usage),
		usage,
		monthly,
		maxMonthly: cents(parts.reduce((sum, part) => sum + (part.component.maxMonthlyUsd ?? 0), 0)),
		atLeast: unpriced.length > 0,
		byRole: byRole(parts),
		documented: documented(ladder, tier, { monthly, atLeast: unpriced.length > 0 }, provider, parts),
		coverage: {
			priced: priced.filter((part) => !unpriced.includes(part)).length,
			free: parts.filter((part) => isFree(part)).length,
			unpriced: unpriced.length,
			unpricedIds,
		},
		pricesAsOf: oldest(parts),
	};
}

function unpricedOf(part: Part): string[] {
	return part.items.filter((item) => item.usd === null).map((item) => `${part.component.name}: ${item.id}`);
}

function usageOf(part: Part): number {
	if (part.component.monthlyUsd === null) return 0;
	const unit = part.items.reduce((sum, item) => sum + (item.kind === "usage" ? (item.usd ?? 0) : 0), 0);
	return cents(unit) * part.component.count.min;
}

function isFree(part: Part): boolean {
	if (unpricedOf(part).length > 0) return false;
	return part.component.sku === ON_HOST || part.component.monthlyUsd === 0;
}

function byRole(parts: readonly Part[]): Cost["byRole"] {
	const sums = new Map<Role, number>();
	for (const { component } of parts) {
		sums.set(component.role, cents((sums.get(component.role) ?? 0) + (component.monthlyUsd ?? 0)));
	}
	return Object.fromEntries(sums);
}

function documented(
	ladder: Ladder,
	tier: Tier | null,
	{ monthly, atLeast }: Pick<Cost, "monthly" | "atLeast">,
	provider: Provider,
	parts: readonly Part[],
): Cost["documented"] {
	if (tier === null || tier.cost === null || ladder.money === null) return null;
	const { min, max } = tier.cost;
	const { currency, rate, rateDate } = ladder.money;
	// What is priced is the least it can be: it may prove that a total is over, or past an open range's beginning.
	const isOver = max !== null && monthly > max * rate;
	const isOpen = max === null && monthly >= min * rate;
	const known = isOver ? "over" : isOpen ? "within" : null;
	const fit = known ?? (atLeast ? "unknown" : monthly < min * rate ? "under" : "within");
	const plain = { min, max, currency, rate, rateDate, fit } as const;
	return fit === "over" ? { ...plain, because: overBecause(tier.cost.over, tier.provider, provider, parts) } : plain;
}

const LARGEST = 3;

/** Why a month is dearer than the plan hoped: its own gaps on its own provider, and where the money goes. */
function overBecause(reason: string | null, planned: Provider, provider: Provider, parts: readonly Part[]): string {
	const why = provider === planned ? reason : `the plan's range is for ${planned}`;
	const largest = parts
		.map(({ component }) => ({ name: component.name, usd: component.monthlyUsd ?? 0 }))
		.toSorted((left, right) => right.usd - left.usd)
		.slice(0, LARGEST)
		.filter(({ usd }) => usd > 0)
		.map(({ name, usd }) => `${name} $${number(Math.round(usd))}`);
	return `${why === null ? "" : `${why}; `}most of it is ${largest.join(", ")}`;
}

function oldest(parts: readonly Part[]): string | null {
	const dates = parts.flatMap((part) =>
		part.items.filter((item) => item.usd !== null && item.usd > 0).map((item) => item.readAt),
	);
	return dates.toSorted()[0] ?? null;
}
