import type { ChangeSet } from "../../changes/changeSet.ts";
import { forgottenStack } from "../../changes/forgotten.ts";
import { type Problem, problem, UserError } from "../../errors.ts";
import type { PullRequestReport, StackReport } from "../../render/pullRequest/report.ts";
import { committedLadders } from "../committed.ts";
import { changedFiles, type GitCommit, gitCommit, mergeBase, uncommittedFiles } from "../git.ts";
import { buildSide, compareSides, type Place } from "../sides.ts";
import { sidesByOwnProgram } from "./ownProgram.ts";
import { lastGoodSide, type SideAt, sideAt, stacksAt } from "./sideAt.ts";
import { isProgram, isTouched, type Touched, whatChanged } from "./touched.ts";

/** The two ends of a pull request. */
export interface Range {
	readonly base: GitCommit;
	readonly head: GitCommit;
}

/**
 * The commits from where a branch left another to its own last one, as GitHub shows a pull request.
 *
 * @throws UserError when there is no such commit or no common history.
 */
export function rangeOf(dir: string, baseName: string): Range {
	const head = gitCommit(dir, "HEAD");
	if (head === null) throw new UserError([problem("there is no git history here, so there are no commits to show")]);
	const named = gitCommit(dir, baseName);
	if (named === null) {
		const message = `git knows no commit "${baseName}"; in CI, check out with the whole history (fetch-depth: 0)`;
		throw new UserError([problem(message, { key: "--base" })]);
	}
	const sha = mergeBase(dir, named.sha, head.sha);
	const base = sha === null ? null : gitCommit(dir, sha);
	if (base === null) {
		const message = `"${baseName}" and HEAD have no common commit; in CI, check out with the whole history (fetch-depth: 0)`;
		throw new UserError([problem(message, { key: "--base" })]);
	}
	return { base, head };
}

/** What the commits do to each stack they touch. The new side is this program's, the old one the base's own. */
export async function reportOf(
	range: Range,
	place: Place,
	env: Readonly<Record<string, string | undefined>>,
): Promise<PullRequestReport> {
	const { base, head } = range;
	const touched = whatChanged(changedFiles(place.projectDir, base.sha, head.sha));
	const ladders = { base: committedLadders(base), head: committedLadders(head) };
	const stacks = [...new Set([...stacksAt(base), ...stacksAt(head)])].sort();
	const ends = stacks
		.map((stack) => ({
			stack,
			old: sideAt(base, stack, ladders.base),
			new: sideAt(head, stack, ladders.head),
		}))
		.filter((each) => isTouched(each.stack, [each.old, each.new], touched));
	const there = ends.filter((each) => each.old.kind !== "absent").map(({ stack }) => stack);
	const own =
		touched.program && there.length > 0
			? sidesByOwnProgram({
					projectDir: place.projectDir,
					commit: base,
					stacks: there,
					otherDependencies: touched.dependencies,
					env,
				})
			: {};
	const reports: StackReport[] = [];
	for (const each of ends) {
		reports.push(await stackReport({ ...each, old: own[each.stack] ?? each.old }, range, place));
	}
	return { base: base.sha, head: head.sha, stacks: reports, notes: notesOf(touched, place.projectDir) };
}

interface Ends {
	readonly stack: string;
	readonly old: SideAt;
	readonly new: SideAt;
}

async function stackReport({ stack, old, new: now }: Ends, { base }: Range, place: Place): Promise<StackReport> {
	const against = { kind: "git", ref: base.ref } as const;
	if (now.kind === "broken") return failed(stack, now.problems);
	if (now.kind === "absent") return leaving(stack, old, against, place);
	const notes = now.note === null ? [] : [now.note];
	const compare = async (from: Parameters<typeof compareSides>[0], ref: ChangeSet["base"], more: readonly string[]) =>
		comparing(stack, [...notes, ...more], () => compareSides(from, now.side, ref, stack, place));
	if (old.kind !== "broken") return compare(old.kind === "absent" ? null : old.side, against, []);
	const good = isOurs(old.problems) ? null : lastGoodSide(place.projectDir, base, stack);
	if (good === null) return failed(stack, old.problems.map(beforeTheCommits));
	const why = old.problems[0]?.message ?? "it is not valid";
	return compare(good.side, { kind: "git", ref: good.ref }, [
		`What ${base.ref} has cannot be used (${why}), so this is against ${good.ref}, the last commit that can.`,
	]);
}

/** Problems without a file are the program's; an older commit's files would not help. */
function isOurs(problems: readonly Problem[]): boolean {
	return problems.every(({ file }) => file === null);
}

function beforeTheCommits(found: Problem): Problem {
	return found.file === null ? found : { ...found, message: `${found.message} (before these commits)` };
}

async function leaving(stack: string, old: SideAt, base: ChangeSet["base"], place: Place): Promise<StackReport> {
	if (old.kind !== "stands") {
		const message = "its file is deleted, and the one before could not be read: whether it is deployed is not known";
		return failed(stack, [problem(message, { file: `Pulumi.${stack}.yaml` })]);
	}
	return comparing(stack, [], async () => {
		const { state, blueprint, kept } = await buildSide(old.side, stack, place.projectDir);
		return forgottenStack({ stack, base, state, blueprint, kept });
	});
}

/** The model knows limits that sizing does not: what it refuses is told as the file's problem. */
async function comparing(
	stack: string,
	notes: readonly string[],
	compare: () => Promise<ChangeSet>,
): Promise<StackReport> {
	try {
		return { stack, changeSet: await compare(), error: null, notes };
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return failed(stack, error.problems);
	}
}

function failed(stack: string, problems: readonly Problem[]): StackReport {
	return { stack, changeSet: null, error: problems, notes: [] };
}

function notesOf(touched: Touched, projectDir: string): readonly string[] {
	const uncommitted = uncommittedFiles(projectDir);
	const program = uncommitted.filter(isProgram);
	const files = uncommitted.filter((file) =>
		/^(Pulumi\.[^/]+\.yaml|tierstack\.[^/]+\.lock\.json|tiers\/[^/]+\.yaml)$/.test(file),
	);
	return [
		...touched.ladders.map((name) => `\`tiers/${name}.yaml\` changed, so every stack of it is compared.`),
		...(touched.program
			? [
					"The program changed, so every stack is compared, and the old side is what the base's own program makes of it.",
				]
			: []),
		...(program.length === 0
			? []
			: ["The program here has edits that are not committed; the new side is worked out with them."]),
		...files.map((file) => `\`${file}\` has edits that are not committed; they are not in here.`),
	];
}
