import { catalogFor, findService } from "../catalog/catalog.ts";
import { HOURS_PER_MONTH, type Provider } from "../words.ts";
import { type Inputs, numberAt } from "./subject.ts";

/** USD a month for one resource at the top of its range; null = it costs something, but the catalog has no price. */
export type Price = (inputs: Inputs) => number | null;

/** Known to cost something that its own inputs do not tell. */
export const notPriced: Price = () => null;

/** A count that was written, else the provider's default: what nobody wrote is not known before `up`. */
export function countAt(inputs: Inputs, key: string, byDefault: number): number {
	try {
		return numberAt(inputs, key) ?? byDefault;
	} catch {
		return byDefault;
	}
}

export function times(unit: number | null, count: number): number | null {
	return unit === null ? null : unit * count;
}

/** A sum is only known when all its parts are. */
export function sum(...parts: readonly (number | null)[]): number | null {
	return parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0);
}

export function machineUsd(provider: Provider, sku: string | null): number | null {
	return catalogFor(provider).machines.find((row) => row.sku === sku)?.monthlyUsd ?? null;
}

/** One unit of a service for a month; hourly prices are taken for a whole month. */
export function serviceUsd(provider: Provider, id: string): number | null {
	const row = findService(catalogFor(provider), id);
	return row?.unit === "hour" ? times(row.usd, HOURS_PER_MONTH) : (row?.usd ?? null);
}

/** One node of a managed database or cache; without an engine the plan alone decides. */
export function databaseNodeUsd(provider: Provider, sku: string | null, engine: string | null): number | null {
	const { databases, caches } = catalogFor(provider);
	const rows = [...databases, ...caches].filter((row) => engine === null || row.engine === engine);
	return rows.find((row) => row.sku === sku)?.monthlyUsd ?? null;
}
