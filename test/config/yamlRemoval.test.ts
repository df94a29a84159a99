import { describe, expect, it } from "vitest";
import { type Edit, editYaml } from "../../src/config/editYaml.ts";

const remove = (text: string, index = 0) =>
	editYaml(text, [{ kind: "remove", key: "tierstack:accept", index }], "Pulumi.dev.yaml");

describe("taking an entry out of a list", () => {
	it.each([
		[
			"first of several, comments around it stay",
			0,
			"config:\n  tierstack:accept:\n    # one\n    - risk: cost # once\n      resource: x\n    # two\n    - risk: unknown\n  a:b: c\n",
			"config:\n  tierstack:accept:\n    # one\n    # two\n    - risk: unknown\n  a:b: c\n",
		],
		[
			"last of several",
			1,
			"config:\n  tierstack:accept:\n    - risk: cost\n    - risk: unknown\n      reason: |\n        two\n        lines\n\n  # next\n  a:b: c\n",
			"config:\n  tierstack:accept:\n    - risk: cost\n\n  # next\n  a:b: c\n",
		],
		[
			"the only one, with its key",
			0,
			"config:\n  tierstack:tier: small\n  tierstack:accept: # all\n    - risk: cost\n      resource: x\n",
			"config:\n  tierstack:tier: small\n",
		],
		[
			"the only one below a comment, which stays",
			0,
			"config:\n  tierstack:accept:\n    # the night of the move\n    - risk: cost\n  a:b: c\n",
			"config:\n  tierstack:accept: []\n    # the night of the move\n  a:b: c\n",
		],
		["without a last line end", 0, "config:\n  a:b: c\n  tierstack:accept:\n  - risk: cost", "config:\n  a:b: c"],
		[
			"with Windows line ends",
			0,
			"config:\r\n  tierstack:accept:\r\n  - risk: cost\r\n  - risk: unknown\r\n",
			"config:\r\n  tierstack:accept:\r\n  - risk: unknown\r\n",
		],
		[
			"an entry in brackets of its own",
			0,
			"config:\n  tierstack:accept:\n    - { risk: cost, reason: 'a # b' }\n    - { risk: unknown }\n",
			"config:\n  tierstack:accept:\n    - { risk: unknown }\n",
		],
		[
			"in brackets, first",
			0,
			"config:\n  tierstack:accept: [{ risk: cost }, { risk: unknown }]\n",
			"config:\n  tierstack:accept: [{ risk: unknown }]\n",
		],
		[
			"in brackets, last",
			1,
			"config:\n  tierstack:accept: [{ risk: cost }, { risk: unknown }]\n",
			"config:\n  tierstack:accept: [{ risk: cost }]\n",
		],
		["in brackets, only", 0, "config:\n  tierstack:accept: [{ risk: cost }]\n", "config:\n  tierstack:accept: []\n"],
	])("%s", (_what, index, before, after) => {
		expect(remove(before, index)).toBe(after);
	});

	it("gives the file as it was before the entry was added", () => {
		const before = "# prod\nconfig:\n  tierstack:tier: small # now\n\nencryptionsalt: v1:abc\n";
		const item = { risk: "cost", resource: "stack", reason: "agreed: yes" };
		const added = editYaml(
			before,
			[{ kind: "append", key: "tierstack:accept", item } satisfies Edit],
			"Pulumi.dev.yaml",
		);
		expect(added).not.toBe(before);
		expect(remove(added)).toBe(before);
	});

	it.each([
		[
			"shared by an anchor",
			"x: &x { risk: cost }\nconfig:\n  tierstack:accept: &a [{ risk: cost }]\n  a:b: *a\n",
			"is an anchor",
		],
		[
			"with a comment inside its brackets",
			"config:\n  tierstack:accept: [\n    { risk: cost }, # why\n    { risk: unknown }\n  ]\n",
			"has a comment",
		],
		["no list", "config:\n  tierstack:accept: none\n", "does not hold a list"],
	])("is refused where it would lose more: %s", (_what, text, why) => {
		expect(() => remove(text)).toThrow(`Pulumi.dev.yaml: tierstack:accept: ${why}`);
		expect(() => remove(text)).toThrow(/; take entry 1 out by hand$/);
	});
});
