import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEngineConfig } from "../../src/config/engineConfig.ts";
import { parseStackFile } from "../../src/config/parseStackFile.ts";
import { UserError } from "../../src/errors.ts";
import { known, minimal, withLines } from "./known.ts";

function complain(text: string): string {
	try {
		parseStackFile(text, "Pulumi.dev.yaml", known);
	} catch (error) {
		if (error instanceof UserError) return error.message;
		throw error;
	}
	return "accepted";
}

const acceptance = (...more: readonly string[]) =>
	withLines(
		"tierstack:accept:",
		"  - risk: downtime",
		"    resource: app-1",
		"    from: starter",
		"    to: small",
		"    by: ada",
		"    reason: agreed with the shop",
		'    until: "2026-09-01"',
		...more,
	);

const cases: readonly (readonly [what: string, text: string, sentence: string])[] = [
	[
		"an unknown ladder",
		minimal.replace("shop", "shoop"),
		'Pulumi.dev.yaml:2: tierstack:ladder: unknown ladder "shoop"; allowed: shop, wiki; did you mean "shop"?',
	],
	[
		"a ladder named like a JavaScript property",
		minimal.replace("shop", "constructor"),
		'Pulumi.dev.yaml:2: tierstack:ladder: unknown ladder "constructor"; allowed: shop, wiki',
	],
	[
		"an unknown tier",
		minimal.replace("starter", "startr"),
		'Pulumi.dev.yaml:3: tierstack:tier: unknown tier "startr"; allowed: starter, small, medium; did you mean "starter"?',
	],
	[
		"an unknown provider",
		minimal.replace("digitalocean", "digitalozean"),
		'Pulumi.dev.yaml:4: tierstack:provider: unknown value "digitalozean"; allowed: digitalocean, aws; did you mean "digitalocean"?',
	],
	[
		"an unknown region",
		minimal.replace("fra1", "fra9"),
		'Pulumi.dev.yaml:5: tierstack:region: unknown digitalocean region "fra9"; allowed: fra1, nyc1, nyc3; did you mean "fra1"?',
	],
	[
		"a region of the other provider",
		minimal.replace("fra1", "us-east-1"),
		'Pulumi.dev.yaml:5: tierstack:region: "us-east-1" is a region of aws, not of digitalocean; allowed: fra1, nyc1, nyc3',
	],
	[
		"a missing key",
		minimal.replace(/.*tier: .*\n/, ""),
		"Pulumi.dev.yaml:1: tierstack:tier: is missing; it must be text",
	],
	[
		"an empty key",
		minimal.replace(" starter", ""),
		"Pulumi.dev.yaml:3: tierstack:tier: must be text, found an empty value",
	],
	[
		"the end of a thing that there is not",
		withLines("tierstack:retire: [{ resource: cachee, backup: none }]"),
		'Pulumi.dev.yaml:6: tierstack:retire[0].resource: unknown name "cachee"; allowed: backup, cache, data, database, files, queue, stack; did you mean "cache"?',
	],
	[
		"a backup for the end of the whole stack, which no update brings about",
		withLines("tierstack:retire: [{ resource: stack, backup: dump-7 }]"),
		'Pulumi.dev.yaml:6: tierstack:retire[0].backup: must not stand beside the whole stack: `pulumi destroy` ends that, no update does, found "dump-7"',
	],
	[
		"an unknown key",
		withLines("tierstack:domian: shop.example.com"),
		'Pulumi.dev.yaml:6: unknown key "domian"; allowed: ladder, tier, provider, region, workload, floors, months, domain, edge, app, access, alerts, logs, backup, apply, protect, cidr, pins, tolerate, accept, retire, secrets; did you mean "domain"?',
	],
	[
		"an unknown nested key",
		withLines("tierstack:app:", "  helthPath: /up"),
		'Pulumi.dev.yaml:7: tierstack:app: unknown key "helthPath"; allowed: image, compose, registry, port, healthPath, sticky, env, processes; did you mean "healthPath"?',
	],
	[
		"a key without its namespace",
		withLines("months: 6"),
		'Pulumi.dev.yaml:6: months: has no namespace; write "tierstack:months"',
	],
	[
		"a key outside config",
		`${minimal}tierstack:months: 6\n`,
		'Pulumi.dev.yaml:6: tierstack:months: must stand below "config:", indented',
	],
	[
		"an unknown top key",
		minimal.replace("config:", "confg:"),
		'Pulumi.dev.yaml:1: unknown key "confg"; allowed: config, encryptionsalt, encryptedkey, secretsprovider, environment; did you mean "config"?',
	],
	[
		"a key written twice",
		withLines("tierstack:tier: small"),
		"Pulumi.dev.yaml:6: not valid YAML: the key is written twice; keep one",
	],
	[
		"a tab",
		minimal.replace("  tierstack:tier", "\ttierstack:tier"),
		"Pulumi.dev.yaml:3: not valid YAML: a tab is used as indentation; use spaces",
	],
	[
		"a second document",
		`${minimal}---\nconfig: {}\n`,
		"Pulumi.dev.yaml:6: holds a second YAML document; write one document",
	],
	[
		"an open quote",
		withLines('tierstack:cidr: "10.0.0.0/16'),
		"Pulumi.dev.yaml:7: not valid YAML: a closing quote, bracket or comma is missing",
	],
	["a list for a file", "- config\n", 'Pulumi.dev.yaml: must hold "config:" with keys'],
	[
		"a negative figure",
		withLines("tierstack:workload:", "  clients: -3"),
		"Pulumi.dev.yaml:7: tierstack:workload.clients: must be at least 0, found -3",
	],
	[
		"a figure as text",
		withLines("tierstack:workload:", "  clients: many"),
		'Pulumi.dev.yaml:7: tierstack:workload.clients: must be a number or a group of keys, found "many"',
	],
	[
		"an unknown metric",
		withLines("tierstack:workload:", "  cleints: 3"),
		'Pulumi.dev.yaml:7: tierstack:workload.cleints: unknown metric "cleints"; allowed: clients, products, orders; did you mean "clients"?',
	],
	[
		"customers on a plan that there is not",
		withLines("tierstack:workload:", "  clients:", "    essentil: 3"),
		'Pulumi.dev.yaml:8: tierstack:workload.clients.essentil: unknown plan "essentil"; allowed: essential, growth; did you mean "essential"?',
	],
	[
		"half a month",
		withLines("tierstack:months: 1.5"),
		"Pulumi.dev.yaml:6: tierstack:months: must be a whole number, found 1.5",
	],
	[
		"too many months",
		withLines("tierstack:months: 1000"),
		"Pulumi.dev.yaml:6: tierstack:months: must be at most 120, found 1000",
	],
	[
		"a leading zero",
		withLines("tierstack:months: 012"),
		'Pulumi.dev.yaml:6: tierstack:months: found 012 without quotes, a number with a leading zero that Pulumi reads differently; write "012"',
	],
	[
		"a date without quotes",
		acceptance().replace('"2026-09-01"', "2026-09-01"),
		'Pulumi.dev.yaml:13: tierstack:accept.until: found 2026-09-01 without quotes, a date that Pulumi reads differently; write "2026-09-01"',
	],
	[
		"a day that does not exist",
		acceptance().replace("09-01", "02-30"),
		'Pulumi.dev.yaml:13: tierstack:accept[0].until: must be a date as "YYYY-MM-DD" that exists, found "2026-02-30"',
	],
	[
		"an unknown risk",
		acceptance().replace("downtime", "everything"),
		'Pulumi.dev.yaml:7: tierstack:accept[0].risk: unknown value "everything"; allowed: downtime, one-way, data-loss, cost, exposure, unknown, recovery-gap',
	],
	[
		"accepted data loss without a backup",
		acceptance().replace("downtime", "data-loss"),
		"Pulumi.dev.yaml:7: tierstack:accept[0].backup: is missing; accepting data-loss takes the id of a backup, or `none`",
	],
	[
		"an acceptance for a tier there is not",
		acceptance().replace("to: small", "to: smal"),
		'Pulumi.dev.yaml:10: tierstack:accept[0].to: unknown tier "smal"; allowed: starter, small, medium; did you mean "small"?',
	],
	[
		"a domain with a scheme",
		withLines("tierstack:domain: https://shop.example.com"),
		'Pulumi.dev.yaml:6: tierstack:domain: must be a bare host name such as shop.example.com, without http://, found "https://shop.example.com"',
	],
	[
		"an address for a domain",
		withLines("tierstack:domain: 203.0.113.7"),
		'Pulumi.dev.yaml:6: tierstack:domain: must be a host name; no certificate is issued for an address, found "203.0.113.7"',
	],
	[
		"a wildcard domain in a list",
		withLines("tierstack:domain:", '  - "*.example.com"'),
		'Pulumi.dev.yaml:7: tierstack:domain[0]: must name one host; a wildcard certificate needs a DNS challenge, found "*.example.com"',
	],
	[
		"a health path without its slash",
		withLines("tierstack:app:", "  healthPath: up"),
		'Pulumi.dev.yaml:7: tierstack:app.healthPath: must start with "/", found "up"',
	],
	[
		"an image without a tag",
		withLines("tierstack:app:", "  image: registry.example.com/shop"),
		'Pulumi.dev.yaml:7: tierstack:app.image: must carry a tag or digest, such as shop:1.4, so that a rebuild does not move it, found "registry.example.com/shop"',
	],
	[
		"image and compose",
		withLines("tierstack:app:", "  image: shop:1.4", "  compose: compose.yaml"),
		'Pulumi.dev.yaml:8: tierstack:app.compose: must have image or compose, not both, found "compose.yaml"',
	],
	[
		"a compose file outside the project",
		withLines("tierstack:app:", "  compose: ../compose.yaml"),
		'Pulumi.dev.yaml:7: tierstack:app.compose: must be a path inside the project, found "../compose.yaml"',
	],
	[
		"a number in the environment",
		withLines("tierstack:app:", "  env:", "    WORKERS: 4"),
		'Pulumi.dev.yaml:8: tierstack:app.env.WORKERS: must be text, found 4; write it in quotes: "4"',
	],
	[
		"an address that is no range",
		withLines("tierstack:access:", "  sshFrom:", "    - 203.0.113.7"),
		'Pulumi.dev.yaml:8: tierstack:access.sshFrom[0]: must be a range; for this one address write 203.0.113.7/32, found "203.0.113.7"',
	],
	[
		"a range with host bits",
		withLines("tierstack:access:", "  sshFrom:", "    - 203.0.113.7/24"),
		'Pulumi.dev.yaml:8: tierstack:access.sshFrom[0]: must start at its own network; did you mean 203.0.113.0/24?, found "203.0.113.7/24"',
	],
	[
		"SSH open to everybody above the first tier",
		withLines("tierstack:access:", "  sshFrom:", "    - 0.0.0.0/0").replace("starter", "small"),
		'Pulumi.dev.yaml:8: tierstack:access.sshFrom[0]: lets the whole internet reach SSH, which only tier "starter" may; name your own addresses, found "0.0.0.0/0"',
	],
	...["0.0.0.0/1", "128.0.0.0/1", "203.0.0.0/15", '"::/1"', '"8000::/1"', '"2000::/3"'].map(
		(range) =>
			[
				`SSH open to a part of the internet above the first tier: ${range}`,
				withLines("tierstack:access:", "  sshFrom:", `    - ${range}`).replace("starter", "small"),
				`Pulumi.dev.yaml:8: tierstack:access.sshFrom[0]: lets more of the internet reach SSH than one organisation has (/16 at most, in IPv6 /32), which only tier "starter" may; name your own addresses, found "${range.replaceAll('"', "")}"`,
			] as const,
	),
	[
		"a public network range",
		withLines("tierstack:cidr: 8.8.0.0/16"),
		'Pulumi.dev.yaml:6: tierstack:cidr: must lie in a private range (10/8, 172.16/12, 192.168/16), found "8.8.0.0/16"',
	],
	[
		"a network that is too small",
		withLines("tierstack:cidr: 10.0.0.0/25"),
		'Pulumi.dev.yaml:6: tierstack:cidr: must have a prefix length of 16 to 24, found "10.0.0.0/25"',
	],
	[
		"a pin on a role there is not",
		withLines("tierstack:pins:", "  - path: databse.sku", "    value: large"),
		'Pulumi.dev.yaml:7: tierstack:pins[0].path: must be role.key with a role of app, database, cache, files, load-balancer, cdn, queue, dns, network, monitoring, backup and a key of sku, count, version, storageGb, standbyNodes, poolSize, found "databse.sku"',
	],
	[
		"a mail address that is none",
		withLines("tierstack:alerts:", "  email: [ops]"),
		'Pulumi.dev.yaml:7: tierstack:alerts.email[0]: must be one email address, found "ops"',
	],
	[
		"a Slack secret that is not there",
		withLines(
			"tierstack:alerts:",
			"  slack:",
			'    channel: "#ops"',
			"    urlSecret: SLACK",
			"tierstack:secrets:",
			"  SLAK:",
			"    secure: v1:abc",
		),
		'Pulumi.dev.yaml:9: tierstack:alerts.slack.urlSecret: names a secret that is not under tierstack:secrets; did you mean "SLAK"?',
	],
	[
		"a registry that is an address",
		withLines("tierstack:app:", "  registry:", "    server: https://ghcr.io", "    user: a", "    passwordSecret: P"),
		'Pulumi.dev.yaml:8: tierstack:app.registry.server: must be a registry such as ghcr.io, without https:// or path, found "https://ghcr.io"',
	],
	[
		"a registry's password that is not there",
		withLines("tierstack:app:", "  registry:", "    user: a", "    passwordSecret: TOKEN"),
		"Pulumi.dev.yaml:9: tierstack:app.registry.passwordSecret: names a secret that is not under tierstack:secrets",
	],
	[
		"two addresses for one call after a dump",
		withLines("tierstack:backup:", "  heartbeatUrl: https://watch.example", "  heartbeatSecret: WATCH"),
		"Pulumi.dev.yaml:8: tierstack:backup.heartbeatSecret: must not stand beside heartbeatUrl: one of the two is called, found a value that is not shown",
	],
	[
		"a collector that is no host",
		withLines("tierstack:logs:", "  host: 10.0.0.1"),
		'Pulumi.dev.yaml:7: tierstack:logs.host: must be a host name; no certificate is issued for an address, found "10.0.0.1"',
	],
	[
		"a negative tolerance",
		withLines("tierstack:tolerate:", "  downtimeMinutes: -1"),
		"Pulumi.dev.yaml:7: tierstack:tolerate.downtimeMinutes: must be at least 0, found -1",
	],
	[
		"a key that is no SSH key",
		withLines("tierstack:access:", "  sshKeys:", "    - hello"),
		'Pulumi.dev.yaml:8: tierstack:access.sshKeys[0]: must be a public key line such as "ssh-ed25519 AAAA... name" (the .pub file), found "hello"',
	],
	[
		"a truncated SSH key",
		withLines("tierstack:access:", "  sshKeys:", "    - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="),
		'Pulumi.dev.yaml:8: tierstack:access.sshKeys[0]: is cut short or damaged; paste the whole line of the .pub file, found "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="',
	],
];

describe("a wrong stack file gets one sentence with file, line, key, what was found and what is allowed", () => {
	it.each(cases)("%s", (_what, text, sentence) => {
		expect(complain(text).split("\n")).toContain(sentence);
	});

	it("all problems come at once, in the order of the file", () => {
		const text = withLines("tierstack:months: -1", "tierstack:domain: https://x", "tierstack:secrtes: {}")
			.replace("starter", "startr")
			.replace("fra1", "fra9");
		const lines = complain(text)
			.split("\n")
			.map((line) => line.split(":")[1]);
		expect(lines).toEqual(["3", "5", "6", "7", "8"]);
	});

	it("a file whose name is no stack file's is refused", () => {
		expect(() => parseStackFile(minimal, "prod.yaml", known)).toThrow('must be named "Pulumi.<stack>.yaml"');
	});
});

describe("who may reach SSH", () => {
	const from = (tier: string, ...ranges: readonly string[]) =>
		complain(
			withLines("tierstack:access:", "  sshFrom:", ...ranges.map((range) => `    - "${range}"`)).replace(
				"starter",
				tier,
			),
		);

	it("is told of each half of the internet, in both of the file's faces", () => {
		const halves = ["0.0.0.0/1", "128.0.0.0/1"];
		expect(from("small", ...halves).split("\n")).toEqual([
			expect.stringMatching(
				/^Pulumi\.dev\.yaml:8: .*sshFrom\[0\]: lets more of the internet reach SSH .*found "0\.0\.0\.0\/1"$/,
			),
			expect.stringMatching(/^Pulumi\.dev\.yaml:9: .*sshFrom\[1\]: .*found "128\.0\.0\.0\/1"$/),
		]);
		const values = {
			"tierstack:ladder": "shop",
			"tierstack:tier": "small",
			"tierstack:provider": "digitalocean",
			"tierstack:region": "fra1",
			"tierstack:access": JSON.stringify({ sshFrom: halves }),
		};
		expect(() => parseEngineConfig(values, [], "dev", known)).toThrow("lets more of the internet reach SSH");
	});

	it("is one's own addresses, private networks among them; on the first tier it may be everybody", () => {
		expect(from("small", "203.0.0.0/16", "203.0.113.7/32", "10.0.0.0/8", "2001:db8::/32", "fd00::/8")).toBe("accepted");
		expect(from("starter", "0.0.0.0/0", "::/0", "0.0.0.0/1", "8000::/1")).toBe("accepted");
	});

	it("is told once of a range that cannot be read", () => {
		expect(from("small", "0.0.0.0/99").split("\n")).toHaveLength(1);
	});
});

describe("a secret in plain text", () => {
	const sentinel = "hunter2-0c1b";
	const places: readonly (readonly [string, string])[] = [
		["in the environment", withLines("tierstack:app:", "  env:", `    DATABASE_PASSWORD: ${sentinel}`)],
		["as a number", withLines("tierstack:app:", "  env:", "    DATABASE_PASSWORD: 778899")],
		["in a URL", withLines("tierstack:app:", "  env:", `    DATABASE_URL: postgres://shop:${sentinel}@db/shop`)],
		["where secrets belong, but plain", withLines("tierstack:secrets:", `  APP_KEY: ${sentinel}`)],
		["as another provider's token", withLines(`digitalocean:token: ${sentinel}`)],
		[
			"as a private key",
			withLines("tierstack:access:", "  sshKeys:", `    - "-----BEGIN OPENSSH PRIVATE KEY----- ${sentinel}"`),
		],
		["in a region", minimal.replace("fra1", `https://ops:${sentinel}@example.com`)],
		["in an unknown key", withLines(`tierstack:databasePassword: ${sentinel}`)],
		["in a wrong place", withLines("tierstack:alerts:", "  slack: https://hooks.slack.com/services/778899")],
	];

	it.each(places)("%s is refused, and never repeated", (_what, text) => {
		const message = complain(text);
		expect(message).not.toBe("accepted");
		expect(message).not.toContain(sentinel);
		expect(message).not.toContain("778899");
	});

	it("names the command that stores it", () => {
		expect(complain(withLines("tierstack:app:", "  env:", `    DATABASE_PASSWORD: ${sentinel}`))).toBe(
			"Pulumi.dev.yaml:8: tierstack:app.env.DATABASE_PASSWORD: looks like a secret in plain text; store it by pulumi config set --secret --path 'tierstack:secrets.DATABASE_PASSWORD', and change the secret",
		);
	});

	it("an encrypted one outside tierstack:secrets is refused, as it would make its whole group secret", () => {
		expect(complain(withLines("tierstack:app:", "  env:", "    KEY:", "      secure: v1:abc"))).toContain(
			"tierstack:app.env.KEY: holds a secret, which belongs under tierstack:secrets",
		);
		const values = { "tierstack:ladder": "shop", "tierstack:app": "{}" };
		expect(() => parseEngineConfig(values, [], "dev", known, ["tierstack:app"])).toThrow(
			"tierstack:app: holds a secret",
		);
	});

	it("settings that only sound like secrets pass", () => {
		const text = withLines("tierstack:app:", "  env:", '    TOKEN_TTL_SECONDS: "60"', "    PASSWORD_HASHER: argon2");
		expect(complain(text)).toBe("accepted");
	});
});

describe("whatever is in the file", () => {
	it("random YAML values end in a sentence or a config, never in a crash", () => {
		const key = fc.constantFrom(
			"ladder",
			"tier",
			"workload",
			"app",
			"accept",
			"pins",
			"secrets",
			"constructor",
			"domain",
		);
		fc.assert(
			fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })), (values) => {
				const lines = Object.entries(values).map(
					([name, value]) => `  "tierstack:${name}": ${JSON.stringify(value)}\n`,
				);
				expect(complain(`config:\n${lines.join("")}`)).not.toBe("accepted");
			}),
			{ numRuns: 300 },
		);
	});

	it("random text never crashes", () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 200 }), (text) => {
				expect(complain(text)).not.toBe("accepted");
			}),
			{ numRuns: 300 },
		);
	});
});
