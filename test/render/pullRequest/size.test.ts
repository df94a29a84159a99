import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../../src/changes/changeSet.ts";
import { renderPullRequest } from "../../../src/render/pullRequest/document.ts";
import type { PullRequestReport } from "../../../src/render/pullRequest/report.ts";
import { change } from "../builders.ts";
import { growth, report, stackReport } from "./reports.ts";

const LIMIT = 60_000;

/** Stacks that all differ, each with so many changes whose values are so long. */
function large(stacks: number, changes: number, letters: number, letter: string): PullRequestReport {
	const value = letter.repeat(letters);
	const set = (index: number): Partial<ChangeSet> => ({
		...growth,
		verdict: index % 5 === 0 ? "blocked" : index % 2 === 0 ? "safe" : "needs-acceptance",
		hash: String(index).padStart(64, "0"),
		changes: Array.from({ length: changes }, (_, each) =>
			change({
				name: `worker-${index}-${each}-${value.slice(0, 40)}`,
				op: each % 3 === 0 ? "replace" : "update",
				outcome: each % 3 === 0 ? "replaced" : "applied",
				props: [{ path: `tags[${each}]`, old: value, new: `${value}.`, replaces: "no" }],
				undoWhy: value,
			}),
		),
	});
	return report(
		Array.from({ length: stacks }, (_, index) => stackReport(`eu-${index}`, set(index), [`note ${index}`])),
	);
}

/** Whatever is open is closed, and every table has the same edges in all its rows: no text brings edges of its own. */
function expectWhole(document: string): void {
	expect(document.split("<details>").length).toBe(document.split("</details>").length);
	const tables = document.split("\n\n").filter((block) => block.startsWith("|"));
	for (const table of tables) {
		const [head = "", ...rows] = table.trimEnd().split("\n");
		const edges = head.split("|").length;
		expect(
			rows.filter((row) => !row.startsWith("| ") || !row.endsWith(" |") || row.split("|").length !== edges),
		).toEqual([]);
	}
	const elsewhere = document.split("\n\n").filter((block) => !block.startsWith("|"));
	expect(elsewhere.filter((block) => block.includes("|"))).toEqual([]);
	expect(document.endsWith("drift does not show.\n")).toBe(true);
}

describe("the size of the document", () => {
	it("stays under 60,000 bytes and characters, whole, and says when something is left out", () => {
		const sizes = fc.tuple(
			fc.constantFrom(1, 7, 40, 230),
			fc.constantFrom(0, 2, 60, 150),
			fc.constantFrom(1, 90, 4000),
			fc.constantFrom("x", "ü", "🧨", "<", "`"),
		);
		fc.assert(
			fc.property(sizes, ([stacks, changes, letters, letter]) => {
				const document = renderPullRequest(large(stacks, Math.min(changes, 6_000 / stacks), letters, letter));
				expect(Buffer.byteLength(document, "utf8")).toBeLessThanOrEqual(LIMIT);
				expect(document.length).toBeLessThanOrEqual(LIMIT);
				const level = Number(/ level=(\d) -->/.exec(document)?.[1]);
				expect(document.includes("left out:")).toBe(level > 0);
				expectWhole(document);
			}),
			{ numRuns: 12, endOnFailure: true },
		);
	}, 60_000);

	it.each([60_000, 20_000, 6_000, 2_900])(
		"of 200 stacks that all differ fits into %i bytes, the worst first",
		(bytes) => {
			const document = renderPullRequest(large(200, 2, 30, "x"), bytes);
			expect(Buffer.byteLength(document)).toBeLessThanOrEqual(bytes);
			expect(document).toContain("### 🔴 Of 200 stacks 40 are blocked, 80 need acceptance, 80 are safe");
			expectWhole(document);
			const rows = document.match(/^\| (🔴|🟠|🟢) \|/gmu) ?? [];
			expect(
				rows.toSorted((left, right) => "🔴🟠🟢".indexOf(left[2] ?? "") - "🔴🟠🟢".indexOf(right[2] ?? "")),
			).toEqual(rows);
			const missing = Number(/^and (\d+) more stacks?, none worse/m.exec(document)?.[1] ?? 0);
			expect(rows.length + missing).toBe(200);
		},
	);
});
