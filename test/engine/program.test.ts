import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseStackFile } from "../../src/config/parseStackFile.ts";
import { knownWords, ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { readCompose } from "../../src/readCompose.ts";
import { sizeStack } from "../../src/sizeStack.ts";
import { accepts, DEV_TO_SMALL } from "./acceptances.ts";
import { resourceSchema } from "./digitalocean/schema.ts";
import type { EmulatedAccount } from "./emulatedAccount.ts";
import type { Run } from "./events.ts";
import { engineOps, expectedOps, readable } from "./oracle.ts";
import { expectDone } from "./sampleStack.ts";
import { Workspace } from "./workspace.ts";

const PROJECT_FOLDER = join(import.meta.dirname, "../..");

/** What the model says the program declares for a stack file. */
function modelOf(stack: string, stackFile: string) {
	const ladders = ladderFolder(join(PROJECT_FOLDER, "tiers"));
	const config = parseStackFile(stackFile, `Pulumi.${stack}.yaml`, knownWords(ladders));
	const input = {
		blueprint: sizeStack(config, ladders),
		kept: [],
		retiring: [],
		config,
		...readCompose(config, PROJECT_FOLDER),
	};
	return buildModel(input, { stack, project: "tierstack" });
}

/** Every secret the emulated cloud handed out. */
function secretsOf(account: EmulatedAccount): string[] {
	return account
		.resources()
		.flatMap(({ type, state }) => resourceSchema(type).secretOutputs.map((key) => state[key]))
		.filter((secret): secret is string => typeof secret === "string" && secret.length > 8);
}

function allFiles(folder: string): string {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
		.join("\n");
}

test("the sample dev stack: up, quiet, promoted from starter to small as the model says, and ended", async () => {
	const workspace = new Workspace();
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	const starter = await modelOf("dev", workspace.readStackFile("dev"));
	const runs = [expectDone(await workspace.up("dev"))];
	expect(readable(engineOps(runs[0]?.steps ?? []))).toEqual(readable(expectedOps(null, starter)));
	runs.push(expectDone(await workspace.up("dev")));
	expect(readable(engineOps(runs[1]?.steps ?? []))).toEqual([]);

	const accept = accepts("starter", "small", ...DEV_TO_SMALL);
	workspace.editStackFile("dev", { "tierstack:tier": "small", "tierstack:accept": accept });
	const small = await modelOf("dev", workspace.readStackFile("dev"));
	const promotion = readable(expectedOps(starter, small));
	expect(promotion.length).toBeGreaterThan(5);
	const preview = expectDone(await workspace.preview("dev"));
	expect(readable(engineOps(preview.steps))).toEqual(readable(expectedOps(starter, small, "preview")));
	workspace.account.advance(2);
	const up = expectDone(await workspace.up("dev"));
	expect(readable(engineOps(up.steps))).toEqual(promotion);
	const again = expectDone(await workspace.up("dev"));
	expect(readable(engineOps(again.steps))).toEqual([]);

	const secrets = secretsOf(workspace.account);
	expect(secrets.length).toBeGreaterThan(3);
	const seen =
		[...runs, preview, up, again].map(({ output }) => output).join("\n") + allFiles(join(workspace.folder, "backend"));
	expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);

	// What holds data is protected: an end that nobody prepared loses none of it.
	const stateful = () =>
		workspace.account
			.resources()
			.filter(({ type, id }) => /:(Volume|DatabaseCluster|SpacesBucket)$/.test(type) && !id.includes("settings"))
			.map(({ id }) => id);
	const before = stateful();
	expect((await workspace.destroy("dev")).code).not.toBe(0);
	expect(stateful()).toEqual(before);
	// The end as docs/operations.md has it: one line in the file, an update that deletes nothing, a plain destroy.
	workspace.editStackFile("dev", { "tierstack:retire": [{ resource: "stack" }] });
	const letGo = expectDone(await workspace.up("dev"));
	expect(letGo.steps.filter(({ op }) => op === "delete" || op === "replace")).toEqual([]);
	expect(stateful()).toEqual(before);
	expectDone(await workspace.destroy("dev"));
	expect(workspace.account.resources().map(({ type }) => type)).toEqual([
		"digitalocean:index/volumeSnapshot:VolumeSnapshot",
	]);
});

test("what the next tier no longer asks for is kept until the stack file retires it, in two steps", async () => {
	const workspace = new Workspace();
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	workspace.editStackFile("dev", { "tierstack:tier": "medium" });
	expectDone(await workspace.up("dev"));
	const volume = () => workspace.account.resources("Volume").length;
	const volumeOps = (run: Run) => run.steps.filter(({ type }) => type.endsWith(":Volume")).map(({ op }) => op);
	workspace.account.advance(2);

	const toLarge = accepts(
		"medium",
		"large",
		["downtime", "load-balancer"],
		["downtime", "network-address"],
		["one-way", "network-address"],
		["recovery-gap", "stack"],
		["cost", "stack"],
	);
	workspace.editStackFile("dev", { "tierstack:tier": "large", "tierstack:accept": toLarge });
	expect(volumeOps(expectDone(await workspace.up("dev")))).toEqual(["same"]);
	expect(volumeOps(expectDone(await workspace.up("dev")))).toEqual(["same"]);

	workspace.editStackFile("dev", { "tierstack:retire": [{ resource: "data" }] });
	expectDone(await workspace.up("dev"));
	expect(volume()).toBe(1);
	const [snapshot] = workspace.account.resources("VolumeSnapshot");
	expect(snapshot?.inputs.volumeId).toBe(workspace.account.resources("Volume")[0]?.id);

	workspace.editStackFile("dev", {
		"tierstack:retire": [{ resource: "data", backup: String(snapshot?.id) }],
		"tierstack:accept": accepts("large", "large", ["downtime", "data"]),
	});
	expect(volumeOps(expectDone(await workspace.up("dev")))).toEqual(["delete"]);
	expect(volume()).toBe(0);
	expect(workspace.account.resources("VolumeSnapshot")).toHaveLength(1);
	expect(readable(engineOps(expectDone(await workspace.up("dev")).steps))).toEqual([]);
});
