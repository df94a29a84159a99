import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { problem, UserError } from "../errors.ts";
import type { KnownWords } from "./known.ts";
import { parseStackFile, stackNameOf } from "./parseStackFile.ts";
import type { StackConfig } from "./stackConfig.ts";
import { hint } from "./wordRules.ts";

/** Stacks of a project: every `Pulumi.<stack>.yaml` in its folder, by name. */
export function stackNames(projectDir: string): string[] {
	const entries = existsSync(projectDir) ? readdirSync(projectDir) : [];
	return entries.flatMap((entry) => stackNameOf(entry) ?? []).sort();
}

/**
 * Reads and checks `Pulumi.<stack>.yaml`.
 *
 * @throws UserError when there is no such file, naming the stacks there are, or with every problem in it.
 */
export function loadStackFile(path: string, known: KnownWords): StackConfig {
	const name = basename(path);
	if (!existsSync(path)) {
		const stack = stackNameOf(name);
		const stacks = stackNames(dirname(path));
		const others = stacks.length === 0 ? "there is none here" : `stacks here: ${stacks.join(", ")}`;
		const message = stack === null ? "no such file" : `no such stack file; ${others}${hint(stack, stacks)}`;
		throw new UserError([problem(message, { file: name })]);
	}
	return parseStackFile(readFileSync(path, "utf8"), name, known);
}
