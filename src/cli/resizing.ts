import type { ChangeSet } from "../changes/changeSet.ts";
import { UserError } from "../errors.ts";
import { sizeStack } from "../sizeStack.ts";
import { isCurrent, lockKeyOf } from "../sizing/lock/lock.ts";
import type { LoadedStack, Project } from "./project.ts";
import { compareSides, type Place } from "./sides.ts";

/**
 * What sizing a locked stack afresh would do, by today's ladder and catalog; null when it is not locked, or when
 * nothing would change.
 */
export async function offerResize(
	{ side, lock }: LoadedStack,
	project: Project,
	place: Place,
): Promise<ChangeSet | null> {
	const { config } = side;
	if (lock === null || !isCurrent(lock, lockKeyOf(config))) return null;
	const blueprint = freshOrNull(() => sizeStack(config, project.ladders));
	if (blueprint === null) return null;
	const changes = await compareSides(
		side,
		{ config, blueprint },
		{ kind: "tier", ref: config.tier },
		config.stack,
		place,
	);
	return changes.verdict === "none" && changes.cost.delta === 0 ? null : changes;
}

/** What can no longer be sized is no reason against showing what is locked. */
function freshOrNull<Value>(size: () => Value): Value | null {
	try {
		return size();
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}
