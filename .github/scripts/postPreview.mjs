// Posts what the preview of a pull request wrote. Runs in a trusted job that never executes the pull request's code:
// everything but the text itself comes from GitHub, not from the artifact.
import { disarm } from "./disarm.mjs";
import { pullRequestOfHead } from "./pullRequests.mjs";
import { apiFromEnvironment, main, readIfThere, setting, summarise } from "./runtime.mjs";
import { postSticky } from "./stickyComment.mjs";

/** Longest text taken from an artifact: tierstack writes 60,000 bytes at most. */
const LONGEST_TEXT = 64_000;

await main(async () => {
	const api = apiFromEnvironment();
	const sha = setting("HEAD_SHA");
	const owner = setting("HEAD_OWNER");
	const pullRequest = await pullRequestOfHead(api, { owner, branch: setting("HEAD_BRANCH"), sha });
	if (pullRequest === null) {
		summarise(`No open pull request stands at ${sha}: a newer run will post, or it is closed.`);
		return;
	}
	const foreign = pullRequest.head.repo?.full_name !== api.repository;
	const body = textOf(readIfThere(setting("BODY_FILE")), foreign);
	const posted = await postSticky(api, {
		pullRequest: pullRequest.number,
		author: setting("COMMENT_AUTHOR", "github-actions[bot]"),
		body,
		key: "preview",
		run: Number(setting("RUN_NUMBER")),
		attempt: Number(setting("RUN_ATTEMPT")),
	});
	console.log(`pull request ${pullRequest.number}: ${posted}`);
	summarise(`Pull request ${pullRequest.number}: ${posted}.\n\n${body}`);
});

function textOf(written, foreign) {
	if (written === null || written.trim() === "" || written.length > LONGEST_TEXT) {
		const why = written !== null && written.length > LONGEST_TEXT ? "wrote too long a text" : "did not come to an end";
		return `### 🔴 The preview ${why}\n\nThe run (${setting("CONCLUSION", "unknown")}) says why: ${setting("RUN_URL")}\n`;
	}
	if (!foreign) return written;
	return `${disarm(written)}\nThis pull request comes from a fork: its own code wrote the text above.\n`;
}
