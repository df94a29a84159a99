import type { ChangeSet } from "../../changes/changeSet.ts";
import { splitKept } from "../../changes/kept.ts";
import { lockStack, sizeStack } from "../../sizeStack.ts";
import type { Lock } from "../../sizing/lock/lock.ts";
import type { LoadedStack, Project } from "../project.ts";
import { type BuiltSide, buildSide, compareSides, type Place } from "../sides.ts";
import { type Allowance, acceptancesFor } from "./allowance.ts";
import { type Wish, withAcceptances } from "./editions.ts";

/** What a wish comes to: the change set with what is answered for, and the lock it would be kept by. */
export interface Proposal {
	readonly wish: Wish;
	readonly changes: ChangeSet;
	readonly lock: Lock;
	readonly from: BuiltSide;
	/** What earlier tiers left included. */
	readonly to: BuiltSide;
}

/**
 * Works a wish out: sized afresh, compared with the stack as it stands, with an acceptance for each reason that is
 * answered for.
 *
 * @throws UserError when nothing can meet the wish, or when an acceptance is incomplete.
 */
export async function propose(
	{ side, lock: before }: LoadedStack,
	wish: Wish,
	allowance: Allowance,
	project: Project,
	place: Place,
): Promise<Proposal> {
	const { stack, tier } = side.config;
	const lock = lockStack(wish.config, project.ladders, before);
	const blueprint = sizeStack(wish.config, project.ladders, lock);
	const from = await buildSide(side, stack, project.dir);
	const { kept, retiring } = splitKept(from, blueprint, wish.config.retire);
	const to = await buildSide({ config: wish.config, blueprint, kept }, stack, project.dir, retiring);
	const compare = (config: Wish["config"]) =>
		compareSides(from, { ...to, config }, { kind: "tier", ref: tier }, stack, place);
	const open = await compare(wish.config);
	const entries = acceptancesFor(open.reasons, allowance, { from: tier, to: wish.config.tier });
	const accepted = withAcceptances(wish, entries);
	const changes = entries.length === 0 ? open : await compare(accepted.config);
	return { wish: accepted, changes, lock, from, to };
}

/** What the way back would do, as the same kind of change set. */
export function goingBack({ from, to }: Proposal, place: Place): Promise<ChangeSet> {
	const config = { ...from.config, accept: [] };
	const base = { kind: "tier", ref: to.config.tier } as const;
	return compareSides(to, { config, blueprint: from.blueprint }, base, from.config.stack, place);
}
