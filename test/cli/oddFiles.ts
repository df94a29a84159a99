import fc from "fast-check";

/*
 * Stack files as people write them: odd, but legal YAML, all of them wizamart small on DigitalOcean. `¦` is one more
 * step of indentation.
 */

const USED = {
	block: [
		"tierstack:accept:",
		"¦# the first move",
		"¦- risk: downtime # agreed",
		"¦  resource: app-1",
		"¦  from: starter",
		"¦  to: small",
		"¦  by: 'ada'",
		"¦  reason: >-",
		"¦    the night",
		"¦    of the 14th",
		'¦  until: "2026-12-01"',
	].join("\n"),
	flow: `tierstack:accept: [{ risk: downtime, resource: app-1, from: starter, to: small, by: ada, reason: "a, b # c", until: '2026-12-01' }]`,
};
const LATER = [
	"¦# for the move after this one",
	"¦- { risk: cost, resource: stack, from: medium, to: large, by: ada, reason: later, until: '2027-06-01' }",
].join("\n");

/** How `accept` stands in the file before. */
const accepts = fc.constantFrom(
	"",
	"tierstack:accept: []  # none",
	USED.block,
	USED.flow,
	`${USED.block}\n${LATER}`,
	`tierstack:accept:\n${LATER}`,
	`"tierstack:accept": [\n¦{ risk: cost, resource: stack, from: medium, to: large, by: a, reason: r, until: '2027-06-01' },\n]`,
);

/** How `tier` stands in the file; `%` is its key, `$` its value. */
const tiers = fc.constantFrom(
	"%: $",
	"%:   $ # now",
	"%: $\t# a tab before this",
	"%: &tier $",
	"%: !!str $ # tierstack:tier: medium",
	"%:\n¦$",
	"? %\n: $",
	"%: >-\n¦small",
	"%: |-\n¦small",
);

const others = fc.subarray([
	"tierstack:workload: {clients: 80, products: 42000} # measured",
	"shop:figures: &figures { clients: 80 }\ntierstack:workload:\n¦<<: *figures\n¦products: 42000",
	"shop:note: |\n¦tierstack:tier: small\n¦\n¦  deeper\n",
	"shop:folded: >+\n¦folded\n\n¦text\n",
	"tierstack:secrets:\n¦SLACK_URL:\n¦¦secure: v1:0123456789abcdef:ciphertext\n¦OTHER: { secure: 'v1:a:b' }",
	'tierstack:alerts:\n¦email: [ops@example.com,\n¦¦"more@example.com"] # both',
	"tierstack:app:\n¦env:\n¦¦MOTD: |-\n¦¦¦tierstack:tier: small\n¦¦¦# no comment\n¦¦GREETING: 'it''s'",
	'"shop:Zürich 🐘": "a \\" quoted: value"',
	"? shop:explicit\n: [1,\n¦2]",
	"tierstack:months: 6",
	"tierstack:pins: []",
	"'tierstack:domain': [shop.example.com, \"www.example.com\"]",
	"tierstack:protect: &all all\nshop:level: *all",
]);

/** A workload twice would be a mistake. */
const isLegal = (entries: readonly string[]) =>
	entries.filter((entry) => entry.includes("tierstack:workload")).length < 2;

const blockFile = fc
	.record({
		newline: fc.constantFrom("\n", "\r\n"),
		mark: fc.constantFrom("", "\uFEFF", "---\n", "# a file\n---\n", "%YAML 1.2\n---\n"),
		salt: fc.constantFrom("", "encryptionsalt: v1:abc=:v1:def\n"),
		saltLast: fc.boolean(),
		indent: fc.constantFrom("  ", "    ", " "),
		key: fc.constantFrom("tierstack:tier", "'tierstack:tier'", '"tierstack:tier"'),
		value: fc.constantFrom("small", "'small'", '"small"'),
		tier: tiers,
		accept: accepts,
		others: others.filter(isLegal),
		gap: fc.constantFrom("", "\n", "# tierstack:tier: small\n", "\n\n  # wo die Würfel fallen\n", "\t\n"),
		place: fc.nat(12),
		end: fc.constantFrom("", "\n", "\n\n# end\n", "\n...\n"),
	})
	.map((f) => {
		const tier = f.tier.replace("%", f.key).replace("$", f.value);
		const fixed = ["tierstack:ladder: wizamart", "tierstack:provider: digitalocean", "tierstack:region: fra1 # home"];
		const entries = [...fixed, ...f.others, ...(f.accept === "" ? [] : [f.accept])];
		entries.splice(Math.min(f.place, entries.length), 0, tier);
		const body = entries
			.map((entry) => f.indent + entry.replaceAll("\n", `\n${f.indent}`).replaceAll("¦", f.indent))
			.join("\n");
		const [first, last] = f.saltLast ? ["", f.salt] : [f.salt, ""];
		const text = `${f.mark}${first}config: # all of it\n${f.gap}${body}${last === "" ? "" : `\n${last.trimEnd()}`}${f.end}`;
		return text.replaceAll("\n", f.newline);
	});

/** The same in brackets, as JSON or nearly. */
const IN_BRACKETS = [
	'{"config": {"tierstack:ladder": "wizamart", "tierstack:tier": "small", "tierstack:provider": "digitalocean", "tierstack:region": "fra1"}}',
	"config: { tierstack:ladder: wizamart,\n  tierstack:provider: digitalocean, tierstack:region: fra1, # home\n  tierstack:tier: small # now\n}\n",
	"{ config: { 'tierstack:tier': 'small', tierstack:ladder: wizamart, tierstack:provider: digitalocean, tierstack:region: fra1,\n tierstack:accept: [] } }",
];

/** So many odd files, the same every time, all different. */
export function oddFiles(count: number): readonly string[] {
	const blocks = [...new Set(fc.sample(blockFile, { numRuns: 2 * count, seed: 11 }))];
	return [...IN_BRACKETS, ...blocks].slice(0, count);
}
