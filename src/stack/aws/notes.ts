import type { StackInput } from "../input.ts";
import type { Workload } from "../kubernetes/plan.ts";
import { findCloudPart, flagIn, type Part } from "../parts.ts";
import { responderNote } from "../served.ts";
import { costNotes } from "./costNotes.ts";
import { dataNotes } from "./dataNotes.ts";
import { secondaryRegion } from "./specs.ts";

/**
 * What a plan of this kind may be expected to have and this stack has not, in one sentence each. Nothing here can be
 * seen from the outside before it is needed, so it is said after every `up`.
 */
export function notesOf(input: StackInput, parts: readonly Part[], workloads: readonly Workload[] | null): string[] {
	const { blueprint, config } = input;
	const region = secondaryRegion(parts);
	const database = findCloudPart(parts, "database", "database") !== null;
	const elastic = blueprint.layout === "autoscaled";
	const balancer = findCloudPart(parts, "load-balancer", "load-balancer")?.component;
	const once = blueprint.processes.filter(({ kind }) => kind === "scheduler" || kind === "timer");
	const open = workloads !== null && config.access.sshFrom.length === 0;
	return [
		...responderNote(input),
		...(region === null
			? []
			: [
					`second region: ${region} has a network, a door and the data's copies; hosts are started there, and the database is promoted, by hand`,
				]),
		...(elastic && !database && once.length > 0
			? [
					`processes: ${once.map(({ name }) => name).join(", ")} run nowhere, as no host has a number and no database elects one`,
				]
			: []),
		...(open
			? ["cluster: its API answers every address (with a login); name your own in tierstack:access.sshFrom to close it"]
			: []),
		...(balancer !== undefined && flagIn(balancer.settings, "waf") === true
			? [
					"firewall: bodies above 8 KB are let through unread by its common rules; the hosts' proxy keeps the plan's limit",
				]
			: []),
		...(findCloudPart(parts, "cdn", "cdn") === null
			? []
			: [
					"cdn: a change of it is minutes to tens of minutes under way to every edge, and `up` waits for it; taken away, it is switched off first, which takes as long again",
				]),
		"cost: not in the estimate are logs and figures by the minute; what copies in the vault cost is not known",
		...costNotes(parts),
		...dataNotes(input, parts),
	];
}
