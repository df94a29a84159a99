import { createHash } from "node:crypto";
import { type Problem, problem, UserError } from "../errors.ts";

/** What a provider takes as the name of one kind of thing. */
export interface NameRule {
	/** Longest name in characters, ASCII. */
	readonly max: number;
	/** Characters that may not stand in it; each becomes a hyphen. */
	readonly illegal: RegExp;
	readonly lowerCase: boolean;
	/** Whether two hyphens in a row are refused. */
	readonly singleHyphens?: true;
	/** What joins the parts. */
	readonly separator: "-" | ":";
	/** Document the rule was read from, with its date. */
	readonly source: string;
}

/** Hex digits that tell two names apart after one of them had to be altered. */
const DIGEST_LENGTH = 8;
/** `-` and the seven hex digits that the engine's autonaming appends (pattern in Pulumi.yaml). */
const AUTONAME_SUFFIX = 8;

/**
 * Name that users see, made of its parts. The same parts give the same name, always. A name that is too long or
 * holds an illegal character is altered and gets a digest of the original, so two stacks never end with one name.
 *
 * @example physicalName(rule, ["wizamart", "prod", "app-1"]) // "wizamart-prod-app-1"
 */
export function physicalName(rule: NameRule, parts: readonly string[]): string {
	const written = parts.join(rule.separator);
	const cased = rule.lowerCase ? written.toLowerCase() : written;
	const lone = (name: string) => (rule.singleHyphens === true ? name.replaceAll(/-{2,}/g, "-") : name);
	const legal = lone(cased.replace(rule.illegal, "-"));
	if (legal === written && legal.length <= rule.max) return legal;
	const digest = createHash("sha256").update(written).digest("hex").slice(0, DIGEST_LENGTH);
	return lone(`${legal.slice(0, rule.max - DIGEST_LENGTH - 1)}-${digest}`);
}

/**
 * Checks that the names the engine makes up by its pattern (`<project>-<stack>-<logical name>-<7 hex>`) fit the
 * provider's rule, before anything is created.
 *
 * @param longest the longest logical name the stack uses under that rule.
 * @throws UserError that says by how much the stack's name is too long, or which character is not allowed.
 */
export function checkAutonames(
	rules: readonly { readonly what: string; readonly longest: string; readonly rule: NameRule }[],
	project: string,
	stack: string,
): void {
	const problems = rules.flatMap(({ what, longest, rule }): Problem[] => {
		const name = `${project}-${stack}-${longest}`;
		const length = name.length + AUTONAME_SUFFIX;
		const illegal = new RegExp(rule.illegal.source).exec(name);
		if (illegal !== null) {
			return [
				problem(`the stack's name "${stack}" gives ${what} names with "${illegal[0]}", which is not allowed there`),
			];
		}
		if (length <= rule.max) return [];
		const over = length - rule.max;
		const letters = over === 1 ? "1 character" : `${over} characters`;
		return [problem(`the stack's name "${stack}" is ${letters} too long for ${what} names`)];
	});
	if (problems.length > 0) throw new UserError(problems);
}
