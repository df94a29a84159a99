import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { actionlint, zizmor } from "./tools.ts";

const PROJECT = resolve(import.meta.dirname, "../../..");
const WORKFLOWS = readdirSync(join(PROJECT, ".github/workflows")).map((name) => `.github/workflows/${name}`);

/** Wrong in the ways the scanners are there for. */
const BAD = `name: bad
on: pull_request_target
jobs:
  bad:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: echo "\${{ github.event.pull_request.title }}" \${{ nothing.here }}
`;

function badFile(): { readonly folder: string; readonly file: string } {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-scan-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	writeFileSync(join(folder, "bad.yml"), BAD);
	return { folder, file: "bad.yml" };
}

describe("the workflows", () => {
	it("have no fault that actionlint knows", () => {
		const { code, output } = actionlint(PROJECT, WORKFLOWS);
		expect(output).toBe("");
		expect(code).toBe(0);
	});

	it("have no weakness that zizmor knows, but for the one trigger that is explained where it stands", () => {
		const { code, output } = zizmor(PROJECT, WORKFLOWS);
		expect(output).toContain("No findings to report");
		expect(output).toMatch(/\(1 ignored, \d+ suppressed\)/);
		expect(code, output).toBe(0);
	});

	it("are looked at by scanners that do find what is wrong", () => {
		const { folder, file } = badFile();
		const linted = actionlint(folder, [file]);
		expect(linted.code).toBe(1);
		expect(linted.output).toContain("nothing");
		const audited = zizmor(folder, [file]);
		expect(audited.code).not.toBe(0);
		for (const found of ["dangerous-triggers", "template-injection", "unpinned-uses", "artipacked"]) {
			expect(audited.output).toContain(found);
		}
	});
});
