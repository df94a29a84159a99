import type { Catalog } from "../../catalog/rows.ts";
import { findTier, type Ladder } from "../../tiers/ladder.ts";
import { type BillLine, billName, priceLine } from "../bill.ts";
import type { Blueprint } from "../blueprint.ts";
import { sumCost } from "../cost.ts";
import { type Part, toPart } from "../part.ts";
import type { Lock, LockedComponent } from "./lock.ts";

/**
 * The blueprint as it was locked, at today's prices. It stays the same whatever became of the catalog and the ladder:
 * a row that is gone has no price, and the total then reads "at least".
 *
 * @param ladder today's: the plan's own cost range is compared with.
 */
export function applyLock({ blueprint, bill }: Lock, catalog: Catalog, ladder: Ladder): Blueprint {
	const parts = blueprint.components.map((component) => priced(component, bill, catalog));
	return {
		...blueprint,
		components: parts.map(({ component }) => component),
		cost: sumCost(ladder, findTier(ladder, blueprint.tier) ?? null, parts, blueprint.provider),
	};
}

function priced(component: LockedComponent, bill: readonly BillLine[], catalog: Catalog): Part {
	const own = bill.filter((line) => line.component === billName(component));
	return toPart({ ...component, items: own.map((line) => priceLine(catalog, line)) });
}
