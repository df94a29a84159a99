#!/usr/bin/env node
/*
 * Writes the table of what a provider's schema says about change: per resource type its inputs, which of them replace
 * the resource, which the cloud fills in when they are left out, which are secret, what is meant by leaving one out,
 * and whether a name is made up when none is given.
 *
 *   node src/changes/replaces/generate.mjs SCHEMA FACTS > src/changes/replaces/<provider>.json
 *
 * SCHEMA  {source, resources: {token: {inputs: {name: {type, replaces?, secret?}}}}}, cut from the provider's package
 *         schema (`pulumi package get-schema <provider>@<version>`; "replaces" is its willReplaceOnChanges).
 * FACTS   {source, resources: {token: {computed?: [input], defaults?: {input: value}, noUpdate?: true}}}, what the
 *         schema does not tell: inputs that are optional and computed, what is meant when one is left out, and types
 *         without an update, where every change replaces.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The table, its lists sorted, so that the same input gives the same bytes. */
export function replaceTable(schema, facts) {
	const types = Object.entries(schema.resources).sort(byKey);
	return {
		source: [schema.source, facts.source],
		types: Object.fromEntries(types.map(([type, { inputs }]) => [type, row(inputs, facts.resources[type] ?? {})])),
	};
}

function row(inputs, { computed = [], defaults = {}, noUpdate = false }) {
	const known = Object.keys(inputs).sort();
	const replaces = noUpdate ? known : pathsWith(inputs, (property) => property.replaces === true);
	const secret = pathsWith(inputs, (property) => property.secret === true);
	const autonamed = inputs.name !== undefined && inputs.name.required !== true;
	return { known, replaces, computed: [...computed].sort(), secret, defaults: sorted(defaults), autonamed };
}

/** Paths, lists left out of them: `nodePool.size`, `vpcs.vpcUuid`. */
function pathsWith(inputs, chosen, prefix = "") {
	return Object.entries(inputs)
		.flatMap(([name, property]) => {
			const path = `${prefix}${name}`;
			return chosen(property) ? [path] : pathsWith(members(property.type), chosen, `${path}.`);
		})
		.sort();
}

function members(type) {
	if (typeof type !== "object" || type === null) return {};
	return type.object ?? members(type.array ?? type.map);
}

function sorted(record) {
	return Object.fromEntries(Object.entries(record).sort(byKey));
}

function byKey([left], [right]) {
	return left < right ? -1 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const [schema, facts] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
	if (schema === undefined || facts === undefined) {
		process.stderr.write("usage: generate.mjs SCHEMA FACTS\n");
		process.exit(1);
	}
	process.stdout.write(`${JSON.stringify(replaceTable(schema, facts), null, "\t")}\n`);
}
