import { BugError } from "../errors.ts";
import { restartedByEnv } from "./groups/app.ts";
import type { HostFile } from "./manifest.ts";
import type { HostSecrets, HostSettings } from "./settings.ts";
import { environmentFile } from "./unitText.ts";

/** Characters that no engine and no shell takes for anything else. Generated passwords are made of these. */
const PLAIN_PASSWORD = /^[\w-]{16,}$/;

/** Files with secrets, by the group they belong to. Only root reads them; processes are given what is in them. */
export function secretFiles(
	settings: HostSettings,
	secrets: HostSecrets,
): Readonly<Record<string, readonly HostFile[]>> {
	return {
		birth: [
			...(secrets.alertUrl === null ? [] : [environment("alert.env", { ALERT_URL: secrets.alertUrl })]),
			...(secrets.source === null ? [] : [secretFile("/etc/tierstack/source.json", JSON.stringify(secrets.source))]),
		],
		runtime: secrets.registry === null ? [] : [registryLogin(secrets.registry)],
		database: secrets.databasePassword === null ? [] : [databasePassword(secrets.databasePassword)],
		app: [environment("secret.env", secrets.env, restartedByEnv(settings))],
		backup:
			secrets.backup === null
				? []
				: [
						environment("backup.env", {
							AWS_ACCESS_KEY_ID: secrets.backup.accessKey,
							AWS_SECRET_ACCESS_KEY: secrets.backup.secretKey,
							RESTIC_PASSWORD: secrets.backup.password,
						}),
					],
	};
}

function secretFile(path: string, content: string, restarts: readonly string[] = []): HostFile {
	return { path, content, mode: "0600", restarts };
}

function environment(
	name: string,
	values: Readonly<Record<string, string>>,
	restarts: readonly string[] = [],
): HostFile {
	return secretFile(`/etc/tierstack/${name}`, environmentFile(values), restarts);
}

function databasePassword(password: string): HostFile {
	if (!PLAIN_PASSWORD.test(password)) {
		throw new BugError("the password of a database on the host must be 16 or more letters, digits, _ or -");
	}
	return environment("database.env", { DATABASE_PASSWORD: password }, ["tierstack-database.service"]);
}

function registryLogin({ server, user, password }: { server: string; user: string; password: string }): HostFile {
	const auth = Buffer.from(`${user}:${password}`).toString("base64");
	return secretFile("/root/.docker/config.json", `${JSON.stringify({ auths: { [server]: { auth } } })}\n`);
}
