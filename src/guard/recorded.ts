import type { Recorded } from "../changes/guard.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";
import { priceKey, type StackRecord, unpackRecord } from "../stack/record.ts";

/** What a stack's outputs tell of its record. */
export interface Found {
	/** null = there is none; empty = an update wrote none on purpose: see `NO_RECORD_YET`. */
	readonly text: string | null;
	/** Whether there are other outputs: then an update came to its end, and a record that is not there was never written. */
	readonly finished: boolean;
	/** Why the outputs could not be read; absent = they were. */
	readonly why?: string;
}

/** In the place of a record: the first update left out a part, as `--target` does, so the next one is still the first. */
export const NO_RECORD_YET = "";

/** The record among a stack's outputs; damaged or of a newer version, it says why it cannot be used. */
export function recordedFrom({ text, finished, why }: Found): Recorded {
	if (why !== undefined) return { kind: "unreadable", why };
	if (text === null || text === NO_RECORD_YET) return { kind: "none", finished: finished && text === null };
	try {
		const record = unpackRecord(text);
		const { blueprint, kept } = priced(record);
		const { state = null, program = "" } = record.remembered ?? {};
		return { kind: "record", blueprint, kept, state, program };
	} catch (error) {
		return { kind: "unreadable", why: error instanceof Error ? error.message : String(error) };
	}
}

/** Components with the prices they had: a record holds them apart. */
function priced({ blueprint, kept, unitUsd = {} }: StackRecord): Pick<StackRecord, "blueprint" | "kept"> {
	const all = [...blueprint.components, ...kept];
	const price = (component: Component) => {
		// An older record says no kind; where two kinds stood, its price may be the other's.
		const alone = all.filter((each) => keyOf(each) === keyOf(component)).length === 1;
		const usd = unitUsd[priceKey(component)] ?? (alone ? unitUsd[keyOf(component)] : undefined);
		return withUnitPrice(component, usd ?? null);
	};
	return {
		blueprint: withMonth({ ...blueprint, components: blueprint.components.map(price) }),
		kept: kept.map(price),
	};
}

/**
 * The old side at today's prices where the same thing is still asked for: what a provider charges more for what stays
 * is no cost of this update.
 */
export function atTodaysPrices(recorded: Recorded, today: readonly Component[]): Recorded {
	return recorded.kind === "record" ? { ...recorded, blueprint: atPricesOf(recorded.blueprint, today) } : recorded;
}

function atPricesOf(recorded: Blueprint, today: readonly Component[]): Blueprint {
	const components = recorded.components.map((component) => {
		const same = today.find((each) => keyOf(each) === keyOf(component) && sizeOf(each) === sizeOf(component));
		return same === undefined ? component : withUnitPrice(component, same.unitMonthlyUsd);
	});
	return withMonth({ ...recorded, components });
}

function keyOf({ role, name }: Component): string {
	return `${role}/${name}`;
}

/** SKU and settings decide a price. Key order is the writer's own, so it must not count. */
function sizeOf({ sku, settings }: Component): string {
	return JSON.stringify([sku, Object.entries(settings).sort(([left], [right]) => (left < right ? -1 : 1))]);
}

function withUnitPrice(component: Component, unit: number | null): Component {
	const { min, max } = component.count;
	const month = (count: number) => (unit === null ? null : cents(unit * count));
	return { ...component, unitMonthlyUsd: unit, monthlyUsd: month(min), maxMonthlyUsd: month(max) };
}

function withMonth(blueprint: Blueprint): Blueprint {
	const byRole: Partial<Record<Component["role"], number>> = {};
	for (const { role, monthlyUsd } of blueprint.components)
		byRole[role] = cents((byRole[role] ?? 0) + (monthlyUsd ?? 0));
	const monthly = cents(blueprint.components.reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0));
	return { ...blueprint, cost: { ...blueprint.cost, monthly, base: monthly, byRole } };
}

function cents(usd: number): number {
	return Math.round(usd * 100) / 100;
}
