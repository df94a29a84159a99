import { loadStackFile, stackNames } from "../../config/loadStackFile.ts";
import type { StackConfig } from "../../config/stackConfig.ts";
import { type Problem, problem, UserError } from "../../errors.ts";
import { unknownWord } from "../../nearest.ts";
import { readLock } from "../../readLock.ts";
import { renderChangeSet } from "../../render/changeSet.ts";
import { renderJson } from "../../render/json.ts";
import { echo } from "../../secretText.ts";
import { sizeStack } from "../../sizeStack.ts";
import { chooseProvider, chooseRegion, chooseTier } from "../choices.ts";
import { EXIT, verdictCode } from "../exit.ts";
import { plainConfig } from "../plainConfig.ts";
import { findProject, type Project, stackFile } from "../project.ts";
import { type Line, type Shell, textOption } from "../shell.ts";
import { freshSide } from "../side.ts";
import { tierOf } from "../sizing.ts";

/** Two configurations that differ in the tier alone. */
interface Move {
	readonly from: StackConfig;
	readonly to: StackConfig;
	readonly stack: string | null;
}

/** `tierstack diff <stack> --to T`, `tierstack diff <ladder> <from> <to>` */
export async function diff({ io, json }: Shell, line: Line): Promise<number> {
	const project = findProject(io.cwd);
	const { from, to, stack } =
		textOption(line, "to") === undefined ? ladderMove(project, line) : stackMove(project, line);
	const base = { kind: "tier", ref: from.tier } as const;
	const before = freshSide(
		from,
		sizeStack(from, project.ladders, stack === null ? null : readLock(project.dir, stack)),
	);
	const blueprint = sizeStack(to, project.ladders);
	// The model brings Pulumi's library: loaded only once the words are known to be right.
	const { compareSides } = await import("../sides.ts");
	const changes = await compareSides(before, { config: to, blueprint }, base, stack, {
		today: io.today,
		projectDir: project.dir,
	});
	io.stdout(json ? renderJson(changes) : renderChangeSet(changes, io.style));
	return line.options.exitCode === true ? verdictCode(changes) : EXIT.done;
}

function stackMove(project: Project, line: Line): Move {
	const [stack = "", ...more] = line.args;
	const problems: Problem[] = [];
	if (more.length > 0)
		problems.push(problem("a stack's diff takes --to alone; a ladder's takes <from> <to> without it"));
	for (const option of ["provider", "region"]) {
		if (textOption(line, option) === undefined) continue;
		problems.push(problem("a stack's provider and region are those of its file", { key: `--${option}` }));
	}
	const from = loadStackFile(stackFile(project, stack), project.known);
	const tier = chooseTier(textOption(line, "to") ?? "", project.ladders.load(from.ladder), "--to", problems);
	if (problems.length > 0) throw new UserError(problems);
	return { from, to: { ...from, tier }, stack };
}

function ladderMove(project: Project, line: Line): Move {
	const [name = "", from, to] = line.args;
	if (from === undefined || to === undefined) throw new UserError([whatIsMissing(project, name)]);
	const problems: Problem[] = [];
	const given = chooseProvider(textOption(line, "provider"), problems);
	if (!project.ladders.names.includes(name)) {
		problems.push(problem(unknownWord("ladder", echo(name), project.ladders.names)));
		throw new UserError(problems);
	}
	const ladder = project.ladders.load(name);
	chooseTier(from, ladder, "from", problems);
	chooseTier(to, ladder, "to", problems);
	const provider = given ?? (problems.length === 0 ? tierOf(ladder, from).provider : undefined);
	const region = chooseRegion(textOption(line, "region"), provider, project.known.regions, problems);
	if (problems.length > 0 || provider === undefined) throw new UserError(problems);
	const home = { ladder: name, provider, region: region ?? ladder.regions[provider] };
	return {
		from: plainConfig({ ...home, tier: from }, project.known),
		to: plainConfig({ ...home, tier: to }, project.known),
		stack: null,
	};
}

function whatIsMissing(project: Project, name: string): Problem {
	if (stackNames(project.dir).includes(name)) {
		return problem(`say where to move the stack: tierstack diff ${name} --to <tier>`);
	}
	if (project.ladders.names.includes(name)) {
		return problem(`say which tiers: tierstack diff ${name} <from> <to>`);
	}
	return problem(unknownWord("stack or ladder", echo(name), [...stackNames(project.dir), ...project.ladders.names]));
}
