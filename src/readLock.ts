import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lock, lockFileName } from "./sizing/lock/lock.ts";
import { parseLock } from "./sizing/lock/parseLock.ts";

/**
 * The lock beside a stack file; null when there is none.
 *
 * @throws UserError when the file is there and cannot be read.
 */
export function readLock(projectDir: string, stack: string): Lock | null {
	const name = lockFileName(stack);
	const path = join(projectDir, name);
	return existsSync(path) ? parseLock(readFileSync(path, "utf8"), name) : null;
}
