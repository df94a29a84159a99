import { isWide, WIDEST } from "../addressRanges.ts";
import { type Problem, problem, UserError } from "../errors.ts";
import { zodProblems } from "../zodProblems.ts";
import { checkSource, isEverywhere } from "./formats.ts";
import type { KnownWords } from "./known.ts";
import { stackFields, type WrittenStack, writtenStack } from "./schema.ts";
import { checkSecrets } from "./secretRules.ts";
import type { StackConfig } from "./stackConfig.ts";
import { checkWords, hint, isRecord, ladderOf } from "./wordRules.ts";

type Path = readonly (string | number)[];

/** What was written under `tierstack:`, whichever face it came through. */
export interface WrittenValues {
	readonly stack: string;
	readonly file: string;
	/** Values by key without the `tierstack:` before it. */
	readonly raw: Readonly<Record<string, unknown>>;
	readonly secretNames: readonly string[];
	lineOf(path: Path): number | null;
	/** Problems found while reading, told with the others. */
	readonly problems: readonly Problem[];
}

/**
 * Checks what was written and fills every default.
 *
 * @throws UserError with every problem at once, in the order of the file.
 */
export function checkStack(written: WrittenValues, known: KnownWords): StackConfig {
	const toProblem = (path: Path, message: string) =>
		problem(message, { file: written.file, line: written.lineOf(path), key: keyName(path) });
	const secrets: Problem[] = [];
	checkSecrets(written.raw, (path, message) => secrets.push(toProblem(path, message)));
	const others: Problem[] = [];
	const parsed = writtenStack.safeParse(written.raw);
	if (!parsed.success) {
		const place = { file: written.file, lineOf: written.lineOf, nameOf: keyName };
		others.push(...zodProblems(parsed.error, written.raw, place));
	}
	const tell = (path: Path, message: string) => {
		others.push(toProblem(path, message));
	};
	checkWords(written.raw, known, tell);
	checkReferences(written, known, tell);
	const secretPlaces = new Set(secrets.map((each) => each.key));
	const problems = [...written.problems, ...secrets, ...others.filter((each) => !secretPlaces.has(each.key))];
	if (!parsed.success || problems.length > 0) throw new UserError(inOrder(problems));
	return normalise(parsed.data, written);
}

/** `tierstack:app.env.NAME`, `tierstack:accept[0].until`. */
function keyName(path: Path): string | null {
	const [first, ...rest] = path;
	if (first === undefined) return null;
	const head = typeof first === "string" && Object.hasOwn(stackFields, first) ? `tierstack:${first}` : String(first);
	return rest.reduce<string>((name, step) => name + (typeof step === "number" ? `[${step}]` : `.${step}`), head);
}

/** Keys whose value is the name of a secret. */
const SECRET_NAMES: readonly (readonly string[])[] = [
	["app", "registry", "passwordSecret"],
	["alerts", "slack", "urlSecret"],
	["alerts", "webhook", "urlSecret"],
	["backup", "heartbeatSecret"],
];

/** Checks between keys: what names something else must name something that is there. */
function checkReferences(written: WrittenValues, known: KnownWords, tell: (path: Path, message: string) => void): void {
	const { raw, secretNames } = written;
	for (const path of SECRET_NAMES) {
		const secret = path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), raw);
		if (typeof secret !== "string" || secret === "" || secretNames.includes(secret)) continue;
		tell(path, `names a secret that is not under tierstack:secrets${hint(secret, secretNames)}`);
	}
	const first = ladderOf(raw.ladder, known)?.tiers[0];
	const sources: unknown = isRecord(raw.access) ? raw.access.sshFrom : undefined;
	if (!Array.isArray(sources) || first === undefined || raw.tier === first) return;
	sources.forEach((source: unknown, index) => {
		if (typeof source !== "string" || checkSource(source) !== null || !isWide(source)) return;
		tell(["access", "sshFrom", index], tooWide(source, first));
	});
}

/**
 * The halves of the internet are the internet: what is wider than one organisation's own addresses is refused as the
 * whole is, by the same measure as the policy `ssh-not-wide`.
 */
function tooWide(source: string, first: string): string {
	const what = isEverywhere(source)
		? "lets the whole internet reach SSH"
		: `lets more of the internet reach SSH than one organisation has (/${WIDEST.ipv4} at most, in IPv6 /${WIDEST.ipv6})`;
	return `${what}, which only tier "${first}" may; name your own addresses, found "${source}"`;
}

/** By line, then as found. */
function inOrder(problems: readonly Problem[]): Problem[] {
	return problems.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

function normalise(written: WrittenStack, source: WrittenValues): StackConfig {
	const { app, alerts } = written;
	return {
		stack: source.stack,
		ladder: written.ladder,
		tier: written.tier,
		provider: written.provider,
		region: written.region,
		workload: written.workload === undefined ? null : flatten(written.workload),
		floors: written.floors,
		months: written.months ?? null,
		domains: typeof written.domain === "string" ? [written.domain] : (written.domain ?? []),
		edge: written.edge,
		app: {
			image: app.image ?? null,
			compose: app.compose ?? null,
			registry:
				app.registry === undefined
					? null
					: { ...app.registry, server: app.registry.server ?? registryOf(app.image ?? "") },
			port: app.port,
			healthPath: app.healthPath,
			sticky: app.sticky,
			env: app.env,
			processes: Object.fromEntries(Object.entries(app.processes).map(([name, process]) => [name, given(process)])),
		},
		access: written.access,
		alerts: { email: alerts.email, slack: alerts.slack ?? null, webhook: alerts.webhook ?? null },
		logs: written.logs ?? null,
		backup: {
			heartbeatUrl: written.backup.heartbeatUrl ?? null,
			heartbeatSecret: written.backup.heartbeatSecret ?? null,
		},
		apply: written.apply,
		protect: written.protect,
		cidr: written.cidr,
		pins: written.pins.map((pin) => ({ path: pin.path, value: pin.value, until: pin.until ?? null })),
		tolerate: written.tolerate,
		accept: written.accept.map((entry) => ({ ...entry, backup: entry.backup ?? null })),
		retire: written.retire.map((entry) => ({ resource: entry.resource, backup: entry.backup ?? null })),
		secretNames: [...source.secretNames].sort(),
	};
}

/** The registry an image's name says: what stands before the first slash when it has a dot or a port. */
function registryOf(image: string): string {
	const [first = "", ...rest] = image.split("/");
	return rest.length > 0 && /[.:]/.test(first) ? first : "docker.io";
}

/** `{clients: {essential: 500}}` as `{"clients.essential": 500}`. */
function flatten(
	workload: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
): Record<string, number> {
	return Object.fromEntries(
		Object.entries(workload).flatMap(([metric, value]) =>
			typeof value === "number"
				? [[metric, value] as const]
				: Object.entries(value).map(([group, count]) => [`${metric}.${group}`, count] as const),
		),
	);
}

/** The entries that are written, absent ones left out, so that the value is plain data. */
function given<Value extends object>(value: Value) {
	return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}
