import { z } from "zod";
import { type Problem, problem } from "./errors.ts";
import { unknownWord } from "./nearest.ts";
import { echo, isSecretName } from "./secretText.ts";

type Path = readonly (string | number)[];

/** How a checked value's problems are told: which file, which line, how a path is written. */
export interface Place {
	readonly file: string | null;
	lineOf(path: Path): number | null;
	nameOf(path: Path): string | null;
}

/**
 * A strict object whose unknown keys are told with the nearest allowed one.
 * Zod's issue names the unknown keys and not the allowed, so the message carries those to `zodProblems`.
 */
export function strictKeys<Shape extends z.ZodRawShape>(shape: Shape) {
	const allowed = Object.keys(shape).join(" ");
	return z.strictObject(shape, {
		error: (issue) => (issue.code === "unrecognized_keys" ? allowed : undefined),
	});
}

/** Every issue of a failed check as a sentence: what was found, what is allowed, the nearest match. */
export function zodProblems(error: z.ZodError, checked: unknown, place: Place): Problem[] {
	return error.issues.flatMap((issue) => issueProblems(issue, [], checked, place));
}

type Issue = z.core.$ZodIssue;

function issueProblems(issue: Issue, above: Path, checked: unknown, place: Place): Problem[] {
	const path: Path = [...above, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
	const tell = (message: string, at: Path = path) =>
		problem(message, { file: place.file, line: place.lineOf(at), key: place.nameOf(at) });
	if (issue.code === "unrecognized_keys") {
		const allowed = issue.message.split(" ");
		return issue.keys.map((key) => ({
			...tell(unknownWord("key", echo(key), allowed), [...path, key]),
			key: place.nameOf(path),
		}));
	}
	if (issue.code === "invalid_union") {
		const branch = nearestBranch(issue.errors);
		if (branch !== undefined) return branch.flatMap((inner) => issueProblems(inner, path, checked, place));
	}
	return [tell(messageOf(issue, valueAt(checked, path), path))];
}

/** The union's branch whose kind fits the value, so that the message is about what is wrong inside it. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
	return branches.find((issues) => issues.length > 0 && issues.every((inner) => inner.path.length > 0));
}

function messageOf(issue: Issue, found: unknown, path: Path): string {
	const secret = path.some((step) => typeof step === "string" && isSecretName(step));
	const shown = secret ? "a value that is not shown" : describe(found);
	switch (issue.code) {
		case "invalid_type":
			return found === undefined
				? `is missing; it must be ${expectation(issue.expected)}`
				: `must be ${expectation(issue.expected)}, found ${shown}${quoteHint(issue.expected, found, secret)}`;
		case "invalid_value": {
			const allowed = issue.values.map(String);
			if (typeof found === "string" && !secret) return unknownWord("value", echo(found), allowed);
			return `${found === undefined ? "is missing" : `found ${shown}`}; allowed: ${allowed.join(", ")}`;
		}
		case "too_small":
			return issue.origin === "string" || issue.origin === "array"
				? `must not be ${found === "" || (Array.isArray(found) && found.length === 0) ? "empty" : "so short"}`
				: `must be ${issue.inclusive === false ? "above" : "at least"} ${issue.minimum}, found ${shown}`;
		case "too_big":
			return issue.origin === "string" || issue.origin === "array"
				? `must have at most ${issue.maximum} ${issue.origin === "string" ? "characters" : "entries"}`
				: `must be ${issue.inclusive === false ? "below" : "at most"} ${issue.maximum}, found ${shown}`;
		case "invalid_union":
			return `must be ${unionExpectation(issue.errors)}, found ${shown}`;
		case "invalid_key":
			return `${issue.issues.map((inner) => inner.message).join("; ")}, found the name "${echo(String(path.at(-1)))}"`;
		case "not_multiple_of":
			return `must be a multiple of ${issue.divisor}, found ${shown}`;
		case "unrecognized_keys":
			return `unknown keys ${issue.keys.map((key) => echo(key)).join(", ")}`;
		case "invalid_format":
		case "custom":
		case "invalid_element":
			return found === undefined ? issue.message : `${issue.message}, found ${shown}`;
	}
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
	string: "text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "a group of keys",
	record: "a group of keys",
};

function expectation(expected: string): string {
	return EXPECTATIONS[expected] ?? expected;
}

function unionExpectation(branches: readonly (readonly Issue[])[]): string {
	const kinds = branches.flatMap((issues) =>
		issues.flatMap((inner) => (inner.code === "invalid_type" ? [expectation(inner.expected)] : [])),
	);
	return kinds.length === 0 ? "one of the documented forms" : [...new Set(kinds)].join(" or ");
}

function quoteHint(expected: string, found: unknown, secret: boolean): string {
	if (expected !== "string" || secret) return "";
	return typeof found === "number" || typeof found === "boolean" ? `; write it in quotes: "${found}"` : "";
}

function describe(found: unknown): string {
	if (found === undefined) return "nothing";
	if (found === null) return "an empty value";
	if (typeof found === "string") return `"${echo(found)}"`;
	if (typeof found === "number" || typeof found === "boolean") return String(found);
	return Array.isArray(found) ? "a list" : "a group of keys";
}

function valueAt(root: unknown, path: Path): unknown {
	return path.reduce<unknown>((value, step) => {
		if (typeof value !== "object" || value === null) return undefined;
		return Reflect.get(value, step);
	}, root);
}
