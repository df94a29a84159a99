// After an `up`: predicted beside done, minutes down beside the predicted range, cost, and the rows of the impact
// catalogue that were wrong. Posted on the pull request that brought the commit, also when the `up` failed.
import { differences, doneOperations } from "./changes.mjs";
import { cell, nameOf, table } from "./markdown.mjs";
import { pullRequestOfCommit } from "./pullRequests.mjs";
import { apiFromEnvironment, main, readIfThere, setting, summarise } from "./runtime.mjs";
import { postSticky } from "./stickyComment.mjs";

const OPS = ["create", "update", "replace", "delete"];

await main(async () => {
	const stack = setting("STACK");
	const body = text(stack, {
		outcome: setting("OUTCOME"),
		predicted: JSON.parse(readIfThere(setting("DEPLOYED_FILE")) ?? "{}").changes ?? null,
		log: readIfThere(setting("EVENTS_FILE")),
		uptime: JSON.parse(readIfThere(setting("UPTIME_FILE")) ?? "null"),
		runUrl: setting("RUN_URL"),
	});
	summarise(body);
	const api = apiFromEnvironment();
	const pullRequest = await pullRequestOfCommit(api, setting("COMMIT_SHA"));
	if (pullRequest === null) {
		console.log("no pull request brought this commit: the run's page has the report");
		return;
	}
	const posted = await postSticky(api, {
		pullRequest: pullRequest.number,
		author: setting("COMMENT_AUTHOR", "github-actions[bot]"),
		body,
		key: `up-${stack}`,
		run: Number(setting("RUN_NUMBER")),
		attempt: Number(setting("RUN_ATTEMPT")),
	});
	console.log(`pull request ${pullRequest.number}: ${posted}`);
});

function text(stack, { outcome, predicted, log, uptime, runUrl }) {
	if (predicted === null || log === null) {
		return `### ${sign(outcome)} ${cell(stack)} was not changed (${outcome})\n\nThe run says why: ${runUrl}\n`;
	}
	const operations = doneOperations(log);
	const different = differences(predicted, operations);
	const count = (ops) => OPS.map((op) => ops.filter((each) => each === op).length);
	const [told, done] = [count(predicted.changes.map(({ op }) => op)), count([...operations.done.values()])];
	const rows = [
		[
			"operations",
			OPS.map((op, index) => `${told[index]} ${op}`).join(", "),
			OPS.map((op, index) => `${done[index]} ${op}`).join(", "),
		],
		["minutes down", minutes(predicted.downtime), measured(uptime)],
		["cost a month", cost(predicted.cost), "at list prices, as predicted"],
	];
	const failed = [...operations.failed].map((urn) => `- ${cell(nameOf(urn))} failed`);
	return [
		`### ${sign(outcome)} ${cell(stack)}: ${outcome === "success" ? "applied" : `not applied to its end (${outcome})`}`,
		table(["", "predicted", "done"], rows),
		failed.join("\n"),
		corrections(different, predicted.downtime, uptime),
		`[The run](${runUrl})`,
	]
		.filter((part) => part !== "")
		.join("\n\n");
}

function sign(outcome) {
	return outcome === "success" ? "🟢" : "🔴";
}

function minutes({ class: word, minutes: range }) {
	if (word === "none" || word === "rolling") return "0";
	return range === null ? "not known" : `${range[0]} to ${range[1]}`;
}

function measured(uptime) {
	if (uptime === null || uptime.downMinutes === null) return "not measured";
	return `${uptime.downMinutes.toFixed(1)} (asked once a second)`;
}

function cost({ before, after, delta }) {
	const usd = (amount) => (amount === null ? "not known" : `${amount.toFixed(2)} USD`);
	return `${usd(before)} to ${usd(after)} (${usd(delta)})`;
}

/** What the impact catalogue got wrong, ready to be corrected. */
function corrections(different, downtime, uptime) {
	const rows = different.map(({ urn, change, was, is }) => [
		cell(change?.type ?? urn.split("::").at(-2) ?? ""),
		cell(nameOf(urn)),
		cell((change?.props ?? []).map(({ path }) => path).join(", ")),
		was,
		is,
	]);
	const down = uptime?.downMinutes ?? null;
	const range = downtime.class === "none" || downtime.class === "rolling" ? [0, 0] : downtime.minutes;
	const outside = down !== null && range !== null && (down > range[1] || down < range[0]);
	if (rows.length === 0 && !outside) return "";
	return [
		"**Impact rows to correct**",
		rows.length === 0 ? "" : table(["type", "resource", "properties", "predicted", "done"], rows),
		outside ? `Down ${down.toFixed(1)} minutes, predicted ${range[0]} to ${range[1]}.` : "",
	]
		.filter((part) => part !== "")
		.join("\n\n");
}
