import type { Acceptance } from "../../config/stackConfig.ts";
import { problem, UserError } from "../../errors.ts";
import { findProject, loadStack } from "../project.ts";
import { daysAfter, readAllowance } from "../promotion/allowance.ts";
import { asItStands, type Wish, withoutAcceptances, withTier } from "../promotion/editions.ts";
import { refusalOf } from "../promotion/refusal.ts";
import { chooseTarget, type Target } from "../promotion/target.ts";
import { otherCloud, pinNotes, waysBack, waysOn } from "../promotion/ways.ts";
import { draftStack } from "../promotion/writeStack.ts";
import type { Line, Shell } from "../shell.ts";

/** How long a pin on the way back is proposed for: a quarter, until somebody looks again. */
const PINNED_DAYS = 90;

/** `tierstack promote <stack> [tier]`, `tierstack promote <stack> --resize` */
export async function promote(shell: Shell, line: Line): Promise<number> {
	const { io } = shell;
	const [stack = "", word] = line.args;
	const project = findProject(io.cwd);
	const place = { today: io.today, projectDir: project.dir };
	const allowance = readAllowance(line, place);
	const loaded = loadStack(project, stack);
	const { config } = loaded.side;
	const ladder = project.ladders.load(config.ladder);
	const resize = line.options.resize === true;
	const target = resize ? stayWhere(config.tier, word) : chooseTarget(ladder, config.tier, word);
	if (target.tier === config.tier && !resize) throw new UserError([isThereAlready(stack, target)]);
	const wish = resize ? asItStands(config) : promotionOf(asItStands(config), target, io.today);

	// The model brings Pulumi's library: loaded only once the words and files are known to be right.
	const { goingBack, propose } = await import("../promotion/proposal.ts");
	const { carryOut } = await import("../promotion/carryOut.ts");
	const proposal = await propose(loaded, wish, allowance, project, place);
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
	const title = resize ? `Size ${stack} afresh` : `Promote ${stack} from ${config.tier} to ${target.tier}`;
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

function stayWhere(tier: string, word: string | undefined): Target {
	if (word === undefined || word === tier) return { tier, skipped: [] };
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
