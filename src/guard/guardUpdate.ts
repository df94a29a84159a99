import { createHash } from "node:crypto";
import { log, RunError, runtime } from "@pulumi/pulumi";
import { capacitiesOf } from "../capacities.ts";
import { type DeployedResource, isAsRecorded, isPartial } from "../changes/deployed.ts";
import type { DesiredState } from "../changes/desired.ts";
import { type Deployed, decide, needsModel, type Recorded } from "../changes/guard.ts";
import { canonical } from "../changes/hash.ts";
import { readDeployed } from "../engine/readDeployed.ts";
import { renderGuard } from "../render/guard.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";
import type { StackInput } from "../stack/input.ts";
import type { Plain } from "../words.ts";
import { modelInChild } from "./modelProcess.ts";
import { atPricesOf } from "./recorded.ts";

/** An update that may go on. */
export interface Passed {
	/** The input with what the stack's record has to say of this run. */
	readonly input: StackInput;
	/** The record to write once every step is done: the old one when a part was left out. */
	finish(record: string): Promise<string | null>;
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
 * @param previous text of the record as it is; null = none.
 * @throws RunError in an update that is not accepted; UserError when the stack file cannot be built.
 */
export async function guardUpdate(
	input: StackInput,
	recorded: Recorded,
	previous: string | null,
	place: Place,
): Promise<Passed> {
	const program = hashOf(input, place.build);
	const now = { blueprint: input.blueprint, kept: [...input.kept, ...input.retiring], program };
	const reading = deployedOf(place.qualified);
	if (recorded.kind === "record" && recorded.state !== null && !needsModel(recorded, now)) {
		const deployed = await reading;
		if (deployed.kind === "read" && isAsRecorded(recorded.state, deployed.resources))
			return { input: { ...input, remember: { state: recorded.state, program } }, finish: async (record) => record };
	}
	const [state, deployed] = await Promise.all([desiredState(input, recorded, place), reading]);
	const { accept, retire, tolerate } = input.config;
	const decision = decide({
		mode: runtime.isDryRun() ? "preview" : "up",
		stack: place.stack,
		recorded: atTodaysPrices(recorded, [...now.blueprint.components, ...now.kept]),
		deployed,
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
			return after.kind === "read" && isPartial(deployed.resources, after.resources, old, state) ? previous : record;
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
		const resources = await readDeployed(stack);
		return {
			kind: "read",
			resources: Object.fromEntries(
				resources.map(({ urn, type, capacity }): [string, DeployedResource] => [urn, { type, capacity }]),
			),
		};
	} catch (error) {
		return { kind: "unreadable", why: error instanceof Error ? error.message : String(error) };
	}
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

function isMoved(from: Blueprint, to: Blueprint): boolean {
	return from.ladder !== to.ladder || from.provider !== to.provider || from.region !== to.region;
}

function atTodaysPrices(recorded: Recorded, today: readonly Component[]): Recorded {
	return recorded.kind === "record" ? { ...recorded, blueprint: atPricesOf(recorded.blueprint, today) } : recorded;
}

/** A stop is a few sentences in the engine's output; a trace would be pages, and take seconds. */
export function withoutTrace(message: string): RunError {
	const told = new RunError(message);
	delete told.stack;
	return told;
}
