import type { Component } from "../sizing/blueprint.ts";
import type { DesiredResource, DesiredState } from "./desired.ts";

/**
 * Which resources stand for a component of the blueprint, and so carry its price: the one of its name, its numbered
 * slots, else the one that the role builds from it. Slots carry the price of one each. A kind of its own has names of
 * its own, as the other kind may stand beside it.
 */
export function carriersOf(component: Component, state: DesiredState): readonly DesiredResource[] {
	const { role } = component;
	const name = ownName(component);
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

/** First part of the names of a component's resources: with its kind, where it has one. */
function ownName({ name, settings }: Component): string {
	return typeof settings.kind === "string" ? `${name}-${settings.kind}` : name;
}

function escaped(text: string): string {
	return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Whether the resources of a component are its numbered slots. */
export function isNumbered(resource: DesiredResource): boolean {
	return /-\d+$/.test(resource.name);
}

/** Which component each resource of a side belongs to, by URN. */
export type Owners = ReadonlyMap<string, Component>;

/**
 * A resource belongs to the component it stands for, else to the one of its role whose name its own begins with: first
 * by kind, then by name alone, as what two kinds share bears no kind.
 */
export function ownersOf(components: readonly Component[], state: DesiredState): Owners {
	const owners = new Map<string, Component>();
	for (const component of components) {
		for (const { urn } of carriersOf(component, state)) if (!owners.has(urn)) owners.set(urn, component);
	}
	const beginnings = [ownName, ({ name }: Component) => name].flatMap((read) =>
		components.map((component) => ({ component, begins: read(component) })),
	);
	const longestFirst = beginnings.sort((left, right) => right.begins.length - left.begins.length);
	for (const { urn, role, name } of state.resources) {
		if (owners.has(urn)) continue;
		const owner = longestFirst.find(
			({ component, begins }) => component.role === role && (name === begins || name.startsWith(`${begins}-`)),
		);
		if (owner !== undefined) owners.set(urn, owner.component);
	}
	return owners;
}
