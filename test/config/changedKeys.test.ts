import { expect, it } from "vitest";
import { changedKeys } from "../../src/config/changedKeys.ts";
import { parseStackFile } from "../../src/config/parseStackFile.ts";
import { known, minimal, withLines } from "./known.ts";

const read = (text: string, stack = "dev") => parseStackFile(text, `Pulumi.${stack}.yaml`, known);

it("keys that differ are told as a stack file writes them, groups key by key", () => {
	const after = withLines(
		"tierstack:domain: shop.example.com",
		"tierstack:access:",
		'  sshFrom: ["203.0.113.7/32"]',
		"tierstack:app:",
		"  port: 9000",
		"tierstack:months: 6",
	).replace("starter", "small");
	expect(changedKeys(read(minimal), read(after))).toEqual(["access.sshFrom", "app.port", "domain", "months", "tier"]);
});

it("the same file under another stack's name differs in nothing", () => {
	expect(changedKeys(read(minimal), read(minimal, "prod"))).toEqual([]);
});
