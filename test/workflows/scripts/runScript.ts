import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const SCRIPTS = resolve(import.meta.dirname, "../../../.github/scripts");

export interface ScriptRun {
	readonly code: number | null;
	readonly output: string;
	/** What the script wrote for the page of the run. */
	readonly summary: string;
}

/** A folder of files for one test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-script-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	return folder;
}

/** Runs a script as a workflow does: settings in the environment, nothing else. */
export function runScript(name: string, settings: Readonly<Record<string, string>>): Promise<ScriptRun> {
	const summary = join(folderWith({ summary: "" }), "summary");
	const child = spawn(process.execPath, [join(SCRIPTS, name)], {
		env: {
			PATH: process.env.PATH,
			GITHUB_TOKEN: "emulated-token",
			GITHUB_REPOSITORY: "acme/shop",
			GITHUB_STEP_SUMMARY: summary,
			TIERSTACK_NO_PAUSE: "1",
			...settings,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
	return new Promise((done, fail) => {
		child.on("error", fail);
		child.on("close", (code) => done({ code, output, summary: readFileSync(summary, "utf8") }));
	});
}

/** One of the scripts' modules, for what is a pure function. */
export async function scriptModule<Exports>(name: string): Promise<Exports> {
	const loaded: Exports = await import(join(SCRIPTS, name));
	return loaded;
}
