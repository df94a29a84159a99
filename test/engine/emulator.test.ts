import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Run } from "./events.ts";
import { Workspace } from "./workspace.ts";

/** A host with its volume, a database and a bucket: enough to see every kind of step. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const ocean = require("@pulumi/digitalocean");
const config = new pulumi.Config("trial");
const region = "fra1";
const network = new ocean.Vpc("network", { region });
const app = new ocean.Droplet("app", {
	image: "ubuntu-24-04-x64", region, vpcUuid: network.id, resizeDisk: false, tags: ["web"],
	size: config.get("size") ?? "s-1vcpu-1gb",
	userData: pulumi.secret(config.get("userData") ?? "#cloud-config\\n# sentinel-user-data\\n"),
});
const data = new ocean.Volume("data", { region, size: config.getNumber("volume") ?? 10 }, { protect: true });
new ocean.VolumeAttachment("data", { dropletId: app.id.apply(Number), volumeId: data.id }, { deleteBeforeReplace: true });
const database = new ocean.DatabaseCluster("database", {
	name: config.get("databaseName"), engine: "pg", version: "17", region, nodeCount: 1, privateNetworkUuid: network.id,
	size: config.get("database") ?? "db-s-1vcpu-1gb",
});
exports.uri = database.privateUri;
`;

async function deployed(config: Record<string, unknown> = {}): Promise<Workspace> {
	const workspace = new Workspace({ program: PROGRAM });
	await workspace.createStack("dev");
	workspace.writeStackFile("dev", config);
	const up = await workspace.up("dev");
	expect(up.code, up.output).toBe(0);
	return workspace;
}

function ops(run: Run): Record<string, string> {
	return Object.fromEntries(
		run.steps.filter(({ op }) => op !== "same").map(({ type, name, op }) => [`${type.split(":").at(-1)} ${name}`, op]),
	);
}

describe("the emulated cloud under the real engine", () => {
	test("goes up, stays quiet, keeps its secrets, and shows updates and replacements as the provider does", async () => {
		const workspace = await deployed();
		expect(workspace.account.resources().map(({ id }) => id)).toHaveLength(5);

		const again = await workspace.up("dev");
		expect(again.code, again.output).toBe(0);
		expect(ops(again)).toEqual({});

		const state = await workspace.run(["stack", "export", "--stack", "dev"]);
		const [cluster] = workspace.account.resources("DatabaseCluster");
		expect(state.output).toContain(
			"urn:pulumi:dev::trial::digitalocean:index/databaseCluster:DatabaseCluster::database",
		);
		for (const secret of ["sentinel-user-data", String(cluster?.state.password)])
			expect(state.output).not.toContain(secret);

		workspace.writeStackFile("dev", { "trial:size": "s-2vcpu-4gb", "trial:volume": 20 });
		const bigger = await workspace.preview("dev");
		expect(ops(bigger)).toEqual({ "Droplet app": "update", "Volume data": "update" });
		expect(bigger.steps.find(({ name }) => name === "app")?.detailedDiff).toEqual({ size: "update" });

		workspace.writeStackFile("dev", { "trial:userData": "#cloud-config\n" });
		const reborn = await workspace.preview("dev");
		expect(ops(reborn)).toEqual({ "Droplet app": "replace", "VolumeAttachment data": "replace" });
		expect(reborn.steps.find(({ type }) => type.endsWith(":Droplet"))).toMatchObject({
			replaceKeys: ["userData"],
			detailedDiff: { userData: "update-replace" },
		});
		expect(reborn.output + bigger.output + again.output).not.toContain("sentinel-user-data");
	});

	test("a mistake in the inputs and a refusal at apply both fail the update with the provider's sentence", async () => {
		// The SDK itself drops an unknown top-level property; one inside an object reaches the provider.
		const typo = `const { Droplet } = require("@pulumi/digitalocean");
			new Droplet("app", { image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb", backups: true, backupPolicy: { plam: "daily" } });`;
		const mistaken = new Workspace({ program: typo });
		await mistaken.createStack("dev");
		const preview = await mistaken.preview("dev");
		expect(preview.code).not.toBe(0);
		expect(preview.output).toContain('unknown property "plam"');

		const refused = new Workspace({ program: PROGRAM });
		await refused.createStack("dev");
		refused.writeStackFile("dev", { "trial:size": "s-3vcpu-1gb" });
		const up = await refused.up("dev");
		expect(up.code).not.toBe(0);
		expect(up.output).toContain("invalid size for Droplet creation");
	});

	test("two stacks of one account clash on a name and do not overlap in addresses", async () => {
		const first = await deployed({ "trial:databaseName": "shop" });
		const second = new Workspace({ program: PROGRAM, account: first.account });
		await second.createStack("prod");
		second.writeStackFile("prod", { "trial:databaseName": "shop" });
		const clash = await second.up("prod");
		expect(clash.code).not.toBe(0);
		expect(clash.output).toContain('name "shop" is already in use');
		second.writeStackFile("prod", { "trial:databaseName": "shop-prod" });
		const up = await second.up("prod");
		expect(up.code, up.output).toBe(0);
		const ranges = first.account.resources("Vpc").map((vpc) => vpc.state.ipRange);
		expect(new Set(ranges).size).toBe(2);
	});

	test("after a failed database resize the state claims the new plan, and only a refresh brings the truth back", async () => {
		const workspace = await deployed();
		const plan = () => workspace.account.resources("DatabaseCluster")[0]?.state.size;
		workspace.account.orderFaults({
			operation: "update",
			type: "DatabaseCluster",
			action: { kind: "error", status: 500 },
		});
		workspace.writeStackFile("dev", { "trial:database": "db-s-2vcpu-4gb" });
		expect((await workspace.up("dev")).code).not.toBe(0);

		const lie = await workspace.up("dev");
		expect(lie.code, lie.output).toBe(0);
		expect(plan()).toBe("db-s-1vcpu-1gb");

		expect((await workspace.refresh("dev")).code).toBe(0);
		expect(ops(await workspace.preview("dev"))).toEqual({ "DatabaseCluster database": "update" });
		expect((await workspace.up("dev")).code).toBe(0);
		expect(plan()).toBe("db-s-2vcpu-4gb");
	});

	test("an engine killed inside a create leaves a pending operation, no plugin process, and the cloud's resource", async () => {
		const workspace = new Workspace({ program: PROGRAM });
		await workspace.createStack("dev");
		workspace.account.orderFaults({
			operation: "create",
			type: "DatabaseCluster",
			action: { kind: "hang", done: true },
		});
		await workspace.killInside("dev", "create DatabaseCluster database");
		expect(workspace.account.resources("DatabaseCluster")).toHaveLength(1);

		workspace.account.clearFaults();
		expect((await workspace.run(["cancel", "--yes", "--stack", "dev"])).code).toBe(0);
		const state = await workspace.run(["stack", "export", "--stack", "dev"]);
		expect(JSON.parse(state.output).deployment.pending_operations).toContainEqual(
			expect.objectContaining({
				type: "creating",
				resource: expect.objectContaining({ urn: expect.stringContaining("::database") }),
			}),
		);
		await wait(1_500);
		expect(await workspace.leftoverPlugins()).toEqual([]);
	});
});
