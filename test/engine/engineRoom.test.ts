import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { previewStack } from "../../src/engine/previewStack.ts";
import { resourceSchema } from "./digitalocean/schema.ts";
import { compileProgram } from "./plugins/buildPlugins.ts";
import { Workspace } from "./workspace.ts";

async function deployed(): Promise<Workspace> {
	const program = await compileProgram(join(import.meta.dirname, "deployedProgram.ts"));
	const workspace = new Workspace({ program });
	await workspace.createStack("dev");
	for (const _ of ["first", "second"]) {
		const up = await workspace.up("dev");
		expect(up.code, up.output).toBe(0);
	}
	return workspace;
}

describe("what is deployed, read by the program itself", () => {
	test("holds each resource's capacity and not one secret", async () => {
		const workspace = await deployed();
		const shown = await workspace.run(["stack", "output", "--stack", "dev", "--json"]);
		const outputs: { deployed: string } = JSON.parse(shown.output);
		const deployedThere: Record<string, { type: string; capacity: object; marks: object }> = JSON.parse(
			outputs.deployed,
		);
		const resources = Object.values(deployedThere);
		expect(resources.find(({ type }) => type.endsWith(":Droplet"))?.capacity).toMatchObject({
			size: "s-1vcpu-1gb",
			disk: 25,
		});
		expect(resources.find(({ type }) => type.endsWith(":DatabaseCluster"))?.capacity).toMatchObject({
			size: "db-s-1vcpu-1gb",
			nodeCount: 1,
			storageSizeMib: "10240",
		});
		const secrets = workspace.account
			.resources()
			.flatMap(({ type, state }) => resourceSchema(type).secretOutputs.map((key) => state[key]))
			.filter((secret) => typeof secret === "string" && secret !== "");
		expect(secrets.length).toBeGreaterThanOrEqual(4);
		for (const secret of [...secrets, "sentinel-user-data", "sentinel-output"])
			expect(outputs.deployed).not.toContain(secret);
	});
});

describe("a preview asked of the engine", () => {
	test("tells operations and property paths; a missing stack or CLI is one sentence", async () => {
		const workspace = await deployed();
		const request = { projectDir: workspace.folder, stack: "dev", env: workspace.env };
		expect(await previewStack(request)).toEqual({ steps: [], errors: [] });

		workspace.writeStackFile("dev", { "trial:size": "s-2vcpu-4gb" });
		expect(await previewStack(request)).toEqual({
			steps: [
				{
					urn: "urn:pulumi:dev::trial::digitalocean:index/droplet:Droplet::app",
					type: "digitalocean:index/droplet:Droplet",
					op: "update",
					order: null,
					replaceKeys: [],
					detailedDiff: { size: "update" },
				},
			],
			errors: [],
		});
		await expect(previewStack({ ...request, stack: "nope" })).rejects.toThrow("no stack named 'nope' found");
		await expect(previewStack({ ...request, env: { ...workspace.env, PATH: "" } })).rejects.toThrow(
			"there is no `pulumi`",
		);
	});
});
