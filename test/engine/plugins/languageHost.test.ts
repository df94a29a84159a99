import { expect, test } from "vitest";
import { Workspace } from "../workspace.ts";

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config("trial");
pulumi.log.info("dry run: " + pulumi.runtime.isDryRun());
exports.greeting = config.require("greeting");
exports.secret = config.requireSecret("password");
exports.stack = pulumi.getStack();
exports.project = pulumi.getProject();
`;

test("a plain `pulumi up` runs a program with its configuration, secrets, stack and project", async () => {
	const workspace = new Workspace({ program: PROGRAM });
	await workspace.createStack("dev");
	workspace.writeStackFile("dev", { "trial:greeting": "hello" });
	await workspace.run(["config", "set", "--stack", "dev", "--secret", "password", "sentinel-5e1"]);
	const preview = await workspace.preview("dev");
	expect(preview.diagnostics.map((diagnostic) => diagnostic.message)).toContain("dry run: true");
	const up = await workspace.up("dev");
	expect(up.code, up.output).toBe(0);
	expect(up.output).not.toContain("sentinel-5e1");
	const outputs = await workspace.run(["stack", "output", "--stack", "dev", "--json", "--show-secrets"]);
	expect(JSON.parse(outputs.output)).toEqual({
		greeting: "hello",
		secret: "sentinel-5e1",
		stack: "dev",
		project: "trial",
	});
});

test("a program that ends with an exit code fails the command and tells the code", async () => {
	const workspace = new Workspace({ program: "process.exit(3);" });
	await workspace.createStack("dev");
	const preview = await workspace.preview("dev");
	expect(preview.code).not.toBe(0);
	expect(preview.output).toContain("non-zero exit code: 3");
});

test("a program that reports a RunError fails with its one sentence", async () => {
	// With a stack the SDK's error path takes some twenty seconds: so does the guard leave it out.
	const program = `
		const error = new (require("@pulumi/pulumi").RunError)("this change needs an acceptance");
		error.stack = undefined;
		throw error;`;
	const workspace = new Workspace({ program });
	await workspace.createStack("dev");
	const up = await workspace.up("dev");
	expect(up.code).not.toBe(0);
	expect(up.output).toContain("this change needs an acceptance");
	expect(up.output).not.toContain("program.cjs");
	expect(up.output).not.toContain("at Object");
});
