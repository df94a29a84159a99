import type { HostGroup } from "../manifest.ts";
import type { HostSettings } from "../settings.ts";
import { appGroup, onceGroup, runtimeGroup } from "./app.ts";
import { backupGroup } from "./backup.ts";
import { databaseGroup, grantsGroup } from "./database.ts";
import { placeOnce } from "./leader.ts";
import { proxyGroups } from "./proxy.ts";
import { birthGroup, brakeGroup, firewallGroup, groundGroup, keysGroup, swapGroup, volumeGroup } from "./system.ts";
import { watchGroups } from "./watch.ts";

/** All groups of a pool, in the order in which they are applied: who may log in first, the application when its ground stands. */
export function groupsOf(settings: HostSettings): readonly HostGroup[] {
	return [
		keysGroup(settings),
		firewallGroup(settings),
		birthGroup(settings),
		swapGroup(settings),
		groundGroup,
		...volumeGroup(settings),
		...runtimeGroup(settings),
		...databaseGroup(settings),
		...grantsGroup(settings),
		...appGroup(settings),
		...proxyGroups(settings),
		...placeOnce(settings, [...onceGroup(settings), ...backupGroup(settings)]),
		...watchGroups(settings),
		brakeGroup,
	];
}
