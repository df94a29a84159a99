import type { DesiredResource, DesiredState } from "../desired.ts";

/** A resource on both sides, or on one. */
export interface Pair {
	readonly old: DesiredResource | null;
	readonly new: DesiredResource | null;
}

/** Who was who: by URN, by the aliases a resource names, and by those its parents name. Sorted by URN. */
export function pairResources(from: DesiredState | null, to: DesiredState): readonly Pair[] {
	const before = new Map((from?.resources ?? []).map((resource) => [resource.urn, resource]));
	const oldUrns = new Map<string, string>();
	const parentsFirst = [...to.resources].sort(
		(left, right) => depth(left) - depth(right) || compare(left.urn, right.urn),
	);
	const pairs = parentsFirst.map((resource): Pair => {
		const urn = formerUrns(resource, oldUrns).find((candidate) => before.has(candidate)) ?? resource.urn;
		const old = before.get(urn) ?? null;
		if (old !== null) {
			oldUrns.set(resource.urn, urn);
			before.delete(urn);
		}
		return { old, new: resource };
	});
	const gone = [...before.values()].map((old): Pair => ({ old, new: null }));
	return [...pairs, ...gone].sort((left, right) => compare(urnOf(left), urnOf(right)));
}

/** URN a pair is shown under. */
export function urnOf({ old, new: next }: Pair): string {
	return next?.urn ?? old?.urn ?? "";
}

function compare(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}

function depth({ urn }: DesiredResource): number {
	return (urn.split("::")[2] ?? "").split("$").length;
}

/** URNs under which the resource may have been known: its own, its aliases', and those that follow from its parent's. */
function formerUrns(resource: DesiredResource, oldUrns: ReadonlyMap<string, string>): readonly string[] {
	const own = [resource.urn, ...resource.aliases.flatMap((alias) => aliasUrn(resource, alias))];
	const parent = resource.parentUrn === null ? undefined : oldUrns.get(resource.parentUrn);
	if (parent === undefined || parent === resource.parentUrn) return own;
	return [...own, ...own.map((urn) => underParent(urn, parent))];
}

/** An alias is a URN, or the parts that differ: `{"name": ..., "type": ..., "parenturn": ...}`. */
function aliasUrn(resource: DesiredResource, alias: string): readonly string[] {
	if (alias.startsWith("urn:")) return [alias];
	const { name, type, parenturn }: { name?: string; type?: string; parenturn?: string } = parsed(alias);
	const [stack = "", project = "", types = "", own = ""] = resource.urn.split("::");
	const before = types.split("$");
	const last = before.pop() ?? "";
	const parents = parenturn ? (parenturn.split("::")[2] ?? "").split("$") : before;
	return [[stack, project, [...parents, type || last].join("$"), name || own].join("::")];
}

function parsed(alias: string): Record<string, string> {
	if (!alias.startsWith("{")) return { name: alias };
	const value: unknown = JSON.parse(alias);
	if (typeof value !== "object" || value === null) return {};
	return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === "string"));
}

function underParent(urn: string, parentUrn: string): string {
	const [stack = "", project = "", types = "", name = ""] = urn.split("::");
	const last = types.split("$").at(-1) ?? "";
	return [stack, project, `${parentUrn.split("::")[2] ?? ""}$${last}`, name].join("::");
}
