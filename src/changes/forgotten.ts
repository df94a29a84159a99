import type { Blueprint, Component } from "../sizing/blueprint.ts";
import type { ChangeSet } from "./changeSet.ts";
import type { DesiredState } from "./desired.ts";
import { hashChanges } from "./hash.ts";

/** A stack whose file somebody deletes. */
export interface Forgotten {
	readonly stack: string;
	readonly base: ChangeSet["base"];
	readonly state: DesiredState;
	readonly blueprint: Blueprint;
	readonly kept: readonly Component[];
}

/**
 * What deleting a stack's file does: nothing in the cloud. A stack that still runs is paid on, and nobody can change it
 * by the files any more; whether it was destroyed before, the files do not tell.
 */
export function forgottenStack({ stack, base, state, blueprint, kept }: Forgotten): ChangeSet {
	const { ladder, tier, provider, region, cost } = blueprint;
	const holding = [...blueprint.components, ...kept].filter(({ stateful }) => stateful).map(({ name }) => name);
	const names = [...new Set(holding)].sort().join(", ");
	const left =
		"deleting the file deletes nothing in the cloud; a stack that was not destroyed before runs on and costs on";
	return {
		schema: "tierstack.changes/1",
		stack,
		base,
		from: { ladder, tier, provider, region },
		to: null,
		layer: "model",
		totals: { create: 0, update: 0, replace: 0, delete: 0, same: state.resources.length },
		changes: [],
		kept: [],
		steps: [],
		routes: [],
		cost: {
			currency: "USD",
			before: cost.monthly,
			after: cost.monthly,
			delta: 0,
			byRole: {},
			coverage: cost.coverage,
		},
		downtime: { class: "none", minutes: null },
		verdict: "needs-acceptance",
		reasons: [{ risk: "unknown", urn: null, text: names === "" ? left : `${left}, with its data (${names})` }],
		accepted: [],
		next: `pulumi stack ls tells whether ${stack} is still there; to end it, see "The whole end" in docs/operations.md first`,
		hash: hashChanges([]),
	};
}
