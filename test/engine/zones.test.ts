import { expect, test } from "vitest";
import { Workspace } from "./workspace.ts";

test("a domain that nobody serves is one sentence in the preview, before anything is made", async () => {
	const workspace = new Workspace();
	await workspace.createStack("dev");
	workspace.copyStackFile("dev");
	workspace.editStackFile("dev", { "tierstack:domain": "shop.example.com" });
	const run = await workspace.preview("dev");
	expect(run.code).not.toBe(0);
	expect(run.output).toContain('DigitalOcean does not serve the DNS of "shop.example.com"');
	expect(run.output).not.toMatch(/unhandled exception|\n\s+at /);
});
