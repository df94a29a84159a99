// What a script finds around it: settings from the environment, and the run's summary page.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { githubApi } from "./githubApi.mjs";

/** GitHub takes 1 MiB for a step's summary. */
const LONGEST_SUMMARY_BYTES = 1024 * 1024;

export function setting(name, byDefault) {
	const value = process.env[name];
	if (value !== undefined && value !== "") return value;
	if (byDefault === undefined) throw new Error(`${name} is not set`);
	return byDefault;
}

export function apiFromEnvironment() {
	return githubApi({
		url: setting("GITHUB_API_URL"),
		token: setting("GITHUB_TOKEN"),
		repository: setting("GITHUB_REPOSITORY"),
		...(process.env.TIERSTACK_NO_PAUSE === "1" ? { pause: async () => {} } : {}),
	});
}

export function readIfThere(file) {
	return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** Shows a text on the page of the run; one that is too long is named instead. */
export function summarise(text) {
	const file = process.env.GITHUB_STEP_SUMMARY;
	if (file === undefined || file === "") return;
	const fits = Buffer.byteLength(text) < LONGEST_SUMMARY_BYTES;
	appendFileSync(file, fits ? `${text}\n` : "The text is too long for this page; it is in the run's artifact.\n");
}

/** Runs a script's main function and ends the process with its answer; an error is one line, not a stack trace. */
export async function main(run) {
	try {
		process.exitCode = (await run()) ?? 0;
	} catch (error) {
		console.error(`::error::${String(error?.message ?? error).replace(/\r?\n/g, " ")}`);
		process.exitCode = 1;
	}
}
