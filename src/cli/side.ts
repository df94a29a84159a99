import type { StackConfig } from "../config/stackConfig.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";

/** One side of a change: what is asked for and what earlier tiers left. */
export interface Side {
	readonly config: StackConfig;
	readonly blueprint: Blueprint;
	readonly kept: readonly Component[];
	/** Text of the compose file, where a commit's own is meant; else it is read from the project. */
	readonly compose?: string;
}

/** A side with nothing left from before. */
export function freshSide(config: StackConfig, blueprint: Blueprint): Side {
	return { config, blueprint, kept: [] };
}
