import { nearestMatch, unknownWord } from "../nearest.ts";
import { echo } from "../secretText.ts";
import { PROVIDERS, type Provider, RETIRABLE } from "../words.ts";
import type { KnownWords } from "./known.ts";

type Path = readonly (string | number)[];
type Tell = (path: Path, message: string) => void;
type KnownLadder = KnownWords["ladders"][string];

/**
 * Checks the words that only data knows: ladders, their tiers and metrics, regions. Works on the written values, so
 * that these problems show beside the schema's and not after them; what the schema refuses anyway is passed over.
 */
export function checkWords(raw: Readonly<Record<string, unknown>>, known: KnownWords, tell: Tell): void {
	const ladder = checkLadder(raw.ladder, known, tell);
	if (ladder !== undefined) {
		checkTier(raw.tier, ladder.tiers, ["tier"], tell);
		checkAcceptances(raw.accept, ladder.tiers, tell);
		checkMetrics(raw.workload, ladder, tell);
	}
	checkRegion(raw.provider, raw.region, known, tell);
	checkRetirements(raw.retire, tell);
}

const ENDABLE: readonly string[] = [...RETIRABLE, "stack"];

/** A retirement stays in the file after it is done, so that only its name tells a slip of the pen. */
function checkRetirements(retire: unknown, tell: Tell): void {
	if (!Array.isArray(retire)) return;
	retire.forEach((entry: unknown, index) => {
		const resource = isRecord(entry) ? entry.resource : undefined;
		if (typeof resource !== "string" || resource.trim() === "" || ENDABLE.includes(resource)) return;
		tell(["retire", index, "resource"], unknownWord("name", echo(resource), ENDABLE));
	});
}

function checkLadder(ladder: unknown, known: KnownWords, tell: Tell) {
	if (typeof ladder !== "string" || ladder === "") return undefined;
	const found = ladderOf(ladder, known);
	if (found === undefined) tell(["ladder"], unknownWord("ladder", echo(ladder), Object.keys(known.ladders)));
	return found;
}

/** The known ladder of a written name; words such as `constructor` are not ladders. */
export function ladderOf(name: unknown, known: KnownWords) {
	return typeof name === "string" && Object.hasOwn(known.ladders, name) ? known.ladders[name] : undefined;
}

function checkTier(tier: unknown, tiers: readonly string[], path: Path, tell: Tell): void {
	if (typeof tier !== "string" || tier === "" || tiers.includes(tier)) return;
	tell(path, unknownWord("tier", echo(tier), tiers));
}

function checkAcceptances(accept: unknown, tiers: readonly string[], tell: Tell): void {
	if (!Array.isArray(accept)) return;
	accept.forEach((entry: unknown, index) => {
		if (!isRecord(entry)) return;
		checkTier(entry.from, tiers, ["accept", index, "from"], tell);
		checkTier(entry.to, tiers, ["accept", index, "to"], tell);
	});
}

function checkMetrics(workload: unknown, { metrics, plans = [] }: KnownLadder, tell: Tell): void {
	if (metrics === undefined || !isRecord(workload)) return;
	for (const [metric, measured] of Object.entries(workload)) {
		if (!metrics.includes(metric)) tell(["workload", metric], unknownWord("metric", echo(metric), metrics));
		// A ladder without plans, and a metric that is not counted by plan, are sizing's to refuse.
		else if (isRecord(measured) && plans.length > 0) checkPlans(metric, Object.keys(measured), plans, tell);
	}
}

function checkPlans(metric: string, named: readonly string[], plans: readonly string[], tell: Tell): void {
	for (const plan of named) {
		if (!plans.includes(plan)) tell(["workload", metric, plan], unknownWord("plan", echo(plan), plans));
	}
}

function checkRegion(provider: unknown, region: unknown, known: KnownWords, tell: Tell): void {
	if (!isProvider(provider) || typeof region !== "string" || region === "") return;
	const allowed = known.regions[provider];
	if (allowed.includes(region)) return;
	const owner = PROVIDERS.find((each) => known.regions[each].includes(region));
	if (owner === undefined) {
		tell(["region"], unknownWord(`${provider} region`, echo(region), allowed));
		return;
	}
	tell(["region"], `"${region}" is a region of ${owner}, not of ${provider}; allowed: ${allowed.join(", ")}`);
}

function isProvider(value: unknown): value is Provider {
	return PROVIDERS.some((provider) => provider === value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** "did you mean" for a name that is not in a list, or nothing. */
export function hint(found: string, allowed: readonly string[]): string {
	const nearest = nearestMatch(found, allowed);
	return nearest === null ? "" : `; did you mean "${nearest}"?`;
}
