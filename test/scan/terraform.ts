import type { DesiredResource, DesiredState } from "../../src/changes/desired.ts";
import { SECRET_KEY } from "../../src/changes/desired.ts";
import type { Plain, PlainRecord } from "../../src/words.ts";
import changes from "../engine/aws/data/changes.json" with { type: "json" };
import names from "./terraformNames.json" with { type: "json" };

/*
 * The desired state in Terraform's own language, for scanners that read nothing else. Both providers are bridged from
 * Terraform, so names map by case, and lists of objects are blocks in the singular.
 */

/** Terraform's own name of a type. */
const TYPES: Readonly<Record<string, string>> = {
	...Object.fromEntries(Object.entries(changes.resources).map(([short, { terraform }]) => [short, terraform])),
	...names.types,
};
/** Where DigitalOcean's type is not its name by case. */
const OWN_TYPES: Readonly<Record<string, string>> = names.digitalocean;
const BLOCKS: Readonly<Record<string, string>> = names.blocks;
/** Inputs whose own keys are somebody's words. */
const MAPS: readonly string[] = names.maps;

/** Everything of one state that a cloud's provider makes; what runs inside clusters is not Terraform's to say here. */
export function terraformOf({ resources }: DesiredState): string {
	const clouds = resources.filter(({ custom, type }) => custom && /^(aws|digitalocean):/.test(type));
	return clouds
		.map(
			(each) =>
				`resource "${terraformType(each.type)}" "${each.name}" {\n${bodyOf(each.inputs, each, clouds, "  ")}}\n`,
		)
		.join("\n");
}

/** `aws:rds/instance:Instance` -> `aws_db_instance`, `digitalocean:index/droplet:Droplet` -> `digitalocean_droplet`. */
export function terraformType(token: string): string {
	const [provider = "", module = "", name = ""] = token.split(":");
	if (provider === "digitalocean") return OWN_TYPES[name] ?? `digitalocean_${snake(name)}`;
	const found = TYPES[`${module.split("/")[0]}.${name}`];
	if (found === undefined) throw new Error(`Terraform's name of ${token} is missing in terraformNames.json`);
	return found;
}

function snake(name: string): string {
	return name
		.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
		.replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
		.toLowerCase();
}

function bodyOf(record: PlainRecord, owner: DesiredResource, all: readonly DesiredResource[], indent: string): string {
	return Object.entries(record)
		.filter(([, value]) => value !== null && !isTooLong(value))
		.map(([key, value]) => lineOf(key, value, owner, all, indent))
		.join("");
}

/** One argument, or one block for each object. */
function lineOf(
	key: string,
	value: Plain,
	owner: DesiredResource,
	all: readonly DesiredResource[],
	indent: string,
): string {
	const blocks = MAPS.includes(key) ? null : recordsIn(value);
	if (blocks === null) return `${indent}${snake(key)} = ${expression(value, owner, all)}\n`;
	const name = isList(value) ? singular(snake(key)) : snake(key);
	return blocks.map((each) => `${indent}${name} {\n${bodyOf(each, owner, all, `${indent}  `)}${indent}}\n`).join("");
}

function recordsIn(value: Plain): readonly PlainRecord[] | null {
	const list = isList(value) ? value : [value];
	const records = list.filter(isRecord);
	return records.length > 0 && records.length === list.length ? records : null;
}

function isRecord(value: Plain): value is PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) && !(SECRET_KEY in value);
}

/** A list of objects is a block, which Terraform names in the singular. */
function singular(plural: string): string {
	return BLOCKS[plural] ?? plural.replace(/ies$/, "y").replace(/s$/, "");
}

function expression(value: Plain, owner: DesiredResource, all: readonly DesiredResource[]): string {
	if (typeof value === "string") return JSON.stringify(referring(value, owner, all));
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	if (isList(value)) return `[${value.map((each) => expression(each, owner, all)).join(", ")}]`;
	if (SECRET_KEY in value) return "var.secret";
	const entries = Object.entries(value).map(
		([key, each]) => `${JSON.stringify(key)} = ${expression(each, owner, all)}`,
	);
	return `{ ${entries.join(", ")} }`;
}

/** Documents that the model keeps as a hash only. */
function isTooLong(value: Plain): boolean {
	return typeof value === "string" && /^text of \d+ characters, sha256 /.test(value);
}

/** `${files.arn}` of the model -> `${aws_s3_bucket.files.arn}`; what no resource of the state answers stays a text. */
function referring(text: string, owner: DesiredResource, all: readonly DesiredResource[]): string {
	return text.replaceAll(/\$\{([^}]*)\}/g, (whole, path: string) => {
		const [, name, property = ""] = /^([\w-]+)\.([\w.]+)$/.exec(path) ?? [];
		const candidates = all.filter((each) => each.name === name && each.urn !== owner.urn);
		const same = candidates.find(({ parentUrn }) => parentUrn === owner.parentUrn) ?? candidates[0];
		const head = property.split(".")[0] ?? property;
		const target = candidates.find(({ inputs }) => head in inputs) ?? same;
		if (target === undefined) return `$${whole}`;
		return `$\{${terraformType(target.type)}.${name}.${snake(property)}}`;
	});
}

function isList(value: Plain): value is readonly Plain[] {
	return Array.isArray(value);
}
