import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { DesiredResource } from "../../src/changes/desired.ts";
import type { ComparisonInput } from "../../src/changes/input.ts";
import type { Plain, PlainRecord } from "../../src/words.ts";
import { comparison, resource, urnOf } from "./builders.ts";

/* Reads labels.yaml into comparisons. */

const plain: z.ZodType<Plain> = z.lazy(() =>
	z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(plain), z.record(z.string(), plain)]),
);
const inputs = z.record(z.string(), plain);
const options = z.strictObject({
	protect: z.boolean().optional(),
	retainOnDelete: z.boolean().optional(),
	deleteBeforeReplace: z.boolean().optional(),
	ignoreChanges: z.array(z.string()).optional(),
	replaceOnChanges: z.array(z.string()).optional(),
	dependsOn: z.array(z.string()).optional(),
	aliasNames: z.array(z.string()).optional(),
});
const declared = z.strictObject({ name: z.string(), type: z.string(), inputs, options: options.optional() });
const label = z.strictObject({
	id: z.string(),
	provider: z.enum(["digitalocean", "aws"]),
	traps: z.array(z.number()).min(1),
	expect: z.enum(["safe", "needs-acceptance", "blocked"]),
	risks: z.array(z.string()).default([]),
	why: z.string(),
	type: z.string().optional(),
	given: inputs.default({}),
	from: inputs.optional(),
	to: inputs.optional(),
	options: options.optional(),
	before: z.array(declared).optional(),
	after: z.array(declared).optional(),
	disks: z.record(z.string(), z.number()).default({}),
	bornWith: z.number().optional(),
});
export type Label = z.infer<typeof label>;

export function readLabels(): readonly Label[] {
	const text = readFileSync(new URL("labels.yaml", import.meta.url), "utf8");
	return z.strictObject({ labels: z.array(label) }).parse(parse(text)).labels;
}

/** What the names of plans say themselves: `s-2vcpu-4gb`; machines' disks come from the label. */
function capacities({ disks }: Label, text: string): ComparisonInput["capacities"] {
	const named = [...text.matchAll(/(?:db-)?s-(\d+)vcpu-(\d+)gb/g)].map(([sku, vcpu, memoryGib]) => [
		sku,
		{ vcpu: Number(vcpu), memoryGib: Number(memoryGib), diskGb: disks[sku] ?? null },
	]);
	const others = Object.entries(disks).map(([sku, diskGb]) => [sku, { vcpu: null, memoryGib: null, diskGb }]);
	return Object.fromEntries([...others, ...named]);
}

/** The label's two sides, for a stack that tolerates nothing and accepts nothing. */
export function comparisonOf(each: Label): ComparisonInput {
	const [before, after] = sidesOf(each);
	const bornWith = each.bornWith === undefined ? {} : { [urnOf(each.type ?? "", "it")]: each.bornWith };
	return comparison(before, after, { capacities: capacities(each, JSON.stringify(each)) ?? {}, diskGbByUrn: bornWith });
}

function sidesOf(each: Label): readonly [readonly DesiredResource[], readonly DesiredResource[]] {
	const { type, given, from = {}, to = {}, before, after } = each;
	if (type === undefined) return [declare(before ?? []), declare(after ?? [])];
	const shared = each.options === undefined ? {} : { options: each.options };
	const one = (own: PlainRecord) =>
		declare([{ name: "it", type, inputs: withoutNulls({ ...given, ...own }), ...shared }]);
	return [one(from), one(to)];
}

function withoutNulls(values: PlainRecord): Record<string, Plain> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function declare(list: readonly z.infer<typeof declared>[]): DesiredResource[] {
	const urns = new Map(list.map(({ name, type }) => [name, urnOf(type, name)]));
	return list.map(({ name, type, inputs: given, options: told = {} }) =>
		resource(type, name, given, {
			protect: told.protect ?? false,
			retainOnDelete: told.retainOnDelete ?? false,
			deleteBeforeReplace: told.deleteBeforeReplace ?? null,
			ignoreChanges: told.ignoreChanges ?? [],
			replaceOnChanges: told.replaceOnChanges ?? [],
			aliases: (told.aliasNames ?? []).map((alias) => urnOf(type, alias)),
			dependsOn: (told.dependsOn ?? []).map((other) => urns.get(other) ?? other),
		}),
	);
}
