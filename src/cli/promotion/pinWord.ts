import { PIN_KEYS } from "../../config/schema.ts";
import { type Problem, problem, UserError } from "../../errors.ts";
import { unknownWord } from "../../nearest.ts";
import { echo } from "../../secretText.ts";
import type { Blueprint, Component } from "../../sizing/blueprint.ts";
import { NUMBERS } from "../../sizing/pins.ts";
import { ROLES } from "../../words.ts";

/** A pin as it was typed. */
export interface PinWord {
	/** `database.sku` */
	readonly path: string;
	readonly value: string | number;
}

/**
 * Reads `database.sku=db-s-2vcpu-4gb`.
 *
 * @throws UserError with every problem.
 */
export function readPin(word: string): PinWord {
	const cut = word.indexOf("=");
	const [path, text] = cut < 0 ? [word, ""] : [word.slice(0, cut), word.slice(cut + 1).trim()];
	const dot = path.indexOf(".");
	const [role, key] = [path.slice(0, Math.max(dot, 0)), path.slice(dot + 1)];
	if (cut < 0 || dot < 0 || text === "") {
		throw new UserError([problem(`found "${echo(word)}"; a pin is written as role.key=value, such as app.count=3`)]);
	}
	const problems: Problem[] = [];
	if (!ROLES.some((each) => each === role)) problems.push(problem(unknownWord("role", echo(role), ROLES)));
	if (!PIN_KEYS.some((each) => each === key)) problems.push(problem(unknownWord("key", echo(key), PIN_KEYS)));
	const isNumber = NUMBERS.includes(key);
	if (isNumber && !/^\d{1,9}$/.test(text)) {
		problems.push(problem(`must be a whole number, found "${echo(text)}"`, { key: path }));
	}
	if (problems.length > 0) throw new UserError(problems);
	return { path, value: isNumber ? Number(text) : text };
}

/** Whether a blueprint has nothing that a pin could hold. */
export function isIdle({ notes }: Blueprint, path: string): boolean {
	return notes.some((note) => note.startsWith(`pin ${path} holds nothing`));
}

/**
 * Where a pin reaches past the next tier: then the plan is left, and the tier may be the better way. null = it does not.
 */
export function pastNextTier(pinned: Blueprint, path: string, next: Blueprint | null): string | null {
	const [role] = path.split(".");
	const pairs = pinned.components.flatMap((component) => {
		const above = next?.components.find((each) => each.role === component.role && each.name === component.name);
		return component.role !== role || above === undefined || above.sku === "on-host" ? [] : [{ component, above }];
	});
	const more = FIGURES.filter(([, figure]) =>
		pairs.some(({ component, above }) => (figure(component) ?? 0) > (figure(above) ?? Number.POSITIVE_INFINITY)),
	);
	if (more.length === 0) return null;
	return `${path} gives more than ${next?.tier}, the next tier, asks for (${more.map(([name]) => name).join(", ")})`;
}

const FIGURES: readonly (readonly [name: string, figure: (component: Component) => number | null])[] = [
	["vCPUs", ({ vcpu }) => vcpu],
	["memory", ({ memoryGib }) => memoryGib],
	["nodes", ({ count }) => count.max],
	["storage", ({ settings }) => (typeof settings.storageGb === "number" ? settings.storageGb : null)],
];
