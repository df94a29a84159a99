import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KnownWords } from "../config/known.ts";
import { problem, UserError } from "../errors.ts";
import { knownWords, type LadderSource, ladderFolder } from "../knownWords.ts";

/** The folder that holds `Pulumi.yaml` and `tiers/`, and what can be read from it. */
export interface Project {
	readonly dir: string;
	readonly ladders: LadderSource;
	readonly known: KnownWords;
}

/**
 * Finds the project around a folder.
 *
 * @throws UserError when neither it nor a folder above has ladders.
 */
export function findProject(cwd: string): Project {
	for (let dir = cwd; ; dir = dirname(dir)) {
		if (existsSync(join(dir, "Pulumi.yaml")) && existsSync(join(dir, "tiers"))) {
			const ladders = ladderFolder(join(dir, "tiers"));
			return { dir, ladders, known: knownWords(ladders) };
		}
		if (dirname(dir) === dir) {
			const message = "no project here: neither this folder nor one above it holds Pulumi.yaml and tiers/";
			throw new UserError([problem(message)]);
		}
	}
}

export function stackFile(project: Project, stack: string): string {
	return join(project.dir, `Pulumi.${stack}.yaml`);
}
