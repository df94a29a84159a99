import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const checkedIn = new URL("../../../src/catalog", import.meta.url).pathname;

/** A copy of the checked-in tables that the test may overwrite. It is gone when the test is. */
export function copyOfCatalog(): string {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-catalog-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	for (const provider of ["digitalocean", "aws"]) {
		cpSync(join(checkedIn, provider), join(folder, provider), { recursive: true });
	}
	return folder;
}
