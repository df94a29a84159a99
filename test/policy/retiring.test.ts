import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { retiringIn, stackOf } from "../../src/policy/retiring.ts";

function folder(files: Readonly<Record<string, string>>): string {
	const made = mkdtempSync(join(tmpdir(), "tierstack-policy-"));
	onTestFinished(() => rmSync(made, { recursive: true }));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
	return made;
}

const RETIRING = "config:\n  tierstack:retire:\n    - resource: data\n    - resource: database\n      backup: dump-7\n";

it("reads what the stack's own file retires, from the first folder that has the file", () => {
	const [empty, full] = [folder({}), folder({ "Pulumi.prod.yaml": RETIRING })];
	expect(retiringIn([empty, full], "prod")).toEqual(["data", "database"]);
	expect(retiringIn([folder({ "Pulumi.prod.yaml": "config: {}\n" }), full], "prod")).toEqual([]);
});

it("takes nothing for retired when the file is missing, empty or says nothing of it", () => {
	expect(retiringIn([folder({})], "prod")).toEqual([]);
	expect(retiringIn([folder({ "Pulumi.prod.yaml": "" })], "prod")).toEqual([]);
	expect(retiringIn([folder({ "Pulumi.prod.yaml": RETIRING })], "dev")).toEqual([]);
});

it("knows the stack from any of its resources", () => {
	expect(stackOf("urn:pulumi:prod::tierstack::digitalocean:index/volume:Volume::data")).toBe("prod");
});
