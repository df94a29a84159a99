import type { Pin } from "../../config/stackConfig.ts";
import { type Problem, problem, UserError } from "../../errors.ts";
import { sizeStack } from "../../sizeStack.ts";
import { findProject, loadStack } from "../project.ts";
import { blueprintAbove } from "../promotion/above.ts";
import { ACCEPTED_DAYS, daysAfter, readAllowance, readDate } from "../promotion/allowance.ts";
import { asItStands, withPin } from "../promotion/editions.ts";
import { isIdle, pastNextTier, readPin } from "../promotion/pinWord.ts";
import { refusalOf } from "../promotion/refusal.ts";
import { pinNotes, waysOn } from "../promotion/ways.ts";
import { draftStack } from "../promotion/writeStack.ts";
import { type Line, type Shell, textOption } from "../shell.ts";

/** `tierstack pin <stack> role.key=value --until DATE` */
export async function pin(shell: Shell, line: Line): Promise<number> {
	const { io } = shell;
	const [stack = "", word = ""] = line.args;
	const project = findProject(io.cwd);
	const place = { today: io.today, projectDir: project.dir };
	const wanted: Pin & { readonly until: string } = { ...readPin(word), until: lastDay(line, io.today) };
	// The pin lasts; what is accepted to bring it about need not.
	const accepted = daysAfter(io.today, ACCEPTED_DAYS);
	const allowance = readAllowance(line, place, accepted < wanted.until ? accepted : wanted.until);
	const loaded = loadStack(project, stack);
	const { config, blueprint } = loaded.side;
	const old = config.pins.find(({ path }) => path === wanted.path);
	const wish = withPin(asItStands(config), wanted);
	if (wish.editions.length === 0) throw new UserError([problem(`${stack} has exactly this pin already`)]);
	const pinned = sizeStack(wish.config, project.ladders);
	if (isIdle(pinned, wanted.path)) {
		const role = wanted.path.split(".")[0];
		throw new UserError([problem(`${stack} has no ${role} on ${config.tier}, so a pin would hold nothing`)]);
	}

	// The model brings Pulumi's library: loaded only once the words and files are known to be right.
	const { propose } = await import("../promotion/proposal.ts");
	const { carryOut } = await import("../promotion/carryOut.ts");
	const { reliefsOf } = await import("../promotion/nightShift.ts");
	const proposal = await propose(loaded, wish, allowance, project, place);
	const command = `tierstack pin ${stack} ${wanted.path}=${wanted.value} --until ${wanted.until}`;
	const past = pastNextTier(pinned, wanted.path, blueprintAbove(project, wish.config));
	const skips = past === null ? null : `${past}: a promotion may be the better way, or accept skip-tier`;
	const refusal = refusalOf(proposal.changes, blueprint, { command, skips, allowance }, wanted.until);
	const draft = refusal === null ? draftStack(project, stack, proposal.wish, proposal.lock) : null;
	const title = `Pin ${wanted.path} of ${stack} to ${wanted.value} until ${wanted.until}`;
	return carryOut(shell, line, {
		schema: "tierstack.pin/1",
		stack,
		reliefs: await reliefsOf(proposal.from, project, place),
		changes: proposal.changes,
		notes: [...(loaded.note === null ? [] : [loaded.note]), ...pinNotes(wish.config, pinned, io.today)],
		route: null,
		edits: [...proposal.wish.editions.map(({ says }) => says), "the lock: what was sized, until the next promotion"],
		refusal,
		draft,
		next: draft === null ? [] : waysOn(project.dir, stack, draft.files, title),
		back: [wayBack(stack, wanted, old ?? null, io.today)],
	});
}

/** @throws UserError when it is no day, or over. */
function lastDay(line: Line, today: string): string {
	const problems: Problem[] = [];
	const until = readDate(textOption(line, "until"), today, problems);
	if (until === undefined || problems.length > 0) throw new UserError(problems);
	return until;
}

function wayBack(
	stack: string,
	{ path, until }: { readonly path: string; readonly until: string },
	old: Pin | null,
	today: string,
): string {
	if (old === null) {
		return `take the entry ${path} out of tierstack:pins in Pulumi.${stack}.yaml, then tierstack promote ${stack} --resize`;
	}
	const lasts = old.until !== null && old.until >= today;
	return `tierstack pin ${stack} ${path}=${old.value} --until ${lasts ? old.until : until}`;
}
