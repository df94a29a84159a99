import type { StackInput } from "../input.ts";
import type { Workload } from "../kubernetes/plan.ts";
import { findCloudPart, numberIn, type Part, textIn } from "../parts.ts";

/**
 * What a plan of this kind may be expected to have and this stack has not, in one sentence each. Nothing here can be
 * seen from the outside before it is needed, so it is said after every `up`.
 */
export function notesOf(
	{ blueprint }: StackInput,
	parts: readonly Part[],
	workloads: readonly Workload[] | null,
): string[] {
	const backup = findCloudPart(parts, "backup", "backup")?.component;
	const files = findCloudPart(parts, "files", "files");
	const region = backup === undefined ? null : textIn(backup.settings, "region");
	const dumps = backup !== undefined && numberIn(backup.settings, "dumpDays") !== null;
	const scaled = workloads?.some((each) => each.kind === "steady" && each.scaled !== null) ?? false;
	return [
		...(files === null || region === null
			? []
			: [`files: nothing copies the bucket to ${region}; a region that is lost takes the files along`]),
		...(dumps && blueprint.layout === "kubernetes"
			? [
					`dumps: no host of layout kubernetes writes them; what brings the database back is its own recovery of the last 7 days, in its own region`,
				]
			: []),
		...(scaled
			? [
					"scaling: pods follow the load once the cluster has a metrics server, which the provider offers as a 1-Click app; until then the least number runs",
				]
			: []),
	];
}
