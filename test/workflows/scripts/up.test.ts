import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { ChangeSet } from "../../../src/changes/changeSet.ts";
import { renderJson } from "../../../src/render/json.ts";
import { change, changeSet } from "../../render/builders.ts";
import { growth, report, stackReport } from "../../render/pullRequest/reports.ts";
import { EmulatedGithub } from "./emulatedGithub.ts";
import { folderWith, runScript } from "./runScript.ts";

const grown = changeSet({ stack: "prod", ...growth });
const [resize = change()] = grown.changes;

const deployed = (changes: ChangeSet) =>
	renderJson({ schema: "tierstack.preview/1", blueprint: null, changes, note: null });

function check(now: ChangeSet, approved: ChangeSet | null = grown) {
	const folder = folderWith({
		"approved.json": renderJson(report(approved === null ? [] : [stackReport("prod", approved)])),
		"deployed.json": deployed(now),
	});
	return runScript("checkApproved.mjs", {
		STACK: "prod",
		APPROVED_FILE: `${folder}/approved.json`,
		DEPLOYED_FILE: `${folder}/deployed.json`,
	});
}

describe("an up, held against what was approved", () => {
	it("goes on when the same is to be done, or less", async () => {
		expect((await check(grown)).code).toBe(0);
		expect((await check(changeSet({ ...grown, changes: [] }))).code).toBe(0);
		const cheaper = changeSet({ ...grown, cost: { ...grown.cost, delta: -5 } });
		expect((await check(cheaper)).code).toBe(0);
	});

	const worse: readonly (readonly [string, Partial<typeof resize>, string])[] = [
		["longer down", { downtime: { ...resize.downtime, minutes: [1, 9] } }, "<code>restart 1-9 min</code>"],
		["down for nobody knows how long", { downtime: { ...resize.downtime, minutes: null } }, "time not known"],
		["a replacement", { op: "replace" }, "<code>replace</code>"],
		["data lost", { data: "lost" }, "<code>lost</code>"],
		["no way back", { undo: "no" }, "<code>no</code>"],
		["an opening", { security: "wider" }, "<code>wider</code>"],
	];

	it.each(worse)("stops at %s, and shows both sides", async (_what, told, shown) => {
		const run = await check(changeSet({ ...grown, changes: [{ ...resize, ...told }] }));
		expect(run.code).toBe(3);
		expect(run.summary).toContain("| resource | what | approved | now |");
		expect(run.summary).toContain(shown);
		expect(run.summary).toContain("<code>app-1</code>");
	});

	it("stops at a resource that nobody has seen, when touching it can hurt", async () => {
		const stranger = change({ name: "data", urn: "urn:pulumi:prod::tierstack::x::data", op: "delete", data: "lost" });
		const run = await check(changeSet({ ...grown, changes: [resize, stranger] }));
		expect(run.code).toBe(3);
		expect(run.summary).toContain("<code>not in it</code>");
		const harmless = change({ name: "tag", urn: "urn:pulumi:prod::tierstack::x::tag", op: "create" });
		expect((await check(changeSet({ ...grown, changes: [resize, harmless] }))).code).toBe(0);
	});

	it("stops when it costs more, is blocked, or was never approved", async () => {
		expect((await check(changeSet({ ...grown, cost: { ...grown.cost, delta: 40 } }))).code).toBe(3);
		expect((await check(changeSet({ ...grown, verdict: "blocked" }))).code).toBe(3);
		expect((await check(grown, null)).code).toBe(3);
	});

	it("fails when there is nothing to hold against it", async () => {
		const folder = folderWith({ "approved.json": "{}" });
		const run = await runScript("checkApproved.mjs", {
			STACK: "prod",
			APPROVED_FILE: `${folder}/approved.json`,
			DEPLOYED_FILE: `${folder}/none.json`,
		});
		expect(run.code).toBe(1);
		expect(run.output).toContain("no preview of prod");
	});
});

const event = (op: string, urn: string, failed = false) =>
	JSON.stringify({
		[failed ? "resOpFailedEvent" : "resOutputsEvent"]: { metadata: { op, urn, type: resize.type } },
	});

describe("the report after an up", () => {
	let github: EmulatedGithub;
	beforeEach(async () => {
		github = await EmulatedGithub.start();
		const merged = { number: 7, merged_at: "2026-08-22", head: { sha: "x", label: "acme:x", repo: null } };
		github.commits = { c0ffee: [merged] };
	});

	function tell(files: Readonly<Record<string, string>>, settings: Readonly<Record<string, string>> = {}) {
		const folder = folderWith(files);
		return runScript("reportUp.mjs", {
			GITHUB_API_URL: github.url,
			STACK: "prod",
			OUTCOME: "success",
			COMMIT_SHA: "c0ffee",
			DEPLOYED_FILE: `${folder}/deployed.json`,
			EVENTS_FILE: `${folder}/events.json`,
			UPTIME_FILE: `${folder}/uptime.json`,
			RUN_NUMBER: "5",
			RUN_ATTEMPT: "1",
			RUN_URL: "https://github.example/run",
			...settings,
		});
	}

	it("says what was predicted and what was done, on the pull request that brought the commit", async () => {
		const uptime = JSON.stringify({ url: "x", answered: true, downMinutes: 1.5 });
		const run = await tell({
			"deployed.json": deployed(grown),
			"events.json": event("update", resize.urn),
			"uptime.json": uptime,
		});
		expect(run.code, run.output).toBe(0);
		const [{ body = "" } = {}] = github.comments;
		expect(body).toContain("<!-- tierstack:v1 key=up-prod run=5 attempt=1 -->");
		expect(body).toContain("<code>prod</code>: applied");
		expect(body).toContain(
			"| operations | 0 create, 1 update, 0 replace, 0 delete | 0 create, 1 update, 0 replace, 0 delete |",
		);
		expect(body).toContain("| minutes down | 1 to 3 | 1.5 (asked once a second) |");
		expect(body).not.toContain("Impact rows to correct");
	});

	it("lists what was foretold wrongly, and minutes out of range", async () => {
		const log = [
			event("create-replacement", resize.urn),
			event("delete-replaced", resize.urn),
			event("create", "a::b::t:x:X::extra"),
		];
		const uptime = JSON.stringify({ url: "x", answered: true, downMinutes: 12 });
		await tell({ "deployed.json": deployed(grown), "events.json": log.join("\n"), "uptime.json": uptime });
		const [{ body = "" } = {}] = github.comments;
		expect(body).toContain("**Impact rows to correct**");
		expect(body).toMatch(/<code>app-1<\/code> \| <code>size<\/code> \| update \| replace \|/);
		expect(body).toMatch(/<code>extra<\/code> \| .* \| same \| create \|/);
		expect(body).toContain("Down 12.0 minutes, predicted 1 to 3.");
	});

	it("tells of a failure, of a stop before anything was touched, and edits in place", async () => {
		await tell(
			{ "deployed.json": deployed(grown), "events.json": event("update", resize.urn, true) },
			{ OUTCOME: "failure" },
		);
		expect(github.comments[0]?.body).toContain("not applied to its end (failure)");
		expect(github.comments[0]?.body).toContain("<code>app-1</code> failed");
		expect(github.comments[0]?.body).toContain("not measured");
		await tell({}, { OUTCOME: "not applied", RUN_NUMBER: "6" });
		expect(github.comments).toHaveLength(1);
		expect(github.comments[0]?.body).toContain("was not changed (not applied)");
	});

	it("is content with the run's page when no pull request brought the commit", async () => {
		github.commits = {};
		const run = await tell({ "deployed.json": deployed(grown), "events.json": "" });
		expect(run.code).toBe(0);
		expect(github.comments).toEqual([]);
		expect(run.summary).toContain("<code>prod</code>: applied");
	});
});

describe("the watch over an address", () => {
	it("adds up the time without an answer, and only after there was one", async () => {
		let broken = false;
		const answers: number[] = [];
		const server = createServer((_request, response) => {
			response.statusCode = broken ? 502 : 200;
			answers.push(response.statusCode);
			response.end();
		});
		const answered = async (code: number) => {
			const before = answers.length;
			while (!answers.slice(before).includes(code)) await wait(5);
		};
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		onTestFinished(() => void server.close());
		const address = server.address();
		const port = address !== null && typeof address !== "string" ? address.port : 0;
		const folder = folderWith({});
		const settings = { WATCH_EVERY_MS: "20", STOP_FILE: `${folder}/stop`, OUT_FILE: `${folder}/out.json` };
		const watching = runScript("watchUptime.mjs", { ...settings, WATCH_URL: `http://127.0.0.1:${port}/health` });
		await answered(200);
		const since = Date.now();
		broken = true;
		await answered(502);
		await wait(600);
		broken = false;
		await answered(200);
		// The next one is asked for once this one is seen.
		await answered(200);
		const seconds = (Date.now() - since) / 1000;
		writeFileSync(`${folder}/stop`, "");
		expect((await watching).code).toBe(0);
		const seen = JSON.parse(readFileSync(`${folder}/out.json`, "utf8"));
		expect(seen.answered).toBe(true);
		expect(seen.downMinutes * 60).toBeGreaterThan(0.4);
		expect(seen.downMinutes * 60).toBeLessThan(seconds + 1);

		const silent = folderWith({ stop: "" });
		const none = { STOP_FILE: `${silent}/stop`, OUT_FILE: `${silent}/out.json`, WATCH_URL: "http://127.0.0.1:9/" };
		expect((await runScript("watchUptime.mjs", none)).code).toBe(0);
		expect(JSON.parse(readFileSync(`${silent}/out.json`, "utf8")).downMinutes).toBeNull();
	});
});
