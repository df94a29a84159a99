import { expect } from "vitest";
import type { Run } from "./events.ts";
import { Workspace } from "./workspace.ts";

/** The sample stack `dev` of the project, up in an account of its own; cool-downs are over. */
export async function deployedOn(tier: string): Promise<Workspace> {
	const workspace = new Workspace();
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	workspace.editStackFile("dev", { "tierstack:tier": tier });
	expectDone(await workspace.up("dev"));
	workspace.account.advance(2);
	return workspace;
}

/** The run, when it ended well. */
export function expectDone(run: Run): Run {
	expect(run.code, run.output).toBe(0);
	return run;
}
