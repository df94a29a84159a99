import { describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { check, PULUMI_VERSION } from "../../../src/cli/doctor/checks.ts";
import type { AccountFacts, Facts } from "../../../src/cli/doctor/facts.ts";
import { type Needs, needsOf } from "../../../src/cli/doctor/needs.ts";
import { parseStackFile } from "../../../src/config/parseStackFile.ts";
import { known, minimal } from "../../config/known.ts";
import { blueprint, component } from "../../render/builders.ts";

const account: AccountFacts = {
	trouble: null,
	regions: ["fra1"],
	machineSizes: new Set(["s-2vcpu-4gb"]),
	engines: { postgres: { regions: ["fra1"], versions: ["16", "17"], layouts: new Set(["1:db-s-1vcpu-2gb"]) } },
	quotas: [{ what: "machines", limit: 10, used: 2 }],
	sshFingerprints: new Set(["aa:bb"]),
	zones: ["example.com"],
};

function facts(told: Partial<Facts> = {}): Facts {
	return {
		pulumiVersion: "3.250.0",
		backend: { url: "s3://state", user: "ada" },
		stack: { unfinished: [] },
		secretsProvider: "passphrase",
		env: new Set([
			"PULUMI_CONFIG_PASSPHRASE",
			"DIGITALOCEAN_TOKEN",
			"SPACES_ACCESS_KEY_ID",
			"SPACES_SECRET_ACCESS_KEY",
		]),
		dns: [{ domain: "shop.example.com", zone: { name: "example.com", servers: ["ns1.digitalocean.com"] } }],
		account,
		...told,
	};
}

function needs(told: Partial<Needs> = {}): Needs {
	return {
		stack: "dev",
		provider: "digitalocean",
		region: "fra1",
		production: false,
		buckets: true,
		machines: [{ sku: "s-2vcpu-4gb", count: 2 }],
		databases: [{ engine: "postgres", version: "17", sku: "db-s-1vcpu-2gb", nodes: 1 }],
		domains: ["shop.example.com"],
		sshFingerprints: ["aa:bb"],
		edge: "provider",
		...told,
	};
}

/** Findings other than `ok`, as `status what | fix`. */
function complaints(told: Partial<Facts> = {}, wanted: Partial<Needs> = {}): string[] {
	return check(facts(told), needs(wanted))
		.filter(({ status }) => status !== "ok")
		.map(({ status, what, fix }) => `${status} ${what}${fix === null ? "" : ` | ${fix}`}`);
}

const without = (...names: readonly string[]) => new Set([...facts().env].filter((name) => !names.includes(name)));

describe("doctor", () => {
	it("finds nothing to say about a machine that has everything", () => {
		expect(complaints()).toEqual([]);
	});

	it("asks for the CLI version the SDK in package.json has", () => {
		expect(PULUMI_VERSION).toBe(packageJson.dependencies["@pulumi/pulumi"]);
	});

	it.each([
		[
			"creating",
			"database",
			"DatabaseCluster",
			/^missing an earlier run ended while creating database, .* 1\. .*`pulumi cancel dev`.*--clear-pending-creates/,
		],
		[
			"failed",
			"database",
			"DatabaseCluster",
			/^missing the last change of database failed half way, .*`pulumi refresh --stack dev --target/,
		],
		["creating", "app-1", "Droplet", /^note an earlier run ended while creating app-1, /],
		["updating", "database", "DatabaseCluster", /^note an earlier run ended while updating database, /],
	] as const)("names what an earlier run left open: %s %s", (operation, name, kind, said) => {
		const type = `digitalocean:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
		const urn = `urn:pulumi:dev::tierstack::${type}::${name}`;
		expect(complaints({ stack: { unfinished: [{ urn, type, operation }] } })).toEqual([expect.stringMatching(said)]);
	});

	const cases: readonly (readonly [what: string, told: Partial<Facts>, wanted: Partial<Needs>, said: string])[] = [
		["no CLI", { pulumiVersion: null }, {}, "missing no Pulumi CLI on PATH | curl -fsSL https://get.pulumi.com | sh"],
		[
			"an old CLI",
			{ pulumiVersion: "3.99.12" },
			{},
			"missing Pulumi CLI 3.99.12 is older than 3.248.0 | curl -fsSL https://get.pulumi.com | sh",
		],
		[
			"no login",
			{ backend: null },
			{},
			"missing not logged in to a backend | pulumi login (or pulumi login s3://your-bucket, or pulumi login --local for a trial)",
		],
		[
			"a trial's state on this machine",
			{ backend: { url: "file://~", user: "ada" } },
			{},
			"note state is kept on this machine (file://~): fine for a trial",
		],
		[
			"production's state on this machine",
			{ backend: { url: "file://~", user: "ada" } },
			{ stack: "prod", production: true },
			"missing the state of prod is kept on this machine (file://~): lost with it, shared with nobody | pulumi login (or pulumi login s3://your-bucket)",
		],
		["a stack nobody made", { stack: null }, {}, "missing the backend has no stack dev | pulumi stack init dev"],
		[
			"a passphrase that is not set",
			{ env: without("PULUMI_CONFIG_PASSPHRASE") },
			{},
			"missing secrets are encrypted by a passphrase, which is not set | export PULUMI_CONFIG_PASSPHRASE=...",
		],
		[
			"nothing to encrypt a new stack's secrets with",
			{ secretsProvider: null, env: without("PULUMI_CONFIG_PASSPHRASE") },
			{},
			"missing nothing is set to encrypt secrets with | export PULUMI_CONFIG_PASSPHRASE=... (or pulumi stack init dev --secrets-provider awskms://alias/...)",
		],
		[
			"no API token",
			{ env: without("DIGITALOCEAN_TOKEN") },
			{},
			"missing no DigitalOcean API token | export DIGITALOCEAN_TOKEN=... (console: API, Tokens, Generate; write scope)",
		],
		[
			"half a Spaces key",
			{ env: without("SPACES_SECRET_ACCESS_KEY") },
			{},
			"missing no Spaces access key, which is separate from the API token | export SPACES_ACCESS_KEY_ID=... SPACES_SECRET_ACCESS_KEY=... (console: Spaces Object Storage, Access Keys, Full access)",
		],
		[
			"no SSH key",
			{},
			{ sshFingerprints: [] },
			"missing no SSH key may log in to the machines | ssh-keygen -t ed25519, then write the .pub line to tierstack:access.sshKeys in Pulumi.dev.yaml",
		],
		[
			"no SSH key where the provider opens a session without one",
			{ env: new Set(["PULUMI_CONFIG_PASSPHRASE", "AWS_PROFILE"]), dns: [] },
			{ provider: "aws", sshFingerprints: [], domains: ["shop.example.com"] },
			"note no SSH key: machines are reached by aws ssm start-session",
		],
		["no domain", { dns: [] }, { domains: [] }, "note no domain: the stack answers on its address, without TLS"],
		[
			"a domain nobody serves",
			{ dns: [{ domain: "shop.example.com", zone: null }] },
			{},
			"missing no name server answers for shop.example.com | register the domain, or mend its delegation",
		],
		[
			"a domain served elsewhere",
			{ dns: [{ domain: "shop.example.com", zone: { name: "example.com", servers: ["a.ns.cloudflare.com"] } }] },
			{},
			"missing shop.example.com: its zone example.com is served by cloudflare, not by digitalocean | delegate it to ns1, ns2 and ns3.digitalocean.com, or set tierstack:edge to none",
		],
		[
			"a domain whose records a person keeps",
			{ dns: [{ domain: "shop.example.com", zone: { name: "example.com", servers: ["ns.registrar.net"] } }] },
			{ edge: "none" },
			"note shop.example.com: its zone example.com is served by ns.registrar.net | after the first up, point shop.example.com there at the address of: pulumi stack output address",
		],
		[
			"a zone the account does not have",
			{ account: { ...account, zones: ["example.org"] } },
			{},
			"missing the account serves no zone that holds shop.example.com | doctl compute domain create example.com, or set tierstack:edge to none",
		],
		[
			"a key the account does not know",
			{},
			{ sshFingerprints: ["cc:dd"] },
			"missing the SSH key cc:dd is not in the account, so no machine can be made with it | doctl compute ssh-key import NAME --public-key-file ~/.ssh/id_ed25519.pub",
		],
		[
			"a locked account",
			{ account: { ...account, trouble: "payment is due" } },
			{},
			"missing the account is not active: payment is due | open the provider's console and settle it",
		],
		[
			"a region that is full",
			{ account: { ...account, regions: ["nyc3", "ams3"] } },
			{},
			"missing digitalocean takes no new machines in fra1 | use another region (open: nyc3, ams3)",
		],
		[
			"a size the region lacks",
			{},
			{ machines: [{ sku: "s-8vcpu-16gb", count: 1 }] },
			"missing fra1 does not offer s-8vcpu-16gb to this account now | use another region, or pin another size",
		],
		[
			"an engine the region lacks",
			{},
			{ databases: [{ engine: "valkey", version: "8", sku: "db-s-1vcpu-1gb", nodes: 1 }] },
			"missing fra1 offers no managed valkey | use another region",
		],
		[
			"a version that is gone",
			{},
			{ databases: [{ engine: "postgres", version: "9", sku: "db-s-1vcpu-2gb", nodes: 1 }] },
			"missing managed postgres 9 is not offered (there is 16, 17) | pin one of these versions",
		],
		[
			"a number of nodes the plan lacks",
			{},
			{ databases: [{ engine: "postgres", version: null, sku: "db-s-1vcpu-2gb", nodes: 2 }] },
			"missing managed postgres is not offered as 2 x db-s-1vcpu-2gb | pin another size or number of nodes",
		],
		[
			"a stack above the quota",
			{},
			{ machines: [{ sku: "s-2vcpu-4gb", count: 11 }] },
			"missing the account may have 10 machines, this stack alone needs 11 | ask the provider to raise the limit (console: account settings)",
		],
		[
			"a quota that may not do",
			{ account: { ...account, quotas: [{ what: "machines", limit: 10, used: 9 }] } },
			{},
			"unknown 9 of 10 machines used; enough only if 1 of them are this stack's | ask the provider to raise the limit (console: account settings)",
		],
		[
			"an API that is silent",
			{ account: "the DigitalOcean API could not be reached" },
			{},
			"unknown region, sizes and quotas not looked up: the DigitalOcean API could not be reached",
		],
	];
	it.each(cases)("%s", (_what, told, wanted, said) => {
		expect(complaints(told, wanted)).toEqual([said]);
	});

	it("asks nothing of a provider when no stack is named", () => {
		expect(check(facts({ account: "no stack was named" }), null).map(({ status }) => status)).toEqual(["ok", "ok"]);
	});

	it("asks for AWS credentials, in any of their forms, and for no DigitalOcean token", () => {
		const aws = { provider: "aws", domains: [], databases: [], machines: [] } as const;
		const dns: Facts["dns"] = [];
		expect(complaints({ env: without(), dns, account: "aws" }, aws)).toContain(
			"missing no AWS credentials | export AWS_PROFILE=... (or aws configure sso)",
		);
		expect(complaints({ env: new Set(["AWS_PROFILE", "PULUMI_CONFIG_PASSPHRASE"]), dns, account: "aws" }, aws)).toEqual(
			[
				"note no domain: the stack answers on its address, without TLS",
				"unknown region, sizes and quotas not looked up: aws",
			],
		);
	});
});

describe("what a blueprint needs", () => {
	it("counts machines at their most, and managed databases with their standby nodes", () => {
		const config = parseStackFile(minimal, "Pulumi.prod.yaml", known);
		const wanted = needsOf(
			config,
			blueprint({
				components: [
					component({ count: { min: 2, max: 4 } }),
					component({
						role: "database",
						name: "database",
						sku: "db-s-1vcpu-2gb",
						settings: { engine: "postgres", version: "17", standbyNodes: 1 },
					}),
					component({ role: "cache", name: "cache", sku: "on-host", settings: { engine: "valkey" } }),
				],
			}),
		);
		expect(wanted).toMatchObject({
			stack: "prod",
			production: true,
			buckets: true,
			machines: [{ sku: "s-2vcpu-4gb", count: 4 }],
			databases: [{ engine: "postgres", version: "17", sku: "db-s-1vcpu-2gb", nodes: 2 }],
			sshFingerprints: [],
		});
	});
});
