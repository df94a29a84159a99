import type { DesiredResource } from "../desired.ts";
import { Directory } from "../diff/references.ts";
import { knowledgeOf } from "../impact/catalogue.ts";
import { down, NO_DOWNTIME } from "../impact/effects.ts";
import type { TypeRule } from "../impact/rule.ts";
import type { Assessment } from "./assessment.ts";
import { compareGrants } from "./grantChange.ts";
import { balancingOf, present, withEffect, withPools } from "./pools.ts";
import { ruleFor } from "./ruleFor.ts";

/**
 * What a resource's own change does not show: hosts that stand in for each other, the first balancer in front of
 * hosts that users reach by their own address, settings that hosts read, alarms of which none is left, and what is open
 * or closed because something is there.
 *
 * @param begun what this very move has made already: new to everybody, though it is there.
 */
export function withSurroundings(
	assessments: readonly Assessment[],
	begun: ReadonlySet<string> = new Set(),
): readonly Assessment[] {
	const balancing = balancingOf(assessments);
	const pooled = withPools(assessments, balancing);
	const directory = new Directory({ stack: "", project: "", outputs: {}, resources: present(pooled, "new") });
	const hosts = pooled.filter(({ rule }) => rule?.kind === "host");
	const restarting = hosts.some(({ op, effect }) => op === "update" && effect.downtime.class === "restart");
	const unserved = pooled.some(({ pair, effect }) => pair.new?.custom === false && effect.downtime.class === "outage");
	const unheard = pooled.every(({ rule, pair }) => rule?.kind !== "alarm" || pair.new === null);
	const readers = pooled.filter((each) => each.rule?.kind === "settings" && each.effect.downtime.class === "brief");
	return pooled.map((each) => {
		if (each.rule?.kind === "balancer" && !balancing.before) return firstBalancer(each, hosts);
		if (readers.includes(each) && unserved) return readWithin(each, "read in the step that ends the product's service");
		if (readers.includes(each) && (restarting || each !== readers[0]))
			return readWithin(each, "read in the same restart of the hosts");
		if (each.rule?.kind === "alarm" && unheard) return withEffect(each, UNHEARD);
		return { ...comingLate(each, pooled, directory, begun), security: openness(each, pooled, directory, begun) };
	});
}

/** The last alarms go: nothing is at stake by itself, but whoever relies on being told should see it. */
const UNHEARD = {
	undo: "partial",
	undoWhy: "no alarm is left: nobody is told any more, nor later of what happened until they are back",
} as const;

/** What is made for something that was there before, and deletes from it as a change of it would. */
function comingLate(
	assessment: Assessment,
	all: readonly Assessment[],
	now: Directory,
	begun: ReadonlySet<string>,
): Assessment {
	const { op, rule, pair } = assessment;
	if (op !== "create" || pair.new === null || rule?.comesLike === undefined) return assessment;
	if (!stoodBefore(objectsOf(pair.new, rule, all, now), begun)) return assessment;
	const given = pair.new.inputs[rule.comesLike];
	const leaf = { path: rule.comesLike, old: undefined, new: given, differs: "yes" } as const;
	const bare = { ...pair.new, inputs: { ...pair.new.inputs, [rule.comesLike]: null } };
	const facts = { capacities: {}, diskGbByUrn: {} };
	const effect = ruleFor(leaf, bare, pair.new, knowledgeOf(pair.new.type), facts)?.effect;
	return effect === undefined || effect.data === "none" ? assessment : { ...assessment, effect };
}

function stoodBefore(objects: readonly Assessment[], begun: ReadonlySet<string>): boolean {
	return objects.some(({ urn, op }) => op !== "create" && op !== "delete" && !begun.has(urn));
}

/** A balancer where users came by a host's own address: they must be led to the new one. */
function firstBalancer(assessment: Assessment, hosts: readonly Assessment[]): Assessment {
	if (assessment.op !== "create" || !hosts.some(({ pair }) => pair.old !== null)) return assessment;
	return withEffect(assessment, {
		outcome: "interrupts",
		downtime: down("outage", null, "users come by a host's own address until names point to the balancer's"),
		undo: "partial",
		undoWhy: "users must be led back to a host's own address",
		route: "address-first",
	});
}

/** One restart for all that hosts read, and none of its own when they restart anyway, or serve nothing afterwards. */
function readWithin(assessment: Assessment, why: string): Assessment {
	return withEffect(assessment, {
		outcome: assessment.op === "replace" ? "replaced" : "applied",
		downtime: { ...NO_DOWNTIME, why },
	});
}

/** A guard that goes leaves something open; a grant that comes opens something that was there before. */
function openness(
	{ op, rule, security, pair }: Assessment,
	all: readonly Assessment[],
	now: Directory,
	begun: ReadonlySet<string>,
): Assessment["security"] {
	if (op !== "create" && op !== "delete") return security;
	const resource = pair.new ?? pair.old;
	if (resource === null || (rule?.kind !== "guard" && rule?.kind !== "grant")) return security;
	if (!stoodBefore(objectsOf(resource, rule, all, now), begun)) return "same";
	if (op === "create" && wasOpen(resource, rule, all)) return "same";
	return (rule.kind === "guard") === (op === "delete") ? "wider" : "narrower";
}

/** Whether others of its kind, gone now or not, let in the same at the same place. */
function wasOpen({ type, inputs }: DesiredResource, rule: TypeRule, all: readonly Assessment[]): boolean {
	const { opens, within } = rule;
	if (opens === undefined || within === null) return false;
	const others = present(all, "old").filter((each) => each.type === type && each.inputs[within] === inputs[within]);
	const before = others.flatMap((each) => opens(each.inputs));
	return compareGrants(before, opens(inputs)) !== "wider";
}

/** What a guard or grant is about: what it belongs to, else the data it refers to, else every host. */
function objectsOf(
	resource: DesiredResource,
	rule: TypeRule,
	all: readonly Assessment[],
	now: Directory,
): readonly Assessment[] {
	const inputs = rule.within === null ? resource.inputs : { [rule.within]: resource.inputs[rule.within] ?? null };
	const targets = now.targets({ ...resource, inputs }).map(({ urn }) => urn);
	const referred = all.filter(
		(each) => targets.includes(each.urn) && (rule.within !== null || each.rule?.kind === "data"),
	);
	if (referred.length > 0 || rule.within !== null || rule.kind === "grant") return referred;
	return all.filter((each) => each.rule?.kind === "host");
}
