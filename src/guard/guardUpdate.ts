import { createHash } from "node:crypto";
import { log, runtime } from "@pulumi/pulumi";
import { capacitiesOf } from "../capacities.ts";
import { isAsRecorded, isPartial } from "../changes/deployed.ts";
import type { DesiredState } from "../changes/desired.ts";
import { type Deployed, decide, isMoved, needsModel, type Recorded } from "../changes/guard.ts";
import { canonical } from "../changes/hash.ts";
import { standingInTheWay, type Unfinished } from "../changes/unfinished.ts";
import { readDeployed } from "../engine/readDeployed.ts";
import { readUnfinished } from "../engine/stackState.ts";
import { renderGuard } from "../render/guard.ts";
import type { StackInput } from "../stack/input.ts";
import { withoutTrace } from "../withoutTrace.ts";
import type { Plain } from "../words.ts";
import { modelInChild } from "./modelProcess.ts";
import { atTodaysPrices, type Found, NO_RECORD_YET } from "./recorded.ts";

/** An update that may go on. */
export interface Passed {
	/** The input with what the stack's record has to say of this run. */
	readonly input: StackInput;
	/** The record to write once every step is done: the old one when a part was left out. */
	finish(record: string): Promise<string>;
}

export interface Place {
	/** Fully qualified: `organization/project/stack`. */
	readonly qualified: string;
	readonly stack: string;
	readonly project: string;
	readonly projectDir: string;
	/** Hash of the compiled program. */
	readonly build: string;
	/** ISO date, UTC. */
	readonly today: string;
}

/**
 * Lets an update pass, or stops it before its first resource. A preview is told and goes on, so that the engine shows
 * its whole diff. What nothing has changed since the last finished update costs one comparison.
 *
 * @param previous the record as it is.
 * @throws RunError in an update that is not accepted; UserError when the stack file cannot be built.
 */
export async function guardUpdate(
	input: StackInput,
	recorded: Recorded,
	previous: Found,
	place: Place,
): Promise<Passed> {
	const program = hashOf(input, place.build);
	const now = { blueprint: input.blueprint, kept: [...input.kept, ...input.retiring], program };
	const reading = deployedOf(place.qualified);
	// A preview is told of it by the engine itself, and waits for no second look.
	const looking = runtime.isDryRun() ? Promise.resolve<Open>({ kind: "read", unfinished: [] }) : openOf(place);
	if (recorded.kind === "record" && recorded.state !== null && !needsModel(recorded, now)) {
		const [deployed, open] = [await reading, await looking];
		const isClear = open.kind === "read" && standingInTheWay(open.unfinished).length === 0;
		if (isClear && deployed.kind === "read" && isAsRecorded(recorded.state, deployed.resources))
			return { input: { ...input, remember: { state: recorded.state, program } }, finish: async (record) => record };
	}
	const [state, deployed, open] = await Promise.all([desiredState(input, recorded, place), reading, looking]);
	const { accept, retire, tolerate } = input.config;
	const decision = decide({
		mode: runtime.isDryRun() ? "preview" : "up",
		stack: place.stack,
		recorded: atTodaysPrices(recorded, [...now.blueprint.components, ...now.kept]),
		deployed,
		...(open.kind === "read" ? { unfinished: open.unfinished } : { unfinishedUnread: open.why }),
		program,
		desired: { state, blueprint: now.blueprint, kept: now.kept },
		rules: { tolerate, accept, retire, capacities: capacitiesOf(now.blueprint.provider), today: place.today },
	});
	if (decision.action === "stop") throw withoutTrace(renderGuard(decision));
	if (decision.action === "warn") await log.error(renderGuard(decision));
	else if (decision.says !== "") await log.warn(decision.says);
	const old = recorded.kind === "record" ? recorded.state : null;
	return {
		input: { ...input, remember: { state: { ...state, outputs: {} }, program } },
		finish: async (record) => {
			if (runtime.isDryRun() || deployed.kind === "unreadable") return record;
			const after = await deployedOf(place.qualified);
			return after.kind === "read" && isPartial(deployed.resources, after.resources, old, state)
				? (previous.text ?? NO_RECORD_YET)
				: record;
		},
	};
}

/** What the program declares follows from the blueprint, the program, the stack file and the compose file it names. */
function hashOf({ config, compose = "" }: StackInput, build: string): string {
	// What is tolerated and accepted decides whether an update may go on, and no resource.
	const { accept: _accept, tolerate: _tolerate, ...deciding } = config;
	const plain: Plain = JSON.parse(JSON.stringify(deciding));
	const told = createHash("sha256").update(canonical(plain)).update("\0").update(compose).digest("hex");
	return `${build}-${told.slice(0, 16)}`;
}

async function deployedOf(stack: string): Promise<Deployed> {
	try {
		return { kind: "read", resources: await readDeployed(stack) };
	} catch (error) {
		return { kind: "unreadable", why: messageOf(error) };
	}
}

/** What earlier runs left open; `why` when it could not be read. */
type Open = { readonly kind: "read"; readonly unfinished: readonly Unfinished[] } | (Deployed & { kind: "unreadable" });

/** A backend of files moves the old state away before it writes the new one: a look in between finds none. */
async function openOf(place: Pick<Place, "qualified" | "projectDir">, attempts = 3): Promise<Open> {
	try {
		return { kind: "read", unfinished: await readUnfinished({ projectDir: place.projectDir, stack: place.qualified }) };
	} catch (error) {
		if (attempts === 1) return { kind: "unreadable", why: messageOf(error) };
		await new Promise((resolve) => setTimeout(resolve, 500));
		return openOf(place, attempts - 1);
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** A stack moved to where nothing can be built is told that it cannot move, so its old state will do. */
async function desiredState(input: StackInput, recorded: Recorded, place: Place): Promise<DesiredState> {
	try {
		return await modelInChild(input, { stack: place.stack, project: place.project }, place.projectDir);
	} catch (error) {
		if (recorded.kind === "record" && recorded.state !== null && isMoved(recorded.blueprint, input.blueprint))
			return recorded.state;
		throw error;
	}
}
