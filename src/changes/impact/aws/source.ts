import { created, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, Source, TypeRule } from "../rule.ts";

/** Day on which sources and documents were read. */
const READ_AT = "2026-11-21";
/** terraform-provider-aws, the code under the Pulumi provider: stored copies of different age. */
export const PROVIDER = "terraform-provider-aws internal/service";
/** Declarations of the SDK, with the provider's documentation in them. */
export const SDK = "@pulumi/aws 7.48.0";
/** CloudFormation's own schemas: what replaces there, used where the provider's source was not read. */
export const CFN = "CloudFormation registry schema (cfn-lint 1.58.0, 2026-10-20)";
export const RDS_GUIDE = "AWS RDS user guide, Settings for DB instances (docs.aws.amazon.com)";
export const CACHE_GUIDE = "AWS ElastiCache guide, online vertical scaling (docs.aws.amazon.com)";

/** Where a rule comes from, with its numbers in the list of traps. */
export function from(source: string, ...traps: readonly number[]): Source {
	return { source, traps, readAt: READ_AT };
}

/** `rds.Instance` -> `aws:rds/instance:Instance`. */
export function token(short: string): string {
	const [module = "", name = ""] = short.split(".");
	return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Something without data that can be made, changed and taken away at any time, but for what `told` says. */
export function part(short: string, word: string, source: Source, told: Partial<TypeRule> = {}): TypeRule {
	return {
		type: token(short),
		word,
		kind: "part",
		within: null,
		create: created,
		remove: removed,
		replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: [],
		capacity: [],
		...source,
		...told,
	};
}

/** Inputs whose change is made in place, at once, without anybody noticing, and can be set back. */
export function inPlace(short: string, paths: readonly string[], source: Source): PropertyRule {
	return { type: token(short), paths, effect: quiet, ...source };
}
