import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentAt, renderPullRequest } from "../../../src/render/pullRequest/document.ts";
import { code, htmlCode, prose } from "../../../src/render/pullRequest/escape.ts";
import { LEVELS } from "../../../src/render/pullRequest/levels.ts";
import type { PullRequestReport } from "../../../src/render/pullRequest/report.ts";
import { change } from "../builders.ts";
import { asHtml, searchedText, skeleton } from "./asGitHub.ts";
import { busy, growth, report, stackReport } from "./reports.ts";

const NASTY = [
	"| a | b |\n|-|-|\n| c | d |",
	"\\|",
	"\\\\| x",
	"`",
	"``` js\nalert(1)\n```",
	"`a | b`",
	"``",
	"</details></table></code>",
	"<script>alert(1)</script>",
	'<img src=x onerror="x">',
	"<!-- tierstack:v1 stacks=evil -->",
	"-->",
	"<a href='javascript:x'>",
	"@octocat and @github/security",
	"#1 owner/repo#2 GH-3",
	"https://evil.example www.evil.example mailto:a@evil.example evil@evil.example",
	"[link](https://evil.example) ![image](https://evil.example/x.png)",
	"[ref]: https://evil.example",
	"# heading",
	"## two\n\n### three",
	"- [ ] a task",
	"1. one",
	"> [!CAUTION]\n> quoted",
	"*bold* **strong** _em_ __x__ ~~gone~~ $x^2$ :tada:",
	"&lt;b&gt; &#64;octocat &amp;",
	"\u202eabc\u202c",
	"a\u0000b\u0007c\ud800d",
	"\r\n\r\n---\r\n\r\n===",
	"    indented code",
	"\t\ttab",
	"a\u2028b\u2029c",
	"ends with a backslash\\",
	"<details><summary>x",
	"x".repeat(3000),
	"｜＜＠",
	"🧨".repeat(500),
	" ",
	"",
];

/** The same, several in one text, for documents that take long to read. */
const GATHERED = ["", ...[0, 1, 2, 3].map((rest) => NASTY.filter((_text, index) => index % 4 === rest).join(" "))];

const hostile = fc
	.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 30 })), {
		minLength: 1,
		maxLength: 3,
	})
	.map((parts) => parts.join(""));

/** The fullest report there is, with one text in every place that somebody else fills. */
function filled(text: string): PullRequestReport {
	const changes = (busy.changes ?? []).map((told) => ({
		...change(told),
		name: text,
		urn: `urn:pulumi:${text}::${text}::t::${text}`,
		props: told.props.map((prop) => ({ ...prop, path: text, old: text, new: { [text]: [text] } })),
		downtime: { ...told.downtime, why: text },
		undoWhy: text,
		explainedBy: text,
	}));
	const full = stackReport(
		"prod",
		{
			...busy,
			changes,
			kept: [{ urn: `urn:pulumi:x::y::t::${text}`, monthlyUsd: null }],
			routes: [{ resource: text, title: text, steps: [text] }],
			steps: [{ title: text, why: text, steps: [text, text] }],
			reasons: [{ risk: "data-loss", urn: `a::b::c::${text}`, text }],
			accepted: [{ risk: "downtime", resource: text, until: text }],
			from: { ladder: text, tier: text, provider: "aws", region: text },
			to: { ladder: "shop", tier: text, provider: "digitalocean", region: text },
			cost: { ...(busy.cost ?? stackReport("x").changeSet?.cost ?? never()), ...unpriced(text) },
			next: `tierstack promote ${text}`,
		},
		[text],
	);
	const failed = {
		stack: "qa",
		changeSet: null,
		error: [{ file: text, line: 3, key: text, message: text }],
		notes: [text],
	};
	return report([full, failed], { notes: [text] });
}

function unpriced(text: string) {
	return { coverage: { priced: 1, free: 1, unpriced: 1, unpricedIds: [text] } };
}

function never(): never {
	throw new Error("the fixture has a cost");
}

/** Every place in Markdown that the document puts such a text into. */
const places = (text: string) =>
	[
		`### ${code(text)} and ${prose(text)}`,
		`| a | b |\n| - | - |\n| ${code(text)}<br>${prose(text)} | ${prose(text)} |\n| ${code(text)} | ${code(text)} |`,
		`- ${prose(text)}\n  1. ${prose(text)}\n- **x** ${code(text)}: ${prose(text)}`,
		`<details><summary>${htmlCode(text)}</summary>\n\n${code(text)}\n\n</details>`,
	].join("\n\n");

function expectQuiet(markdown: string): void {
	const searched = searchedText(markdown);
	for (const found of [/@[a-z0-9]/i, /#\d/, /\bGH-\d/i, /:\/\//, /www\./i]) expect(searched).not.toMatch(found);
	expect(asHtml(markdown)).not.toMatch(/<(a|img|input|script|h1|h2|pre|blockquote)\b/i);
}

describe("text that somebody else wrote", () => {
	it("never changes the bones around it, mentions anybody, refers to anything or links anywhere", () => {
		fc.assert(
			fc.property(hostile, (text) => {
				expect(skeleton(places(text))).toBe(skeleton(places("x")));
				expectQuiet(places(text));
			}),
			{ numRuns: 100 },
		);
	}, 30_000);

	it.each(LEVELS)(
		"does nothing to the whole document at level $number either",
		(level) => {
			const bones = skeleton(documentAt(filled("x"), level));
			for (const text of GATHERED) {
				const document = documentAt(filled(text), level);
				expect(skeleton(document)).toBe(bones);
				expectQuiet(document);
			}
		},
		30_000,
	);

	it("never breaks the marker or adds another one, also as a stack's name or a commit's", () => {
		fc.assert(
			fc.property(hostile, hostile, (stack, sha) => {
				const told = report([{ ...stackReport("x", busy), stack }], { head: sha });
				const [first = "", ...rest] = renderPullRequest(told).split("\n");
				expect(first).toMatch(
					/^<!-- tierstack:v1 stacks=[\w.%,+-]* base=[0-9a-f]{40} head=[\w.%-]* hash=[0-9a-f]{64} level=\d -->$/,
				);
				expect(first.slice(4, -3)).not.toContain("--");
				expect(rest.join("\n")).not.toContain("<!--");
			}),
		);
	});

	it("never changes the bones as a stack's name, open or folded", () => {
		const stacks = (name: string, amount: number) =>
			report(
				Array.from({ length: amount }, (_, index) =>
					index === 0
						? { ...stackReport("s0", growth), stack: name }
						: stackReport(`s${index}`, { verdict: "safe", hash: String(index), next: String(index) }),
				),
			);
		fc.assert(
			fc.property(hostile, fc.constantFrom(1, 6), (name, amount) => {
				expect(skeleton(renderPullRequest(stacks(name, amount)))).toBe(
					skeleton(renderPullRequest(stacks("a", amount))),
				);
			}),
		);
	});

	it("comes out as the letters it is", () => {
		const ascii = fc
			.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 })
			.filter((text) => text.trim() !== "");
		fc.assert(
			fc.property(ascii, (text) => {
				const line = text.replace(/\s+/g, " ").trim();
				const shown = (markdown: string) =>
					asHtml(`x ${markdown}`)
						.replace(/<\/?(p|code)>/g, "")
						.replace(/&#(\d+);/g, (_match, point: string) => String.fromCodePoint(Number(point)))
						.replaceAll("&lt;", "<")
						.replaceAll("&gt;", ">")
						.replaceAll("&quot;", '"')
						.replaceAll("&amp;", "&")
						.replaceAll("\u200b", "");
				expect(shown(code(text))).toBe(`x ${line}`);
				expect(shown(htmlCode(text))).toBe(`x ${line}`);
				if (!line.includes("`")) expect(shown(prose(text))).toBe(`x ${line}`);
			}),
			{ numRuns: 200 },
		);
	});

	it("shows what stands between backticks in code letters, and nothing else", () => {
		expect(prose("run `pulumi up --stack a|b`, then wait")).toBe(
			"run <code>pulumi up --stack a&#124;b</code>, then wait",
		);
		expect(prose("a ` alone")).toBe("a &#96; alone");
	});
});
