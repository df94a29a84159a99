import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { NAME_RULES as AWS_RULES } from "../../src/stack/aws/site.ts";
import { NAME_RULES } from "../../src/stack/digitalocean/site.ts";
import { checkAutonames, physicalName } from "../../src/stack/names.ts";

const RULES = [...Object.entries(NAME_RULES), ...Object.entries(AWS_RULES)];
const word = fc.string({ minLength: 1, maxLength: 300 });

describe("names users see", () => {
	test("are their parts, joined", () => {
		expect(physicalName(NAME_RULES.droplet, ["wizamart", "prod", "app-1"])).toBe("wizamart-prod-app-1");
		expect(physicalName(NAME_RULES.tag, ["tierstack", "wizamart", "prod", "web"])).toBe("tierstack:wizamart:prod:web");
	});

	test.each(RULES)("%s: fit the provider's rule, whatever the stack is called", (_, rule) => {
		fc.assert(
			fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (parts) => {
				const name = physicalName(rule, parts);
				expect(name.length).toBeLessThanOrEqual(rule.max);
				expect(new RegExp(rule.illegal.source).test(name)).toBe(false);
				expect(physicalName(rule, parts)).toBe(name);
			}),
		);
	});

	test("tell two stacks apart that differ in what had to be altered only", () => {
		const name = (stack: string) => physicalName(NAME_RULES.droplet, ["wizamart", stack, "app-1"]);
		expect(new Set(["a.b", "a-b", "A.B", "a_b"].map(name)).size).toBe(4);
		const long = "x".repeat(80);
		expect(name(`${long}1`)).not.toBe(name(`${long}2`));
		expect(name(`${long}1`)).toMatch(/^wizamart-x+-[0-9a-f]{8}$/);
	});
});

describe("names the engine makes up", () => {
	const check = (stack: string) =>
		checkAutonames([{ what: "bucket", longest: "settings", rule: NAME_RULES.bucket }], "tierstack", stack);

	test("fit a usual stack", () => {
		expect(() => check("prod")).not.toThrow();
		expect(() => check("x".repeat(36))).not.toThrow();
	});

	test("are refused before anything exists: too long, or a character the provider does not take", () => {
		expect(() => check("x".repeat(37))).toThrow(
			new UserError([
				{
					file: null,
					line: null,
					key: null,
					message: `the stack's name "${"x".repeat(37)}" is 1 character too long for bucket names`,
				},
			]),
		);
		expect(() => check("Prod.EU")).toThrow('the stack\'s name "Prod.EU" gives bucket names with "P"');
	});
});
