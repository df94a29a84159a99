import { describe, expect, it } from "vitest";
import { renderPullRequest } from "../../../src/render/pullRequest/document.ts";
import type { PullRequestReport } from "../../../src/render/pullRequest/report.ts";
import { change } from "../builders.ts";
import { birth, busy, death, growth, nothing, report, stackReport, surprise } from "./reports.ts";

const region = (index: number) => `eu-${String(index + 1).padStart(3, "0")}`;
const broken = {
	stack: "qa",
	changeSet: null,
	error: [
		{
			file: "Pulumi.qa.yaml",
			line: 3,
			key: "tierstack:tier",
			message: 'unknown tier "smal", did you mean "small"? Allowed: starter, small',
		},
	],
	notes: [],
};

/** What reviewers read, file by file. */
const DOCUMENTS: Readonly<Record<string, PullRequestReport>> = {
	promotion: report([stackReport("prod", growth, ["The lock file is stale: run `tierstack promote prod --resize`."])]),
	everything: report([stackReport("prod", busy)]),
	"nothing-changes": report([stackReport("dev", nothing), stackReport("prod", nothing)]),
	"no-stack-touched": report([]),
	"new-deleted-broken": report([stackReport("shop-new", birth), stackReport("shop-old", death), broken]),
	"engine-surprise": report([stackReport("prod", surprise)]),
	"two-hundred-alike": report(
		Array.from({ length: 200 }, (_, index) =>
			index % 40 === 0 ? stackReport(region(index), busy) : stackReport(region(index), growth),
		),
		{ notes: ["tiers/shop.yaml changed, so every stack of the ladder is compared."] },
	),
};

describe("the document of a pull request", () => {
	it.each(Object.entries(DOCUMENTS))("reads as in golden/%s.md", async (name, told) => {
		await expect(renderPullRequest(told)).toMatchFileSnapshot(`golden/${name}.md`);
	});

	describe("gets shorter step by step", () => {
		const long = "A description that goes on, ".repeat(12);
		const growing = Array.from({ length: 8 }, (_, index) =>
			change({ name: `worker-${index + 1}`, outcome: "interrupts", data: "kept", undoWhy: long }),
		);
		const steps = ["the rows", "the images", "the old dumps"].map((what) => ({
			title: `Move ${what}`,
			why: "the host's volume is left behind",
			steps: ["stop the app", "run `tierstack doctor prod`", `copy ${what}`, "start the app again"],
		}));
		const changes = [...(busy.changes ?? []), ...growing];
		const told = report([stackReport("prod", { ...busy, changes, steps })]);

		it.each([
			["without-long-values", 1, 6_200],
			["summed-by-role", 2, 2_500],
			["only-risks", 3, 2_200],
			["only-verdicts", 4, 900],
		])("golden/%s.md is level %i", async (name, level, largestBytes) => {
			const text = renderPullRequest(told, largestBytes);
			expect(text).toContain(` level=${level} -->`);
			expect(Buffer.byteLength(text)).toBeLessThanOrEqual(largestBytes);
			await expect(text).toMatchFileSnapshot(`golden/${name}.md`);
		});
	});

	it("is the same for the same stacks in another order", () => {
		const told = DOCUMENTS["new-deleted-broken"] ?? report([]);
		expect(renderPullRequest({ ...told, stacks: told.stacks.toReversed() })).toBe(renderPullRequest(told));
	});
});
