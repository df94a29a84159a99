import { capacitiesOf } from "../capacities.ts";
import type { ChangeSet, SaferRoute } from "../changes/changeSet.ts";
import { compareStates } from "../changes/compareStates.ts";
import type { DesiredState } from "../changes/desired.ts";
import { type CloudMove, type Drift, driftOf } from "../changes/drift.ts";
import { decide, type GuardDecision, isMoved, type Recorded } from "../changes/guard.ts";
import { joinPlan } from "../changes/joinPlan.ts";
import { splitKept } from "../changes/kept.ts";
import { standingInTheWay, type Unfinished, unfinishedText, wayOut } from "../changes/unfinished.ts";
import { previewStack } from "../engine/previewStack.ts";
import { readDrift } from "../engine/readDrift.ts";
import type { EngineRequest } from "../engine/runPulumi.ts";
import { readStackState } from "../engine/stackState.ts";
import { atTodaysPrices, recordedFrom } from "../guard/recorded.ts";
import type { Side } from "./side.ts";
import { buildSide, type Place } from "./sides.ts";

/** What the real engine says of a stack and its files. */
export interface EngineView {
	/** Against what is deployed, each change with whether engine and model agree. */
	readonly changes: ChangeSet;
	/** What somebody changed beside the program; no part of `changes`. */
	readonly drift: readonly Drift[];
	/** What the cloud moved by itself: no drift. */
	readonly byCloud: readonly CloudMove[];
	readonly unfinished: readonly (Unfinished & { readonly says: string; readonly way: SaferRoute })[];
	/** How far the comparison reaches, where it does not reach all the way; null = it does. */
	readonly note: string | null;
}

/**
 * Asks the real engine what an update would do, and what is there, and holds both against the model. Changes nothing;
 * uses the user's own backend and login.
 *
 * @throws UserError when the engine or the providers cannot be asked: the CLI's own sentence.
 */
export async function previewWithEngine(
	side: Omit<Side, "kept">,
	stack: string,
	{ today, projectDir }: Place,
	env: EngineRequest["env"],
): Promise<EngineView> {
	const { config, blueprint } = side;
	const request = { projectDir, stack, ...(env === undefined ? {} : { env }) };
	const { deployed, unfinished, record } = await readStackState(request);
	const recorded = recordedFrom(record);
	const { kept, retiring } = splitKept(recorded.kind === "record" ? recorded : null, blueprint, config.retire);
	const [desired, plan] = await Promise.all([
		buildSide({ ...side, kept }, stack, projectDir, retiring).catch(stateIfMoved(recorded, side)),
		previewStack(request),
	]);
	// One after the other: a backend of files may lock a stack for either.
	const refreshed = Object.keys(deployed).length === 0 ? [] : await readDrift(request);
	const { accept, retire, tolerate } = config;
	const declared = { state: desired.state, blueprint, kept: [...kept, ...retiring] };
	const rules = { tolerate, accept, retire, capacities: capacitiesOf(blueprint.provider), today };
	const decision = decide({
		mode: "preview",
		stack,
		recorded: atTodaysPrices(recorded, [...blueprint.components, ...declared.kept]),
		deployed: { kind: "read", resources: deployed },
		unfinished,
		program: "",
		desired: declared,
		rules,
	});
	const nothing = { kind: "none", ref: null } as const;
	const modelled =
		decision.changes ?? compareStates({ stack, base: nothing, from: null, to: declared, layer: "model", ...rules });
	return {
		changes: withUnfinished(joinPlan(modelled, plan), stack, unfinished),
		...driftOf(refreshed),
		unfinished: unfinished.map((each) => ({ ...each, says: unfinishedText(each), way: wayOut(stack, each) })),
		note: noteOf(decision),
	};
}

/** A stack moved to where nothing can be built is told that it cannot move, so its old state will do. */
function stateIfMoved(recorded: Recorded, { blueprint }: Omit<Side, "kept">) {
	return (error: unknown): { readonly state: DesiredState } => {
		if (recorded.kind === "record" && recorded.state !== null && isMoved(recorded.blueprint, blueprint))
			return { state: recorded.state };
		throw error;
	};
}

/** What stands in the way blocks, whatever the rest says. */
function withUnfinished(changes: ChangeSet, stack: string, unfinished: readonly Unfinished[]): ChangeSet {
	const open = standingInTheWay(unfinished);
	if (open.length === 0) return changes;
	const reasons = open.map((each) => ({ risk: "blocked", urn: each.urn, text: unfinishedText(each) }) as const);
	return {
		...changes,
		reasons: [...reasons, ...changes.reasons],
		routes: [...open.map((each) => wayOut(stack, each)), ...changes.routes],
		verdict: "blocked",
		next: "settle first what an earlier run left open: the steps are in the routes",
	};
}

/** The cases in which less than everything could be compared. */
function noteOf({ case: found, says }: GuardDecision): string | null {
	return found === "imported" || found === "record-unreadable" ? says : null;
}
