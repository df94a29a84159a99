import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { unpackRecord } from "../../src/stack/record.ts";
import type { Run } from "./events.ts";
import { Workspace } from "./workspace.ts";

const PROJECT_FOLDER = resolve(import.meta.dirname, "../..");

/** The whole project in the workspace's own folder, so that program and command line read the same files there. */
function moveIn(workspace: Workspace): void {
	for (const name of ["src", "tiers", "package.json", "package-lock.json", "Pulumi.yaml", "Pulumi.prod.yaml"]) {
		// The workspace has links to some of them.
		rmSync(join(workspace.folder, name), { force: true });
		cpSync(join(PROJECT_FOLDER, name), join(workspace.folder, name), { recursive: true });
	}
	symlinkSync(join(PROJECT_FOLDER, "node_modules"), join(workspace.folder, "node_modules"));
}

/** A command line of the project, as a user types it. */
function tierstack(workspace: Workspace, words: readonly string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["src/boot.cjs", ...words], {
		cwd: workspace.folder,
		env: workspace.env,
		encoding: "utf8",
	});
	return { code: status, out: stdout + stderr };
}

/** The words of a printed command, its reason filled in. */
function typed(command: string): string[] {
	const words = command.replace('--reason "<why>"', "--reason agreed --by ada").trim().split(" ");
	return [...words.slice(1), "--yes"];
}

/** Commands printed below a heading. */
function commandsBelow(heading: string, out: string): string[] {
	const lines = out.split("\n");
	const after = lines.slice(lines.lastIndexOf(heading) + 1);
	const end = after.findIndex((line) => !line.startsWith("  "));
	return after.slice(0, end < 0 ? undefined : end).map((line) => line.trim());
}

const changed = (run: Run) => run.steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`);
const said = (run: Run) =>
	run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());

function expectDone(run: Run): Run {
	expect(run.code, run.output).toBe(0);
	return run;
}

/** The guard's own answer, shown to whoever reads the test's output. */
function show(what: string, run: Run): void {
	const answer = said(run).join("\n").split("\n").slice(0, 8).join("\n    ");
	console.log(`${what}\n    ${answer === "" ? "the guard has nothing to say" : answer}`);
}

test("a stack climbs starter -> small -> medium by the promote command, and comes back by the commands it printed", {
	timeout: 600_000,
}, async () => {
	const workspace = new Workspace();
	moveIn(workspace);
	await workspace.createStack("prod");
	const stackFile = () => workspace.readStackFile("prod");
	workspace.writeFile("Pulumi.prod.yaml", stackFile().replace("tierstack:tier: small", "tierstack:tier: starter"));
	expectDone(await workspace.up("prod"));

	const back: string[][] = [];
	for (const [from, to] of [
		["starter", "small"],
		["small", "medium"],
	] as const) {
		const before = stackFile();
		// Edited by hand and not answered for, the guard stops it before the first resource.
		workspace.writeFile("Pulumi.prod.yaml", before.replace(`tierstack:tier: ${from}`, `tierstack:tier: ${to}`));
		const stopped = await workspace.up("prod");
		expect(stopped.code).not.toBe(0);
		expect([changed(stopped), stopped.output]).toEqual([[], expect.stringContaining("the update is not accepted")]);
		show(`${from} -> ${to}, edited by hand:`, stopped);
		workspace.writeFile("Pulumi.prod.yaml", before);

		const refused = tierstack(workspace, ["promote", "prod"]);
		expect(refused.code, refused.out).toBe(3);
		const [command = ""] = commandsBelow("Next:", refused.out);
		const written = tierstack(workspace, typed(command));
		expect(written.code, written.out).toBe(0);
		back.push(commandsBelow("Way back:", written.out));

		workspace.account.advance(2);
		const preview = expectDone(await workspace.preview("prod"));
		expect(said(preview)).toEqual([]);
		show(`${from} -> ${to}, promoted by \`${command}\`:`, preview);
		const up = expectDone(await workspace.up("prod"));
		expect(changed(up)).toEqual(changed(preview));
		expect(changed(up)).toContain("update app-1");
		expect(changed(expectDone(await workspace.up("prod")))).toEqual([]);
	}
	const volume = () => workspace.account.resources("Volume")[0]?.inputs.size;
	const cluster = () => workspace.account.resources("DatabaseCluster")[0]?.inputs.size;
	const [high, bigger] = [volume(), cluster()];

	// By hand the way back fails: the volume would shrink.
	const medium = stackFile();
	workspace.writeFile("Pulumi.prod.yaml", medium.replace("tierstack:tier: medium", "tierstack:tier: small"));
	const blocked = await workspace.up("prod");
	expect(blocked.output).toContain("the update is blocked");
	expect(changed(blocked)).toEqual([]);
	show("medium -> small, edited by hand:", blocked);
	workspace.writeFile("Pulumi.prod.yaml", medium);

	for (const command of back[1] ?? []) {
		const written = tierstack(workspace, typed(command));
		expect(written.code, `${command}\n${written.out}`).toBe(0);
	}
	workspace.account.advance(2);
	const preview = expectDone(await workspace.preview("prod"));
	show(`medium -> small, by ${(back[1] ?? []).map((command) => `\`${command}\``).join(", ")}:`, preview);
	const down = expectDone(await workspace.up("prod"));
	expect(changed(down)).toContain("update app-1");
	expect(changed(down).filter((each) => /^(replace|delete)/.test(each))).toEqual([]);
	expect(volume()).toBe(high);
	expect(cluster()).not.toBe(bigger);
	expect(changed(expectDone(await workspace.up("prod")))).toEqual([]);

	const record = (
		await workspace.run(["stack", "output", "tierstack", "--show-secrets", "--stack", "prod"])
	).output.trim();
	expect(unpackRecord(record).blueprint.tier).toBe("small");
	expect(existsSync(join(workspace.folder, "tierstack.prod.lock.json"))).toBe(true);
	expect(JSON.parse(readFileSync(join(workspace.folder, "tierstack.prod.lock.json"), "utf8")).for.tier).toBe("small");
	// The acceptances of the way up are gone, those of the way back are there.
	expect(stackFile()).not.toContain("to: medium");
	expect(stackFile()).toContain("from: medium");
});

test("a size changed at the console is kept by the pin that the preview offers, and no update sets it back", async () => {
	const workspace = new Workspace();
	moveIn(workspace);
	await workspace.createStack("prod");
	// What follows restarts the services once: the larger machine gives them more memory.
	const tolerant = "config:\n  tierstack:tolerate: { downtimeMinutes: 30, monthlyUsd: 100 }";
	workspace.writeFile("Pulumi.prod.yaml", workspace.readStackFile("prod").replace("config:", tolerant));
	expectDone(await workspace.up("prod"));
	workspace.account.advance(2);
	workspace.account.atTheConsole("Droplet", { size: "s-8vcpu-16gb" });
	const view = () => {
		const { code, out } = tierstack(workspace, ["preview", "prod", "--engine", "--json"]);
		expect(code, out).toBe(0);
		return JSON.parse(out);
	};

	// The state does not know of it yet: it is drift, and the files ask for nothing.
	const unseen = view();
	expect([unseen.changes.verdict, unseen.drift.length]).toEqual(["none", 1]);
	const offered = [expect.stringMatching(/^tierstack pin prod app\.sku=s-8vcpu-16gb --until \S+ --accept skip-tier$/)];
	expect(unseen.keep).toEqual(offered);

	// Once the state knows, an update would make it smaller: the pin is what is proposed first.
	expectDone(await workspace.refresh("prod"));
	const seen = view();
	expect(seen.changes.changes.map(({ name }: { name: string }) => name)).toContain("app-1");
	expect(seen.keep).toEqual(offered);
	expect(seen.changes.next).toMatch(/^tierstack pin prod app\.sku=.*; to set it back instead: /);
	for (const command of seen.keep) {
		const written = tierstack(workspace, typed(command));
		expect(written.code, written.out).toBe(0);
	}
	expect(view().keep).toEqual([]);
	const up = expectDone(await workspace.up("prod"));
	expect(changed(up).filter((each) => each.endsWith(" app-1"))).toEqual([]);
	expect(workspace.account.resources("Droplet")[0]?.state.size).toBe("s-8vcpu-16gb");
}, 600_000);
