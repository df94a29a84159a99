#!/usr/bin/env node
/*
 * Writes the table of what a provider's schema says about change: per resource type its inputs, which of them replace
 * the resource, which the cloud fills in when they are left out, which are secret, what is meant by leaving one out,
 * and whether a name is made up when none is given.
 *
 *   node src/changes/replaces/generate.mjs SCHEMA FACTS > src/changes/replaces/<provider>.json
 *
 * SCHEMA  {source, shapes?, resources: {token: {inputs: {name: {type, replaces?, secret?, computed?}}, defaults?,
 *         nameInput?, deleteFirst?}}}, cut from the provider's package schema (`pulumi package get-schema
 *         <provider>@<version>`; "replaces" is its willReplaceOnChanges) or read from its declarations. A type
 *         {ref: name} stands for the inputs under that name in `shapes`.
 * FACTS   {source, resources: {token: {computed?: [input], defaults?: {input: value}, noUpdate?: true}}}, what the
 *         schema does not tell: inputs that are optional and computed, what is meant when one is left out, and types
 *         without an update, where every change replaces.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The table, its lists sorted, so that the same input gives the same bytes. */
export function replaceTable(schema, facts) {
	const types = Object.entries(schema.resources).sort(byKey);
	const shapes = schema.shapes ?? {};
	return {
		source: [schema.source, facts.source],
		types: Object.fromEntries(
			types.map(([type, resource]) => [type, row(resource, facts.resources?.[type] ?? {}, shapes)]),
		),
	};
}

function row(resource, { computed = [], defaults = resource.defaults ?? {}, noUpdate = false }, shapes) {
	const { inputs, nameInput = "name", deleteFirst = false } = resource;
	const known = Object.keys(inputs).sort();
	const replaces = noUpdate ? known : pathsWith(inputs, (property) => property.replaces === true, shapes);
	const secret = pathsWith(inputs, (property) => property.secret === true, shapes);
	const filled = [...computed, ...known.filter((name) => inputs[name].computed === true)].sort();
	const autonamed = inputs[nameInput] !== undefined && inputs[nameInput].required !== true;
	return {
		known,
		replaces,
		computed: filled,
		secret,
		defaults: sorted(defaults),
		autonamed,
		...(autonamed && nameInput !== "name" ? { nameInput } : {}),
		...(deleteFirst ? { deleteFirst } : {}),
	};
}

/** Paths, lists left out of them: `nodePool.size`, `vpcs.vpcUuid`. A shape inside itself is looked at once. */
function pathsWith(inputs, chosen, shapes, prefix = "", open = []) {
	return Object.entries(inputs)
		.flatMap(([name, property]) => {
			const path = `${prefix}${name}`;
			if (chosen(property)) return [path];
			const inner = members(property.type, shapes);
			return open.includes(inner) ? [] : pathsWith(inner, chosen, shapes, `${path}.`, [...open, inner]);
		})
		.sort();
}

function members(type, shapes) {
	if (typeof type !== "object" || type === null) return {};
	if (type.ref !== undefined) return shapes[type.ref];
	return type.object ?? members(type.array ?? type.map, shapes);
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
