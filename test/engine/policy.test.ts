import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Run } from "./events.ts";
import { Workspace } from "./workspace.ts";

const PACK = resolve(import.meta.dirname, "../../src/policy");

/** One of everything the rules look at, as the project makes it; `trial:broken` names the rule to break. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const ocean = require("@pulumi/digitalocean");
const broken = new pulumi.Config("trial").get("broken") ?? "";
const breaks = (rule) => broken === rule || broken === "all";
const region = "fra1";
const tags = breaks("tagged") ? ["mine"] : ["tierstack", "mine"];
const network = new ocean.Vpc("network", { region });
const hosts = new ocean.Tag("hosts", { name: "host" });
new ocean.Droplet("app-1", {
	image: "ubuntu-24-04-x64", region, size: "s-2vcpu-4gb", vpcUuid: network.id, tags: [...tags, hosts.name],
});
new ocean.Firewall("firewall", {
	tags: [hosts.name],
	inboundRules: [
		{ protocol: "tcp", portRange: "22", sourceAddresses: [breaks("ssh-not-wide") ? "0.0.0.0/0" : "203.0.113.0/24"] },
		{ protocol: "tcp", portRange: "443", sourceAddresses: ["0.0.0.0/0"] },
	],
});
const volume = new ocean.Volume("data", { region, size: 10, tags: ["tierstack"] }, { protect: !breaks("protected") });
const database = new ocean.DatabaseCluster("database", {
	engine: "pg", version: "17", region, nodeCount: 1, privateNetworkUuid: network.id, size: "db-s-1vcpu-1gb",
	tags: ["tierstack"],
}, { protect: true });
if (!breaks("database-not-public")) {
	new ocean.DatabaseFirewall("database-firewall", { clusterId: database.id, rules: [{ type: "tag", value: hosts.name }] });
}
new ocean.SpacesBucket("files", {
	region, acl: breaks("bucket-private") ? "public-read" : "private", forceDestroy: false,
}, { protect: true });
if (!breaks("backed-up")) {
	new ocean.SpacesBucket("backups", { region, acl: "private", forceDestroy: false }, { protect: true });
}
new ocean.LoadBalancer("load-balancer", {
	region, vpcUuid: network.id, dropletTag: hosts.name,
	forwardingRules: [{
		entryPort: 80, entryProtocol: "http", targetPort: 8000, targetProtocol: "http",
	}, {
		entryPort: 443, entryProtocol: "https", targetPort: 8000, targetProtocol: "http", certificateName: "shop",
	}],
	redirectHttpToHttps: !breaks("encrypted-in-transit"),
	tlsCipherPolicy: "STRONG",
});
`;

async function stack(config: Record<string, unknown> = {}): Promise<Workspace> {
	const workspace = new Workspace({ program: PROGRAM });
	await workspace.createStack("dev");
	workspace.writeStackFile("dev", config);
	return workspace;
}

function preview(workspace: Workspace, ...args: readonly string[]): Promise<Run> {
	return workspace.preview("dev", { args: ["--policy-pack", PACK, ...args] });
}

/** What each rule says of the program above, told to break just that rule. */
const SENTENCES: Readonly<Record<string, string>> = {
	"database-not-public": "database has no trusted sources, so the whole internet may connect",
	"bucket-private": "files is open to readers (acl)",
	"ssh-not-wide": "firewall opens port 22 to 0.0.0.0/0",
	"encrypted-in-transit": "load-balancer serves plain HTTP beside HTTPS without sending it on",
	"backed-up": "data has no backup",
	protected: "data holds data and is not protected against deletion",
	tagged: 'app-1 lacks the tag "tierstack"',
};

describe("the policy pack in pulumi preview", () => {
	test("lets a stack pass that keeps every rule, also while nothing of it exists yet", async () => {
		const run = await preview(await stack());
		expect(run.code, run.output).toBe(0);
		expect(run.output).toContain("tierstack");
		expect(run.output).not.toContain("can't run policy");
		expect(run.output).not.toContain("[mandatory]");
	});

	test("names every broken rule with the resource, and fails", async () => {
		const run = await preview(await stack({ "trial:broken": "all" }));
		expect(run.code).not.toBe(0);
		for (const sentence of Object.values(SENTENCES)) expect(run.output).toContain(sentence);
	});

	test("lets go what the stack file retires", async () => {
		const retire = [{ resource: "data" }];
		const run = await preview(await stack({ "trial:broken": "protected", "tierstack:retire": retire }));
		expect(run.code, run.output).toBe(0);
	});

	test("takes the ceiling from a policy configuration", async () => {
		const workspace = await stack();
		const config = join(workspace.folder, "policy.json");
		writeFileSync(config, JSON.stringify({ "cost-ceiling": { monthlyUsd: 40 } }));
		const run = await preview(workspace, "--policy-pack-config", config);
		expect(run.code).not.toBe(0);
		expect(run.output).toContain("the ceiling is $40.00");
		const shipped = await preview(workspace, "--policy-pack-config", join(PACK, "config.json"));
		expect(shipped.code, shipped.output).toBe(0);
		expect(JSON.parse(readFileSync(join(PACK, "config.json"), "utf8"))["cost-ceiling"].monthlyUsd).toBeGreaterThan(40);
	});
});
