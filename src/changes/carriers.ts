import type { Component } from "../sizing/blueprint.ts";
import type { DesiredResource, DesiredState } from "./desired.ts";

/**
 * Which resources stand for a component of the blueprint, and so carry its price: the one of its name, its numbered
 * slots, else the one that the role builds from it. Slots carry the price of one each.
 */
export function carriersOf(component: Component, state: DesiredState): readonly DesiredResource[] {
	const { role, name } = component;
	if (component.sku === "on-host") return [];
	const own = state.resources.filter((resource) => resource.custom && resource.role === role);
	const ways: readonly RegExp[] = [
		new RegExp(`^${escaped(name)}$`),
		new RegExp(`^${escaped(name === "replica" ? `${role}-replica` : name)}-\\d+$`),
		new RegExp(`^${escaped(role)}-${escaped(name)}$`),
		new RegExp(`^${escaped(name)}-pool$`),
		new RegExp(`^${escaped(name)}s$`),
	];
	for (const way of ways) {
		const found = own.filter((resource) => way.test(resource.name));
		if (found.length > 0) return found;
	}
	return [];
}

function escaped(text: string): string {
	return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Whether the resources of a component are its numbered slots. */
export function isNumbered(resource: DesiredResource): boolean {
	return /-\d+$/.test(resource.name);
}

/** The component a resource belongs to: the one it stands for, else the one whose name its own begins with. */
export function componentOf(
	resource: DesiredResource,
	components: readonly Component[],
	state: DesiredState,
): Component | null {
	const carried = components.find((component) => carriersOf(component, state).some(({ urn }) => urn === resource.urn));
	if (carried !== undefined) return carried;
	const named = components.filter(
		({ role, name }) => role === resource.role && (resource.name === name || resource.name.startsWith(`${name}-`)),
	);
	return named.sort((left, right) => right.name.length - left.name.length)[0] ?? null;
}
