import type { HostGroup } from "../manifest.ts";
import type { HostSettings } from "../settings.ts";

/** All groups of a pool, in the order in which they are applied. */
export function groupsOf(settings: HostSettings): readonly HostGroup[] {
	return [];
}
