import type { Catalog } from "../catalog/rows.ts";
import { BugError } from "../errors.ts";
import type { Ladder, SizingThreshold, Tier } from "../tiers/ladder.ts";
import type { Role } from "../words.ts";
import type { Headroom } from "./blueprint.ts";
import type { Demand } from "./demand.ts";
import type { PlannedProcess } from "./processes.ts";
import type { SizingRequest } from "./request.ts";
import type { ProviderRules } from "./rules.ts";
import { number, tidy } from "./text.ts";
import type { Load } from "./workload.ts";

/** One request with everything that was worked out before the first SKU is looked at. */
export interface Case {
	readonly request: SizingRequest;
	readonly ladder: Ladder;
	readonly tier: Tier;
	readonly catalog: Catalog;
	readonly rules: ProviderRules;
	readonly load: Load;
	readonly demand: Demand;
	/** The tier's processes with the stack file's words over them, as many as the load needs. */
	readonly planned: readonly PlannedProcess[];
	/** What the plan's floors are multiplied by: more load than the tier's top raises them, `ignore` lets them fall. */
	readonly floorScale: number;
}

export function scaleFloors(floors: SizingRequest["floors"], share: number): number {
	return floors === "tier" ? Math.max(1, share) : share;
}

/** The level below which sizing stays, as a share of the capacity. */
export function warnShare(each: Pick<Case, "ladder">, name: SizingThreshold): number {
	return each.ladder.thresholds[name].warning / 100;
}

/** A line of headroom with the levels of its threshold. */
export function headroomLine(
	each: Pick<Case, "ladder">,
	line: { role: Role; metric: string; used: number; capacity: number; threshold: SizingThreshold },
): Headroom {
	const { warning, critical } = each.ladder.thresholds[line.threshold];
	return {
		role: line.role,
		metric: line.metric,
		used: tidy(line.used),
		capacity: tidy(line.capacity),
		warnAt: tidy((line.capacity * warning) / 100),
		criticalAt: tidy((line.capacity * critical) / 100),
	};
}

/** The value a pin holds for `role.key`; null when nothing is pinned there. */
export function pinned(request: SizingRequest, role: Role, key: string): string | number | null {
	return request.pins.find((pin) => pin.path === `${role}.${key}`)?.value ?? null;
}

/** A pinned number; a text there is refused before sizing starts (`pins.ts`). */
export function pinnedNumber(request: SizingRequest, role: Role, key: string): number | null {
	const value = pinned(request, role, key);
	if (typeof value === "string") throw new BugError(`pin ${role}.${key} was not checked`);
	return value;
}

/** Thrown by a role that nothing on sale can carry; `sizeTier` makes one sentence of all of them. */
export class Beyond extends Error {
	/** What is missing: "digitalocean has no machine that gives 480 vCPU". */
	readonly clause: string;

	constructor(clause: string) {
		super(clause);
		this.name = "Beyond";
		this.clause = clause;
	}
}

/** The one sentence about a workload that nothing can carry. */
export function describeBeyond({ ladder, tier, load }: Case, clauses: readonly string[]): string {
	const asked = `${number(load.equivalent)} ${ladder.measure} in tier ${tier.id}`;
	return `${asked} are beyond what can be bought: ${clauses.join("; ")}`;
}
