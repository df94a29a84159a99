import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const PROJECT = resolve(import.meta.dirname, "../../..");
const FOLDER = join(PROJECT, ".github/workflows");

const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const concurrency = z.object({ group: z.string(), "cancel-in-progress": z.boolean() });
const job = z.object({ permissions, concurrency: concurrency.optional(), "timeout-minutes": z.number() });
const workflow = z.object({
	permissions,
	concurrency: concurrency.optional(),
	on: z.unknown(),
	jobs: z.record(z.string(), job),
});

const files = readdirSync(FOLDER).map((name) => {
	const text = readFileSync(join(FOLDER, name), "utf8");
	return { name, text, told: workflow.parse(parse(text)) };
});

const file = (name: string) => {
	const found = files.find((each) => each.name === name);
	if (found === undefined) throw new Error(`there is no ${name}`);
	return found;
};

const uses = files.flatMap(({ name, text }) =>
	[...text.matchAll(/uses: (.*)/g)].map(([, written = ""]) => ({ name, written })),
);

describe("every workflow", () => {
	it.each(uses)("$name takes $written by its full commit, with the version beside it", ({ written }) => {
		expect(written).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it("takes an action in one version everywhere", () => {
		const versions = new Map(uses.map(({ written }) => [written.split("@")[0], written]));
		expect(uses.filter(({ written }) => versions.get(written.split("@")[0]) !== written)).toEqual([]);
	});

	it.each(files)("$name starts without any right, gives each job its own, and ends in time", ({ told }) => {
		expect(told.permissions).toEqual({});
		for (const each of Object.values(told.jobs)) expect(each["timeout-minutes"]).toBeLessThanOrEqual(120);
	});

	it.each(files)("$name never leaves the token in the checkout, nor puts an expression into a shell", ({ text }) => {
		expect(text.split("actions/checkout@")).toHaveLength(text.split("persist-credentials: false").length);
		const shells = [...text.matchAll(/^( *)run:([^\n]*(?:\n\1 [^\n]*)*)/gm)].map(([, , body]) => body);
		expect(shells.filter((body) => body?.includes("${{"))).toEqual([]);
	});

	it.each(files)("$name calls scripts that exist", ({ text }) => {
		const called = [...text.matchAll(/\.github\/scripts\/\w+\.mjs/g)].map(([path]) => path);
		expect(called.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
	});
});

describe("what each may do", () => {
	const rights = (name: string) =>
		Object.fromEntries(Object.entries(file(name).told.jobs).map(([id, each]) => [id, each.permissions]));

	it("preview.yml runs a stranger's code: it reads, and holds no secret", () => {
		expect(file("preview.yml").text).not.toMatch(/secrets\.|pull_request_target/);
		expect(rights("preview.yml")).toEqual({
			model: { contents: "read" },
			engine: { contents: "read", "id-token": "write" },
		});
		expect(file("preview.yml").text).toContain("github.event.pull_request.head.repo.full_name == github.repository");
	});

	it("comment.yml may write, and runs nothing of the pull request", () => {
		const { text } = file("comment.yml");
		expect(rights("comment.yml")).toEqual({
			comment: { contents: "read", actions: "read", "pull-requests": "write" },
		});
		expect(text).not.toMatch(/npm|boot\.cjs|ref: \$\{\{ github\.event\.workflow_run/);
	});

	it("up.yml applies one stack at a time and never cancels it; the job with credentials cannot write to GitHub", () => {
		const { up, report } = file("up.yml").told.jobs;
		expect(up?.concurrency).toEqual({ group: `tierstack-up-\${{ matrix.stack }}`, "cancel-in-progress": false });
		expect(file("up.yml").told.concurrency).toBeUndefined();
		expect(up?.permissions).toEqual({ contents: "read", "id-token": "write" });
		expect(report?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
		expect(file("up.yml").text).toContain(`environment: \${{ matrix.stack }}`);
	});

	it("drift.yml looks with credentials and tells without them", () => {
		const { look, tell } = rights("drift.yml");
		expect(look).toEqual({ contents: "read", "id-token": "write" });
		expect(tell).toEqual({ contents: "write", issues: "write", "pull-requests": "write" });
		const [, telling = ""] = file("drift.yml").text.split("\n  tell:");
		expect(telling).not.toContain("secrets.");
	});

	it("test.yml tests every Node the project supports", () => {
		expect(file("test.yml").text).toContain("node: [20, 22, 24]");
	});
});
