import type { ChangeSet } from "./changeSet.ts";
import { covers, rulePath } from "./diff/paths.ts";
import { knowledgeOf } from "./impact/catalogue.ts";

/** A change that the provider takes only so often. */
export interface CoolDown {
	/** Logical name. */
	readonly resource: string;
	readonly says: string;
	readonly source: string;
}

/**
 * Waits that a change set runs into or begins. Whether one is in force depends on when the resource was last changed,
 * which the files do not tell; sooner than it says, the provider refuses.
 */
export function coolDownsOf({ changes }: ChangeSet): readonly CoolDown[] {
	return changes.flatMap(({ type, name, op, props }) => {
		if (op !== "update") return [];
		const rule = knowledgeOf(type).properties.find(
			({ coolDown, paths }) =>
				coolDown !== undefined && props.some(({ path }) => paths.some((known) => covers(known, rulePath(path)))),
		);
		return rule?.coolDown === undefined ? [] : [{ resource: name, says: rule.coolDown, source: rule.source }];
	});
}
