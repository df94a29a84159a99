import type { DesiredResource } from "../desired.ts";
import { Directory } from "../diff/references.ts";
import { down, NO_DOWNTIME } from "../impact/effects.ts";
import type { Downtime, TypeRule } from "../impact/rule.ts";
import type { Assessment } from "./assessment.ts";

/**
 * What a resource's own change does not show: hosts that stand in for each other, the first balancer in front of
 * hosts that users reach by their own address, and what is open or closed because something is there.
 */
export function withSurroundings(assessments: readonly Assessment[]): readonly Assessment[] {
	const pools = poolsOf(assessments);
	const balanced = assessments.some((each) => each.rule?.kind === "balancer" && each.pair.old !== null);
	const directory = new Directory({ stack: "", project: "", outputs: {}, resources: present(assessments, "new") });
	return assessments.map((each) => {
		const pool = pools.get(poolKey(each));
		if (pool !== undefined) return inPool(each, pool, balanced);
		if (each.rule?.kind === "balancer") return firstBalancer(each, assessments, balanced);
		return { ...each, security: openness(each, assessments, directory) };
	});
}

/** Hosts of one numbered name: `app-1`, `app-2`. */
interface Pool {
	readonly before: readonly DesiredResource[];
	readonly after: readonly DesiredResource[];
	/** Whether all but one wait for another, so that they are changed one by one. */
	readonly oneByOne: boolean;
}

function poolKey({ pair, rule }: Assessment): string {
	const { name = "", type = "" } = pair.new ?? pair.old ?? {};
	return rule?.kind === "host" && /-\d+$/.test(name) ? `${type}::${name.replace(/-\d+$/, "")}` : "";
}

function poolsOf(assessments: readonly Assessment[]): ReadonlyMap<string, Pool> {
	const keys = [...new Set(assessments.map(poolKey))].filter((key) => key !== "");
	return new Map(
		keys.map((key) => {
			const members = assessments.filter((each) => poolKey(each) === key);
			const after = present(members, "new");
			const urns = after.map(({ urn }) => urn);
			const waiting = after.filter(({ dependsOn }) => dependsOn.some((urn) => urns.includes(urn)));
			return [key, { before: present(members, "old"), after, oneByOne: waiting.length >= after.length - 1 }];
		}),
	);
}

function present(assessments: readonly Assessment[], side: "old" | "new"): readonly DesiredResource[] {
	return assessments.map(({ pair }) => pair[side]).filter((each) => each !== null);
}

const OTHERS = "the others serve behind the load balancer meanwhile";

/** Hosts of a pool stand in for each other: nothing of their own is lost while another one stays. */
function inPool(assessment: Assessment, pool: Pool, balanced: boolean): Assessment {
	const { op, effect } = assessment;
	const several = pool.before.length > 1;
	if (op === "delete" && several && pool.after.length > 0 && effect.outcome !== "refused") {
		const downtime = balanced ? rolling(NO_DOWNTIME, `it leaves the pool; ${OTHERS}`) : NO_DOWNTIME;
		return {
			...assessment,
			effect: { ...effect, downtime, data: "none", undo: "yes", undoWhy: "add it to the pool again" },
		};
	}
	const interrupted = op === "update" && effect.downtime.class !== "none" && effect.downtime.class !== "unknown";
	if (!interrupted || !several || !balanced || !pool.oneByOne) return assessment;
	const why = `one host after the other: ${OTHERS}; ${effect.downtime.why}`;
	return { ...assessment, effect: { ...effect, downtime: rolling(effect.downtime, why) } };
}

function rolling(downtime: Downtime, why: string): Downtime {
	return { ...downtime, class: "rolling", why };
}

/** A balancer where users came by a host's own address: they must be led to the new one. */
function firstBalancer(assessment: Assessment, all: readonly Assessment[], balanced: boolean): Assessment {
	const hosts = all.some(({ rule, pair }) => rule?.kind === "host" && pair.old !== null);
	if (assessment.op !== "create" || balanced || !hosts) return assessment;
	return {
		...assessment,
		effect: {
			...assessment.effect,
			outcome: "interrupts",
			downtime: down("outage", null, "users come by a host's own address until names point to the balancer's"),
			undo: "partial",
			undoWhy: "users must be led back to a host's own address",
			route: "address-first",
		},
	};
}

/** A guard that goes leaves something open; a grant that comes opens something that was there before. */
function openness(
	{ op, rule, security, pair }: Assessment,
	all: readonly Assessment[],
	now: Directory,
): Assessment["security"] {
	if (op !== "create" && op !== "delete") return security;
	const resource = pair.new ?? pair.old;
	if (resource === null || (rule?.kind !== "guard" && rule?.kind !== "grant")) return security;
	const stood = objectsOf(resource, rule, all, now).some(({ op: its }) => its !== "create" && its !== "delete");
	if (!stood) return "same";
	return (rule.kind === "guard") === (op === "delete") ? "wider" : "narrower";
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
