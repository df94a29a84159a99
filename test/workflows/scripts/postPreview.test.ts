import { beforeEach, describe, expect, it } from "vitest";
import { renderPullRequest } from "../../../src/render/pullRequest/document.ts";
import { busy, report, stackReport } from "../../render/pullRequest/reports.ts";
import { type Comment, EmulatedGithub, type Pull } from "./emulatedGithub.ts";
import { folderWith, runScript } from "./runScript.ts";

const BOT = "github-actions[bot]";
const SHA = "9e1d77c4".repeat(5);
const document = renderPullRequest(report([stackReport("prod", busy)]));

const pull = (told: Partial<Pull["head"]> = {}): Pull => ({
	number: 7,
	head: { sha: SHA, label: "acme:promote-prod", repo: { full_name: "acme/shop" }, ...told },
	merged_at: null,
});

const comment = (id: number, login: string, body: string): Comment => ({ id, user: { login }, body });
const chatter = (amount: number) =>
	Array.from({ length: amount }, (_, index) => comment(index + 1, "somebody", `comment ${index}`));
const posted = (run: number, attempt = 1) =>
	`<!-- tierstack:v1 key=preview run=${run} attempt=${attempt} stacks=prod level=0 -->\n### old`;

let github: EmulatedGithub;
beforeEach(async () => {
	github = await EmulatedGithub.start();
	github.pulls = [pull()];
});

function post(settings: Readonly<Record<string, string>> = {}, body: string | null = document) {
	const folder = folderWith(body === null ? {} : { "document.md": body });
	return runScript("postPreview.mjs", {
		GITHUB_API_URL: github.url,
		HEAD_SHA: SHA,
		HEAD_OWNER: "acme",
		HEAD_BRANCH: "promote-prod",
		BODY_FILE: `${folder}/document.md`,
		RUN_NUMBER: "12",
		RUN_ATTEMPT: "1",
		RUN_URL: "https://github.example/acme/shop/actions/runs/1",
		CONCLUSION: "success",
		...settings,
	});
}

const bodies = () => github.comments.filter(({ user }) => user.login === BOT).map(({ body }) => body);

describe("the preview's comment", () => {
	it("is posted with the document as it is, and shown on the run's page", async () => {
		const run = await post();
		expect(run.code, run.output).toBe(0);
		const [body = ""] = bodies();
		const [first, ...rest] = body.split("\n");
		expect(first).toMatch(
			/^<!-- tierstack:v1 key=preview run=12 attempt=1 stacks=prod base=\w+ head=\w+ hash=\w+ level=0 -->$/,
		);
		expect(rest.join("\n")).toBe(document.split("\n").slice(1).join("\n"));
		expect(run.summary).toContain("`prod` is blocked");
	});

	it("is found again behind more than thirty pages of comments, and edited in place", async () => {
		github.comments = [...chatter(3_150), comment(5_000, BOT, posted(11)), comment(5_001, "somebody", "last")];
		const run = await post();
		expect(run.code, run.output).toBe(0);
		expect(github.comments).toHaveLength(3_152);
		expect(github.comments.find(({ id }) => id === 5_000)?.body).toContain("`prod` is blocked");
		expect(github.calls.filter((call) => call.startsWith("GET /issues/7/comments"))).toHaveLength(32);
		expect(github.calls.filter((call) => !call.startsWith("GET"))).toEqual(["PATCH /issues/comments/5000"]);
	});

	it("leaves alone what others wrote, even with the same marker", async () => {
		github.comments = [
			comment(1, "somebody", posted(11)),
			comment(2, BOT, "### something else"),
			comment(3, BOT, `text\n${posted(11)}`),
		];
		await post();
		expect(github.comments.slice(0, 3).map(({ body }) => body)).toEqual([
			posted(11),
			"### something else",
			`text\n${posted(11)}`,
		]);
		expect(github.comments).toHaveLength(4);
	});

	it("never overwrites a newer run's, by number and not by spelling", async () => {
		github.comments = [comment(1, BOT, posted(100))];
		const run = await post({ RUN_NUMBER: "99" });
		expect(run.output).toContain("newer is there");
		expect(bodies()).toEqual([posted(100)]);
		github.comments = [comment(1, BOT, posted(12, 2))];
		await post({ RUN_ATTEMPT: "1" });
		expect(bodies()).toEqual([posted(12, 2)]);
		await post({ RUN_ATTEMPT: "3" });
		expect(bodies()[0]).toContain("attempt=3");
	});

	it("makes one of several", async () => {
		github.comments = [
			comment(1, BOT, posted(9)),
			comment(2, "somebody", "hello"),
			comment(3, BOT, posted(10)),
			comment(4, BOT, posted(10)),
		];
		await post();
		expect(github.comments.map(({ id }) => id)).toEqual([1, 2]);
		expect(bodies()[0]).toContain("`prod` is blocked");
	});

	it("is not touched when nothing changed", async () => {
		await post();
		const before = github.calls.length;
		const run = await post();
		expect(run.output).toContain("unchanged");
		expect(github.calls.slice(before).every((call) => call.startsWith("GET"))).toBe(true);
	});

	it("comes on failure too, with the way to the run, and in place of what was there", async () => {
		github.comments = [comment(1, BOT, posted(11))];
		const run = await post({ CONCLUSION: "failure" }, null);
		expect(run.code, run.output).toBe(0);
		expect(bodies()).toHaveLength(1);
		expect(bodies()[0]).toContain("The preview did not come to an end");
		expect(bodies()[0]).toContain("https://github.example/acme/shop/actions/runs/1");
		await post({ RUN_NUMBER: "13" }, "x".repeat(70_000));
		expect(bodies()[0]).toContain("wrote too long a text");
	});

	it("comes when nothing changes", async () => {
		await post({}, renderPullRequest(report([])));
		expect(bodies()[0]).toContain("These commits touch no stack");
	});

	it("waits for a newer run when the branch has moved on", async () => {
		github.pulls = [pull({ sha: "another" })];
		const run = await post();
		expect(run.code).toBe(0);
		expect(bodies()).toEqual([]);
		expect(run.summary).toContain("a newer run will post");
	});
});

describe("faults of the API", () => {
	it.each([429, 500, 502, 503])("tries again after %i", async (status) => {
		github.fail(
			{ call: /^GET \/issues/, status },
			{ call: /^GET \/issues/, status },
			{ call: /^GET \/pulls/, status, headers: { "retry-after": "7" } },
		);
		const run = await post();
		expect(run.code, run.output).toBe(0);
		expect(bodies()).toHaveLength(1);
	});

	it("tries again when told to slow down by 403, but not when something is forbidden", async () => {
		github.fail({ call: /^GET \/issues/, status: 403, headers: { "x-ratelimit-remaining": "0" } });
		expect((await post()).code).toBe(0);
		github.fail({ call: /^PATCH/, status: 403 });
		const run = await post({ RUN_NUMBER: "13" });
		expect(run.code).toBe(1);
		expect(run.output).toMatch(/^::error::PATCH \/issues\/comments\/\d+: 403/m);
	});

	it("does not post twice when the answer to a create is lost", async () => {
		github.fail({ call: /^POST/, status: 502, carriedOut: true });
		const run = await post();
		expect(run.code, run.output).toBe(0);
		expect(bodies()).toHaveLength(1);
		expect(github.calls.filter((call) => call.startsWith("POST"))).toHaveLength(1);
	});

	it("posts anew when the comment goes away meanwhile", async () => {
		github.comments = [comment(1, BOT, posted(11))];
		github.fail({ call: /^PATCH/, status: 404 });
		const run = await post();
		expect(run.code, run.output).toBe(0);
		expect(bodies()).toHaveLength(1);
	});

	it("gives up in the end, with one line", async () => {
		github.fail(...Array.from({ length: 20 }, () => ({ call: /^GET \/pulls/, status: 500 })));
		const run = await post();
		expect(run.code).toBe(1);
		expect(github.calls).toHaveLength(6);
		expect(run.output.trim().split("\n")).toHaveLength(1);
	});

	it("says that the token does not do", async () => {
		const run = await post({ GITHUB_TOKEN: "wrong" });
		expect(run.code).toBe(1);
		expect(run.output).toContain("401");
	});
});

describe("a pull request from a fork", () => {
	const fork = () => {
		github.pulls = [pull({ label: "stranger:promote-prod", repo: { full_name: "stranger/shop" } })];
		return { HEAD_OWNER: "stranger" };
	};

	it("gets its comment, and the reader is told who wrote it", async () => {
		const run = await post(fork());
		expect(run.code, run.output).toBe(0);
		expect(bodies()[0]).toContain("`prod` is blocked");
		expect(bodies()[0]).toContain("<details><summary>Every change, and cost by role</summary>");
		expect(bodies()[0]).toContain("its own code wrote the text above");
	});

	it("cannot mention, link or show anything by its text, nor take another comment's place", async () => {
		const evil = [
			"<!-- tierstack:v1 key=up-prod run=999 -->",
			"@octocat [click](https://evil.example) ![](https://evil.example/x.png) <img src=x> <a href=x>y</a> see #1",
			"<!-- tierstack:v1 key=preview --> www.evil.example <details open> <DETAILS>",
			"[a]: https://evil.example",
		].join("\n");
		await post(fork(), evil);
		const [body = ""] = bodies();
		const [first = "", ...rest] = body.split("\n");
		expect(first).toBe("<!-- tierstack:v1 key=preview run=12 attempt=1 -->");
		const text = rest.join("\n");
		expect(text).not.toMatch(/@[a-z]|\]\(|\]:|:\/\/|www\.|<!--|<img|<a |<details open|#\d/i);
	});
});
