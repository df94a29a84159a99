import { describe, expect, test } from "vitest";
import { accepts, DEV_TO_SMALL } from "./acceptances.ts";
import type { Run } from "./events.ts";
import { engineOps, readable } from "./oracle.ts";
import { Workspace } from "./workspace.ts";

/** The sample dev stack on tier starter, about to be promoted to small. */
async function aboutToBePromoted(): Promise<Workspace> {
	const workspace = new Workspace();
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	const up = await workspace.up("dev");
	expect(up.code, up.output).toBe(0);
	const accept = accepts("starter", "small", ...DEV_TO_SMALL);
	workspace.editStackFile("dev", { "tierstack:tier": "small", "tierstack:accept": accept });
	workspace.account.advance(2);
	return workspace;
}

const volumes = (workspace: Workspace) => workspace.account.resources("Volume").map(({ id }) => id);

/** After a fault: the next `up` finishes the promotion, the one after it has nothing to do, and no data went. */
async function expectConvergence(workspace: Workspace, volumesBefore: readonly string[]): Promise<Run> {
	workspace.account.clearFaults();
	const up = await workspace.up("dev");
	expect(up.code, up.output).toBe(0);
	const again = await workspace.up("dev");
	expect(again.code, again.output).toBe(0);
	expect(readable(engineOps(again.steps))).toEqual([]);
	expect(workspace.account.resources("DatabaseCluster")).toHaveLength(1);
	expect(workspace.account.resources("Droplet")[0]?.state.size).toBe("s-4vcpu-8gb");
	expect(volumes(workspace)).toEqual(volumesBefore);
	return up;
}

describe("a promotion that is interrupted", () => {
	test("by an error of the provider half way: the next `up` finishes it", async () => {
		const workspace = await aboutToBePromoted();
		const before = volumes(workspace);
		workspace.account.orderFaults({
			operation: "create",
			type: "DatabaseCluster",
			action: { kind: "error", status: 500 },
		});
		const failed = await workspace.up("dev");
		expect(failed.code).not.toBe(0);
		expect(failed.output).toContain("500 Server Error");
		await expectConvergence(workspace, before);
	});

	test("by the provider's brake (429), then by losing the provider half way: the next `up` finishes it", async () => {
		const workspace = await aboutToBePromoted();
		const before = volumes(workspace);
		workspace.account.orderFaults({ operation: "update", type: "Volume", action: { kind: "error", status: 429 } });
		const braked = await workspace.up("dev");
		expect(braked.code).not.toBe(0);
		expect(braked.output).toContain("429");
		workspace.account.orderFaults({ operation: "update", type: "Droplet", action: { kind: "crash", done: false } });
		const lost = await workspace.up("dev");
		// The volume's change failed half way: the state may claim it, so the guard asks for a look first.
		expect(lost.code).not.toBe(0);
		expect(lost.output).toContain("the last change of data failed half way");
		expect((await workspace.refresh("dev")).code).toBe(0);
		const crashed = await workspace.up("dev");
		expect(crashed.code).not.toBe(0);
		expect(workspace.account.faultsMet()).toBeGreaterThan(0);
		await expectConvergence(workspace, before);
	});

	test("by a kill between two steps: after `pulumi cancel` the next `up` finishes it", async () => {
		const workspace = await aboutToBePromoted();
		const before = volumes(workspace);
		workspace.account.orderFaults({ operation: "update", type: "Droplet", action: { kind: "hang", done: false } });
		// Steps run side by side: a create that is answered and not recorded yet would be a kill inside a create.
		await workspace.killWhen("dev", () => workspace.account.faultsMet() > 0 && workspace.isQuiet());
		expect((await workspace.run(["cancel", "--yes", "--stack", "dev"])).code).toBe(0);
		await expectConvergence(workspace, before);
	});

	test("by a second `up` at the same time: the second is turned away, the first finishes", async () => {
		const workspace = await aboutToBePromoted();
		const before = volumes(workspace);
		workspace.account.orderFaults({
			operation: "create",
			type: "DatabaseCluster",
			action: { kind: "slow", milliseconds: 6000 },
		});
		const first = workspace.up("dev");
		await workspace.until(() => workspace.account.faultsMet() > 0);
		const second = await workspace.up("dev");
		expect(second.code).not.toBe(0);
		expect(second.output).toContain("the stack is currently locked");
		expect((await first).code).toBe(0);
		await expectConvergence(workspace, before);
	});

	test("by --target, which does a part on purpose: the rest still shows, and the next `up` does it", async () => {
		const workspace = await aboutToBePromoted();
		const before = volumes(workspace);
		const part = await workspace.up("dev", { args: ["--target", "**Droplet**"] });
		expect(part.code, part.output).toBe(0);
		expect(workspace.account.resources("DatabaseCluster")).toEqual([]);
		const rest = readable(engineOps((await workspace.preview("dev")).steps));
		expect(rest).toContainEqual(expect.stringMatching(/^create .*DatabaseCluster database$/));
		expect(rest).not.toContainEqual(expect.stringMatching(/Droplet app-1$/));
		await expectConvergence(workspace, before);
	});
});
