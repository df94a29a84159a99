import { spawn } from "node:child_process";
import { z } from "zod";
import type { Op } from "../changes/changeSet.ts";
import { problem, UserError } from "../errors.ts";

/** What the engine would do to one resource. */
export interface EngineStep {
	readonly urn: string;
	readonly type: string;
	readonly op: Exclude<Op, "same">;
	/** Top-level properties that make it replace. */
	readonly replaceKeys: readonly string[];
	/** Property path -> kind, such as `update` or `update-replace`. */
	readonly detailedDiff: Readonly<Record<string, string>>;
}

export interface EnginePreview {
	/** Changes only, sorted by URN; the engine's own types (`pulumi:*`) left out. */
	readonly steps: readonly EngineStep[];
	/** What the program or a provider said no to, one sentence each. When there are any, `steps` is not the whole. */
	readonly errors: readonly string[];
}

export interface PreviewRequest {
	/** Folder that holds `Pulumi.yaml`. */
	readonly projectDir: string;
	readonly stack: string;
	/** Whether the engine asks the provider what is really there first. Slower; shows drift as changes. */
	readonly refresh: boolean;
	readonly env?: NodeJS.ProcessEnv;
}

const digestSchema = z.object({
	steps: z
		.array(
			z.object({
				op: z.string(),
				urn: z.string(),
				replaceReasons: z.array(z.string()).nullish(),
				detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
			}),
		)
		.nullish(),
	diagnostics: z.array(z.object({ message: z.string(), severity: z.string() })).nullish(),
});

type DigestStep = NonNullable<z.infer<typeof digestSchema>["steps"]>[number];

/** The engine's words for a step; those that change nothing are left out. */
const OPS: Readonly<Record<string, EngineStep["op"]>> = {
	create: "create",
	import: "create",
	update: "update",
	delete: "delete",
	replace: "replace",
	"create-replacement": "replace",
	"delete-replaced": "replace",
	"import-replacement": "replace",
};

/**
 * Asks the real engine, with the user's own backend and login, what an update would do. Changes nothing, selects no
 * stack. States and values, which may hold secrets, are not read.
 *
 * @throws UserError when there is no `pulumi`, no such stack, no login ...: whatever the CLI says in one sentence.
 */
export async function previewStack(request: PreviewRequest): Promise<EnginePreview> {
	const args = ["preview", "--json", "--non-interactive", "--color", "never", "--stack", request.stack];
	const { output, errors } = await runCli([...args, ...(request.refresh ? ["--refresh"] : [])], request);
	const digest = parseDigest(output);
	if (digest === null) throw new UserError([problem(`pulumi preview: ${firstError(errors)}`)]);
	return {
		steps: foldSteps(digest.steps ?? []),
		errors: (digest.diagnostics ?? [])
			.filter(({ severity }) => severity === "error")
			.map(({ message }) => message.replace(/^error: /, "").trim()),
	};
}

function runCli(
	args: readonly string[],
	{ projectDir, env }: PreviewRequest,
): Promise<{ output: string; errors: string }> {
	return new Promise((done, fail) => {
		const cli = spawn("pulumi", [...args], {
			cwd: projectDir,
			env: env ?? process.env,
			stdio: ["ignore", "pipe", "pipe"],
		});
		const texts = { output: "", errors: "" };
		cli.stdout.setEncoding("utf8").on("data", (text: string) => {
			texts.output += text;
		});
		cli.stderr.setEncoding("utf8").on("data", (text: string) => {
			texts.errors += text;
		});
		cli.on("error", () =>
			fail(new UserError([problem("there is no `pulumi` on PATH; `tierstack doctor` tells how to get it")])),
		);
		cli.on("close", () => done(texts));
	});
}

function parseDigest(output: string): z.infer<typeof digestSchema> | null {
	const start = output.indexOf("{");
	if (start === -1) return null;
	try {
		return digestSchema.parse(JSON.parse(output.slice(start)));
	} catch {
		return null;
	}
}

function firstError(errors: string): string {
	const line = errors.split("\n").find((text) => text.startsWith("error:"));
	return line?.replace(/^error:\s*/, "").trim() ?? "ended without an answer";
}

/** A replacement is several steps of one URN: they become one. */
function foldSteps(steps: readonly DigestStep[]): EngineStep[] {
	const folded = new Map<string, EngineStep>();
	for (const { urn, op: word, replaceReasons, detailedDiff } of steps) {
		const op = OPS[word];
		const type = typeOf(urn);
		if (op === undefined || type.startsWith("pulumi:")) continue;
		const before = folded.get(urn);
		const kinds = Object.entries(detailedDiff ?? {}).map(([path, { kind }]) => [path, kind] as const);
		folded.set(urn, {
			urn,
			type,
			op: before?.op === "replace" ? "replace" : op,
			replaceKeys: [...new Set([...(before?.replaceKeys ?? []), ...(replaceReasons ?? [])])].sort(),
			detailedDiff: { ...before?.detailedDiff, ...Object.fromEntries(kinds) },
		});
	}
	return [...folded.values()].sort((left, right) => (left.urn < right.urn ? -1 : 1));
}

/** `urn:pulumi:<stack>::<project>::<parent>$<type>::<name>` -> `<type>`. */
function typeOf(urn: string): string {
	return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
