import type { DesiredResource, DesiredState } from "../../src/changes/desired.ts";

/** The one resource with that name whose type ends in `:Kind`; fails when it is not there. */
export function resource(state: DesiredState, name: string, kind: string): DesiredResource {
	const found = state.resources.find((each) => each.name === name && each.type.endsWith(`:${kind}`));
	if (found === undefined) throw new Error(`no ${kind} named ${name} among ${names(state).join(", ")}`);
	return found;
}

/** All resources whose type ends in `:Kind`. */
export function resourcesOf(state: DesiredState, kind: string): readonly DesiredResource[] {
	return state.resources.filter(({ type }) => type.endsWith(`:${kind}`));
}

/** Logical names of everything, in order of URN. */
export function names(state: DesiredState): string[] {
	return state.resources.map(({ name }) => name);
}

/** How the model writes another resource's output: `${name.property}`. */
export function ref(name: string, property: string): string {
	return `\${${name}.${property}}`;
}
