import type { Blueprint, Component } from "../sizing/blueprint.ts";
import type { Role } from "../words.ts";
import type { Assessment } from "./assess/assessment.ts";
import type { Owners } from "./carriers.ts";
import type { ComparisonInput } from "./input.ts";

/** Field of a tier that decides about a component, by role and name. */
const TIER_FIELDS: Readonly<Record<string, string>> = {
	"app/app": "app",
	"app/worker": "worker",
	"app/cluster": "cluster",
	"app/workers": "cluster",
	"app/data": "dataGb",
	"database/database": "database",
	"database/replica": "database.replicas",
	"cache/cache": "cache",
	"files/files": "uploads",
	"load-balancer/load-balancer": "loadBalancer",
	"cdn/cdn": "cdn",
	"queue/queue": "queue",
	"backup/backup": "backup",
};
/** Roles that follow from the others: the tier as a whole explains them. */
const FOLLOWING: readonly Role[] = ["network", "monitoring", "dns"];

/** What of a component differs, and the tier's field that says so. */
const ASPECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	app: { count: "app.hosts" },
	database: {
		standbyNodes: "database.standbyNodes",
		version: "database.version",
		storageGb: "database.storageGb",
		engine: "database.engine",
	},
	cache: {
		standbyNodes: "cache.standbyNodes",
		shards: "cache.shards",
		eviction: "cache.eviction",
		persistence: "cache.persistence",
	},
	files: { storageGb: "filesGb", versioning: "backup.versioning" },
};

/** Keys of the stack file that decide about a role, tried in order when that key is known to differ. */
const STACK_KEYS: Readonly<Record<Role, readonly string[]>> = {
	app: ["app", "pins", "protect", "retire"],
	database: ["pins", "protect", "retire"],
	cache: ["pins", "protect", "retire"],
	files: ["domain", "protect", "app", "retire"],
	"load-balancer": ["domain", "edge", "app", "protect", "retire"],
	cdn: ["edge", "domain"],
	queue: ["pins", "protect", "retire"],
	dns: ["domain", "edge", "protect", "retire"],
	network: ["access.sshFrom", "access", "edge", "domain", "retire"],
	monitoring: ["alerts", "domain", "app", "retire"],
	backup: ["pins", "protect", "retire"],
};

/** Keys whose change reaches every role through sizing. */
const SIZING_KEYS = ["workload", "floors", "months", "pins", "app.processes", "edge"];

/**
 * The ladder's or the stack file's field behind a change, dotted; null = neither tier nor stack file explains it, so
 * it comes from the program itself.
 */
export function explain(
	assessment: Assessment,
	input: ComparisonInput,
	owners: { readonly from: Owners; readonly to: Owners },
): string | null {
	const { from, to } = input;
	if (from === null) return "tierstack:tier";
	const home = (["ladder", "provider", "region"] as const).find((key) => from.blueprint[key] !== to.blueprint[key]);
	if (home !== undefined) return `tierstack:${home}`;
	const role = (assessment.pair.new ?? assessment.pair.old)?.role ?? null;
	const follows = role !== null && FOLLOWING.includes(role);
	const [was, is] = [ownerIn(assessment, owners.from, "old"), ownerIn(assessment, owners.to, "new")];
	const retired = was !== null && (input.retire ?? []).some(({ resource }) => resource === was.name);
	if ((retired && assessment.op === "delete") || isLastSnapshot(assessment)) return "tierstack:retire";
	const field = follows || (was === null && is === null) ? null : fieldOf(was, is);
	if (field !== null) return sizingKey(from.blueprint, to.blueprint, input) ?? `tiers.${to.blueprint.tier}.${field}`;
	const key = role === null ? undefined : STACK_KEYS[role].find((each) => changed(each, input));
	if (key !== undefined) return `tierstack:${key}`;
	return from.blueprint.tier === to.blueprint.tier
		? sizingKey(from.blueprint, to.blueprint, input)
		: `tiers.${to.blueprint.tier}`;
}

/** Only a retirement declares a snapshot. */
function isLastSnapshot({ pair }: Assessment): boolean {
	return pair.old === null && /snapshot$/i.test(pair.new?.type ?? "");
}

function ownerIn({ pair }: Assessment, owners: Owners, which: "old" | "new"): Component | null {
	const resource = pair[which] ?? pair.new ?? pair.old;
	return resource === null ? null : (owners.get(resource.urn) ?? null);
}

/** null = the component is the same on both sides. */
function fieldOf(was: Component | null, is: Component | null): string | null {
	const one = is ?? was;
	if (one === null) return null;
	const base = TIER_FIELDS[`${one.role}/${one.name}`] ?? one.role;
	if (was === null || is === null) return base;
	if (was.sku !== is.sku) return base;
	const aspects = ASPECTS[one.role] ?? {};
	if (JSON.stringify(was.count) !== JSON.stringify(is.count)) return aspects.count ?? base;
	const keys = [...new Set([...Object.keys(was.settings), ...Object.keys(is.settings)])].sort();
	const differing = keys.find((key) => JSON.stringify(was.settings[key]) !== JSON.stringify(is.settings[key]));
	return differing === undefined ? null : (aspects[differing] ?? base);
}

/** The tier stays and its size changes: the measured workload, or what else sizing reads of the stack file. */
function sizingKey(from: Blueprint, to: Blueprint, input: ComparisonInput): string | null {
	if (from.tier !== to.tier) return null;
	if (JSON.stringify(from.workload) !== JSON.stringify(to.workload)) return "tierstack:workload";
	const key = SIZING_KEYS.find((each) => changed(each, input));
	return key === undefined ? null : `tierstack:${key}`;
}

function changed(key: string, { changedKeys = [] }: ComparisonInput): boolean {
	return changedKeys.some((each) => each === key || each.startsWith(`${key}.`));
}
