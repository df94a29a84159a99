import { BugError } from "../errors.ts";
import { ADMIN_FILE, adminVariables } from "./files/databaseGrants.ts";
import type { HostFile } from "./manifest.ts";
import { mirrorKeys } from "./mirror.ts";
import { dockerLogins, type RegistryLogin } from "./registry.ts";
import type { HostSecrets } from "./settings.ts";
import { environmentFile } from "./unitText.ts";

/** Characters that no engine and no shell takes for anything else. Generated passwords are made of these. */
const PLAIN_PASSWORD = /^[\w-]{16,}$/;

/**
 * Files with secrets, by the group they belong to. Only root reads them; processes are given what is in them. What
 * restarts when one changed is the group's to say (`secretRestarts`).
 */
export function secretFiles(secrets: HostSecrets): Readonly<Record<string, readonly HostFile[]>> {
	const { env, alertUrl, source, registry, databasePassword: password, databaseAdmin, backup } = secrets;
	return {
		birth: [
			...(alertUrl === null ? [] : [environment("alert.env", { ALERT_URL: alertUrl })]),
			...(source === null ? [] : [secretFile("/etc/tierstack/source.json", JSON.stringify(source))]),
		],
		runtime: registry === null ? [] : [registryLogin(registry)],
		database: password === null ? [] : [databasePassword(password)],
		grants: databaseAdmin === undefined ? [] : [environment(ADMIN_FILE, adminVariables(databaseAdmin))],
		app: [environment("secret.env", env)],
		backup: backup === null ? [] : [environment("backup.env", backupValues(backup))],
	};
}

function backupValues(backup: NonNullable<HostSecrets["backup"]>): Record<string, string> {
	const { key, password, heartbeatUrl, mirrorKey } = backup;
	return {
		// Without a key the program finds the machine's role by itself.
		...(key === null ? {} : { AWS_ACCESS_KEY_ID: key.accessKey, AWS_SECRET_ACCESS_KEY: key.secretKey }),
		RESTIC_PASSWORD: password,
		BACKUP_HEARTBEAT: heartbeatUrl ?? "",
		...(mirrorKey === undefined || key === null ? {} : mirrorKeys(mirrorKey, key)),
	};
}

function secretFile(path: string, content: string): HostFile {
	return { path, content, mode: "0600" };
}

function environment(name: string, values: Readonly<Record<string, string>>): HostFile {
	return secretFile(`/etc/tierstack/${name}`, environmentFile(values));
}

function databasePassword(password: string): HostFile {
	if (!PLAIN_PASSWORD.test(password)) {
		throw new BugError("the password of a database on the host must be 16 or more letters, digits, _ or -");
	}
	return environment("database.env", { DATABASE_PASSWORD: password });
}

/** Where the container engine and the tools that unpack an image both look. */
function registryLogin(login: RegistryLogin): HostFile {
	return secretFile("/root/.docker/config.json", `${dockerLogins(login)}\n`);
}
