import { loadStackFile, stackNames } from "../../config/loadStackFile.ts";
import type { StackConfig } from "../../config/stackConfig.ts";
import { readLock } from "../../readLock.ts";
import { renderJson } from "../../render/json.ts";
import { renderStacks, type StackLine } from "../../render/stacks.ts";
import { sizeStack } from "../../sizeStack.ts";
import type { Blueprint, Headroom } from "../../sizing/blueprint.ts";
import type { Ladder } from "../../tiers/ladder.ts";
import { attemptLine } from "../attempt.ts";
import { EXIT } from "../exit.ts";
import { keptOf } from "../keptOf.ts";
import { findProject, type Project, stackFile } from "../project.ts";
import type { Line, Shell } from "../shell.ts";

/** `tierstack stacks` */
export async function stacks({ io, json }: Shell, _line: Line): Promise<number> {
	const project = findProject(io.cwd);
	const lines = stackNames(project.dir).map((stack) => stackLine(project, stack, io.today));
	io.stdout(json ? renderJson({ schema: "tierstack.stacks/1", stacks: lines }) : renderStacks(lines, io.style));
	return EXIT.done;
}

function stackLine(project: Project, stack: string, today: string): StackLine {
	const read = attemptLine(() => loadStackFile(stackFile(project, stack), project.known));
	if (read.value === null) return { ...EMPTY, stack, problem: read.problem };
	const config = read.value;
	const sized = attemptLine(() => sizeStack(config, project.ladders, readLock(project.dir, stack)));
	return {
		...EMPTY,
		stack,
		ladder: config.ladder,
		tier: config.tier,
		provider: config.provider,
		...exceptionsOf(config, today),
		...(sized.value === null ? {} : figuresOf(sized.value, project.ladders.load(config.ladder))),
		...(sized.value === null ? {} : { kept: keptLines(project, config, sized.value) }),
		problem: sized.problem,
	};
}

const EMPTY: Omit<StackLine, "stack"> = {
	ladder: null,
	tier: null,
	provider: null,
	monthlyUsd: null,
	atLeast: false,
	perUnit: null,
	firstLimit: null,
	kept: [],
	retiring: [],
	acceptances: [],
	pins: [],
	pricesAsOf: null,
	problem: null,
};

function exceptionsOf(config: StackConfig, today: string): Pick<StackLine, "retiring" | "acceptances" | "pins"> {
	const over = (date: string | null) => date !== null && date < today;
	return {
		retiring: config.retire.map(({ resource }) => resource),
		acceptances: config.accept.map(({ risk, resource, until }) => ({
			what: `${risk} of ${resource}`,
			until,
			over: over(until),
		})),
		pins: config.pins.map(({ path, value, until }) => ({ what: `${path}=${value}`, until, over: over(until) })),
	};
}

function keptLines(project: Project, config: StackConfig, blueprint: Blueprint): StackLine["kept"] {
	const kept = keptOf(project.dir, config, blueprint, project.ladders.load(config.ladder));
	return kept.map(({ name, monthlyUsd }) => ({ name, monthlyUsd }));
}

function figuresOf({ cost, headroom, workload }: Blueprint, ladder: Ladder): Partial<StackLine> {
	const units = workload[ladder.measure] ?? 0;
	const plan = cost.documented;
	const planUsd = plan === null || plan.max === null ? null : (plan.max * plan.rate) / units;
	return {
		monthlyUsd: cost.monthly,
		atLeast: cost.atLeast,
		perUnit: units > 0 ? { usd: cost.monthly / units, planUsd, metric: ladder.measure } : null,
		firstLimit: headroom.reduce<Headroom | null>(
			(worst, each) => (fullness(each) > fullness(worst) ? each : worst),
			null,
		),
		pricesAsOf: cost.pricesAsOf,
	};
}

/** How near a figure is to its alarm: 1 = there. */
function fullness(headroom: Headroom | null): number {
	return headroom === null ? 0 : headroom.used / headroom.warnAt;
}
