import { endsStack } from "../config/stackConfig.ts";
import { BugError } from "../errors.ts";
import type { Component, Setting } from "../sizing/blueprint.ts";
import type { Role } from "../words.ts";
import type { StackInput } from "./input.ts";

/** A component with the reason it stands. What the tier wants and what earlier ones left is declared by the same code. */
export interface Part {
	readonly component: Component;
	/** Whether the tier asks for it; false = it stands because an earlier one put data there. */
	readonly wanted: boolean;
	/** Whether its data is protected; false = on its way out, alone or with the whole stack: a snapshot stands beside it. */
	readonly guarded: boolean;
}

/** Everything the stack declares: the blueprint's components, then what earlier tiers left. */
export function partsOf(input: StackInput): readonly Part[] {
	const guarded = !endsStack(input.config.retire);
	const parts: readonly Part[] = [
		...input.blueprint.components.map((component): Part => ({ component, wanted: true, guarded })),
		...input.kept.map((component): Part => ({ component, wanted: false, guarded })),
		...input.retiring.map((component): Part => ({ component, wanted: false, guarded: false })),
	];
	const seen = new Set<string>();
	for (const { component } of parts) {
		// A database on the host, a managed one and one of another kind that earlier tiers left are things of one name.
		const kind = component.sku === "on-host" ? "on the host" : (textIn(component.settings, "kind") ?? "");
		const key = `${component.role}/${component.name} ${kind}`.trimEnd();
		if (seen.has(key)) throw new BugError(`two components are named ${key}`);
		seen.add(key);
	}
	return parts;
}

/** The part of that role and name; null when no tier left one. */
export function findPart(parts: readonly Part[], role: Role, name: string): Part | null {
	return parts.find((part) => part.component.role === role && part.component.name === name) ?? null;
}

/** The part of that role and name when the cloud runs it: what runs on the application's host needs no resource. */
export function findCloudPart(parts: readonly Part[], role: Role, name: string): Part | null {
	const inCloud = parts.filter(({ component }) => component.sku !== "on-host");
	return findPart(inCloud, role, name);
}

/** A setting that must be there. */
export function need<T>(value: T | null, component: Component, key: string): T {
	if (value === null) throw new BugError(`component ${component.name} has no setting ${key}`);
	return value;
}

type Settings = Readonly<Record<string, Setting>>;

/** A number among settings; null when absent. */
export function numberIn(settings: Settings, key: string): number | null {
	return typed(settings, key, (value) => (typeof value === "number" ? value : null), "a number");
}

/** A text among settings; null when absent. */
export function textIn(settings: Settings, key: string): string | null {
	return typed(settings, key, (value) => (typeof value === "string" ? value : null), "a text");
}

/** A switch among settings; null when absent. */
export function flagIn(settings: Settings, key: string): boolean | null {
	return typed(settings, key, (value) => (typeof value === "boolean" ? value : null), "true or false");
}

function typed<T>(settings: Settings, key: string, read: (value: Setting) => T | null, wanted: string): T | null {
	const value = settings[key];
	if (value === undefined || value === null) return null;
	const found = read(value);
	if (found === null) throw new BugError(`setting ${key} must be ${wanted}, found ${JSON.stringify(value)}`);
	return found;
}

/** A text that must be one of a closed list; null stays null. */
export function oneOf<Word extends string>(text: string | null, words: readonly Word[]): Word | null {
	if (text === null) return null;
	const found = words.find((word) => word === text);
	if (found === undefined) throw new BugError(`${JSON.stringify(text)} is none of ${words.join(", ")}`);
	return found;
}
