import { delimiter, dirname } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { unpackRecord } from "../../src/stack/record.ts";
import { rewritten } from "../builders/olderRecords.ts";
import { accepts } from "./acceptances.ts";
import type { Run } from "./events.ts";
import { expectDone } from "./sampleStack.ts";
import { type RunOptions, Workspace } from "./workspace.ts";

/*
 * What the guard answers to a stack it did not leave itself: docs/operations.md, "A stack the guard does not know".
 */

/** A stack on a tier that has a database, a volume and buckets; the next one has no volume, which is kept then. */
const [HERE, NEXT] = ["medium", "large"];

/** Minutes on a busy machine: each walks through many updates of one stack. */
const LIMIT = { timeout: 900_000 };

async function emptyStack(account?: Workspace["account"]): Promise<Workspace> {
	const workspace = new Workspace(account === undefined ? {} : { account });
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	workspace.editStackFile("dev", { "tierstack:tier": HERE });
	return workspace;
}

async function deployed(): Promise<Workspace> {
	const workspace = await emptyStack();
	expectDone(await workspace.up("dev"));
	workspace.account.advance(2);
	return workspace;
}

const changed = (run: Run) => run.steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`);

const GUARD = /record|imported|accept/;

/** What the guard logged; the engine's own warnings are about other things. */
const said = (run: Run) =>
	run.diagnostics
		.filter(({ severity, message }) => severity === "error" || (severity === "warning" && GUARD.test(message)))
		.map(({ message }) => message);

/** Stopped before the first resource: nothing reached the cloud. */
async function expectStop(workspace: Workspace, texts: readonly string[], options: RunOptions = {}): Promise<void> {
	const before = workspace.account.resources();
	const run = await workspace.up("dev", options);
	expect(run.code, run.output).not.toBe(0);
	for (const text of texts) expect(run.output).toContain(text);
	expect(changed(run)).toEqual([]);
	expect(workspace.account.resources()).toEqual(before);
}

/** Goes through, changes nothing, and leaves a record of today. */
async function expectQuiet(workspace: Workspace): Promise<Run> {
	const run = expectDone(await workspace.up("dev"));
	expect(changed(run)).toEqual([]);
	expect(unpackRecord(await recordOf(workspace)).remembered?.state.resources.length).toBeGreaterThan(20);
	return run;
}

async function recordOf(workspace: Workspace): Promise<string> {
	return (await workspace.run(["stack", "output", "tierstack", "--show-secrets", "--stack", "dev"])).output.trim();
}

/** Rewrites the stack's own outputs, as an import of an edited state does. */
async function rewriteOutputs(workspace: Workspace, outputs: Readonly<Record<string, unknown>>): Promise<void> {
	const state = JSON.parse((await workspace.run(["stack", "export", "--stack", "dev"])).output);
	const [stack] = state.deployment.resources;
	stack.outputs = { ...stack.outputs, ...outputs };
	workspace.writeFile("state.json", JSON.stringify(state));
	expectDone(await workspace.run(["stack", "import", "--stack", "dev", "--file", "state.json"]));
}

const answered = (tier: string) => ({ "tierstack:accept": accepts(tier, tier, ["unknown", "stack"]) });

describe("a first run", () => {
	test("goes on without a word, also when it was done in parts", LIMIT, async () => {
		const workspace = await emptyStack();
		const preview = expectDone(await workspace.preview("dev"));
		expect(said(preview)).toEqual([]);
		expect(changed(preview)).toEqual(expect.arrayContaining(["create app-1", "create database"]));
		const part = expectDone(
			await workspace.up("dev", { args: ["--target", "**Network::network", "--target", "**Vpc::network"] }),
		);
		expect([changed(part).includes("create network"), said(part)]).toEqual([true, []]);
		expect(workspace.account.resources("DatabaseCluster")).toEqual([]);

		const rest = expectDone(await workspace.up("dev"));
		expect([changed(rest).includes("create database"), said(rest)]).toEqual([true, []]);
		await expectQuiet(workspace);
	});
});

describe("a stack that an older version deployed", () => {
	test(
		"is compared by its record, however that was written; without inputs in it somebody answers once",
		LIMIT,
		async () => {
			const workspace = await deployed();
			const [record, there] = [await recordOf(workspace), workspace.account.resources()];
			const towards = async (tier: string) => {
				workspace.editStackFile("dev", { "tierstack:tier": tier });
				const preview = expectDone(await workspace.preview("dev"));
				workspace.editStackFile("dev", { "tierstack:tier": HERE });
				return preview;
			};
			const today = await towards(NEXT);
			expect(said(today)).toEqual([expect.stringContaining("the update is not accepted")]);
			// The volume holds data, so it stays declared: only the record tells that it was.
			expect(changed(today).filter((step) => /^(delete|replace) (data|database|files|backups)$/.test(step))).toEqual(
				[],
			);

			for (const as of ["by place", "spelled out"] as const) {
				await rewriteOutputs(workspace, { tierstack: rewritten(record, as) });
				const old = await towards(NEXT);
				expect([changed(old), said(old)], as).toEqual([changed(today), said(today)]);
				expect(said(await expectQuiet(workspace)), as).toEqual([]);
				expect(await recordOf(workspace), as).toBe(record);
			}

			await rewriteOutputs(workspace, { tierstack: rewritten(record, "without inputs") });
			const blind = await towards(NEXT);
			expect(changed(blind)).toEqual(changed(today));
			expect(said(blind)).toEqual([expect.stringContaining("last deployed by an older version")]);
			await expectStop(workspace, ["last deployed by an older version", "accept risk unknown of resource stack once"]);
			workspace.editStackFile("dev", answered(HERE));
			await expectQuiet(workspace);
			workspace.editStackFile("dev", { "tierstack:accept": [] });
			expect(said(await expectQuiet(workspace))).toEqual([]);
			expect(workspace.account.resources()).toEqual(there);
		},
	);
});

describe("a stack whose record or state cannot be read", () => {
	test(
		"is told in a preview, stopped in `up`, and loses no data though somebody answers for what is not known",
		LIMIT,
		async () => {
			const workspace = await deployed();
			const [record, there] = [await recordOf(workspace), workspace.account.resources()];
			const UNREAD = "the stack's record cannot be read";

			// By a newer version.
			await rewriteOutputs(workspace, { tierstack: rewritten(record, "of a newer version") });
			const preview = expectDone(await workspace.preview("dev"));
			expect([changed(preview), said(preview)]).toEqual([[], [expect.stringContaining(UNREAD)]]);
			await expectStop(workspace, [UNREAD, "tierstack.record/2"]);
			await rewriteOutputs(workspace, { tierstack: rewritten(record, "packed as a newer version") });
			await expectStop(workspace, [UNREAD, "which this version does not read"]);

			// There is none, though an update came to its end: the word for what is not known opens nothing else.
			await rewriteOutputs(workspace, { tierstack: undefined });
			await expectStop(workspace, ["imported or last deployed by an older version", "accept risk unknown"]);
			workspace.editStackFile("dev", { "tierstack:tier": NEXT, ...answered(NEXT) });
			await expectStop(workspace, ["data-loss data: ", "Safer route of data: Keep it, back it up, retire it"]);
			workspace.editStackFile("dev", { "tierstack:tier": HERE, "tierstack:region": "ams3", ...answered(HERE) });
			await expectStop(workspace, ["refused data: ", "refused database: ", "data-loss app-1: "]);
			workspace.editStackFile("dev", { "tierstack:region": "fra1", "tierstack:accept": [] });

			// Nor does it tell what earlier runs left open: the CLI cannot be asked.
			await rewriteOutputs(workspace, { tierstack: record });
			const withoutCli = inject("engine").plugins + delimiter + dirname(process.execPath);
			await expectStop(workspace, ["what earlier runs left open could not be read", "risk unknown of resource stack"], {
				env: { PATH: withoutCli },
			});
			expect(workspace.account.resources()).toEqual(there);
			await expectQuiet(workspace);
		},
	);
});

describe("an imported stack", () => {
	const VOLUME = `
		const { Volume } = require("@pulumi/digitalocean/volume.js");
		new Volume("old", { region: "fra1", size: 100, initialFilesystemType: "ext4" });
	`;

	test("is stopped until somebody answers, and never loses what was imported", LIMIT, async () => {
		const before = new Workspace({ program: VOLUME });
		await before.createStack("dev");
		before.writeStackFile("dev", {});
		expectDone(await before.up("dev"));
		const [volume] = before.account.resources("Volume");

		// Beside the program's own names: what the program does not declare would go.
		const workspace = await emptyStack(before.account);
		const how = ["--stack", "dev", "--yes", "--generate-code=false"];
		const type = "digitalocean:index/volume:Volume";
		expectDone(await workspace.run(["import", type, "data", volume?.id ?? "", ...how]));
		await expectStop(workspace, ["the stack was imported or last deployed by an older version"]);
		workspace.editStackFile("dev", answered(HERE));
		await expectStop(workspace, ["data-loss data: ", "Safer route of data: Keep it, back it up, retire it"]);

		// Under the program's own name and parent: this provider reads no file system back, so it would be replaced.
		const urn = `urn:pulumi:dev::tierstack::${type}::data`;
		expectDone(await workspace.run(["state", "delete", urn, "--force", "--yes", "--stack", "dev"]));
		const resources = [
			{ type: "tierstack:digitalocean:App", name: "app", component: true },
			{ type, name: "data", id: volume?.id, parent: "app" },
		];
		workspace.writeFile("import.json", JSON.stringify({ resources }));
		expectDone(await workspace.run(["import", "--file", "import.json", ...how]));
		workspace.editStackFile("dev", { "tierstack:accept": [] });
		await expectStop(workspace, ["refused data: replaced, but protected"]);
		expect(workspace.account.resources("Volume").map(({ id }) => id)).toEqual([volume?.id]);
	});
});
