import { type Problem, problem } from "../errors.ts";
import { checkStack } from "./checkStack.ts";
import type { KnownWords } from "./known.ts";
import type { stackFields } from "./schema.ts";
import type { StackConfig } from "./stackConfig.ts";
import { isRecord } from "./wordRules.ts";

const PREFIX = "tierstack:";

/** How a key's value travels: the engine hands over text, and JSON for groups and lists. */
type Travel = "text" | "number" | "json" | "text-or-json";
const TRAVEL: Readonly<Record<keyof typeof stackFields, Travel>> = {
	ladder: "text",
	tier: "text",
	provider: "text",
	region: "text",
	workload: "json",
	floors: "text",
	months: "number",
	domain: "text-or-json",
	edge: "text",
	app: "json",
	access: "json",
	alerts: "json",
	logs: "json",
	backup: "json",
	apply: "text",
	protect: "text",
	cidr: "text",
	pins: "json",
	tolerate: "json",
	accept: "json",
	retire: "json",
	secrets: "json",
};
const TRAVELS = new Map<string, Travel>(Object.entries(TRAVEL));

/**
 * The same check on the values the engine hands to the program: keys with their namespace, texts and JSON.
 *
 * @param secretNames names under `tierstack:secrets`; values are not wanted here.
 * @param secretKeys keys the engine holds as secret (its list of secret keys): only `tierstack:secrets` may be.
 * @throws UserError with every problem at once.
 */
export function parseEngineConfig(
	values: Readonly<Record<string, string>>,
	secretNames: readonly string[],
	stack: string,
	known: KnownWords,
	secretKeys: readonly string[] = [],
): StackConfig {
	const file = `Pulumi.${stack}.yaml`;
	const problems: Problem[] = [];
	const ours = Object.entries(values).filter(([key]) => key.startsWith(PREFIX) && key !== `${PREFIX}secrets`);
	const raw = Object.fromEntries(
		ours.map(([key, text]) => {
			const read = readValue(key.slice(PREFIX.length), text);
			if (read === BROKEN) problems.push(problem("must be a group of keys or a list", { file, key }));
			return [key.slice(PREFIX.length), read === BROKEN ? undefined : read];
		}),
	);
	for (const key of secretKeys) {
		if (!key.startsWith(PREFIX) || key === `${PREFIX}secrets`) continue;
		problems.push(problem("holds a secret, which belongs under tierstack:secrets", { file, key }));
	}
	const names = new Set([...secretNames, ...namesIn(values[`${PREFIX}secrets`])]);
	return checkStack({ stack, file, raw, secretNames: [...names], lineOf: () => null, problems }, known);
}

const BROKEN = Symbol("not JSON");

function readValue(key: string, text: string): unknown {
	switch (TRAVELS.get(key) ?? "text") {
		case "text":
			return text;
		case "number":
			return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
		case "text-or-json":
			return text.startsWith("[") ? readJson(text) : text;
		case "json":
			return readJson(text);
	}
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return BROKEN;
	}
}

function namesIn(secrets: string | undefined): string[] {
	const value = secrets === undefined ? undefined : readJson(secrets);
	return isRecord(value) ? Object.keys(value) : [];
}
