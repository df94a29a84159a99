import type { Component } from "../sizing/blueprint.ts";
import { ROLES, type Role } from "../words.ts";
import { carriersOf, isNumbered } from "./carriers.ts";
import type { Change, ChangeSetCost } from "./changeSet.ts";
import type { ComparisonSide } from "./input.ts";

/** USD a month by URN; null = no confirmed price. What is not in it costs nothing of its own. */
export type Prices = ReadonlyMap<string, number | null>;

/** What each resource of a side costs: components' prices, put on the resources that stand for them. */
export function pricesOf(side: ComparisonSide | null): Prices {
	const prices = new Map<string, number | null>();
	for (const component of side === null ? [] : componentsOf(side)) {
		for (const resource of carriersOf(
			component,
			side?.state ?? { stack: "", project: "", resources: [], outputs: {} },
		)) {
			prices.set(resource.urn, isNumbered(resource) ? component.unitMonthlyUsd : component.monthlyUsd);
		}
	}
	return prices;
}

/** What the blueprint asks for and what earlier tiers left. */
export function componentsOf({ blueprint, kept }: ComparisonSide): readonly Component[] {
	return [...blueprint.components, ...kept];
}

/** One resource's price before and after; what is not there costs nothing. */
export function costOf(oldUrn: string | null, newUrn: string | null, before: Prices, after: Prices): Change["cost"] {
	const [was, is] = [priceOf(oldUrn, before), priceOf(newUrn, after)];
	return { before: was, after: is, delta: was === null || is === null ? null : cents(is - was) };
}

function priceOf(urn: string | null, prices: Prices): number | null {
	const price = urn === null ? 0 : prices.get(urn);
	return price === undefined ? 0 : price;
}

/** The whole month before and after, by role, with what could not be priced. */
export function totalCost(from: ComparisonSide | null, to: ComparisonSide): ChangeSetCost {
	const [before, after] = [from === null ? null : monthOf(from), monthOf(to)];
	const byRole = Object.fromEntries(
		ROLES.flatMap((role) => {
			const [was, is] = [from === null ? 0 : roleMonth(from, role), roleMonth(to, role)];
			return was === 0 && is === 0 ? [] : [[role, { before: was, after: is, delta: cents(is - was) }]];
		}),
	);
	return {
		currency: "USD",
		before,
		after,
		delta: before === null || after === null ? null : cents(after - before),
		byRole,
		plan: { before: from?.blueprint.cost.documented ?? null, after: to.blueprint.cost.documented },
		coverage: coverageOf(to),
	};
}

/** null = no price is known at all, as in a record that was written without them. */
function monthOf({ blueprint, kept }: ComparisonSide): number | null {
	const { cost, components } = blueprint;
	if (cost.pricesAsOf === null && cost.monthly === 0 && components.some(({ monthlyUsd }) => monthlyUsd === null))
		return null;
	return cents(cost.monthly + sum(kept));
}

function roleMonth({ blueprint, kept }: ComparisonSide, role: Role): number {
	return cents((blueprint.cost.byRole[role] ?? 0) + sum(kept.filter((component) => component.role === role)));
}

function coverageOf({ blueprint, kept }: ComparisonSide): ChangeSetCost["coverage"] {
	const { priced, free, unpriced, unpricedIds } = blueprint.cost.coverage;
	const missing = kept.filter(({ monthlyUsd }) => monthlyUsd === null).map(({ role, name }) => `${role}/${name}`);
	return {
		priced: priced + kept.length - missing.length,
		free,
		unpriced: unpriced + missing.length,
		unpricedIds: [...unpricedIds, ...missing],
	};
}

function sum(components: readonly Component[]): number {
	return components.reduce((total, { monthlyUsd }) => total + (monthlyUsd ?? 0), 0);
}

/** Whole cents, so that the same prices give the same bytes. */
export function cents(usd: number): number {
	return Math.round(usd * 100) / 100;
}
