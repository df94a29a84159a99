import { type Retirement, WHOLE_STACK } from "../config/stackConfig.ts";
import { problem, UserError } from "../errors.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";

/** What becomes of things that hold data and that the new tier does not ask for. */
export interface KeptSplit {
	/** Still declared as they were, and paid. */
	readonly kept: Component[];
	/** Still declared, protection lifted, a snapshot beside them where the provider has the type. */
	readonly retiring: Component[];
	/** No longer declared: the next update deletes them. */
	readonly ended: Component[];
}

/**
 * Splits what a stack leaves behind. Only what holds data in the cloud is kept; what lives on a host is in the host's
 * volume. A retirement without a backup lifts protection, one with it ends the thing; the same file always gives the
 * same split, so a retirement can stay in the file after it is done.
 *
 * @param previous blueprint and kept things the stack has now; null = a new stack.
 * @throws UserError when a retirement names what the tier itself asks for: nothing of the kind is left over.
 */
export function splitKept(
	previous: { readonly blueprint: Blueprint; readonly kept: readonly Component[] } | null,
	blueprint: Blueprint,
	retire: readonly Retirement[],
): KeptSplit {
	const split: KeptSplit = { kept: [], retiring: [], ended: [] };
	const wanted = new Set(blueprint.components.filter(isInCloud).map(keyOf));
	const left = new Map<string, Component>();
	for (const component of previous === null ? [] : [...previous.kept, ...previous.blueprint.components]) {
		if (component.stateful && isInCloud(component) && !wanted.has(keyOf(component)))
			left.set(keyOf(component), component);
	}
	for (const component of left.values()) {
		const retirement = retire.find(({ resource }) => resource === component.name);
		// When the whole stack is to end it is kept as well: what that lifts is up to the stack's parts.
		if (retirement === undefined) split.kept.push(component);
		else if (retirement.backup === null) split.retiring.push(component);
		else split.ended.push(component);
	}
	refuseWanted(retire, blueprint, [...left.values()]);
	return split;
}

/** Of what the tier runs on nothing ends by itself: that is the end of the whole stack. */
function refuseWanted(retire: readonly Retirement[], blueprint: Blueprint, left: readonly Component[]): void {
	const problems = retire
		.filter(({ resource }) => !left.some(({ name }) => name === resource))
		.filter(({ resource }) =>
			blueprint.components.some((each) => each.stateful && isInCloud(each) && each.name === resource),
		)
		.map(({ resource }) =>
			problem(
				`"${resource}" cannot be retired while tier ${blueprint.tier} asks for it: take the entry out, move to a tier without it first, or end the whole stack (\`resource: ${WHOLE_STACK}\`; docs/operations.md, "The whole end")`,
				{ key: "tierstack:retire" },
			),
		);
	if (problems.length > 0) throw new UserError(problems);
}

function isInCloud({ sku }: Component): boolean {
	return sku !== "on-host";
}

/**
 * A tier says what it is for and how it is called; sizes may differ. Two kinds of one service are two things: data does
 * not come along from one to the other.
 */
function keyOf({ role, name, settings }: Component): string {
	return typeof settings.kind === "string" ? `${role}/${name}/${settings.kind}` : `${role}/${name}`;
}
