import type { StackConfig } from "../config/stackConfig.ts";

/**
 * What deleting a resource would lose: `data` = rows, files or what they stand on; `entry` = the way in that users
 * and their DNS hold on to (load balancer, reserved address, records, cluster, first host).
 */
export type Guarded = "data" | "entry";

/** Whether the engine must refuse to delete or replace such a resource: `tierstack:protect` is `data` or `all`. */
export function isProtected(guarded: Guarded, mode: StackConfig["protect"]): boolean {
	return guarded === "data" || mode === "all";
}
