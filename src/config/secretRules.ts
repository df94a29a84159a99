import { isSecretName, isSecretValue } from "../secretText.ts";
import { isRecord } from "./wordRules.ts";

type Path = readonly (string | number)[];
type Tell = (path: Path, message: string) => void;

/** The command that stores a secret, as a user types it. */
export function secretCommand(name: string): string {
	return `pulumi config set --secret --path 'tierstack:secrets.${name}'`;
}

/**
 * Refuses secrets in plain text anywhere, and encrypted ones anywhere but under `secrets`: one `secure:` makes the
 * engine treat the whole group around it as secret. The messages never hold the value.
 */
export function checkSecrets(raw: Readonly<Record<string, unknown>>, tell: Tell): void {
	for (const [key, value] of Object.entries(raw)) {
		if (key === "secrets") checkStore(value, tell);
		else walk([key], value, tell);
	}
}

function checkStore(store: unknown, tell: Tell): void {
	if (!isRecord(store)) return;
	for (const [name, value] of Object.entries(store)) {
		if (typeof value !== "string") continue;
		tell(["secrets", name], `is written in plain text; replace it by ${secretCommand(name)}, and change the secret`);
	}
}

function walk(path: Path, value: unknown, tell: Tell): void {
	const name = String(path.findLast((step) => typeof step === "string") ?? "value");
	if (typeof value === "string") {
		if (value !== "" && !isReference(path) && (isSecretName(name) || isSecretValue(value))) {
			tell(path, `looks like a secret in plain text; store it by ${secretCommand(name)}, and change the secret`);
		}
	} else if (Array.isArray(value)) {
		value.forEach((item: unknown, index) => {
			walk([...path, index], item, tell);
		});
	} else if (isRecord(value)) {
		if (typeof value.secure === "string" && Object.keys(value).length === 1) {
			tell(path, `holds a secret, which belongs under tierstack:secrets; store it by ${secretCommand(name)}`);
			return;
		}
		for (const [key, inner] of Object.entries(value)) walk([...path, key], inner, tell);
	}
}

/** Keys that name a secret and do not hold one; public keys have a check of their own. */
function isReference(path: Path): boolean {
	return String(path.at(-1)).endsWith("Secret") || (path[0] === "access" && path[1] === "sshKeys");
}
