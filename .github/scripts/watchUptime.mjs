// Asks an address every second until a file says stop, and writes how long it did not answer: the minutes down that
// the prediction is held against. Nothing but this job's own stack is asked, once a second, for an hour at most.
import { existsSync, writeFileSync } from "node:fs";
import { main, setting } from "./runtime.mjs";

const LONGEST_SECONDS = 3600;
const PATIENCE_MS = 5000;

await main(async () => {
	const url = setting("WATCH_URL");
	const every = Number(setting("WATCH_EVERY_MS", "1000"));
	const [stop, out] = [setting("STOP_FILE"), setting("OUT_FILE")];
	const started = Date.now();
	let [answered, failedSince, downMs] = [false, null, 0];
	while (!existsSync(stop) && Date.now() - started < LONGEST_SECONDS * 1000) {
		const asked = Date.now();
		if (await answers(url)) {
			if (failedSince !== null) downMs += asked - failedSince;
			[answered, failedSince] = [true, null];
		} else failedSince ??= asked;
		await new Promise((done) => setTimeout(done, every));
	}
	if (failedSince !== null) downMs += Date.now() - failedSince;
	// What never answered was not up before either: that is no downtime of this change.
	writeFileSync(out, JSON.stringify({ url, answered, downMinutes: answered ? downMs / 60_000 : null }));
});

async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: "manual" });
		return response.status < 500;
	} catch {
		return false;
	}
}
