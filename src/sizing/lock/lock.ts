import { isDeepStrictEqual } from "node:util";
import type { StackConfig } from "../../config/stackConfig.ts";
import { stableJson } from "../../stableJson.ts";
import type { Plain, Provider } from "../../words.ts";
import type { BillLine } from "../bill.ts";
import type { Blueprint, Component } from "../blueprint.ts";
import type { Sized } from "../sizeTier.ts";

/*
 * A stack's last sized blueprint, committed beside its stack file as `tierstack.<stack>.lock.json`. While what it was
 * made for stays, no edit of a price, a ladder, the catalog or a dependency moves the running stack.
 */

export const LOCK_SCHEMA = "tierstack.lock/1";

/** Everything of a stack file that sizing reads. A lock holds for exactly this. */
export interface LockKey {
	readonly ladder: string;
	readonly tier: string;
	readonly provider: Provider;
	readonly region: string;
	readonly workload: Readonly<Record<string, number>> | null;
	readonly floors: "tier" | "ignore";
	readonly months: number | null;
	readonly processes: Readonly<Record<string, Plain>>;
	readonly edge: StackConfig["edge"];
	/** By path. When a pin ends is not in it: a lapsed pin holds on. */
	readonly pins: readonly { readonly path: string; readonly value: string | number }[];
}

/** Prices are the catalog's of the day, and what was not taken is told when sizing runs. */
const NOT_KEPT = ["unitMonthlyUsd", "monthlyUsd", "maxMonthlyUsd", "priceMark", "rejected"] as const;
export type LockedComponent = Omit<Component, (typeof NOT_KEPT)[number]>;
export type LockedBlueprint = Omit<Blueprint, "cost" | "components"> & {
	readonly components: readonly LockedComponent[];
};

export interface Lock {
	readonly schema: typeof LOCK_SCHEMA;
	readonly for: LockKey;
	readonly blueprint: LockedBlueprint;
	/** What is bought, in quantities: today's catalog turns it into money. */
	readonly bill: readonly BillLine[];
}

/** `tierstack.prod.lock.json`, beside `Pulumi.prod.yaml`. */
export function lockFileName(stack: string): string {
	return `tierstack.${stack}.lock.json`;
}

/** The stack whose lock a file is; null for any other file. */
export function lockedStackOf(fileName: string): string | null {
	return /^tierstack\.([A-Za-z0-9][A-Za-z0-9_.-]*)\.lock\.json$/.exec(fileName)?.[1] ?? null;
}

/** The part of a stack file that a lock is made for. */
export function lockKeyOf(config: StackConfig): LockKey {
	const { ladder, tier, provider, region, workload, floors, months, edge } = config;
	return {
		ladder,
		tier,
		provider,
		region,
		workload,
		floors,
		months,
		processes: config.app.processes,
		edge,
		pins: config.pins
			.map(({ path, value }) => ({ path, value }))
			.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0)),
	};
}

/** The lock of a blueprint that was just sized. */
export function lockOf(key: LockKey, { blueprint, bill }: Sized): Lock {
	const { cost: _cost, components, ...rest } = blueprint;
	return {
		schema: LOCK_SCHEMA,
		for: key,
		blueprint: { ...rest, components: components.map(withoutPrices) },
		bill,
	};
}

function withoutPrices(component: Component): LockedComponent {
	const {
		unitMonthlyUsd: _unit,
		monthlyUsd: _month,
		maxMonthlyUsd: _most,
		priceMark: _mark,
		rejected: _rejected,
		...kept
	} = component;
	return kept;
}

/** Whether a lock was made for what the stack file says now. */
export function isCurrent(lock: Lock, key: LockKey): boolean {
	return isDeepStrictEqual(plain(lock.for), plain(key));
}

/** What of the stack file is no longer what the lock was made for: `tier small -> medium`, or the names of keys. */
export function staleBecause(lock: Lock, key: LockKey): string {
	const old = new Map<string, unknown>(Object.entries(lock.for));
	return Object.entries(key)
		.filter(([name, value]) => !isDeepStrictEqual(plain(old.get(name)), plain(value)))
		.map(([name, value]) => (typeof value === "string" ? `${name} ${old.get(name)} -> ${value}` : name))
		.join(", ");
}

/** Records without a prototype and missing keys compare as what is written. */
function plain(value: unknown): unknown {
	return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** The lock as its file: the same lock gives the same bytes. */
export function renderLock(lock: Lock): string {
	return stableJson(lock);
}
