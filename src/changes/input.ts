import type { Acceptance, Retirement, StackConfig } from "../config/stackConfig.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";
import type { ChangeSet } from "./changeSet.ts";
import type { DesiredState } from "./desired.ts";
import type { Capacities } from "./impact/rule.ts";

/** One side of a comparison. */
export interface ComparisonSide {
	readonly state: DesiredState;
	readonly blueprint: Blueprint;
	/** What earlier tiers left and this side still declares. */
	readonly kept: readonly Component[];
}

/** Everything a change set is made of. The same input gives the same bytes. */
export interface ComparisonInput {
	/** null for a diff of a ladder. */
	readonly stack: string | null;
	readonly base: ChangeSet["base"];
	/** null = nothing is there: everything is created. */
	readonly from: ComparisonSide | null;
	readonly to: ComparisonSide;
	readonly layer: ChangeSet["layer"];
	readonly tolerate: StackConfig["tolerate"];
	readonly accept: readonly Acceptance[];
	/** ISO date, UTC: acceptances lapse by it. */
	readonly today: string;
	/** What the stack ends: a retirement with a backup accepts the loss of what it names. Default: nothing. */
	readonly retire?: readonly Retirement[];
	/** Sizes beyond those of both blueprints' components, such as a machine's CPU architecture. */
	readonly capacities?: Capacities;
	/** Root disk that running machines have, in GB, by URN. Default: not known. */
	readonly diskGbByUrn?: Readonly<Record<string, number>>;
	/**
	 * URNs that an unfinished update of this very move has made already: they are there, and nobody relied on them
	 * before. Default: none.
	 */
	readonly begun?: readonly string[];
	/** Keys of the stack file that differ between the sides, such as `access.sshFrom`. Default: not known. */
	readonly changedKeys?: readonly string[];
}
