import type { MachineRow } from "../catalog/rows.ts";
import type { Rejected } from "./blueprint.ts";
import type { HostRules } from "./rules.ts";
import { number, tidy } from "./text.ts";

/** What a pool of equal machines must give. */
export interface MachineNeed {
	/** Of all machines together, reached with `hosts.max` at the latest. */
	readonly vcpu: number;
	readonly memoryGib: number;
	/**
	 * Of the memory, in GiB: what the machines share, and what every one takes for itself. More machines therefore need
	 * more than `memoryGib`, which is what the fewest need.
	 */
	readonly memory: { readonly sharedGib: number; readonly perHostGib: number };
	readonly each: { readonly vcpu: number; readonly memoryGib: number };
	/** Root disk; machines whose disk is bought apart always have it. */
	readonly diskGb: number;
	/** Price of a root disk that is bought apart, for each machine; 0 where it comes with the machine. */
	readonly rootDiskUsd: number;
	readonly hosts: { readonly min: number; readonly max: number };
	/** Whether the pool grows and shrinks: it then starts with `hosts.min`. */
	readonly elastic: boolean;
	readonly region: string;
}

export interface MachineChoice {
	readonly row: MachineRow;
	readonly count: { readonly min: number; readonly max: number };
	readonly rejected: readonly Rejected[];
}

/**
 * The cheapest machine, so many times, that meets a need: a pool that grows and shrinks by what its fewest cost, which
 * is what a month comes to, then by what its most do. Between equals the smaller machine wins: losing one of four
 * costs less than losing one of two. Unpriced machines are taken only when no priced one fits.
 *
 * @param rows sorted by price, unpriced last, as the catalog keeps them.
 * @returns null when no row fits.
 */
export function chooseMachine(rows: readonly MachineRow[], rules: HostRules, need: MachineNeed): MachineChoice | null {
	let best: { row: MachineRow; hosts: number; usd: number; mostUsd: number } | null = null;
	for (const row of rows) {
		// Rows come by price: with as many as the pool must have, no later one is cheaper.
		if (best !== null && priceOf(row, need.hosts.min, need) > best.usd) break;
		if (refusal(row, rules, need) !== null) continue;
		const hosts = hostsNeeded(row, need);
		const usd = priceOf(row, usualHosts(hosts, need), need);
		const mostUsd = priceOf(row, hosts, need);
		const steps = best === null ? [-1] : [usd - best.usd, mostUsd - best.mostUsd, row.memoryGib - best.row.memoryGib];
		if ((steps.find((step) => step !== 0) ?? 0) < 0) best = { row, hosts, usd, mostUsd };
	}
	if (best === null) return null;
	const count = { min: usualHosts(best.hosts, need), max: best.hosts };
	return { row: best.row, count, rejected: explainCheaper(rows, rules, need, { row: best.row, hosts: best.hosts }) };
}

/** USD a month for so many machines with their root disks. */
export function priceOf(row: MachineRow, hosts: number, need: MachineNeed): number {
	return ((row.monthlyUsd ?? Number.POSITIVE_INFINITY) + need.rootDiskUsd) * hosts;
}

/** Machines that run on a usual day, of those it takes at most. */
function usualHosts(most: number, need: MachineNeed): number {
	return need.elastic ? need.hosts.min : most;
}

/** Machines that together give the need. */
export function hostsNeeded(row: MachineRow, need: MachineNeed): number {
	return Math.max(
		need.hosts.min,
		Math.ceil(tidy(need.vcpu / row.vcpu)),
		Math.ceil(tidy(need.memoryGib / row.memoryGib)),
		hostsForShared(row, need),
	);
}

/** Machines that hold what is shared beside what each takes for itself. */
function hostsForShared({ memoryGib }: MachineRow, { memory }: MachineNeed): number {
	if (memory.sharedGib === 0) return 0;
	const left = memoryGib - memory.perHostGib;
	return left > 0 ? Math.ceil(tidy(memory.sharedGib / left)) : Number.POSITIVE_INFINITY;
}

/** Memory that so many machines of a pool need. */
export function memoryOf({ memoryGib, memory }: MachineNeed, hosts: number): number {
	return tidy(Math.max(memoryGib, memory.sharedGib + memory.perHostGib * hosts));
}

/** Why a row cannot be in the pool at all; null when it can. */
function refusal(row: MachineRow, rules: HostRules, need: MachineNeed): string | null {
	if (row.arch !== rules.arch) return `${row.arch} is another architecture than the tiers' ${rules.arch}`;
	if (rules.shunned.includes(row.family)) return `family ${row.family} is not chosen unasked`;
	if (row.regions !== null && !row.regions.includes(need.region)) return `not offered in ${need.region}`;
	const missing = shortfall(row, need, need.hosts.max);
	return missing;
}

/** The first thing that `hosts` machines of a row lack; null when nothing is missing. */
export function shortfall(row: MachineRow, need: MachineNeed, hosts: number): string | null {
	if (row.vcpu < need.each.vcpu) return less(row.vcpu, need.each.vcpu, "vCPU");
	if (row.memoryGib < need.each.memoryGib) return less(row.memoryGib, need.each.memoryGib, "GiB");
	if (tidy(row.vcpu * hosts) < need.vcpu) return less(row.vcpu * hosts, need.vcpu, "vCPU");
	const memoryGib = memoryOf(need, hosts);
	if (tidy(row.memoryGib * hosts) < memoryGib) return less(row.memoryGib * hosts, memoryGib, "GiB");
	if (row.diskGb !== null && row.diskGb < need.diskGb) return less(row.diskGb, need.diskGb, "GB of root disk");
	return null;
}

function less(has: number, wants: number, unit: string): string {
	return `${number(has)} ${unit} ${unit === "vCPU" && has !== 1 ? "are" : "is"} less than the ${number(wants)} required`;
}

const SHOWN = 3;

/** The nearest rows that cost less a piece, each with what it lacks. */
export function explainCheaper(
	rows: readonly MachineRow[],
	rules: HostRules,
	need: MachineNeed,
	chosen: { row: MachineRow; hosts: number },
): Rejected[] {
	const limit = chosen.row.monthlyUsd;
	if (limit === null) return [];
	const cheaper = rows.filter((row) => row.monthlyUsd !== null && row.monthlyUsd < limit && row.arch === rules.arch);
	return cheaper.slice(-SHOWN).map((row) => {
		const because = refusal(row, rules, need) ?? dearer(row, need, chosen);
		return { sku: row.sku, because };
	});
}

function dearer(row: MachineRow, need: MachineNeed, chosen: { row: MachineRow; hosts: number }): string {
	const hosts = usualHosts(hostsNeeded(row, need), need);
	const held = usualHosts(chosen.hosts, need);
	if (priceOf(row, hosts, need) < priceOf(chosen.row, held, need)) return "it would do; another one is held";
	const usd = number(priceOf(row, hosts, need));
	const instead = number(priceOf(chosen.row, held, need));
	return `${hosts} of them cost $${usd}, ${held} of ${chosen.row.sku} cost $${instead}`;
}

/** The need in words: `8 vCPU and 32 GiB in total over 2 to 4 hosts, each 4 vCPU and 8 GiB at least`. */
export function describeMachines(need: MachineNeed): string {
	const { min, max } = need.hosts;
	const hosts = max === 1 ? "" : ` over ${min === max ? min : `${min} to ${max}`} hosts`;
	const total = amounts(need);
	const each = amounts(need.each);
	const clauses = [
		...(total === null ? [] : [max === 1 ? total : `${total} in total${hosts}`]),
		...(each === null || (max === 1 && total !== null) ? [] : [`${each} at least${max === 1 ? "" : " each"}`]),
		...(need.diskGb > 0 ? [`a root disk of ${number(need.diskGb)} GB at least`] : []),
	];
	return clauses.length === 0 ? "any size" : clauses.join(", ");
}

function amounts({ vcpu, memoryGib }: { readonly vcpu: number; readonly memoryGib: number }): string | null {
	const parts = [...(vcpu > 0 ? [`${number(vcpu)} vCPU`] : []), ...(memoryGib > 0 ? [`${number(memoryGib)} GiB`] : [])];
	return parts.length === 0 ? null : parts.join(" and ");
}
