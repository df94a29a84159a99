import type { Plain } from "../../words.ts";
import { isSecret, SECRET_KEY } from "../desired.ts";
import { covers, memberPath, rulePath } from "./paths.ts";

/**
 * The value as it may be shown: every secret in it reads `[secret]`, also what a schema calls secret though the
 * program did not, and never the digest it is told apart by.
 */
export function masked(value: Plain | undefined, path: string, secretPaths: readonly string[]): Plain {
	if (value === undefined || value === null) return null;
	if (isSecret(value) || secretPaths.some((secret) => covers(secret, rulePath(path)))) return SECRET_KEY;
	if (Array.isArray(value)) return value.map((each: Plain) => masked(each, path, secretPaths));
	if (typeof value !== "object") return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, masked(each, memberPath(path, key), secretPaths)]),
	);
}
