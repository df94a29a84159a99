import { catalogFor } from "./catalog/catalog.ts";
import { stackFields } from "./config/schema.ts";
import type { StackConfig } from "./config/stackConfig.ts";
import { type Problem, UserError } from "./errors.ts";
import type { LadderSource } from "./knownWords.ts";
import type { Blueprint } from "./sizing/blueprint.ts";
import { type Chosen, chosenOf } from "./sizing/chosen.ts";
import { applyLock } from "./sizing/lock/applyLock.ts";
import { isCurrent, type Lock, lockFileName, lockKeyOf, lockOf, staleBecause } from "./sizing/lock/lock.ts";
import type { SizingRequest } from "./sizing/request.ts";
import { sizeTier, sizeWithBill } from "./sizing/sizeTier.ts";

/**
 * The blueprint a stack file asks for: the same answer for the command line and for `pulumi up`. A current lock gives
 * it as it was locked, at today's prices; without one it is sized afresh. A stale one has its versions carried over:
 * they are chosen once.
 *
 * @param lock what stands beside the stack file; null = nothing, or not to be looked at.
 * @throws UserError naming the file and its keys when nothing can meet it.
 */
export function sizeStack(config: StackConfig, ladders: LadderSource, lock: Lock | null = null): Blueprint {
	if (lock !== null && isCurrent(lock, lockKeyOf(config))) {
		return applyLock(lock, catalogFor(config.provider), ladders.load(config.ladder));
	}
	return inFileOf(config, () => sizeTier(requestOf(config, ladders, chosenBefore(config, ladders, lock))));
}

/**
 * The stack sized afresh, as a lock.
 *
 * @param before the lock that is left: its versions go along, unless it was made for exactly this, which is a wish to
 *   have everything chosen anew.
 * @throws UserError as `sizeStack` does.
 */
export function lockStack(config: StackConfig, ladders: LadderSource, before: Lock | null = null): Lock {
	const key = lockKeyOf(config);
	const chosen = before !== null && isCurrent(before, key) ? null : chosenBefore(config, ladders, before);
	return inFileOf(config, () => lockOf(key, sizeWithBill(requestOf(config, ladders, chosen))));
}

/** What the stack chose when it was locked; nothing on another ladder or cloud, for that is another stack. */
function chosenBefore(config: StackConfig, ladders: LadderSource, lock: Lock | null): Chosen | null {
	if (lock === null) return null;
	const { ladder, tier, provider, region } = lock.for;
	if (ladder !== config.ladder || provider !== config.provider || region !== config.region) return null;
	const tiers = ladders.load(config.ladder).tiers.map(({ id }) => id);
	return chosenOf(lock.blueprint, tiers.indexOf(tier) < tiers.indexOf(config.tier));
}

/** One line for whoever runs a stack whose lock no longer holds; null when there is nothing to say. */
export function staleLockNote(config: StackConfig, lock: Lock | null): string | null {
	if (lock === null) return null;
	const key = lockKeyOf(config);
	if (isCurrent(lock, key)) return null;
	return (
		`${lockFileName(config.stack)} was made for something else (${staleBecause(lock, key)}), so the stack is sized ` +
		`afresh; tierstack promote ${config.stack} --resize writes it anew`
	);
}

function inFileOf<Result>({ stack }: StackConfig, size: () => Result): Result {
	try {
		return size();
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		throw new UserError(error.problems.map((each) => inFile(each, stack)));
	}
}

/** Sizing knows keys and no files; here the file is known. */
function inFile(found: Problem, stack: string): Problem {
	if (found.file !== null) return found;
	const first = found.key?.split(".")[0] ?? "";
	const key = Object.hasOwn(stackFields, first) ? `tierstack:${found.key}` : found.key;
	return { ...found, file: `Pulumi.${stack}.yaml`, key };
}

function requestOf(config: StackConfig, ladders: LadderSource, chosen: Chosen | null): SizingRequest {
	const { tier, region, workload, floors, months, pins, edge } = config;
	return {
		ladder: ladders.load(config.ladder),
		tier,
		catalog: catalogFor(config.provider),
		region,
		workload,
		floors,
		months,
		pins,
		edge,
		processes: config.app.processes,
		chosen,
	};
}
