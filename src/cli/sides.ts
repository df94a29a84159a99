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
	{ today, projectDir }: { readonly today: string; readonly projectDir: string },
): Promise<ChangeSet> {
	const { config, blueprint } = to;
	const { kept, retiring } = splitKept(from, blueprint, config.retire);
	const names = { stack: stack ?? blueprint.ladder, project: PROJECT };
	const before = from === null ? null : { ...from, state: await stateOf(from, [], names, projectDir) };
	const state = await stateOf({ config, blueprint, kept }, retiring, names, projectDir);
	return compareStates({
		stack,
		base,
		from: before === null ? null : { state: before.state, blueprint: before.blueprint, kept: [...before.kept] },
		to: { state, blueprint, kept },
		layer: "model",
		tolerate: config.tolerate,
		accept: config.accept,
		today,
		retire: config.retire,
		capacities: capacitiesOf(blueprint.provider),
		...(from === null ? {} : { changedKeys: changedKeys(from.config, config) }),
	});
}

function stateOf(
	{ config, blueprint, kept }: Side,
	retiring: readonly Component[],
	names: { readonly stack: string; readonly project: string },
	projectDir: string,
): Promise<DesiredState> {
	return buildModel({ blueprint, kept, retiring, config, ...readCompose(config, projectDir) }, names);
}
