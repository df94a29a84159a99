import { beforeEach, describe, expect, it } from "vitest";
import type { ChangeSet } from "../../../src/changes/changeSet.ts";
import { renderJson } from "../../../src/render/json.ts";
import { blueprint, change, changeSet } from "../../render/builders.ts";
import { EmulatedGithub } from "./emulatedGithub.ts";
import { folderWith, runScript } from "./runScript.ts";

const clean = changeSet({ stack: "prod", changes: [], verdict: "none" });
const drifted = changeSet({
	stack: "prod",
	changes: [change({ props: [{ path: "size", old: "s-2vcpu-4gb", new: "s-1vcpu-2gb", replaces: "no" }] })],
});
const roomy = blueprint();
const full = blueprint({
	headroom: [{ role: "app", metric: "memoryGib", used: 3.7, capacity: 4, warnAt: 3, criticalAt: 3.6 }],
});

let github: EmulatedGithub;
beforeEach(async () => {
	github = await EmulatedGithub.start();
});

function night(changes: ChangeSet | null, size = roomy, settings: Readonly<Record<string, string>> = {}) {
	const seen = renderJson({ schema: "tierstack.preview/1", blueprint: size, changes, note: null });
	const folder = folderWith(changes === null ? {} : { "seen.json": seen });
	return runScript("driftIssue.mjs", {
		GITHUB_API_URL: github.url,
		STACK: "prod",
		DEPLOYED_FILE: `${folder}/seen.json`,
		MAIN_BRANCH: "main",
		RUN_NUMBER: "5",
		RUN_ATTEMPT: "1",
		RUN_URL: "https://github.example/run",
		...settings,
	});
}

describe("the nightly issue of a stack", () => {
	it("is not opened when all is well", async () => {
		const run = await night(clean);
		expect(run.code, run.output).toBe(0);
		expect(github.issues).toEqual([]);
		expect(run.summary).toContain("nothing drifted");
	});

	it("is opened on drift, edited the next night, closed when clean and opened again", async () => {
		expect((await night(drifted)).code).toBe(0);
		expect(github.issues).toHaveLength(1);
		expect(github.issues[0]).toMatchObject({ title: "prod: drifted", state: "open" });
		expect(github.issues[0]?.body).toContain("| <code>app-1</code> | update | applied | <code>size</code> |");
		expect(github.issues[0]?.body).toContain("tierstack pin");

		await night(drifted, full, { RUN_NUMBER: "6" });
		expect(github.issues).toHaveLength(1);
		expect(github.issues[0]?.body).toContain("run=6");
		expect(github.issues[0]?.body).toContain("**critical** (3.6)");

		await night(clean, roomy, { RUN_NUMBER: "7" });
		expect(github.issues[0]?.state).toBe("closed");
		await night(drifted, roomy, { RUN_NUMBER: "8" });
		expect(github.issues).toHaveLength(1);
		expect(github.issues[0]?.state).toBe("open");
	});

	it("says where room runs out, and opens the promotion once, as a draft", async () => {
		const branch = { PROMOTION_BRANCH: "tierstack/promote-prod" };
		await night(clean, full, branch);
		expect(github.issues[0]).toMatchObject({ title: "prod: room is running out" });
		expect(github.issues[0]?.body).toContain("The next tier is <code>small</code>, from 50 <code>clients</code>.");
		expect(github.pulls).toMatchObject([{ title: "Promote prod", draft: true, base: "main" }]);
		expect(github.issues[0]?.body).toContain(`The promotion is ready: #${github.pulls[0]?.number}`);
		await night(clean, full, { ...branch, RUN_NUMBER: "6" });
		expect(github.pulls).toHaveLength(1);
		expect(github.issues).toHaveLength(1);
	});

	it("tells when the look itself failed", async () => {
		await night(null);
		expect(github.issues[0]).toMatchObject({ title: "prod: could not be looked at" });
		expect(github.issues[0]?.body).toContain("https://github.example/run");
	});

	it("leaves other issues alone: another stack's, a person's with the same marker, a pull request", async () => {
		const marker = "<!-- tierstack:v1 key=drift-prod run=1 attempt=1 -->";
		const bot = { login: "github-actions[bot]" };
		const told = { title: "old", state: "open" as const, labels: [] };
		github.issues = [
			{ ...told, number: 1, user: { login: "somebody" }, body: marker },
			{ ...told, number: 2, user: bot, body: marker.replace("prod", "dev") },
			{ ...told, number: 3, user: bot, body: marker, pull_request: {} },
		];
		await night(drifted);
		expect(github.issues.map(({ title }) => title)).toEqual(["old", "old", "old", "prod: drifted"]);
	});
});
