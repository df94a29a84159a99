import { SKIP_TIER } from "../../changes/next.ts";
import { acceptanceResource, type Reason } from "../../changes/verdict.ts";
import { checkDate } from "../../config/formats.ts";
import type { Acceptance } from "../../config/stackConfig.ts";
import { type Problem, problem, UserError } from "../../errors.ts";
import { unknownWord } from "../../nearest.ts";
import { echo } from "../../secretText.ts";
import { RISKS, type Risk } from "../../words.ts";
import { gitUser } from "../git.ts";
import { type Line, listOption, textOption } from "../shell.ts";

/** How long a written acceptance holds when nobody says: long enough for a review and a quiet night. */
export const ACCEPTED_DAYS = 14;

/** What somebody answers for on the command line. */
export interface Allowance {
	readonly risks: readonly Risk[];
	readonly skipTier: boolean;
	readonly reason: string | null;
	readonly by: string | null;
	/** ISO date, inclusive. */
	readonly until: string;
	/** Ids of backups, each alone or as `resource=id`. */
	readonly backups: readonly string[];
}

/** Where and when the words are read. */
interface Place {
	readonly today: string;
	readonly projectDir: string;
}

/**
 * Reads `--accept`, `--reason`, `--by`, `--until` and `--backup`.
 *
 * @param until the last day, where another option of that name means something else; undefined = read it.
 * @throws UserError with every problem.
 */
export function readAllowance(line: Line, { today, projectDir }: Place, until?: string): Allowance {
	const problems: Problem[] = [];
	const words = listOption(line, "accept");
	const allowed = [...RISKS, SKIP_TIER];
	for (const word of words) {
		if (!allowed.includes(word)) problems.push(problem(unknownWord("risk", echo(word), allowed), { key: "--accept" }));
	}
	const given = until ?? readDate(textOption(line, "until"), today, problems);
	if (problems.length > 0) throw new UserError(problems);
	return {
		risks: RISKS.filter((risk) => words.includes(risk)),
		skipTier: words.includes(SKIP_TIER),
		reason: textOption(line, "reason")?.trim() || null,
		by: textOption(line, "by")?.trim() || gitUser(projectDir),
		until: given ?? daysAfter(today, ACCEPTED_DAYS),
		backups: listOption(line, "backup"),
	};
}

/** A day that is not over; undefined when none was given. */
export function readDate(text: string | undefined, today: string, problems: Problem[]): string | undefined {
	if (text === undefined) return undefined;
	const complaint = checkDate(text) ?? (text < today ? `must be today (${today}) or later` : null);
	if (complaint !== null) problems.push(problem(`${complaint}, found "${echo(text)}"`, { key: "--until" }));
	return text;
}

/** The ISO date so many days later. */
export function daysAfter(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * One narrow entry for each reason whose risk is answered for.
 *
 * @throws UserError when who, why or the backup is missing.
 */
export function acceptancesFor(
	reasons: readonly Reason[],
	allowance: Allowance,
	move: { readonly from: string; readonly to: string },
): readonly Acceptance[] {
	const { by, reason, until } = allowance;
	const pairs = reasons.flatMap((each) => {
		const risk = allowance.risks.find((allowed) => allowed === each.risk);
		return risk === undefined ? [] : [{ risk, resource: acceptanceResource(each) }];
	});
	const wanted = [...new Map(pairs.map((pair) => [`${pair.risk} ${pair.resource}`, pair])).values()];
	if (wanted.length === 0) return [];
	const problems: Problem[] = [];
	if (reason === null) {
		problems.push(problem("is missing; what is accepted is written down with its reason", { key: "--reason" }));
	}
	if (by === null) problems.push(problem("is missing, and git knows no user.name; say who accepts", { key: "--by" }));
	const backups = backupsOf(wanted, allowance.backups, problems);
	if (reason === null || by === null || problems.length > 0) throw new UserError(problems);
	return wanted.map(({ risk, resource }) => {
		const backup = risk === "data-loss" ? (backups.get(resource) ?? null) : null;
		return { risk, resource, ...move, by, reason, until, backup };
	});
}

/** The backup behind each accepted loss of data. */
function backupsOf(
	wanted: readonly { readonly risk: Risk; readonly resource: string }[],
	words: readonly string[],
	problems: Problem[],
): ReadonlyMap<string, string> {
	const losing = wanted.filter(({ risk }) => risk === "data-loss").map(({ resource }) => resource);
	const named = new Map(
		words.flatMap((word): [string, string][] => {
			const cut = word.indexOf("=");
			const resource = cut < 0 ? losing.length === 1 && losing[0] : word.slice(0, cut);
			return typeof resource === "string" && losing.includes(resource) ? [[resource, word.slice(cut + 1)]] : [];
		}),
	);
	for (const resource of losing.filter((each) => (named.get(each) ?? "") === "")) {
		const way = losing.length === 1 ? "--backup <id>" : `--backup ${resource}=<id>`;
		problems.push(problem(`${resource} loses data; name its backup: ${way}, or "none"`, { key: "--backup" }));
	}
	return named;
}
