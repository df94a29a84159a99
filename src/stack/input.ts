import type { DesiredState } from "../changes/desired.ts";
import type { StackConfig } from "../config/stackConfig.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";

/** What one run of the program builds from. Plain data: the model and `pulumi up` pass the same. */
export interface StackInput {
	readonly blueprint: Blueprint;
	/** Components of an earlier tier that hold data and are not retired: declared as they were. */
	readonly kept: readonly Component[];
	/** Components being retired: still declared, protection lifted, a snapshot beside them where the provider has the type. */
	readonly retiring: readonly Component[];
	readonly config: StackConfig;
	/** Text of the compose file that `config.app.compose` names; whoever reads files reads it. */
	readonly compose?: string;
	/** What the stack's record says of this run beside blueprint and kept things; the model needs none. */
	readonly remember?: Remembered;
}

/** What the next run's guard compares with. */
export interface Remembered {
	/** Everything this run declares, secrets masked. */
	readonly state: DesiredState;
	/** Hash of what decides the state beside the blueprint: the program and the stack file. */
	readonly program: string;
}
