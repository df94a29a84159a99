import { createHash } from "node:crypto";

/** A value that looks random and is the same each time. */
export function digest(...parts: readonly (string | number)[]): string {
	return createHash("sha256").update(parts.join("/")).digest("hex");
}
