import { isDeepStrictEqual } from "node:util";
import type { Demand } from "./figure.ts";

/** Figures are compared to a millionth: sums of decimal fractions are not exact. */
const EXACT = 1e-6;

/** A range of a plan; `max` null = open ended. */
export interface Range {
	readonly min: number;
	readonly max: number | null;
}

/** Exactly the plan's value. */
export function is(value: unknown): Demand<unknown> {
	return {
		says: JSON.stringify(value),
		holds: (found) =>
			typeof found === "number" && typeof value === "number"
				? Math.abs(found - value) <= EXACT * Math.max(1, Math.abs(value))
				: isDeepStrictEqual(found, value),
	};
}

/** A floor: the plan's value or more. */
export function atLeast(value: number): Demand<unknown> {
	return { says: `at least ${value}`, holds: (found) => typeof found === "number" && found >= value * (1 - EXACT) };
}

/** A ceiling: the plan's value or less. */
export function atMost(value: number): Demand<unknown> {
	return { says: `at most ${value}`, holds: (found) => typeof found === "number" && found <= value * (1 + EXACT) };
}

/** Between the plan's two ends. */
export function between(least: number, most: number): Demand<unknown> {
	return {
		says: `${least} to ${most}`,
		holds: (found) => typeof found === "number" && found >= least * (1 - EXACT) && found <= most * (1 + EXACT),
	};
}

/** The plan rounds: within so many percent of its value. */
export function about(value: number, percent = 5): Demand<unknown> {
	return between(value * (1 - percent / 100), value * (1 + percent / 100));
}

/** A range that has the plan's single figure in it. */
export function holding(value: number): Demand<Range | null> {
	return {
		says: `a range with ${value} in it`,
		holds: (found) => found !== null && found.min <= value && (found.max === null || found.max >= value),
	};
}

/** A range that shares something with the one the plan states elsewhere. */
export function meeting(min: number, max: number | null): Demand<Range | null> {
	return {
		says: `a range that meets ${min} to ${max ?? "any"}`,
		holds: (found) => found !== null && (max === null || found.min <= max) && (found.max === null || found.max >= min),
	};
}

/** One of the plan's alternatives. */
export function oneOf(...values: readonly unknown[]): Demand<unknown> {
	return { says: `one of ${values.join(", ")}`, holds: (found) => values.includes(found) };
}

/** A version that is not below the plan's floor. */
export function versionFrom(major: number): Demand<string | null> {
	return {
		says: `version ${major} or newer`,
		holds: (found) => found !== null && Number.parseInt(found, 10) >= major,
	};
}
