import type { Plain } from "../../../words.ts";
import { capacityOf, condition } from "../conditions.ts";
import type { Condition, Step } from "../rule.ts";

/*
 * A droplet's root disk grows with its plan unless `resizeDisk` is false, and never shrinks: a plan with a smaller
 * disk than the droplet has is refused. Hosts of this project keep the disk they were born with.
 */

/** GB of the disk the droplet has: measured, else its plan's when disks grow with plans; null = not known. */
function disk({ urn, old, oldInputs, facts }: Step): number | null {
	return facts.diskGbByUrn[urn] ?? (oldInputs.resizeDisk === false ? null : planDisk(old, facts));
}

function planDisk(size: Plain | undefined, facts: Step["facts"]): number | null {
	return capacityOf(size, facts)?.diskGb ?? null;
}

export const diskTooLarge: Condition = condition("the disk it has is larger than the plan's", (step) => {
	const [has, wanted] = [disk(step), planDisk(step.new, step.facts)];
	return has !== null && wanted !== null && has > wanted;
});

export const diskMayBeTooLarge: Condition = condition(
	"the disk it was born with may be larger than the plan's",
	(step) => {
		if (disk(step) !== null) return false;
		const [before, after] = [planDisk(step.old, step.facts), planDisk(step.new, step.facts)];
		return before !== null && after !== null && after < before;
	},
);

export const diskGrows: Condition = condition("the disk grows with the plan for good", (step) => {
	if (step.newInputs.resizeDisk === false) return false;
	const [has, after] = [disk(step), planDisk(step.new, step.facts)];
	return has !== null && after !== null && after > has;
});

/** The disk stays as it is and fits: the only resize that is known to go through and back. */
export const diskFits: Condition = condition("the disk it has fits the plan and stays", (step) => {
	const after = planDisk(step.new, step.facts);
	const has = disk(step) ?? planDisk(step.old, step.facts);
	if (after === null || has === null) return false;
	return step.newInputs.resizeDisk === false ? has <= after : has === after;
});
