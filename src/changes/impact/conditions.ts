import type { Plain } from "../../words.ts";
import { compareVersions } from "../versions.ts";
import type { Capacity, Condition, Facts, Step } from "./rule.ts";

/*
 * Directions and conditions that rules name. What cannot be told (an unknown size, a value that is only known later)
 * makes a condition fail, so that the change falls through to "unknown".
 */

/** A named condition. */
export function condition(says: string, holds: (step: Step) => boolean): Condition {
	return { says, holds };
}

/** A number, or a text that is one. */
export function numberOf(value: Plain | undefined): number | null {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

function numbers({ old, new: next }: Step, compare: (before: number, after: number) => boolean): boolean {
	const [before, after] = [numberOf(old), numberOf(next)];
	return before !== null && after !== null && compare(before, after);
}

export const grows = condition("grows", (step) => numbers(step, (before, after) => after > before));
export const shrinks = condition("shrinks", (step) => numbers(step, (before, after) => after < before));
/** Given for the first time: nobody knows what it was before. */
export const isSet = condition("is set", ({ old, new: next }) => absent(old) && !absent(next));
export const isUnset = condition("is left out", ({ old, new: next }) => !absent(old) && absent(next));

function absent(value: Plain | undefined): boolean {
	return value === undefined || value === null;
}

function versions({ old, new: next }: Step, compare: (step: number) => boolean): boolean {
	if (typeof old !== "string" || typeof next !== "string") return false;
	const step = compareVersions(old, next);
	return step !== null && compare(step);
}

export const newer = condition("becomes newer", (step) => versions(step, (order) => order < 0));
export const older = condition("becomes older", (step) => versions(step, (order) => order > 0));

/** True, or false (left out counts as false). */
export function becomes(value: boolean): Condition {
	return condition(`becomes ${value}`, ({ old, new: next }) => Boolean(old) !== value && Boolean(next) === value);
}

export function becomesValue(value: Plain): Condition {
	return condition(`becomes ${JSON.stringify(value)}`, ({ new: next }) => next === value);
}

/** Another input of the same resource, after the change. */
export function beside(path: string, ...values: readonly Plain[]): Condition {
	return condition(`${path} is ${values.map((value) => JSON.stringify(value)).join(" or ")}`, ({ newInputs }) =>
		values.some((value) => newInputs[path] === value),
	);
}

/** Another input of the same resource changes in the same update. */
export function alongside(...paths: readonly string[]): Condition {
	return condition(`${paths.join(" or ")} changes too`, ({ oldInputs, newInputs }) =>
		paths.some((path) => JSON.stringify(oldInputs[path]) !== JSON.stringify(newInputs[path])),
	);
}

export function all(...parts: readonly Condition[]): Condition {
	return condition(parts.map((part) => part.says).join(" and "), (step) => parts.every((part) => part.holds(step)));
}

export function not(part: Condition): Condition {
	return condition(`not: ${part.says}`, (step) => !part.holds(step));
}

type Measure = "vcpu" | "memoryGib";

/** What a size means, when it is known. */
export function capacityOf(value: Plain | undefined, facts: Facts): Capacity | null {
	return typeof value === "string" ? (facts.capacities[value] ?? null) : null;
}

function sizes({ old, new: next, facts }: Step): readonly [Capacity, Capacity] | null {
	const [before, after] = [capacityOf(old, facts), capacityOf(next, facts)];
	return before === null || after === null ? null : [before, after];
}

function steps(pair: readonly [Capacity, Capacity], measures: readonly Measure[]): readonly number[] | null {
	const found: number[] = [];
	for (const measure of measures) {
		const [before, after] = [pair[0][measure], pair[1][measure]];
		if (before === null || after === null) return null;
		found.push(after - before);
	}
	return found;
}

/** Not less in any of memory and CPU. */
export const biggerSize = condition("to a plan that is not smaller", (step) => {
	const pair = sizes(step);
	const found = pair === null ? null : steps(pair, ["vcpu", "memoryGib"]);
	return found?.every((each) => each >= 0) ?? false;
});

/** Less memory or CPU. */
export const smallerSize = condition("to a plan that is smaller", (step) => {
	const pair = sizes(step);
	const found = pair === null ? null : steps(pair, ["vcpu", "memoryGib"]);
	return found?.some((each) => each < 0) ?? false;
});

export const otherArchitecture = condition("to another CPU architecture", (step) => {
	const [before, after] = (sizes(step) ?? []).map((size) => size.arch ?? null);
	return typeof before === "string" && typeof after === "string" && before !== after;
});

/** Another list, not only the same one of something that is made anew. */
export const otherMembers = condition(
	"has other members",
	({ old, new: next }) => JSON.stringify([...membersOf(old)].sort()) !== JSON.stringify([...membersOf(next)].sort()),
);

/** Another value, not only the same one of something that is made anew. */
export const otherValue = condition("is another", ({ old, new: next }) => {
	const named = typeof next === "string" ? next.replace(/ after the change$/, "") : next;
	return JSON.stringify(old) !== JSON.stringify(named);
});

/** A list that no longer has all it had. */
export const losesMembers = condition("loses members", ({ old, new: next }) => {
	const left = membersOf(next);
	return membersOf(old).some((member) => !left.includes(member));
});

function membersOf(value: Plain | undefined): readonly string[] {
	return Array.isArray(value) ? value.map((member) => JSON.stringify(member)) : [];
}
