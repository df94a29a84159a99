import { type Promises, SCENARIOS, type Scenario } from "../tiers/ladder.ts";
import type { RecoveryCell } from "./blueprint.ts";

export { SCENARIOS, type Scenario };

/** What can be lost, each with its own way back. */
export const ASSETS = ["host", "database", "files"] as const;
export type Asset = (typeof ASSETS)[number];

/** What decides how a tier comes back. Plain figures of a blueprint. */
export interface RecoverySpec {
	/** Hosts that serve at least. */
	readonly hosts: number;
	readonly database: "host" | "managed";
	readonly standbyNodes: number;
	readonly replicas: number;
	readonly globalDatabase: boolean;
	readonly databaseGb: number;
	readonly uploads: "volume" | "bucket";
	readonly versioning: boolean;
	/** Minutes between two dumps or syncs. */
	readonly copyMinutes: number;
	/** Whether copies lie in a second region. */
	readonly copyRegion: boolean;
	readonly zones: number;
	readonly secondRegion: boolean;
}

/** Minutes to service and minutes of data; null = no way back is known. */
export interface WayBack {
	readonly rtoMinutes: number | null;
	readonly rpoMinutes: number | null;
	readonly mechanism: string;
	readonly basis: RecoveryCell["basis"];
}

/** One way back: the first row of a scenario and asset whose condition holds is the one that is taken. */
export interface RecoveryRow {
	readonly scenario: Scenario;
	readonly asset: Asset;
	readonly when: (spec: RecoverySpec) => boolean;
	readonly back: (spec: RecoverySpec) => WayBack;
	/** Where the minutes come from. */
	readonly source: string;
}

/**
 * What a tier survives, by scenario: the worst of its hosts, database and files. `met` compares with what the tier
 * promises; a scenario nobody promised anything for is null.
 *
 * @param acknowledged why an unmet promise is known and taken, by scenario.
 */
export function planRecovery(
	rows: readonly RecoveryRow[],
	spec: RecoverySpec,
	promises: Promises,
	acknowledged: ReadonlyMap<Scenario, string> = new Map(),
): RecoveryCell[] {
	return SCENARIOS.map((scenario) => {
		const ways = ASSETS.map((asset) => findWay(rows, scenario, asset, spec)).filter((way) => way !== null);
		const rtoMinutes = worst(ways.map((way) => way.rtoMinutes));
		const rpoMinutes = worst(ways.map((way) => way.rpoMinutes));
		const met = isMet(promises, rtoMinutes, rpoMinutes);
		const reason = acknowledged.get(scenario);
		return {
			scenario,
			rtoMinutes,
			rpoMinutes,
			mechanism: [...new Set(ways.map((way) => way.mechanism))].join("; "),
			basis: BASES.findLast((basis) => ways.some((way) => way.basis === basis)) ?? "estimate",
			met,
			...(met === false && reason !== undefined ? { acknowledged: reason } : {}),
		};
	});
}

/** Surest first. */
const BASES = ["measured", "documented", "estimate"] as const;

function findWay(rows: readonly RecoveryRow[], scenario: Scenario, asset: Asset, spec: RecoverySpec): WayBack | null {
	return rows.find((row) => row.scenario === scenario && row.asset === asset && row.when(spec))?.back(spec) ?? null;
}

function worst(minutes: readonly (number | null)[]): number | null {
	return minutes.includes(null) ? null : Math.max(0, ...minutes.filter((value) => value !== null));
}

function isMet(promises: Promises, rto: number | null, rpo: number | null): boolean | null {
	if (promises.rtoMinutes === null && promises.rpoMinutes === null) return null;
	const holds = (promised: number | null, reached: number | null) =>
		promised === null || (reached !== null && reached <= promised);
	return holds(promises.rtoMinutes, rto) && holds(promises.rpoMinutes, rpo);
}
