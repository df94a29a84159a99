import { describe, expect, it } from "vitest";
import { RULE_NAMES } from "../../src/policy/rule.ts";
import { checkResource, RESOURCE_ROWS, RULES, STACK_ROWS } from "../../src/policy/rules.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { awsCases } from "./aws.cases.ts";
import { digitaloceanCases } from "./digitalocean.cases.ts";
import { context, subject } from "./subjects.ts";

function describeSubject({ type, name, inputs, protect }: Subject): string {
	return `${type} ${name} ${JSON.stringify(inputs)}${protect ? ", protected" : ""}`;
}

const cases = [...digitaloceanCases, ...awsCases];

describe.each(cases.map((each) => ({ ...each, type: each.broken[0]?.[0].type })))("$rule of $type", (each) => {
	it.each(each.kept.map((kept) => [describeSubject(kept), kept] as const))("is kept by %s", (_told, kept) => {
		expect(checkResource(each.rule, kept, context)).toEqual([]);
	});

	it.each(each.broken.map(([broken, sentence]) => [describeSubject(broken), broken, sentence] as const))(
		"is broken by %s",
		(_told, broken, sentence) => {
			expect(checkResource(each.rule, broken, context)).toContain(sentence);
		},
	);
});

describe("the table of rules", () => {
	it("has a kept and a broken case for every type of every rule", () => {
		const tried = (subjects: (each: (typeof cases)[number]) => readonly string[]) =>
			new Set(cases.flatMap((each) => subjects(each).map((type) => `${each.rule} ${type}`)));
		const kept = tried((each) => each.kept.map(({ type }) => type));
		const broken = tried((each) => each.broken.map(([{ type }]) => type));
		const rows = RESOURCE_ROWS.map(({ rule, type }) => `${rule} ${type}`);
		expect(rows.filter((row) => !kept.has(row))).toEqual([]);
		expect(rows.filter((row) => !broken.has(row))).toEqual([]);
	});

	it("has at least one row for every rule, and says of each what to do", () => {
		const held = new Set([...RESOURCE_ROWS, ...STACK_ROWS].map(({ rule }) => rule));
		expect(RULE_NAMES.filter((name) => !held.has(name))).toEqual([]);
		expect(Object.values(RULES).every(({ mend }) => mend.endsWith("."))).toBe(true);
	});

	it("leaves what the stack file retires unprotected", () => {
		const volume = subject("digitalocean:index/volume:Volume", {}, { name: "data" });
		expect(checkResource("protected", volume, { ...context, retiring: ["data"] })).toEqual([]);
		const database = subject("aws:rds/instance:Instance", {}, { name: "database" });
		expect(checkResource("protected", database, { ...context, retiring: ["database"] })).toEqual([]);
		for (const held of [volume, database]) {
			expect(checkResource("protected", held, { ...context, retiring: ["stack"] })).toEqual([]);
			expect(checkResource("protected", held, { ...context, retiring: ["files"] })).not.toEqual([]);
		}
	});

	it("says nothing of types it does not know", () => {
		const unknown = subject("random:index/randomPassword:RandomPassword", { acl: "public-read" });
		expect(RULE_NAMES.flatMap((rule) => checkResource(rule, unknown, context))).toEqual([]);
	});
});
