import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problem, problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { readYaml } from "../yamlText.ts";
import { zodProblems } from "../zodProblems.ts";
import type { Ladder } from "./ladder.ts";
import { normalise } from "./normalise.ts";
import { writtenLadder } from "./schema.ts";
import { SHIPPED } from "./shipped.ts";

/** Names of the ladders in a folder, sorted: every `.yaml` file there is one. */
export function ladderNames(dir: string): string[] {
	return readdirSync(dir)
		.filter((file) => file.endsWith(".yaml"))
		.map((file) => file.slice(0, -".yaml".length))
		.toSorted();
}

/**
 * Reads one ladder of a folder.
 *
 * @throws UserError when there is no such ladder, or with every problem of its file, each with its line.
 */
export function loadLadder(dir: string, name: string): Ladder {
	const names = ladderNames(dir);
	if (!names.includes(name)) throw new UserError([problem(unknownWord("ladder", name, names))]);
	const path = join(dir, `${name}.yaml`);
	if (!existsSync(path)) throw new UserError([problem("cannot be read", { file: path })]);
	return parseLadder(readFileSync(path, "utf8"), `tiers/${name}.yaml`);
}

/**
 * Checks the text of a ladder and fills every default.
 *
 * @param fileName shown in problems; its last part must be the ladder's name.
 * @throws UserError with every problem at once, each with its line.
 */
export function parseLadder(text: string, fileName: string): Ladder {
	const key = shippedKey(text, fileName);
	const known = parsed.get(key);
	if (known !== undefined) return known;
	const ladder = shipped(key) ?? checkText(text, fileName);
	parsed.set(key, ladder);
	return ladder;
}

/** Under what a ladder that was checked before is found: another text or name is another ladder. */
export function shippedKey(text: string, fileName: string): string {
	return createHash("sha256").update(`${fileName}\0${text}`).digest("hex");
}

/** Reading a ladder takes a tenth of the largest diff, so those of the project were read when the code was compiled. */
function shipped(key: string): Ladder | undefined {
	const json = SHIPPED[key];
	return json === undefined ? undefined : JSON.parse(json);
}

/** Both sides of a comparison mostly have the same ladder, and reading one is the slowest step of a preview's start. */
const parsed = new Map<string, Ladder>();

function checkText(text: string, fileName: string): Ladder {
	const yaml = readYaml(text, fileName);
	const place = {
		file: fileName,
		lineOf: (path: readonly (string | number)[]) => yaml.lineOf(path),
		nameOf: (path: readonly (string | number)[]) => (path.length === 0 ? null : path.join(".")),
	};
	const checked = writtenLadder.safeParse(yaml.value);
	if (!checked.success) throw new UserError(zodProblems(checked.error, yaml.value, place));
	const problems: Problem[] = [];
	const ladder = normalise(checked.data, fileName, (path, message) => {
		problems.push(problem(message, { file: fileName, line: yaml.lineOf(path), key: place.nameOf(path) }));
	});
	if (ladder === null) throw new UserError(problems);
	return ladder;
}
