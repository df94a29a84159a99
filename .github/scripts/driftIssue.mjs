// One issue a stack: drift and full capacity, edited in place, closed when clean, opened again when not.
import { cell, nameOf, table } from "./markdown.mjs";
import { isOf, readMarker, withPost } from "./marker.mjs";
import { apiFromEnvironment, main, readIfThere, setting, summarise } from "./runtime.mjs";

await main(async () => {
	const stack = setting("STACK");
	const api = apiFromEnvironment();
	const seen = JSON.parse(readIfThere(setting("DEPLOYED_FILE")) ?? "null");
	const parts =
		seen === null ? [failure()] : [drift(seen.changes), capacity(seen.blueprint), await promotion(api, stack)];
	const findings = parts.slice(0, 2).filter((part) => part !== "");
	const issue = await ownIssue(api, stack);
	if (findings.length === 0) {
		if (issue?.state === "open") await api.call("PATCH", `/issues/${issue.number}`, { body: { state: "closed" } });
		summarise(`### 🟢 ${cell(stack)}: nothing drifted, and there is room`);
		return;
	}
	const body = withPost(parts.filter((part) => part !== "").join("\n\n"), {
		key: `drift-${stack}`,
		run: Number(setting("RUN_NUMBER")),
		attempt: Number(setting("RUN_ATTEMPT")),
	});
	const title = `${stack}: ${seen === null ? "could not be looked at" : seen.changes.changes.length > 0 ? "drifted" : "room is running out"}`;
	summarise(body);
	if (issue === undefined) await api.call("POST", "/issues", { body: { title, body }, retry: false });
	else await api.call("PATCH", `/issues/${issue.number}`, { body: { title, body, state: "open" } });
});

function failure() {
	return `The nightly look at what is deployed did not come to an end: ${setting("RUN_URL")}`;
}

function drift({ changes }) {
	if (changes.length === 0) return "";
	const rows = changes.map(({ urn, op, outcome, props }) => [
		cell(nameOf(urn)),
		op,
		outcome,
		cell(props.map(({ path }) => path).join(", ")),
	]);
	const ways =
		"To keep what was changed by hand, write it into the stack file (`tierstack pin`); to take it back, run `pulumi up`.";
	return `**Not as the files say**: an \`up\` of the main branch would do this.\n\n${table(["resource", "what", "outcome", "properties"], rows)}\n\n${ways}`;
}

function capacity({ headroom, nextTier }) {
	const full = headroom.filter(({ used, warnAt }) => used >= warnAt);
	if (full.length === 0) return "";
	const rows = full.map(({ role, metric, used, capacity: most, warnAt, criticalAt }) => [
		role,
		cell(metric),
		String(used),
		String(most),
		used >= criticalAt ? `**critical** (${criticalAt})` : `warning (${warnAt})`,
	]);
	const next =
		nextTier === null
			? "This is the last tier."
			: `The next tier is ${cell(nextTier.tier)}, from ${nextTier.at} ${cell(nextTier.metric)}.`;
	return `**Near a limit**, by the workload in the stack file:\n\n${table(["role", "metric", "used", "capacity", "state"], rows)}\n\n${next}`;
}

/** The draft that moves the stack up, opened once for the branch a step before has pushed. */
async function promotion(api, stack) {
	const branch = setting("PROMOTION_BRANCH", "none");
	if (branch === "none") return "";
	const [owner] = api.repository.split("/");
	const [open] = await api.list(`/pulls?state=open&head=${encodeURIComponent(`${owner}:${branch}`)}`);
	if (open !== undefined) return `The promotion is ready: #${open.number}`;
	const body = `Moves ${cell(stack)} one tier up, as its workload asks. The preview below says what that does.`;
	const draft = { title: `Promote ${stack}`, head: branch, base: setting("MAIN_BRANCH"), body, draft: true };
	const made = await api.call("POST", "/pulls", { body: draft, retry: false });
	return `The promotion is ready: #${made.data().number}`;
}

async function ownIssue(api, stack) {
	const issues = await api.list("/issues?state=all&creator=github-actions%5Bbot%5D");
	const author = setting("COMMENT_AUTHOR", "github-actions[bot]");
	return issues
		.filter(({ user, pull_request: pullRequest }) => user?.login === author && pullRequest === undefined)
		.find(({ body }) => isOf(readMarker(body), `drift-${stack}`));
}
