import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isInputs, recordsAt, textAt } from "./subject.ts";

/** Folders to look for stack files in, first one wins. */
export type StackFolders = readonly string[];

/**
 * Logical names the stack's file retires. Read from `Pulumi.<stack>.yaml` itself, because the engine does not hand a
 * policy pack the stack's configuration. No file, or one that cannot be read: nothing is retired, so the rules are strict.
 */
export function retiringIn(folders: StackFolders, stack: string): readonly string[] {
	const text = folders.map((folder) => readIfThere(join(folder, `Pulumi.${stack}.yaml`))).find((each) => each !== null);
	if (text === undefined) return [];
	const file: unknown = parse(text);
	const config = isInputs(file) ? file.config : null;
	const retire = isInputs(config) ? recordsAt(config, "tierstack:retire") : [];
	return retire.map((entry) => textAt(entry, "resource")).filter((name) => name !== null);
}

/** `urn:pulumi:prod::shop::...` -> `prod`. */
export function stackOf(urn: string): string {
	return urn.split("::")[0]?.split(":").at(-1) ?? "";
}

function readIfThere(path: string): string | null {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}
