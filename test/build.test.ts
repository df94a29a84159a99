import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
let folder = "";

beforeAll(() => {
	// Beside the modules that the program loads at run time.
	folder = mkdtempSync(join(ROOT, "node_modules", ".build-test-"));
	const built = spawnSync(process.execPath, [join(ROOT, "src/build.cjs"), folder, "a-build"], { encoding: "utf8" });
	expect(built.status, built.stderr).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/*
 * Runs the compiled program as the language host does, whose reader of source maps takes most of a minute for one line
 * of a bundle: here a stand-in that only says it was asked.
 */
const HOST = `
	Error.prepareStackTrace = (error) => "a reader of source maps was asked for " + error.message;
	const { run } = require(process.argv[1]);
	run(process.argv[2]).then(
		() => console.log("it ran"),
		(error) => {
			const { name, message, stack = null } = error;
			const { InvokeResponse } = require("module").createRequire(process.argv[1])("@pulumi/pulumi/proto/provider_pb.js");
			const answer = new InvokeResponse();
			console.log(JSON.stringify({ name, message, stack, other: new Error("another").stack, logged: \`resp: \${answer}\` }));
		},
	);
`;

function failureOf(config: Readonly<Record<string, string>>) {
	const env = {
		PATH: process.env.PATH ?? "",
		PULUMI_NODEJS_STACK: "dev",
		PULUMI_NODEJS_PROJECT: "tierstack",
		PULUMI_NODEJS_ORGANIZATION: "organization",
		PULUMI_CONFIG: JSON.stringify(config),
	};
	const { stdout, stderr } = spawnSync(process.execPath, ["-e", HOST, join(folder, "program.cjs"), ROOT], {
		cwd: tmpdir(),
		env,
		encoding: "utf8",
	});
	const told: { name: string; message: string; stack: string | null; other: string; logged: string } = JSON.parse(
		stdout || stderr,
	);
	return told;
}

test("the compiled program names no source map, so that nobody reads one for a stack trace; the map lies beside it", () => {
	expect(readFileSync(join(folder, "program.cjs"), "utf8")).not.toContain("sourceMappingURL");
	const map: { sources: string[] } = JSON.parse(readFileSync(join(folder, "program.cjs.map"), "utf8"));
	expect(map.sources.some((source) => source.endsWith("src/index.ts"))).toBe(true);
});

test("an error of the user is told in a few lines, without a trace", () => {
	const { message, stack } = failureOf({ "tierstack:ladder": "nope", "tierstack:tier": "starter" });
	expect(message).toContain('"nope"');
	expect(message.split("\n").length).toBeLessThan(5);
	expect(stack).toBeNull();
});

test("what the engine answers is not written out, as the SDK would do into its log, secrets included", () => {
	expect(failureOf({}).logged).toBe("resp: (not told)");
});

test("any other error has a trace of V8's own: a line a call, as long as a line", () => {
	const { other } = failureOf({ "tierstack:ladder": "nope", "tierstack:tier": "starter" });
	const lines = other.split("\n");
	expect(lines[0]).toBe("Error: another");
	expect(lines.length).toBeLessThan(12);
	expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300);
});
