import { type Problem, problem, UserError } from "../errors.ts";
import { assemble } from "./assemble.ts";
import { type BillLine, billOf } from "./bill.ts";
import { birthDiskGb } from "./birthDisk.ts";
import type { Blueprint, Process } from "./blueprint.ts";
import { sizeCache } from "./cache.ts";
import { Beyond, type Case, describeBeyond } from "./case.ts";
import { checkRequest } from "./checkRequest.ts";
import { sizeCluster } from "./cluster.ts";
import { sizeDatabase } from "./database.ts";
import { sizeEdge, sizeMonitoring } from "./edge.ts";
import { sizeFiles } from "./files.ts";
import { type Machines, type Pool, sizeHosts } from "./hosts.ts";
import type { Part } from "./part.ts";
import { prepare } from "./prepare.ts";
import { splitProcesses, toPods, toProcesses } from "./processes.ts";
import { sizeQueue } from "./queue.ts";
import type { SizingRequest } from "./request.ts";
import { sizeStorage } from "./storage.ts";

/**
 * The blueprint of a tier: for each role the cheapest SKU that meets the greater of the plan's floor and the demand
 * with headroom, with reasons and price. Pure: the same request gives the same bytes.
 *
 * @throws UserError with every problem: unknown words, workloads that nothing can carry.
 */
export function sizeTier(request: SizingRequest): Blueprint {
	return sizeWithBill(request).blueprint;
}

/** A blueprint with what is bought for it: a lock keeps both. */
export interface Sized {
	readonly blueprint: Blueprint;
	readonly bill: readonly BillLine[];
}

/** The same as `sizeTier`, with the bill. */
export function sizeWithBill(request: SizingRequest): Sized {
	const wrong = checkRequest(request);
	if (wrong.length > 0) throw new UserError(wrong);
	const each = prepare(request);
	const found: Findings = { problems: [], beyond: [] };
	const compute = attempt(found, () => sizeCompute(each));
	const storage = attempt(found, () => sizeStorage(each));
	const database = attempt(found, () => (compute === null ? [] : sizeDatabase(each, compute.pools, each.planned)));
	const cache = attempt(found, () => sizeCache(each));
	const files = attempt(found, () => sizeFiles(each));
	const edge = attempt(found, () => sizeEdge(each, compute?.machines ?? []));
	const queue = attempt(found, () => sizeQueue(each));
	const problems = tell(each, found);
	if (compute === null || problems.length > 0) throw new UserError(problems);
	const parts = [compute.parts, storage, database, cache, files, edge, queue].flatMap((part) => part ?? []);
	const all = [...parts, sizeMonitoring(each, parts)];
	return { blueprint: assemble(each, all, compute.processes), bill: billOf(all) };
}

/** What the roles could not do. */
interface Findings {
	readonly problems: Problem[];
	/** Clauses about what is not on sale. */
	readonly beyond: string[];
}

/** Runs a role; its problems join the others', so that all are told at once. */
function attempt<Result>(found: Findings, role: () => Result): Result | null {
	try {
		return role();
	} catch (error) {
		if (error instanceof UserError) found.problems.push(...error.problems);
		else if (error instanceof Beyond) found.beyond.push(error.clause);
		else throw error;
		return null;
	}
}

function tell(each: Case, { problems, beyond }: Findings): Problem[] {
	return beyond.length === 0 ? problems : [...problems, problem(describeBeyond(each, beyond))];
}

/** What runs the application: pools of hosts, or a cluster. */
interface Compute {
	readonly parts: readonly Part[];
	/** Hosts; none in a cluster. */
	readonly pools: readonly Pool[];
	/** Everything whose transfer counts. */
	readonly machines: readonly Machines[];
	readonly processes: readonly Process[];
}

function sizeCompute(each: Case): Compute {
	if (each.tier.layout === "kubernetes") {
		const { parts, nodes } = sizeCluster(each, each.planned);
		return { parts, pools: [], machines: [nodes], processes: toPods(each.planned) };
	}
	const split = splitProcesses(each.planned, each.tier.worker !== null);
	const app = sizeHosts(each, {
		name: "app",
		floors: each.tier.app,
		planned: split.app,
		birthDiskGb: Math.max(birthDiskGb(each), each.request.chosen?.rootDiskGb ?? 0),
	});
	const { worker: floors } = each.tier;
	const worker =
		floors === null ? [] : [sizeHosts(each, { name: "worker", floors, planned: split.worker, birthDiskGb: 0 })];
	const pools = [app, ...worker];
	const processes = pools.flatMap((pool) =>
		toProcesses(pool === app ? split.app : split.worker, {
			memoryGib: pool.row.memoryGib,
			workers: pool.workers,
			hosts: pool.count.max,
		}),
	);
	return { parts: pools.map((pool) => pool.part), pools, machines: pools, processes };
}
