import { type DesiredState, isSecret } from "../../src/changes/desired.ts";
import { covers, memberPath, rulePath } from "../../src/changes/diff/paths.ts";
import { knowledgeOf } from "../../src/changes/impact/catalogue.ts";
import type { Plain } from "../../src/words.ts";

/** What states set, as `type.path`, and what of it the catalogue of impacts does not know. */
export interface Coverage {
	readonly set: ReadonlySet<string>;
	readonly uncovered: readonly string[];
}

/** Holds every property of every state against the catalogue. */
export function coverageOf(states: readonly DesiredState[]): Coverage {
	const set = new Set<string>();
	const uncovered = new Set<string>();
	for (const { resources } of states) {
		for (const { type, custom, inputs } of resources) {
			if (!custom) continue;
			const { rule, schema, properties } = knowledgeOf(type);
			if (rule === null || schema === null) uncovered.add(type);
			const paths = [...(schema?.replaces ?? []), ...properties.flatMap(({ paths: own }) => own)];
			for (const leaf of leavesOf(inputs, "")) {
				set.add(`${type}.${leaf}`);
				if (!paths.some((known) => covers(known, leaf))) uncovered.add(`${type}.${leaf}`);
			}
		}
	}
	return { set, uncovered: [...uncovered] };
}

/** `412 properties of 38 types are set`. */
export function coverageText({ set }: Coverage): string {
	const types = new Set([...set].map((each) => each.split(".")[0]));
	return `${set.size} properties of ${types.size} types are set`;
}

/** Paths of everything inside that is no list or record, without indices. */
function leavesOf(value: Plain, path: string): readonly string[] {
	if (typeof value !== "object" || value === null || isSecret(value)) return [rulePath(path)];
	const inner = Object.entries(value);
	if (inner.length === 0) return [rulePath(path)];
	return inner.flatMap(([key, each]) =>
		leavesOf(each, Array.isArray(value) ? `${path}[${key}]` : memberPath(path, key)),
	);
}
