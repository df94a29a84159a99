import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resourceSchema } from "./digitalocean/schema.ts";
import type { Run } from "./events.ts";
import { Workspace } from "./workspace.ts";

/*
 * The engine's side of test/secrets.test.ts: real secrets through the whole program, and everything the engine prints,
 * logs and keeps is searched for them.
 */

/** One wherever a stack file may name one. */
const SECRETS = {
	APP_KEY: "s3cr3t-of-the-application",
	REGISTRY_TOKEN: "s3cr3t-of-the-registry",
	PAGER_URL: "https://pager.example.com/s3cr3t-of-the-pager",
	DUMP_URL: "https://beats.example.com/s3cr3t-of-the-dumps",
};
const USED_BY = {
	"tierstack:alerts": { email: ["ops@example.com"], webhook: { urlSecret: "PAGER_URL" } },
	"tierstack:backup": { heartbeatSecret: "DUMP_URL" },
	"tierstack:app": {
		image: "registry.example.com/shop:1",
		registry: { server: "registry.example.com", user: "shop", passwordSecret: "REGISTRY_TOKEN" },
	},
};

/** As they are, as JSON writes them, and as a document holds them. */
function forms(secret: string): string[] {
	const inside = secret.match(/s3cr3t-of-the-\w+/)?.[0] ?? secret;
	// Base64 of a part reads the same only where it begins at a third byte.
	const encoded = [0, 1, 2].map((shift) =>
		Buffer.from(" ".repeat(shift) + inside)
			.toString("base64")
			.slice(4, -4),
	);
	return [inside, ...encoded];
}

/** Every secret the emulated cloud handed out. */
function madeByTheCloud(workspace: Workspace): string[] {
	return workspace.account
		.resources()
		.flatMap(({ type, state }) => resourceSchema(type).secretOutputs.map((key) => state[key]))
		.filter((secret): secret is string => typeof secret === "string" && secret.length > 8);
}

/** State, its history and backups, the event logs, the stack file: all but the account, which is the cloud itself. */
function filesOf({ folder, account }: Workspace): string {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.startsWith(account.folder))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
		.join("\n");
}

// Minutes on a busy machine.
const LIMIT = { timeout: 900_000 };

test("no secret of the stack file or the cloud is printed, logged or kept in the open", LIMIT, async () => {
	const workspace = new Workspace();
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	workspace.editStackFile("dev", USED_BY);
	for (const [name, value] of Object.entries(SECRETS)) {
		const set = ["config", "set", "--secret", "--path", `tierstack:secrets.${name}`, "--stack", "dev", value];
		expect((await workspace.run(set)).code).toBe(0);
	}
	const runs: Run[] = [await workspace.preview("dev", { args: ["--diff", "--debug"] })];
	runs.push(await workspace.up("dev", { args: ["--diff", "--debug"] }));
	expect(runs.map(({ code }) => code)).toEqual([0, 0]);
	const changedKey = ["config", "set", "--secret", "--path", "tierstack:secrets.APP_KEY", "--stack", "dev"];
	expect((await workspace.run([...changedKey, `${SECRETS.APP_KEY}-anew`])).code).toBe(0);
	workspace.editStackFile("dev", { "tierstack:tier": "small" });
	runs.push(await workspace.preview("dev", { args: ["--diff"] }));
	// Stopped by the guard, with its reasons and routes.
	runs.push(await workspace.up("dev"));
	for (const args of [[], ["--json"]]) runs.push(await workspace.tierstack(["preview", "dev", "--engine", ...args]));
	runs.push(await workspace.run(["stack", "output", "--json", "--stack", "dev"]));
	runs.push(await workspace.run(["stack", "export", "--stack", "dev"]));
	expect(runs.map(({ output }) => output.length > 100)).not.toContain(false);

	const made = madeByTheCloud(workspace);
	expect(made.length).toBeGreaterThan(1);
	// They did reach the cloud: what is searched for is there.
	const cloud = JSON.stringify(workspace.account.data());
	for (const name of ["APP_KEY", "PAGER_URL"] as const) expect(cloud).toContain(forms(SECRETS[name])[0]);
	const seen = [...runs.map(({ output }) => output), filesOf(workspace)].join("\n");
	const searched = [...Object.values(SECRETS).flatMap(forms), ...made];
	expect(searched.filter((secret) => seen.includes(secret))).toEqual([]);
});
