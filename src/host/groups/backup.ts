import { BACKUP, BACKUP_UNIT, backupTimer } from "../files/backup.ts";
import { DUMP_CLIENT } from "../files/dumpEngines.ts";
import { group, type HostGroup } from "../manifest.ts";
import { mirrorPlaces } from "../mirror.ts";
import type { BackupSettings, HostSettings } from "../settings.ts";
import { environmentFile } from "../unitText.ts";
import { program, unit } from "./system.ts";

/** Nightly dumps and the way back, on slot 1. */
export function backupGroup(settings: HostSettings): readonly HostGroup[] {
	const { backup } = settings;
	if (backup === null) return [];
	const dumps = backup.engine === "postgres" ? backup.engineVersion : null;
	return [
		group("backup", {
			firstOnly: true,
			needs: settings.volume === null ? [] : ["volume"],
			packages: ["restic", ...(backup.mirror === undefined ? [] : ["rclone"]), ...clientPackages(backup)],
			files: [
				program("backup", BACKUP),
				...(dumps === null ? [] : [program("dump-client", DUMP_CLIENT)]),
				{ path: "/etc/tierstack/backup.conf", content: environmentFile(backupValues(settings, backup)), mode: "0644" },
				unit("tierstack-backup.service", BACKUP_UNIT, []),
				unit("tierstack-backup.timer", backupTimer(backup.schedule)),
			],
			checks: dumps === null ? [] : [["/usr/local/lib/tierstack/dump-client", dumps]],
			units: ["tierstack-backup.timer"],
		}),
	];
}

/** Programs that dump; not older than the server, or they refuse. */
function clientPackages({ engine, engineVersion }: BackupSettings): readonly string[] {
	switch (engine) {
		case "postgres":
			return engineVersion === null
				? ["postgresql-client"]
				: [`postgresql-client-${engineVersion}|postgresql-client`, "postgresql-common"];
		case "mysql":
			return ["mysql-client|mariadb-client"];
		default:
			return [];
	}
}

function backupValues(settings: HostSettings, backup: BackupSettings): Readonly<Record<string, string>> {
	return {
		BACKUP_ENGINE: backup.engine ?? "",
		BACKUP_LOCAL: settings.database === null ? "no" : "yes",
		BACKUP_UPLOADS: settings.volume === null ? "no" : "yes",
		BACKUP_KEEP_DAYS: `${backup.keepDays}`,
		BACKUP_HOST: settings.stack,
		RESTIC_REPOSITORY: `s3:${backup.endpoint}/${backup.bucket}/${backup.prefix}`,
		AWS_DEFAULT_REGION: backup.region,
		...(backup.mirror === undefined ? {} : mirrorPlaces(backup.mirror, backup, backup.prefix)),
	};
}
