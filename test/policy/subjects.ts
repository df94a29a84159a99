import type { RuleContext } from "../../src/policy/rule.ts";
import type { Inputs, Subject } from "../../src/policy/subject.ts";

/** A stack without anything retired, with a ceiling nobody reaches by accident. */
export const context: RuleContext = { retiring: [], ceilingUsd: 1000 };

export function subject(type: string, inputs: Inputs = {}, told: Partial<Subject> = {}): Subject {
	const name = told.name ?? "thing";
	return {
		urn: `urn:pulumi:test::tierstack::${type}::${name}`,
		type,
		name,
		inputs,
		provider: null,
		protect: false,
		references: {},
		...told,
	};
}
