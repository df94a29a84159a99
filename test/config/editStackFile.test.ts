import {
	chmodSync,
	lstatSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openForEdit, replaceFile } from "../../src/config/editStackFile.ts";

let folder = "";
let path = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "edit-"));
	path = join(folder, "Pulumi.dev.yaml");
	writeFileSync(path, "config: {}\n");
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

it("the new text takes the place of the old, with its permissions, and leaves nothing beside it", () => {
	chmodSync(path, 0o600);
	replaceFile(openForEdit(path), "config: { a:b: c }\n");
	expect(readFileSync(path, "utf8")).toBe("config: { a:b: c }\n");
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readdirSync(folder)).toEqual(["Pulumi.dev.yaml"]);
});

it("a symbolic link stays a link", () => {
	const link = join(folder, "Pulumi.link.yaml");
	symlinkSync(path, link);
	replaceFile(openForEdit(link), "new\n");
	expect(lstatSync(link).isSymbolicLink()).toBe(true);
	expect(readFileSync(path, "utf8")).toBe("new\n");
});

it("a file that changed meanwhile is left as it is", () => {
	const opened = openForEdit(path);
	writeFileSync(path, "config: { x:y: z }\n");
	expect(() => replaceFile(opened, "new\n")).toThrow(
		"Pulumi.dev.yaml: was changed by somebody else meanwhile; nothing is written, start again",
	);
	expect(readFileSync(path, "utf8")).toBe("config: { x:y: z }\n");
});

it("a file that is not UTF-8 is not edited", () => {
	writeFileSync(path, Buffer.from([0x61, 0xff, 0x62]));
	expect(() => openForEdit(path)).toThrow("is not UTF-8, so it is not edited");
});
