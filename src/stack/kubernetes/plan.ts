import { type Problem, problem, UserError } from "../../errors.ts";
import type { Process } from "../../sizing/blueprint.ts";
import { cronOf } from "./calendar.ts";
import { type PodFacts, runnable } from "./pods.ts";

/** One process as a cluster runs it. */
export type Workload =
	| {
			readonly kind: "steady";
			readonly process: Process;
			/** Pods that always run. */
			readonly replicas: number;
			/** Bounds within which their number follows the load; null = it is fixed. */
			readonly scaled: { readonly min: number; readonly max: number } | null;
			/** Whether two of it may never run, not even while one takes over from the other. */
			readonly single: boolean;
	  }
	| { readonly kind: "timer"; readonly process: Process; readonly cron: string };

/**
 * The processes of a plan as a cluster runs them. A process whose CPU the plan does not state cannot be scaled by its
 * share of it: it runs as many pods as the plan has at most.
 *
 * @throws UserError naming every timer whose schedule a cluster cannot keep.
 */
export function planWorkloads(processes: readonly Process[], facts: PodFacts): readonly Workload[] {
	const problems: Problem[] = [];
	const workloads = processes
		.filter((process) => runnable(process, facts))
		.flatMap((process): Workload[] => {
			if (process.kind !== "timer") return [steady(process)];
			const cron = cronOf(process.schedule ?? "daily");
			if (cron !== null) return [{ kind: "timer", process, cron }];
			const said = `the schedule "${process.schedule}" of ${process.name} cannot be kept by a cluster, which knows minutes, hours, days, months and weekdays`;
			problems.push(problem(said, { key: `tierstack:app.processes.${process.name}.schedule` }));
			return [];
		});
	if (problems.length > 0) throw new UserError(problems);
	return workloads;
}

function steady(process: Process): Workload {
	const { min, max } = process.replicas;
	if (process.kind === "scheduler") return { kind: "steady", process, replicas: 1, scaled: null, single: true };
	const least = Math.max(1, min);
	if (max <= least) return { kind: "steady", process, replicas: least, scaled: null, single: false };
	return process.cpu === null
		? { kind: "steady", process, replicas: max, scaled: null, single: false }
		: { kind: "steady", process, replicas: least, scaled: { min: least, max }, single: false };
}
