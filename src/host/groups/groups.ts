import type { HostGroup } from "../manifest.ts";
import type { HostSettings } from "../settings.ts";
import { appGroups, runtimeGroup } from "./app.ts";
import { backupGroup } from "./backup.ts";
import { databaseGroup } from "./database.ts";
import { proxyGroups } from "./proxy.ts";
import { accessGroup, birthGroup, brakeGroup, groundGroup, swapGroup, volumeGroup } from "./system.ts";
import { watchGroups } from "./watch.ts";

/** All groups of a pool, in the order in which they are applied: who may log in first, the application when its ground stands. */
export function groupsOf(settings: HostSettings): readonly HostGroup[] {
	return [
		accessGroup(settings),
		birthGroup(settings),
		swapGroup(settings),
		groundGroup,
		...volumeGroup(settings),
		...runtimeGroup(settings),
		...databaseGroup(settings),
		...appGroups(settings),
		...proxyGroups(settings),
		...backupGroup(settings),
		...watchGroups(settings),
		brakeGroup,
	];
}
