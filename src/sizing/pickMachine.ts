import type { NamedSku } from "../tiers/floors.ts";
import { Beyond, type Case, pinnedNumber } from "./case.ts";
import {
	chooseMachine,
	describeMachines,
	explainCheaper,
	hostsNeeded,
	type MachineChoice,
	type MachineNeed,
	priceOf,
	shortfall,
} from "./chooseMachine.ts";
import { type Held, heldRow, heldSku, shortNotes, spareSku } from "./held.ts";

export interface PickedMachine extends MachineChoice {
	readonly why: string;
	readonly notes: readonly string[];
}

/** Machines for a need: what a pin or the plan holds, else the cheapest. Worker pools cannot be pinned. */
export function pickMachine(each: Case, pool: string, named: NamedSku, need: MachineNeed): PickedMachine {
	const pinnable = pool !== "worker";
	const held = heldSku(each, pinnable ? "app" : null, named);
	const small = pool === "app" && held?.who === "the plan names it" ? tooSmallFor(each, held) : null;
	const picked = held === null || small !== null ? cheapest(each, pool, named, need) : take(each, pool, held, need);
	const fixed = pinnable ? pinnedNumber(each.request, "app", "count") : null;
	const told = small === null ? picked : { ...picked, notes: [...picked.notes, small] };
	return fixed === null ? told : { ...told, count: { min: fixed, max: fixed } };
}

/** The plan's machine cannot take over a host that was born with a larger disk; what to say of that, or null. */
function tooSmallFor({ catalog, request }: Case, { sku }: Held): string | null {
	const born = request.chosen?.rootDiskGb ?? 0;
	const disk = catalog.machines.find((row) => row.sku === sku)?.diskGb ?? null;
	if (disk === null || disk >= born) return null;
	return `app: the plan names ${sku}, whose disk of ${disk} GB is smaller than the ${born} GB of the hosts' own.`;
}

function cheapest(each: Case, pool: string, named: NamedSku, need: MachineNeed): PickedMachine {
	const choice = chooseMachine(each.catalog.machines, each.rules.host, need);
	const wanted = describeMachines(need);
	const planned = plannedInstead(each, pool, named, need, choice);
	if (planned !== null) return planned;
	if (choice !== null) return { ...choice, why: `the cheapest with ${wanted}`, notes: [] };
	throw new Beyond(`${each.catalog.provider} has no machine that gives ${wanted}`);
}

/**
 * With `floors: ignore` the plan's machine binds nobody, but what the plan takes for its whole range will do for a load
 * within it: where its own figures ask for more than it names, a small stack is not made dearer than a full one.
 */
function plannedInstead(
	each: Case,
	pool: string,
	named: NamedSku,
	need: MachineNeed,
	choice: MachineChoice | null,
): PickedMachine | null {
	const held = spareSku(each, named);
	if (held === null || (pool === "app" && tooSmallFor(each, held) !== null)) return null;
	const planned = take(each, pool, held, need);
	const dearer = choice === null || monthlyOf(planned, need) < monthlyOf(choice, need);
	return dearer ? planned : null;
}

function monthlyOf({ row, count }: MachineChoice, need: MachineNeed): number {
	return priceOf(row, count.min, need);
}

function take(each: Case, pool: string, held: Held, need: MachineNeed): PickedMachine {
	const row = heldRow(each.catalog.machines, held, `${each.catalog.provider} machine`, "app");
	const most = Math.min(hostsNeeded(row, need), need.hosts.max);
	const count = { min: need.elastic ? need.hosts.min : most, max: most };
	const notes = shortNotes(pool, held, shortfall(row, need, most));
	const why = `${held.who}; required: ${describeMachines(need)}`;
	const rejected = explainCheaper(each.catalog.machines, each.rules.host, need, { row, hosts: most });
	return { row, count, rejected, why, notes };
}
