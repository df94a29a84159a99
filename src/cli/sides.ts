import type { ChangeSet } from "../changes/changeSet.ts";
import { compareStates } from "../changes/compareStates.ts";
import type { DesiredState } from "../changes/desired.ts";
import { splitKept } from "../changes/kept.ts";
import { buildModel } from "../model/buildModel.ts";
import type { Component } from "../sizing/blueprint.ts";
import type { Side } from "./side.ts";

/** The project's name in `Pulumi.yaml`: part of every URN. */
const PROJECT = "tierstack";

/**
 * What a move does: both sides are built under the model and compared. The new side keeps what holds data and is no
 * longer asked for.
 *
 * @param stack null for a diff of a ladder without a stack file.
 */
export async function compareSides(
	from: Side | null,
	to: Omit<Side, "kept">,
	base: ChangeSet["base"],
	stack: string | null,
	today: string,
): Promise<ChangeSet> {
	const { config, blueprint } = to;
	const { kept, retiring } = splitKept(from, blueprint, config.retire);
	const names = { stack: stack ?? blueprint.ladder, project: PROJECT };
	const before = from === null ? null : { ...from, state: await stateOf(from, [], names) };
	const state = await stateOf({ config, blueprint, kept }, retiring, names);
	return compareStates({
		stack,
		base,
		from: before === null ? null : { state: before.state, blueprint: before.blueprint, kept: [...before.kept] },
		to: { state, blueprint, kept },
		layer: "model",
		tolerate: config.tolerate,
		accept: config.accept,
		today,
	});
}

function stateOf(
	{ config, blueprint, kept }: Side,
	retiring: readonly Component[],
	names: { readonly stack: string; readonly project: string },
): Promise<DesiredState> {
	return buildModel({ blueprint, kept, retiring, config }, names);
}
