import { capacitiesOf } from "../capacities.ts";
import type { ChangeSet } from "../changes/changeSet.ts";
import { compareStates } from "../changes/compareStates.ts";
import type { DesiredState } from "../changes/desired.ts";
import { splitKept } from "../changes/kept.ts";
import { changedKeys } from "../config/changedKeys.ts";
import { buildModel } from "../model/buildModel.ts";
import { readCompose } from "../readCompose.ts";
import type { Component } from "../sizing/blueprint.ts";
import type { Side } from "./side.ts";

/** The project's name in `Pulumi.yaml`: part of every URN. */
const PROJECT = "tierstack";

/** Where and when a comparison runs. */
export interface Place {
	/** ISO date, UTC. */
	readonly today: string;
	readonly projectDir: string;
}

/** A side whose desired state is known already: another program may have worked it out. */
export interface BuiltSide extends Side {
	readonly state: DesiredState;
}

/**
 * What a move does: both sides are built under the model and compared. The new side keeps what holds data and is no
 * longer asked for.
 *
 * @param stack null for a diff of a ladder without a stack file.
 */
export async function compareSides(
	from: Side | BuiltSide | null,
	to: Omit<Side, "kept"> | BuiltSide,
	base: ChangeSet["base"],
	stack: string | null,
	{ today, projectDir }: Place,
): Promise<ChangeSet> {
	const { config, blueprint } = to;
	const { kept, retiring } = splitKept(from, blueprint, config.retire);
	const names = { stack: stack ?? blueprint.ladder, project: PROJECT };
	const before = from === null ? null : { ...from, state: await stateOf(from, [], names, projectDir) };
	const state = "state" in to ? to.state : await stateOf({ ...to, kept }, retiring, names, projectDir);
	return compareStates({
		stack,
		base,
		from: before === null ? null : { state: before.state, blueprint: before.blueprint, kept: [...before.kept] },
		// What is being retired is still there, and paid.
		to: { state, blueprint, kept: [...kept, ...retiring] },
		layer: "model",
		tolerate: config.tolerate,
		accept: config.accept,
		today,
		retire: config.retire,
		capacities: capacitiesOf(blueprint.provider),
		...(from === null ? {} : { changedKeys: changedKeys(from.config, config) }),
	});
}

/** The side of a stack by itself, as this program declares it. */
export async function buildSide(
	side: Side,
	stack: string,
	projectDir: string,
	retiring: readonly Component[] = [],
): Promise<BuiltSide> {
	return { ...side, state: await stateOf(side, retiring, { stack, project: PROJECT }, projectDir) };
}

async function stateOf(
	side: Side | BuiltSide,
	retiring: readonly Component[],
	names: { readonly stack: string; readonly project: string },
	projectDir: string,
): Promise<DesiredState> {
	if ("state" in side) return side.state;
	const { config, blueprint, kept } = side;
	const compose = side.compose === undefined ? readCompose(config, projectDir) : { compose: side.compose };
	return buildModel({ blueprint, kept, retiring, config, ...compose }, names);
}
