import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../src/cli/doctor/checks.ts";
import { gatherDns } from "../../../src/cli/doctor/dns.ts";
import { gather } from "../../../src/cli/doctor/gather.ts";
import type { Needs } from "../../../src/cli/doctor/needs.ts";
import { renderFindings } from "../../../src/render/findings.ts";

const sentinel = "dop_v1_0123456789abcdef0123456789abcdef";

const needs: Needs = {
	stack: "dev",
	provider: "digitalocean",
	region: "fra1",
	production: false,
	buckets: true,
	machines: [{ sku: "s-2vcpu-4gb", count: 1 }],
	databases: [{ engine: "postgres", version: "17", sku: "db-s-1vcpu-2gb", nodes: 1 }],
	domains: [],
	sshFingerprints: [],
	edge: "provider",
};

/** The API's answers by path; any other path is not found. */
const answers: Readonly<Record<string, unknown>> = {
	"/v2/account": { account: { droplet_limit: 25, status: "active", email: "ada@example.com" } },
	"/v2/regions?per_page=200": {
		regions: [
			{ slug: "fra1", available: true, features: [] },
			{ slug: "nyc2", available: false, features: [] },
		],
	},
	"/v2/sizes?per_page=500": {
		sizes: [
			{ slug: "s-2vcpu-4gb", available: true, regions: ["fra1", "nyc3"] },
			{ slug: "s-1vcpu-1gb", available: true, regions: ["nyc3"] },
			{ slug: "s-8vcpu-16gb", available: false, regions: ["fra1"] },
		],
	},
	"/v2/databases/options": {
		options: {
			pg: { regions: ["fra1"], versions: ["17"], layouts: [{ num_nodes: 1, sizes: ["db-s-1vcpu-2gb"] }] },
			advanced_pg: {},
		},
	},
	"/v2/account/keys?per_page=200": { ssh_keys: [{ id: 1, fingerprint: "aa:bb", public_key: "ssh-ed25519 x" }] },
	"/v2/domains?per_page=200": { domains: [{ name: "example.com", ttl: 1800 }] },
	"/v2/droplets?per_page=1": { droplets: [], links: {}, meta: { total: 3 } },
};

let server: Server;
let url = "";
let folder = "";

/** A `pulumi` that answers by its first words, as the real one does. */
function fakePulumi(body: string): string {
	const bin = mkdtempSync(join(folder, "bin-"));
	writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${body}\n`);
	chmodSync(join(bin, "pulumi"), 0o755);
	return bin;
}

const working = [
	'case "$1 $2" in',
	'"version "*) echo v3.250.0;;',
	`"whoami --json") echo '{"user":"ada","url":"file:///state"}';;`,
	`"stack export") echo '{"version":3,"deployment":{"secrets_providers":{"state":{"salt":"${sentinel}"}},"pending_operations":[{"type":"creating","resource":{"urn":"urn:x::database","type":"x:Database","inputs":{"password":"${sentinel}"}}}]}}';;`,
	"*) exit 9;;",
	"esac",
].join("\n");

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "doctor-"));
	writeFileSync(join(folder, "Pulumi.dev.yaml"), "encryptionsalt: v1:abc\nconfig: {}\n");
	server = createServer((request, response) => {
		if (request.headers.authorization !== `Bearer ${sentinel}`) {
			response.writeHead(401).end("{}");
			return;
		}
		const answer = answers[request.url ?? ""];
		response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
	});
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	const address = server.address();
	if (typeof address === "object" && address !== null) url = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
	rmSync(folder, { recursive: true });
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

const env = (path: string, more: Readonly<Record<string, string>> = {}) => ({
	PATH: `${path}:/usr/bin:/bin`,
	DIGITALOCEAN_TOKEN: sentinel,
	DIGITALOCEAN_API_URL: url,
	...more,
});

describe("gathering facts", () => {
	it("asks the CLI, the stack file and the provider", async () => {
		const facts = await gather(folder, env(fakePulumi(working)), needs);
		expect(facts).toMatchObject({
			pulumiVersion: "3.250.0",
			backend: { user: "ada", url: "file:///state" },
			stack: { unfinished: [{ operation: "creating", type: "x:Database", urn: "urn:x::database" }] },
			secretsProvider: "passphrase",
			account: {
				trouble: null,
				regions: ["fra1"],
				zones: ["example.com"],
				quotas: [{ what: "machines", limit: 25, used: 3 }],
				engines: { postgres: { regions: ["fra1"], versions: ["17"] } },
			},
		});
		expect(typeof facts.account === "object" && [...facts.account.machineSizes]).toEqual(["s-2vcpu-4gb"]);
	});

	it("never keeps or prints a token or anything else of the state", async () => {
		const facts = await gather(folder, env(fakePulumi(working)), needs);
		expect(JSON.stringify({ ...facts, env: [...facts.env] })).not.toContain(sentinel);
		expect(renderFindings(check(facts, needs), { color: false, width: 100 })).not.toContain(sentinel);
	});

	it("tells a missing CLI from one that is not logged in", async () => {
		const empty = mkdtempSync(join(folder, "empty-"));
		const none = await gather(folder, { PATH: empty }, null);
		expect([none.pulumiVersion, none.backend]).toEqual([null, null]);
		const out = fakePulumi('[ "$1" = version ] && echo v3.250.0 && exit 0; echo "error: log in" >&2; exit 3');
		const loggedOut = await gather(folder, env(out), needs);
		expect([loggedOut.pulumiVersion, loggedOut.backend, loggedOut.stack]).toEqual(["3.250.0", null, null]);
	});

	it.each([
		[
			"a wrong token",
			{ DIGITALOCEAN_TOKEN: "wrong" },
			"the API refused the token (HTTP 401): it is wrong, expired or lacks a scope",
		],
		["no token", { DIGITALOCEAN_TOKEN: "" }, "there is no API token"],
		["nobody there", { DIGITALOCEAN_API_URL: "http://127.0.0.1:1" }, "the DigitalOcean API could not be reached"],
	])("%s is a sentence, not a crash", async (_what, more, sentence) => {
		const facts = await gather(folder, env(fakePulumi(working), more), needs);
		expect(facts.account).toBe(sentence);
	});
});

describe("who serves a domain", () => {
	it("is the nearest zone above it", async () => {
		const resolve = async (name: string) => {
			if (name === "example.com") return ["NS2.example.net", "ns1.example.net"];
			throw new Error("ENODATA");
		};
		expect(await gatherDns(["www.shop.example.com"], resolve)).toEqual([
			{
				domain: "www.shop.example.com",
				zone: { name: "example.com", servers: ["ns1.example.net", "ns2.example.net"] },
			},
		]);
	});

	it("is nobody when no zone answers", async () => {
		const facts = await gatherDns(["shop.example.com"], async () => {
			throw new Error("ENOTFOUND");
		});
		expect(facts).toEqual([{ domain: "shop.example.com", zone: null }]);
	});
});
