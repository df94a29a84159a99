import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Edit, editYaml } from "../../src/config/editYaml.ts";
import { UserError } from "../../src/errors.ts";

const promote: Edit = { kind: "set", key: "tierstack:tier", value: "medium" };
const accept: Edit = {
	kind: "append",
	key: "tierstack:accept",
	item: { risk: "downtime", resource: "app-1", until: "2026-09-01", reason: "agreed: yes" },
};

/** Lines of the old text that are gone and lines of the new that came, by position-free comparison from both ends. */
function changedLines(before: string, after: string): { gone: string[]; came: string[] } {
	const old = before.split(/(?<=\n)/);
	const next = after.split(/(?<=\n)/);
	let head = 0;
	while (head < old.length && head < next.length && old[head] === next[head]) head += 1;
	let tail = 0;
	while (tail < old.length - head && tail < next.length - head && old.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
	return { gone: old.slice(head, old.length - tail), came: next.slice(head, next.length - tail) };
}

const edit = (text: string, ...edits: readonly Edit[]) => editYaml(text, edits, "Pulumi.dev.yaml");

describe("setting one key", () => {
	it.each([
		["plain", "config:\n  tierstack:tier: small # now\n", "config:\n  tierstack:tier: medium # now\n"],
		["in double quotes", 'config:\n  "tierstack:tier": "small"\n', 'config:\n  "tierstack:tier": "medium"\n'],
		["in single quotes", "config:\n  tierstack:tier: 'small'\n", "config:\n  tierstack:tier: 'medium'\n"],
		["with Windows line ends", "config:\r\n  tierstack:tier: small\r\n", "config:\r\n  tierstack:tier: medium\r\n"],
		["without a last line end", "config:\n  tierstack:tier: small", "config:\n  tierstack:tier: medium"],
		["as JSON", '{"config": {"tierstack:tier": "small"}}', '{"config": {"tierstack:tier": "medium"}}'],
		["with an explicit key", "config:\n  ? tierstack:tier\n  : small\n", "config:\n  ? tierstack:tier\n  : medium\n"],
		["with a tag", "config:\n  tierstack:tier: !!str small\n", "config:\n  tierstack:tier: !!str medium\n"],
		["with an anchor nobody uses", "config:\n  tierstack:tier: &t small\n", "config:\n  tierstack:tier: &t medium\n"],
		[
			"as a block",
			"config:\n  tierstack:tier: >-\n    small\n  a:b: c\n",
			"config:\n  tierstack:tier: medium\n  a:b: c\n",
		],
		["empty", "config:\n  tierstack:tier:\n  a:b: c\n", "config:\n  tierstack:tier: medium\n  a:b: c\n"],
		[
			"as an alias",
			"x-t: &t small\nconfig:\n  tierstack:tier: *t\n",
			"x-t: &t small\nconfig:\n  tierstack:tier: medium\n",
		],
		[
			"merged in",
			"x: &x { tierstack:tier: small }\nconfig:\n  <<: *x\n  a:b: c\n",
			"x: &x { tierstack:tier: small }\nconfig:\n  <<: *x\n  a:b: c\n  tierstack:tier: medium\n",
		],
		[
			"after a byte order mark",
			"\uFEFFconfig:\n  tierstack:tier: small\n",
			"\uFEFFconfig:\n  tierstack:tier: medium\n",
		],
		["on the next line", "config:\n  tierstack:tier:\n    small\n", "config:\n  tierstack:tier:\n    medium\n"],
	])("%s", (_what, before, after) => {
		expect(edit(before, promote)).toBe(after);
	});

	it("leaves the other uses of an anchor alone by refusing", () => {
		const text = "config:\n  tierstack:tier: &t small\n  tierstack:x: *t\n";
		expect(() => edit(text, promote)).toThrow(
			"Pulumi.dev.yaml: tierstack:tier: is an anchor that other keys use; set it to medium by hand",
		);
	});

	it("adds a key that is not there below the last one", () => {
		const text = "config:\n    tierstack:tier: small\n    a:b: |\n        text\n\n# the end\nencryptionsalt: v1\n";
		expect(edit(text, { kind: "set", key: "tierstack:months", value: 6 })).toBe(
			"config:\n    tierstack:tier: small\n    a:b: |\n        text\n    tierstack:months: 6\n\n# the end\nencryptionsalt: v1\n",
		);
	});

	it.each([
		["2026-09-01", '"2026-09-01"'],
		["012", '"012"'],
		["yes", '"yes"'],
		["1k", "1k"],
		["db-s-1vcpu-2gb", "db-s-1vcpu-2gb"],
		["db.t4g.medium", "db.t4g.medium"],
		["a: b # c", '"a: b # c"'],
	])("%s is written as %s, so that every reader takes it for text", (value, written) => {
		expect(edit("config:\n  tierstack:tier: small\n", { ...promote, value })).toBe(
			`config:\n  tierstack:tier: ${written}\n`,
		);
	});
});

describe("adding an entry to a list", () => {
	const lines = (pad: string) =>
		[
			`${pad}- risk: downtime`,
			`${pad}  resource: app-1`,
			`${pad}  until: "2026-09-01"`,
			`${pad}  reason: "agreed: yes"`,
			"",
		].join("\n");
	const flow = '{ risk: downtime, resource: app-1, until: "2026-09-01", reason: "agreed: yes" }';

	it.each([
		[
			"that is written as lines",
			"config:\n  tierstack:accept:\n    - risk: cost # once\n      resource: x\n    # done\n  a:b: c\n",
			`config:\n  tierstack:accept:\n    - risk: cost # once\n      resource: x\n${lines("    ")}    # done\n  a:b: c\n`,
		],
		[
			"whose dashes stand below the key",
			"config:\n  tierstack:accept:\n  - risk: cost\n",
			`config:\n  tierstack:accept:\n  - risk: cost\n${lines("  ")}`,
		],
		["that is empty", "config:\n  tierstack:accept: [] # none\n", `config:\n  tierstack:accept: [${flow}] # none\n`],
		[
			"in brackets",
			"config:\n  tierstack:accept: [{ risk: cost }]\n",
			`config:\n  tierstack:accept: [{ risk: cost }, ${flow}]\n`,
		],
		[
			"in brackets over several lines, with a last comma",
			"config:\n  tierstack:accept: [\n    { risk: cost }, # a\n  ]\n",
			`config:\n  tierstack:accept: [\n    { risk: cost }, ${flow} # a\n  ]\n`,
		],
		["that is not there", "config:\n  a:b: c\n", `config:\n  a:b: c\n  tierstack:accept:\n${lines("    ")}`],
		["that holds nothing", "config:\n  tierstack:accept:\n", `config:\n  tierstack:accept: [${flow}]\n`],
		["in a file of brackets", "{config: {a:b: c}}", `{config: {a:b: c, "tierstack:accept": [${flow}]}}`],
	])("%s", (_what, before, after) => {
		expect(edit(before, accept)).toBe(after);
	});

	it("refuses a list that is an alias, and says what to write", () => {
		const text = "x: &x []\nconfig:\n  tierstack:accept: *x\n";
		expect(() => edit(text, accept)).toThrow(/does not hold a list of its own; add \{ risk: downtime, .* by hand$/);
	});
});

describe("odd but legal files", () => {
	const quote = fc.constantFrom("plain", "single", "double");
	const written = (text: string, style: string) =>
		style === "single" ? `'${text}'` : style === "double" ? `"${text}"` : text;
	const comment = fc.constantFrom("", " # now", " # tierstack:tier: medium", "  #");
	const gap = fc.constantFrom("", "\n", "# tierstack:tier: small\n", "\n\n  # wo die Würfel fallen\n");
	const file = fc.record({
		newline: fc.constantFrom("\n", "\r\n"),
		mark: fc.constantFrom("", "\uFEFF", "---\n", "# a file\n---\n"),
		salt: fc.constantFrom("", "encryptionsalt: v1:abc=:v1:def\n"),
		indent: fc.constantFrom("  ", "    ", " "),
		keyStyle: quote,
		valueStyle: quote,
		space: fc.constantFrom(" ", "   "),
		comments: fc.tuple(comment, gap, gap, gap),
		anchor: fc.constantFrom("", "&tier ", "!!str "),
		others: fc.subarray([
			"tierstack:workload: {clients: 20, products: 500}",
			"tierstack:workload2: &w\n@@clients: 20",
			'tierstack:domain: ["a.example.com", "b.example.com"]',
			"tierstack:note: |\n@@tierstack:tier: small\n@@more",
			"tierstack:note2: >-\n@@folded\n@@text",
			"tierstack:secrets:\n@@KEY:\n@@@secure: v1:xyz",
			'\'a:b\': "x \\" y"',
			"? a:c\n@: [1,\n@@2]",
			'"ключ:имя": "значение 🐘"',
		]),
		place: fc.nat(9),
		end: fc.constantFrom("", "\n", "\n\n# end\n", "\n...\n"),
	});

	it("differ only in the tier's line after a promotion, and parse to the intended tier (200 files)", () => {
		const seen = new Set<string>();
		fc.assert(
			fc.property(file, (f) => {
				const tier = `${written("tierstack:tier", f.keyStyle)}:${f.space}${f.anchor}${written("small", f.valueStyle)}${f.comments[0]}`;
				const entries = [...f.others];
				entries.splice(Math.min(f.place, entries.length), 0, tier);
				const body = entries
					.map((entry) => f.indent + entry.replaceAll("\n", `\n${f.indent}`).replaceAll("@", f.indent))
					.join("\n");
				const text = `${f.mark}${f.salt}${f.comments[1]}config:${f.comments[0]}\n${f.comments[2]}${body}${f.end}`;
				const before = text.replaceAll("\n", f.newline);
				const after = edit(before, promote);
				seen.add(before);
				const { gone, came } = changedLines(before, after);
				expect(gone).toHaveLength(1);
				expect(came).toEqual([gone[0]?.replace(written("small", f.valueStyle), written("medium", f.valueStyle))]);
				const old = parse(before);
				expect(parse(after)).toEqual({ ...old, config: { ...old.config, "tierstack:tier": "medium" } });
				const accepted = edit(before, accept);
				expect(parse(accepted)).toEqual({ ...old, config: { ...old.config, "tierstack:accept": [accept.item] } });
				expect(changedLines(before, accepted).gone.map((line) => line.trimEnd())).toEqual(
					changedLines(before, accepted).gone.length === 0 ? [] : [changedLines(before, accepted).came[0]?.trimEnd()],
				);
			}),
			{ numRuns: 200, seed: 7 },
		);
		expect(seen.size).toBeGreaterThanOrEqual(40);
	});

	it("a file without keys is refused with a sentence", () => {
		for (const text of ["", "config:\n", "config: *x\n", "- a\n", "config: text\n"]) {
			expect(() => edit(text, promote)).toThrow(UserError);
		}
	});
});

describe("setting one field of a list's entry", () => {
	const field = (text: string, name: string, value: string | number) =>
		edit(text, { kind: "field", key: "tierstack:pins", index: 0, field: name, value });

	it.each([
		[
			"written as lines",
			"config:\n  tierstack:pins:\n    - path: a.sku # why\n      value: 'x'\n    # next\n    - path: b.sku\n",
			"value",
			"y",
			"config:\n  tierstack:pins:\n    - path: a.sku # why\n      value: 'y'\n    # next\n    - path: b.sku\n",
		],
		[
			"in brackets",
			"config:\n  tierstack:pins: [{ path: a.count, value: 2 }] # all\n",
			"value",
			3,
			"config:\n  tierstack:pins: [{ path: a.count, value: 3 }] # all\n",
		],
		[
			"that is not there yet",
			"config:\n  tierstack:pins:\n  - path: a.sku\n    value: x # held\n  a:b: c\n",
			"until",
			"2026-12-01",
			'config:\n  tierstack:pins:\n  - path: a.sku\n    value: x # held\n    until: "2026-12-01"\n  a:b: c\n',
		],
	])("%s", (_what, before, name, value, after) => {
		expect(field(before, name, value)).toBe(after);
	});

	it("is refused where another key uses the entry, and says what to write", () => {
		const text = "config:\n  tierstack:pins: [&p { path: a.sku, value: x }]\n  a:b: [*p]\n";
		expect(() => field(text, "value", "zone")).toThrow(
			/is an anchor that other keys use; set value of entry 1 to zone by hand$/,
		);
	});
});
