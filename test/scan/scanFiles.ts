import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scanned } from "./tools.ts";

/** Lets a scanner read Terraform texts, a folder each, and leaves nothing behind. */
export function scanFiles(scan: (folder: string) => Scanned, files: Readonly<Record<string, string>>): Scanned {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-scan-"));
	try {
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(join(folder, name));
			writeFileSync(join(folder, name, "main.tf"), text);
		}
		return scan(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
