import { type Problem, problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { isSecretName, isSecretValue } from "../secretText.ts";
import { readYaml, type YamlText } from "../yamlText.ts";
import { checkStack } from "./checkStack.ts";
import type { KnownWords } from "./known.ts";
import { stackFields } from "./schema.ts";
import type { StackConfig } from "./stackConfig.ts";
import { isRecord } from "./wordRules.ts";

/** Keys Pulumi itself reads in a stack file (sdk/go/common/workspace/project.go, ProjectStack). */
const PULUMI_KEYS = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

const PREFIX = "tierstack:";

/** `Pulumi.prod.yaml` -> `prod`; null when the name is not a stack file's. */
export function stackNameOf(fileName: string): string | null {
	return /^Pulumi\.([A-Za-z0-9][A-Za-z0-9_.-]*)\.ya?ml$/.exec(fileName.split(/[/\\]/).at(-1) ?? "")?.[1] ?? null;
}

/**
 * Checks the text of a stack file and fills every default.
 *
 * @param fileName shown in problems; its last part names the stack.
 * @throws UserError with every problem at once, each with its line.
 */
export function parseStackFile(text: string, fileName: string, known: KnownWords): StackConfig {
	const stack = stackNameOf(fileName);
	if (stack === null) {
		throw new UserError([problem('must be named "Pulumi.<stack>.yaml"', { file: fileName })]);
	}
	const yaml = readYaml(text, fileName);
	const config = readConfig(yaml);
	const ours = Object.entries(config.values).filter(([key]) => key.startsWith(PREFIX));
	const raw = Object.fromEntries(ours.map(([key, value]) => [key.slice(PREFIX.length), value]));
	return checkStack(
		{
			stack,
			file: fileName,
			raw,
			secretNames: isRecord(raw.secrets) ? Object.keys(raw.secrets) : [],
			lineOf: ([first, ...rest]) => yaml.lineOf(["config", ...(first === undefined ? [] : [PREFIX + first]), ...rest]),
			problems: [...config.problems, ...ambiguousIn(yaml)],
		},
		known,
	);
}

/** Only our own keys: other providers' settings are theirs to judge. */
function ambiguousIn(yaml: YamlText): Problem[] {
	return yaml.ambiguous.flatMap((each) => {
		const key = each.key?.startsWith(`config.${PREFIX}`) ? each.key.slice("config.".length) : null;
		return key === null ? [] : [{ ...each, key }];
	});
}

function readConfig(yaml: YamlText): { values: Record<string, unknown>; problems: Problem[] } {
	const problems: Problem[] = [];
	const tell = (path: readonly string[], key: string | null, message: string) => {
		problems.push(problem(message, { file: yaml.fileName, line: yaml.lineOf(path), key }));
	};
	const top = yaml.value ?? {};
	if (!isRecord(top)) throw new UserError([problem('must hold "config:" with keys', { file: yaml.fileName })]);
	for (const key of Object.keys(top)) {
		if (key.startsWith(PREFIX)) tell([key], key, 'must stand below "config:", indented');
		else if (!PULUMI_KEYS.includes(key)) tell([key], null, unknownWord("key", key, PULUMI_KEYS));
	}
	const config = top.config ?? {};
	if (!isRecord(config)) {
		tell(["config"], "config", "must be a group of keys such as tierstack:ladder");
		return { values: {}, problems };
	}
	for (const [key, value] of Object.entries(config)) {
		if (!key.includes(":")) {
			const known = Object.hasOwn(stackFields, key) ? `write "${PREFIX}${key}"` : "write it as namespace:name";
			tell(["config", key], key, `has no namespace; ${known}`);
		} else if (!key.startsWith(PREFIX) && isPlainSecret(key, value)) {
			tell(["config", key], key, `looks like a secret in plain text; store it by pulumi config set --secret ${key}`);
		}
	}
	return { values: config, problems };
}

function isPlainSecret(key: string, value: unknown): boolean {
	if (typeof value !== "string" || value === "") return false;
	return isSecretName(key.slice(key.indexOf(":") + 1)) || isSecretValue(value);
}
