import { loadStackFile } from "../../config/loadStackFile.ts";
import type { Acceptance } from "../../config/stackConfig.ts";
import { type Problem, problem, UserError } from "../../errors.ts";
import { readLock } from "../../readLock.ts";
import { sizeStack } from "../../sizeStack.ts";
import { attempt } from "../attempt.ts";
import { findProject, type LoadedStack, loadStack, type Project, stackFile } from "../project.ts";
import { daysAfter, readAllowance } from "../promotion/allowance.ts";
import { asItStands, type Wish, withoutAcceptances, withTier } from "../promotion/editions.ts";
import { refusalOf } from "../promotion/refusal.ts";
import { chooseTarget, type Target } from "../promotion/target.ts";
import { elsewhereProblem, otherCloud, pinNotes, waysBack, waysOn } from "../promotion/ways.ts";
import { draftStack } from "../promotion/writeStack.ts";
import type { Line, Shell } from "../shell.ts";
import { freshSide } from "../side.ts";

/** How long a pin on the way back is proposed for: a quarter, until somebody looks again. */
const PINNED_DAYS = 90;

/** `tierstack promote <stack> [tier]`, `tierstack promote <stack> --resize` */
export async function promote(shell: Shell, line: Line): Promise<number> {
	const { io } = shell;
	const [stack = "", word] = line.args;
	const project = findProject(io.cwd);
	const place = { today: io.today, projectDir: project.dir };
	const allowance = readAllowance(line, place);
	const resize = line.options.resize === true;
	const loaded = resize ? loadAnyhow(project, stack) : loadStack(project, stack);
	const { config } = loaded.side;
	const ladder = project.ladders.load(config.ladder);
	const target = resize ? stayWhere(config.tier, word) : chooseTarget(ladder, config.tier, word);
	if (target.tier === config.tier && !resize) throw new UserError([isThereAlready(stack, target)]);
	const wish = resize ? asItStands(config) : promotionOf(asItStands(config), target, io.today);

	// The model brings Pulumi's library: loaded only once the words and files are known to be right.
	const { goingBack, propose } = await import("../promotion/proposal.ts");
	const { carryOut } = await import("../promotion/carryOut.ts");
	const proposal = await propose(loaded, wish, allowance, project, place).catch((error: unknown) => {
		const elsewhere = error instanceof UserError ? elsewhereProblem(ladder, wish.config) : null;
		throw error instanceof UserError && elsewhere !== null ? new UserError([...error.problems, elsewhere]) : error;
	});
	const elsewhere = otherCloud(ladder, wish.config);
	const until = daysAfter(io.today, PINNED_DAYS);
	const skips = target.skipped.length > 0;
	const command = ["tierstack promote", stack, resize ? "--resize" : target.tier].join(" ");
	const passes = skips
		? `${target.tier} passes over ${target.skipped.join(", ")}: go tier by tier, or accept it`
		: null;
	const refusal = refusalOf(proposal.changes, loaded.side.blueprint, { command, skips: passes, allowance }, until);
	const draft = refusal === null ? draftStack(project, stack, proposal.wish, proposal.lock) : null;
	const back = resize || refusal !== null ? null : await goingBack(proposal, place);
	const moved = `${stack} from ${config.tier} to ${target.tier}`;
	const title = resize ? `Size ${stack} afresh` : target.up ? `Promote ${moved}` : `Move ${moved}`;
	return carryOut(shell, line, {
		schema: "tierstack.promotion/1",
		stack,
		reliefs: null,
		changes: proposal.changes,
		notes: [
			...[loaded.note, elsewhere?.note ?? null].filter((note) => note !== null),
			...pinNotes(wish.config, proposal.to.blueprint, io.today),
		],
		route: elsewhere?.route ?? null,
		edits: [...proposal.wish.editions.map(({ says }) => says), "the lock: what was sized, until the next promotion"],
		refusal,
		draft,
		next: draft === null ? [] : waysOn(project.dir, stack, draft.files, title),
		back: back === null ? [] : waysBack(back, proposal, skips, until),
	});
}

/** A lock that cannot be read is no hindrance where a new one is wanted. */
function loadAnyhow(project: Project, stack: string): LoadedStack {
	const unreadable: Problem[] = [];
	attempt(() => readLock(project.dir, stack), unreadable);
	if (unreadable.length === 0) return loadStack(project, stack);
	const config = loadStackFile(stackFile(project, stack), project.known);
	const note = "the lock cannot be read, so what stood in it is not known: the old side is sized afresh as well";
	return { side: freshSide(config, sizeStack(config, project.ladders)), lock: null, note };
}

function stayWhere(tier: string, word: string | undefined): Target {
	if (word === undefined || word === tier) return { tier, skipped: [], up: false };
	throw new UserError([
		problem("sizes the tier the stack is on afresh; a move to another tier does so by itself", { key: "--resize" }),
	]);
}

function isThereAlready(stack: string, { tier }: Target) {
	return problem(`${stack} is on ${tier} already; tierstack promote ${stack} --resize sizes it afresh`);
}

/** Another tier, without the acceptances that brought the stack to this one and those that have lapsed. */
function promotionOf(stands: Wish, { tier }: Target, today: string): Wish {
	const here = stands.config.tier;
	const used = ({ to }: Acceptance) => to === here;
	const lapsed = ({ from, to, until }: Acceptance) => from === here && to === tier && until < today;
	const kept = withoutAcceptances(
		stands,
		(entry) => used(entry) || lapsed(entry),
		"its move is made or its time is over",
	);
	return withTier(kept, tier);
}
