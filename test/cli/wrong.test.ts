import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, sandbox, stackText } from "./run.ts";

const tiers = "starter, small, medium, large, scale, enterprise";
const metrics = "clients, products, images, orders, views, apiRequests";
const commands = /^error: unknown command "prevew"; allowed: tiers, size, preview, .*did you mean "preview"\?$/;

/** Command line, the stack file `dev` where one matters, and the sentence or sentences, in order. */
type Wrong = readonly [line: string, file: string | null, sentences: readonly (string | RegExp)[]];

const wrong: readonly Wrong[] = [
	["prevew dev", null, [commands]],
	["size", null, ["error: missing argument <ladder>; usage: tierstack size [options] <ladder> [metrics...]"]],
	["tiers wizamart billify", null, ["error: too many arguments; usage: tierstack tiers [options] [ladder]"]],
	["tiers --provder aws", null, [/^error: unknown option "--provder"; .*did you mean "--provider"\?$/]],
	["size wizamart --tier", null, [/^error: option --tier needs a value; usage: tierstack size /]],
	["catalog chek", null, [/^error: unknown command "chek"; allowed: check.*; did you mean "check"\?$/]],
	["tiers wizmart", null, [/^error: unknown ladder "wizmart"; allowed: .*; did you mean "wizamart"\?$/]],
	[
		"tiers wizamart --provider azure",
		null,
		['error: --provider: unknown provider "azure"; allowed: digitalocean, aws'],
	],
	[
		"tiers wizmart --provider azure",
		null,
		['error: --provider: unknown provider "azure"; allowed: digitalocean, aws', /^error: unknown ladder "wizmart"/],
	],
	["size wizamart --tier smal", null, [`error: --tier: unknown tier "smal"; allowed: ${tiers}; did you mean "small"?`]],
	[
		"size wizamart --tier small --region us-east-1",
		null,
		[/^error: --region: unknown digitalocean region "us-east-1"; allowed: /],
	],
	["size wizamart clients=-4", null, ['error: clients: must be a number of at least 0, found "-4"']],
	["size wizamart clients=many", null, ['error: clients: must be a number of at least 0, found "many"']],
	["size wizamart clients=", null, ['error: clients: must be a number of at least 0, found ""']],
	["size wizamart 420", null, ['error: found "420"; a measured figure is written as metric=value']],
	["size wizamart clients=4 clients=5", null, ["error: clients: is given twice"]],
	[
		"size wizamart client=4 orders=x --months 1.5 --floors none",
		null,
		[
			'error: orders: must be a number of at least 0, found "x"',
			`error: unknown metric "client"; allowed: ${metrics}; did you mean "clients"?`,
			'error: --floors: unknown value "none"; allowed: tier, ignore',
			'error: --months: must be a whole number from 0 to 120, found "1.5"',
		],
	],
	["size wizamart --workload load.json", null, ["error: load.json: --workload: no such file"]],
	[
		"size wizamart --workload Pulumi.yaml",
		null,
		['error: Pulumi.yaml: --workload: must be JSON such as {"clients": 420}'],
	],
	[
		"size wizamart clients=10000000",
		null,
		[/^error: 10,000,000 clients in tier enterprise are beyond what can be bought: /],
	],
	["preview prod", stackText(), ["error: Pulumi.prod.yaml: no such stack file; stacks here: dev"]],
	["preview devv", stackText(), ['error: Pulumi.devv.yaml: no such stack file; stacks here: dev; did you mean "dev"?']],
	[
		"preview dev",
		stackText({ ladder: "wizmart" }),
		[/^error: Pulumi.dev.yaml:2: tierstack:ladder: unknown ladder "wizmart"/],
	],
	[
		"preview dev",
		stackText({ tier: "startr" }),
		[`error: Pulumi.dev.yaml:3: tierstack:tier: unknown tier "startr"; allowed: ${tiers}; did you mean "starter"?`],
	],
	[
		"preview dev",
		stackText({ provider: "do" }),
		[/^error: Pulumi.dev.yaml:4: tierstack:provider: unknown value "do"; allowed: digitalocean, aws$/],
	],
	[
		"preview dev",
		stackText({ region: "fra2" }),
		[/^error: Pulumi.dev.yaml:5: tierstack:region: unknown digitalocean region "fra2"; .*did you mean "fra1"\?$/],
	],
	[
		"preview dev",
		stackText({ region: "us-east-1" }),
		[/^error: Pulumi.dev.yaml:5: tierstack:region: "us-east-1" is a region of aws, not of digitalocean; allowed: /],
	],
	[
		"preview dev",
		stackText({}, "tierstack:teir: small"),
		[/^error: Pulumi.dev.yaml:6: unknown key "teir"; allowed: .*; did you mean "tier"\?$/],
	],
	[
		"preview dev",
		stackText({}, "tierstack:workload:", "  clients: -1", "  views: lots", "  shops: 3"),
		[
			"error: Pulumi.dev.yaml:7: tierstack:workload.clients: must be at least 0, found -1",
			'error: Pulumi.dev.yaml:8: tierstack:workload.views: must be a number or a group of keys, found "lots"',
			`error: Pulumi.dev.yaml:9: tierstack:workload.shops: unknown metric "shops"; allowed: ${metrics}`,
		],
	],
	[
		"preview dev",
		stackText({}, "tierstack:tier: small"),
		["error: Pulumi.dev.yaml:6: not valid YAML: the key is written twice; keep one"],
	],
	[
		"preview dev",
		stackText({}, "\ttierstack:months: 6"),
		["error: Pulumi.dev.yaml:6: not valid YAML: a tab is used as indentation; use spaces"],
	],
	[
		"preview dev",
		`${stackText()}---\nconfig: {}\n`,
		["error: Pulumi.dev.yaml:6: holds a second YAML document; write one document"],
	],
	["preview dev", 'config: {"a: b', [/^error: Pulumi.dev.yaml:1: not valid YAML: /]],
	[
		"preview dev",
		"",
		[/^error: Pulumi.dev.yaml: tierstack:ladder: is missing; it must be text$/, /tier/, /provider/, /region/],
	],
	[
		"preview dev",
		stackText({ tier: "large", region: "nyc2" }),
		[
			"error: Pulumi.dev.yaml: tierstack:region: nyc2 offers no bucket and no valkey, which tier large needs; regions that offer everything: ams3, atl1, blr1, fra1, lon1, nyc3, sfo2, sfo3, sgp1, syd1, tor1",
		],
	],
	["diff dev --to smal", stackText(), [`error: --to: unknown tier "smal"; allowed: ${tiers}; did you mean "small"?`]],
	["diff dev", stackText(), ["error: say where to move the stack: tierstack diff dev --to <tier>"]],
	["diff wizamart starter", null, ["error: say which tiers: tierstack diff wizamart <from> <to>"]],
	[
		"diff wizamrt",
		stackText(),
		[/^error: unknown stack or ladder "wizamrt"; allowed: dev, .*; did you mean "wizamart"\?$/],
	],
	[
		"diff wizamart startr smal --provider gcp",
		null,
		[
			'error: --provider: unknown provider "gcp"; allowed: digitalocean, aws',
			`error: from: unknown tier "startr"; allowed: ${tiers}; did you mean "starter"?`,
			`error: to: unknown tier "smal"; allowed: ${tiers}; did you mean "small"?`,
		],
	],
	[
		"diff dev small --to medium --provider aws",
		stackText(),
		[
			"error: a stack's diff takes --to alone; a ladder's takes <from> <to> without it",
			"error: --provider: a stack's provider and region are those of its file",
		],
	],
	["doctor staging", stackText(), ["error: Pulumi.staging.yaml: no such stack file; stacks here: dev"]],
	[
		"catalog refresh --provider digitalocean",
		null,
		["error: digitalocean/droplets.json: the catalog's table cannot be read"],
	],
	[
		"catalog refresh --provider dgitalocean",
		null,
		['error: --provider: unknown provider "dgitalocean"; allowed: digitalocean, aws; did you mean "digitalocean"?'],
	],
];

let project: Sandbox;
beforeAll(() => {
	project = sandbox();
});
afterAll(() => {
	project.remove();
});

describe("a wrong input ends with one clear sentence a problem, all at once, and exit code 1", () => {
	it("holds at least thirty of them", () => {
		expect(wrong.length).toBeGreaterThanOrEqual(30);
	});

	it.each(wrong)("tierstack %s", async (line, file, sentences) => {
		project.write("Pulumi.dev.yaml", file ?? stackText());
		const { code, out, err } = await project.run(line);
		expect({ code, out }).toEqual({ code: 1, out: "" });
		const told = err.trimEnd().split("\n");
		expect(told).toEqual(
			sentences.map((sentence) => (typeof sentence === "string" ? sentence : expect.stringMatching(sentence))),
		);
	});

	it("is JSON on request, with the same sentences", async () => {
		project.write("Pulumi.dev.yaml", stackText({ tier: "startr" }));
		const { code, out, err } = await project.run("preview dev --json");
		expect({ code, err }).toEqual({ code: 1, err: "" });
		expect(JSON.parse(out)).toEqual({
			schema: "tierstack.problems/1",
			problems: [
				{
					file: "Pulumi.dev.yaml",
					line: 3,
					key: "tierstack:tier",
					message: `unknown tier "startr"; allowed: ${tiers}; did you mean "starter"?`,
				},
			],
		});
	});

	it("outside a project it says so", async () => {
		const { code, err } = await project.run("tiers", { cwd: "/" });
		expect(code).toBe(1);
		expect(err).toBe("error: no project here: neither this folder nor one above it holds Pulumi.yaml and tiers/\n");
	});

	it("a mistake of ours asks for a report instead", async () => {
		const stdin = async () => {
			throw new TypeError("the stream broke");
		};
		const { code, err } = await project.run("size wizamart --workload -", { stdin });
		expect(code).toBe(1);
		expect(err).toMatch(/^internal error: This is a bug in tierstack.*Please report it[\s\S]*the stream broke/);
	});
});
