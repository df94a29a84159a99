import { endsStack, type StackConfig } from "../config/stackConfig.ts";

/**
 * What deleting a resource would lose: `data` = rows, files or what they stand on; `entry` = the way in that users
 * and their DNS hold on to (load balancer, reserved address, records, cluster, first host).
 */
export type Guarded = "data" | "entry";

/** What of a stack is protected: as `tierstack:protect` says, and nothing of a stack that is to end. */
export type Protection = StackConfig["protect"] | "none";

export function protectionOf({ protect, retire }: Pick<StackConfig, "protect" | "retire">): Protection {
	return endsStack(retire) ? "none" : protect;
}

const PROTECTED: Readonly<Record<Protection, readonly Guarded[]>> = {
	none: [],
	data: ["data"],
	all: ["data", "entry"],
};

/** Whether the engine must refuse to delete or replace such a resource. */
export function isProtected(guarded: Guarded, protection: Protection): boolean {
	return PROTECTED[protection].includes(guarded);
}
