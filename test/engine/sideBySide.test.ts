import { expect, test } from "vitest";
import { engineOps, readable } from "./oracle.ts";
import { Workspace } from "./workspace.ts";

const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJvZ3VzLWtleS1vbmx5LWZvci10ZXN0cy0wMDAwMDAw ops@example.com";

/** Four stacks of two products in one account, with the same people's key, as a small team has them. */
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	dev: { "tierstack:ladder": "wizamart", "tierstack:tier": "starter" },
	staging: {
		"tierstack:ladder": "wizamart",
		"tierstack:tier": "large",
		"tierstack:floors": "ignore",
		"tierstack:workload": { clients: 20 },
	},
	prod: { "tierstack:ladder": "wizamart", "tierstack:tier": "large", "tierstack:protect": "all" },
	"billify-prod": { "tierstack:ladder": "billify", "tierstack:tier": "mvp" },
};

test("dev, staging and prod of one product and another product stand side by side in one account", async () => {
	const workspace = new Workspace();
	for (const [stack, config] of Object.entries(STACKS)) {
		await workspace.createStack(stack);
		workspace.writeStackFile(stack, {
			"tierstack:provider": "digitalocean",
			"tierstack:region": "fra1",
			"tierstack:access": { sshKeys: [SSH_KEY], sshFrom: ["203.0.113.7/32"] },
			...config,
		});
		const up = await workspace.up(stack);
		expect(up.code, `${stack}: ${up.output}`).toBe(0);
	}
	const ranges = workspace.account.resources("Vpc").map(({ state }) => state.ipRange);
	expect(new Set(ranges).size).toBe(4);
	// Each still leaves the others alone: a second run of the first changes nothing.
	const again = await workspace.up("dev");
	expect(again.code, again.output).toBe(0);
	expect(readable(engineOps(again.steps))).toEqual([]);
});
