import { problem, UserError } from "../errors.ts";
import { nearestMatch } from "../nearest.ts";
import type { NamedSku } from "../tiers/floors.ts";
import type { Role } from "../words.ts";
import { type Case, pinned } from "./case.ts";

/** A SKU that is taken without looking for a cheaper one. */
export interface Held {
	readonly sku: string;
	/** Who holds it, for the reason and for the note on a shortfall. */
	readonly who: "a pin holds it" | "the plan names it";
}

/**
 * The SKU a pin holds, else the one the plan names. The plan's word counts within its own range: a load above it, and
 * `floors: ignore`, are sized anew.
 */
export function heldSku(each: Case, role: Role | null, named: NamedSku): Held | null {
	const pin = role === null ? null : pinned(each.request, role, "sku");
	if (pin !== null) return { sku: String(pin), who: "a pin holds it" };
	return each.request.floors === "tier" ? plannedSku(each, named) : null;
}

/** What the plan names where `floors: ignore` leaves it free: it may be taken, nothing holds it. */
export function spareSku(each: Case, named: NamedSku): Held | null {
	return each.request.floors === "ignore" ? plannedSku(each, named) : null;
}

function plannedSku({ catalog, load }: Case, named: NamedSku): Held | null {
	const sku = named[catalog.provider];
	return sku !== undefined && load.share <= 1 ? { sku, who: "the plan names it" } : null;
}

/** The catalog's row of a held SKU. */
export function heldRow<Row extends { readonly sku: string }>(
	rows: readonly Row[],
	held: Held,
	what: string,
	role: Role,
): Row {
	const row = rows.find((candidate) => candidate.sku === held.sku);
	if (row !== undefined) return row;
	const skus = rows.map((candidate) => candidate.sku);
	const nearest = nearestMatch(held.sku, skus);
	const hint = nearest === null ? "" : `; did you mean "${nearest}"?`;
	throw new UserError([
		problem(`unknown ${what} "${held.sku}", ${skus.length} are known${hint}`, { key: `${role}.sku` }),
	]);
}

/** A held SKU that gives less than is needed is taken all the same, and said. */
export function shortNotes(role: string, held: Held, missing: string | null): string[] {
	return missing === null ? [] : [`${role}: ${held.who}, though ${missing}.`];
}
