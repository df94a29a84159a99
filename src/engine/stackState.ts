import { z } from "zod";
import { cutDeployed, type DeployedResource } from "../changes/deployed.ts";
import type { Unfinished } from "../changes/unfinished.ts";
import { problem, UserError } from "../errors.ts";
import { ofEngine } from "./eventLog.ts";
import { plainRecord } from "./plain.ts";
import { type EngineRequest, firstError, runPulumi } from "./runPulumi.ts";

/** What a backend knows of a stack, cut down to what is compared. */
export interface StackState {
	/** By URN; empty before the first update. */
	readonly deployed: Readonly<Record<string, DeployedResource>>;
	readonly unfinished: readonly Unfinished[];
	/** Text of the stack's record, and whether an update came to its end without one. */
	readonly record: { readonly text: string | null; readonly finished: boolean };
}

const exportShape = z.object({
	deployment: z
		.object({
			resources: z
				.array(
					z.object({
						urn: z.string(),
						type: z.string(),
						outputs: z.record(z.string(), z.unknown()).nullish(),
						initErrors: z.array(z.string()).nullish(),
					}),
				)
				.nullish(),
			pending_operations: z
				.array(z.object({ type: z.string(), resource: z.object({ urn: z.string(), type: z.string().nullish() }) }))
				.nullish(),
		})
		.nullish(),
});
type Exported = NonNullable<z.infer<typeof exportShape>["deployment"]>;

/**
 * Reads a stack's state and record by the CLI, with the user's own backend and login. The state is read encrypted as it
 * is; of the outputs only the record is asked for, which holds no secret.
 *
 * @throws UserError when there is no such stack, no login ...: the CLI's own sentence.
 */
export async function readStackState(request: EngineRequest): Promise<StackState> {
	const [deployment, record] = await Promise.all([exported(request), readRecord(request)]);
	const resources = (deployment.resources ?? []).filter(({ type }) => !ofEngine(type));
	const outputs = resources.map(({ urn, type, outputs: told }) => [urn, { type, outputs: plainRecord(told) }] as const);
	const finished = (deployment.resources ?? []).some(
		({ type, outputs: told }) => type === STACK && hasOthers(told ?? {}),
	);
	return {
		deployed: cutDeployed(Object.fromEntries(outputs)),
		unfinished: unfinishedOf(deployment),
		record: { text: record, finished },
	};
}

/** The stack itself, whose outputs an update writes when it has come to its end. */
const STACK = "pulumi:pulumi:Stack";

function hasOthers(outputs: Readonly<Record<string, unknown>>): boolean {
	return Object.keys(outputs).some((name) => name !== "tierstack");
}

/** What an earlier run left open. Faster than the whole; for a program before it registers anything. */
export async function readUnfinished(request: EngineRequest): Promise<readonly Unfinished[]> {
	return unfinishedOf(await exported(request));
}

/**
 * The same from the text of `pulumi stack export`; null when it is none.
 */
export function unfinishedIn(text: string): readonly Unfinished[] | null {
	const deployment = parsed(text);
	return deployment === null ? null : unfinishedOf(deployment);
}

async function exported(request: EngineRequest): Promise<Exported> {
	const run = await runPulumi(["stack", "export"], request);
	const deployment = run.code === 0 ? parsed(run.output) : null;
	if (deployment === null) throw new UserError([problem(`pulumi stack export: ${firstError(run)}`)]);
	return deployment;
}

function parsed(text: string): Exported | null {
	try {
		return exportShape.parse(JSON.parse(text)).deployment ?? {};
	} catch {
		return null;
	}
}

function unfinishedOf({ resources, pending_operations: pending }: Exported): readonly Unfinished[] {
	const failed = (resources ?? [])
		.filter(({ type, initErrors }) => !ofEngine(type) && (initErrors ?? []).length > 0)
		.map(({ urn, type }): Unfinished => ({ urn, type, operation: "failed" }));
	const open = (pending ?? []).map(({ type: operation, resource: { urn, type } }): Unfinished => {
		return { urn, type: type ?? urn.split("::")[2]?.split("$").at(-1) ?? "", operation };
	});
	return [...open, ...failed].sort((left, right) => (left.urn < right.urn ? -1 : 1));
}

/** The record is marked as secret so that no update prints it; it holds none. */
async function readRecord(request: EngineRequest): Promise<string | null> {
	const run = await runPulumi(["stack", "output", "tierstack", "--show-secrets", "--json"], request);
	if (run.code !== 0) return null;
	try {
		const value: unknown = JSON.parse(run.output);
		return typeof value === "string" ? value : null;
	} catch {
		return null;
	}
}
