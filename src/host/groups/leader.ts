import { ELECTION, LEADER, LED, leaderTarget, leaderUnit } from "../files/leader.ts";
import { group, type HostFile, type HostGroup } from "../manifest.ts";
import type { HostSettings, Leader } from "../settings.ts";
import { program, unit } from "./system.ts";

/**
 * What may exist once, on the machine that is to have it: slot 1 as the groups are told, or, where members come and
 * go, every member, with the units waiting for an election.
 */
export function placeOnce(settings: HostSettings, once: readonly HostGroup[]): readonly HostGroup[] {
	const { leader, stack } = settings;
	if (leader.kind === "slot" || once.length === 0) return once;
	return [...once.map(elected), leaderGroup(stack, leader, once)];
}

function elected(told: HostGroup): HostGroup {
	const units = told.files.flatMap(unitName);
	return {
		...told,
		firstOnly: false,
		files: [...told.files.map(withoutCatchingUp), ...units.map((name) => unit(`${name}.d/leader.conf`, LED, [name]))],
		units: [],
	};
}

function unitName({ path }: HostFile): readonly string[] {
	return /^\/etc\/systemd\/system\/([^/]+\.(?:service|timer))$/.exec(path)?.slice(1) ?? [];
}

/** A member that leads anew must not do again what another did meanwhile: a run is rather missed than done twice. */
function withoutCatchingUp(file: HostFile): HostFile {
	return file.path.endsWith(".timer") ? { ...file, content: file.content.replace("Persistent=true\n", "") } : file;
}

function leaderGroup(stack: string, { engine }: Leader & { kind: "lock" }, once: readonly HostGroup[]): HostGroup {
	return group("leader", {
		needs: once.map(({ name }) => name),
		packages: [engine === "postgres" ? "postgresql-client" : "mysql-client|mariadb-client"],
		files: [
			program("leader", LEADER, [ELECTION]),
			unit(ELECTION, leaderUnit(`tierstack/${stack}`)),
			unit(
				"tierstack-leader.target",
				leaderTarget(once.flatMap(({ units }) => units)),
				// The elected member starts what is new when it is elected again.
				[ELECTION],
			),
		],
		units: [ELECTION],
	});
}
