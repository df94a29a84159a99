import { describe, expect, test } from "vitest";
import { unpackRecord } from "../../src/stack/record.ts";
import { accepts, DEV_TO_SMALL } from "./acceptances.ts";
import type { Run } from "./events.ts";
import { deployedOn, expectDone } from "./sampleStack.ts";
import { Workspace } from "./workspace.ts";

const NOTHING = { downtimeMinutes: 0, monthlyUsd: 0 };

/** The sample dev stack, deployed on a tier, with a stack file that tolerates what the sample does. */
/** Stopped before the first resource: nothing reached the cloud. */
async function expectStop(workspace: Workspace, ...texts: readonly string[]): Promise<void> {
	const before = workspace.account.resources();
	const run = await workspace.up("dev");
	expect(run.code, run.output).not.toBe(0);
	for (const text of texts) expect(run.output).toContain(text);
	expect(run.steps.filter(({ op }) => op !== "same")).toEqual([]);
	expect(workspace.account.resources()).toEqual(before);
}

async function recordOf(workspace: Workspace): Promise<string> {
	return (await workspace.run(["stack", "output", "tierstack", "--show-secrets", "--stack", "dev"])).output.trim();
}

const changed = (run: Run) => run.steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`);

describe("a tier change nobody accepted", () => {
	test("is shown whole in a preview that logs an error, and stopped by `up`; accepted, it goes", async () => {
		const workspace = await deployedOn("starter");
		const record = await recordOf(workspace);
		workspace.editStackFile("dev", { "tierstack:tier": "small", "tierstack:tolerate": NOTHING });
		const preview = expectDone(await workspace.preview("dev"));
		const said = preview.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
		expect(said).toEqual([expect.stringContaining("downtime app-1: the host is powered off")]);
		expect(changed(preview)).toEqual(expect.arrayContaining(["update app-1", "create database", "update data"]));
		await expectStop(workspace, "the update is not accepted", "one-way data", "recovery-gap", "USD a month more");
		expect(await recordOf(workspace)).toBe(record);

		workspace.editStackFile("dev", {
			"tierstack:accept": accepts("starter", "small", ...DEV_TO_SMALL, ["downtime", "app-1"], ["cost", "stack"]),
		});
		const up = expectDone(await workspace.up("dev"));
		expect(changed(up)).toEqual(changed(preview));
		expect(unpackRecord(await recordOf(workspace)).blueprint.tier).toBe("small");
		const quiet = expectDone(await workspace.up("dev"));
		expect(changed(quiet)).toEqual([]);
		expect(
			quiet.diagnostics.filter(({ severity, message }) => severity === "error" || message.includes("accept")),
		).toEqual([]);

		// The way down is guarded as the way up: the volume would have to shrink.
		workspace.editStackFile("dev", { "tierstack:tier": "starter" });
		await expectStop(workspace, "the update is blocked");
	});
});

describe("a change that was begun", () => {
	test("is seen again after --target and after an error half way, each time against where the stack came from", async () => {
		const workspace = await deployedOn("starter");
		const record = await recordOf(workspace);
		const accept = accepts("starter", "small", ...DEV_TO_SMALL);
		const promoted = { "tierstack:tier": "small", "tierstack:accept": accept };
		workspace.editStackFile("dev", promoted);
		expectDone(await workspace.up("dev", { args: ["--target", "**Droplet**"] }));
		expect(await recordOf(workspace)).toBe(record);

		workspace.account.orderFaults({
			operation: "create",
			type: "DatabaseCluster",
			action: { kind: "error", status: 500 },
		});
		expect((await workspace.up("dev")).code).not.toBe(0);
		expect(await recordOf(workspace)).toBe(record);
		workspace.account.clearFaults();

		workspace.editStackFile("dev", { ...promoted, "tierstack:accept": [] });
		await expectStop(workspace, "the update is not accepted", "recovery-gap");
		workspace.editStackFile("dev", promoted);
		expectDone(await workspace.up("dev"));
		expect(changed(expectDone(await workspace.up("dev")))).toEqual([]);
	});

	test("is finished without a word when it was the very first", async () => {
		const workspace = new Workspace();
		await workspace.createStack("dev");
		workspace.copyStackFile("dev");
		workspace.account.orderFaults({ operation: "create", type: "Droplet", action: { kind: "error", status: 500 } });
		expect((await workspace.up("dev")).code).not.toBe(0);
		workspace.account.clearFaults();
		expectDone(await workspace.up("dev"));
		expect(changed(expectDone(await workspace.up("dev")))).toEqual([]);
	});
});

describe("a deployed stack", () => {
	test("cannot be edited into another region or provider, and an unreadable record stops it", async () => {
		const workspace = await deployedOn("starter");
		workspace.editStackFile("dev", { "tierstack:region": "ams3" });
		await expectStop(workspace, "the update is blocked", "region fra1 -> ams3", "make a new stack");
		workspace.editStackFile("dev", { "tierstack:region": "us-east-1", "tierstack:provider": "aws" });
		await expectStop(workspace, "the update is blocked", "provider digitalocean -> aws");
		workspace.editStackFile("dev", { "tierstack:region": "fra1", "tierstack:provider": "digitalocean" });

		const state = JSON.parse((await workspace.run(["stack", "export", "--stack", "dev"])).output);
		state.deployment.resources[0].outputs.tierstack = "damaged";
		workspace.writeFile("state.json", JSON.stringify(state));
		expectDone(await workspace.run(["stack", "import", "--stack", "dev", "--file", "state.json"]));
		await expectStop(workspace, "the stack's record cannot be read", "risk unknown of resource stack");
		workspace.editStackFile("dev", { "tierstack:accept": accepts("starter", "starter", ["unknown", "stack"]) });
		expectDone(await workspace.up("dev"));
		expect(unpackRecord(await recordOf(workspace)).remembered?.state.resources.length).toBeGreaterThan(10);

		// Deployed by a version that kept no record: sizes are compared all the same, and a word for the rest opens no risk.
		const bare = JSON.parse((await workspace.run(["stack", "export", "--stack", "dev"])).output);
		delete bare.deployment.resources[0].outputs.tierstack;
		workspace.writeFile("state.json", JSON.stringify(bare));
		expectDone(await workspace.run(["stack", "import", "--stack", "dev", "--file", "state.json"]));
		const once = accepts("starter", "small", ["unknown", "stack"]);
		workspace.editStackFile("dev", {
			"tierstack:tier": "small",
			"tierstack:tolerate": NOTHING,
			"tierstack:accept": once,
		});
		await expectStop(workspace, "downtime app-1", "one-way data");
	});
});
