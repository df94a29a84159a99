import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, sandbox } from "../cli/run.ts";

/** What is compiled is what users run: one file, ladders read before, a part of Pulumi's library. */
describe("the compiled command line", () => {
	let compiled = "";
	let project: Sandbox;
	beforeAll(() => {
		compiled = mkdtempSync(join(tmpdir(), "tierstack-compiled-"));
		execFileSync(process.execPath, ["src/build.cjs", compiled, "test"], { stdio: ["ignore", "ignore", "inherit"] });
		project = sandbox();
	}, 300_000);
	afterAll(() => {
		rmSync(compiled, { recursive: true });
		project.remove();
	});

	/** Runs it as a process of its own, in the project's folder. */
	const run = (...line: readonly string[]) => {
		const script =
			"require(process.argv[1]).runCli(process.argv.slice(2)).then((code) => { process.exitCode = code; });";
		return execFileSync(process.execPath, ["-e", script, join(compiled, "cli.cjs"), ...line], {
			cwd: project.dir,
			encoding: "utf8",
		});
	};

	test.each(["aws", "digitalocean"])("says of a move on %s what the sources say, byte for byte", async (provider) => {
		const line = ["diff", "wizamart", "scale", "enterprise", "--provider", provider, "--json"];
		const { out } = await project.run(line);
		expect(out).toContain('"op": "create"');
		expect(run(...line)).toBe(out);
	});

	test("reads a ladder that was edited since anew", () => {
		const before = readFileSync(join(project.dir, "tiers/billify.yaml"), "utf8");
		expect(run("tiers", "billify")).not.toContain("edited since");
		project.write("tiers/billify.yaml", before.replace(/^title: .*$/m, "title: edited since"));
		expect(run("tiers", "billify")).toContain("edited since");
	});

	test("comes with the machine code of a model, unless Node keeps its own", () => {
		const kept = existsSync(join(compiled, "cli.cjs.v8")) || existsSync(join(compiled, "cache"));
		expect(kept).toBe(true);
	});
});
