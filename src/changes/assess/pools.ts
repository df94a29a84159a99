import type { DesiredResource } from "../desired.ts";
import { NO_DOWNTIME } from "../impact/effects.ts";
import type { Downtime } from "../impact/rule.ts";
import type { Assessment } from "./assessment.ts";

/** Hosts of one numbered name: `app-1`, `app-2`. */
interface Pool {
	readonly before: readonly DesiredResource[];
	readonly after: readonly DesiredResource[];
	/** Whether all but one wait for another, so that they are changed one by one. */
	readonly oneByOne: boolean;
}

/** Load balancers of the stack: before the move, and all through it. */
export interface Balancing {
	readonly before: boolean;
	readonly throughout: boolean;
}

export function balancingOf(assessments: readonly Assessment[]): Balancing {
	const balancers = assessments.filter(({ rule }) => rule?.kind === "balancer");
	return {
		before: balancers.some(({ pair }) => pair.old !== null),
		throughout: balancers.some(({ pair, op }) => pair.old !== null && pair.new !== null && op !== "replace"),
	};
}

/** Hosts of a pool stand in for each other: they hold nothing of their own, and one serves while another is away. */
export function withPools(assessments: readonly Assessment[], balancing: Balancing): readonly Assessment[] {
	const pools = poolsOf(assessments);
	return assessments.map((each) => {
		const pool = pools.get(poolKey(each));
		return pool === undefined || pool.before.length < 2 ? each : inPool(each, pool, balancing);
	});
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

/** Resources of one side. */
export function present(assessments: readonly Assessment[], side: "old" | "new"): readonly DesiredResource[] {
	return assessments.map(({ pair }) => pair[side]).filter((each) => each !== null);
}

const OTHERS = "the others serve behind the load balancer meanwhile";

function inPool(assessment: Assessment, pool: Pool, { before, throughout }: Balancing): Assessment {
	const { op, effect } = assessment;
	if (op === "delete" && effect.outcome !== "refused") {
		const why =
			pool.after.length === 0 ? "every host of the pool goes, whether what comes in its place serves yet or not" : "";
		const stays = before ? rolling(NO_DOWNTIME, `it leaves the pool; ${OTHERS}`) : NO_DOWNTIME;
		const downtime = why === "" ? stays : { ...effect.downtime, why };
		const route = why === "" ? {} : ({ route: "new-hosts-first" } as const);
		return withEffect(assessment, {
			downtime,
			data: "none",
			undo: "yes",
			undoWhy: "add it to the pool again",
			...route,
		});
	}
	const interrupted = op === "update" && effect.downtime.class !== "none" && effect.downtime.class !== "unknown";
	if (!interrupted || !throughout || !pool.oneByOne) return assessment;
	const downtime = rolling(effect.downtime, `one host after the other, ${OTHERS}; ${effect.downtime.why}`);
	return withEffect(assessment, { downtime });
}

function rolling(downtime: Downtime, why: string): Downtime {
	return { ...downtime, class: "rolling", why };
}

/** The assessment with parts of its effect told otherwise. */
export function withEffect(assessment: Assessment, told: Partial<Assessment["effect"]>): Assessment {
	return { ...assessment, effect: { ...assessment.effect, ...told } };
}
