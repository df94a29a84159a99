import { BlockList, isIP } from "node:net";
import type { DesiredResource } from "../desired.ts";
import type { Leaf } from "../diff/diffInputs.ts";
import { covers, rulePath } from "../diff/paths.ts";
import type { Grant, TypeRule } from "../impact/rule.ts";

/** Whether a change lets more in, or less. More in one list weighs more than less in another. */
export function grantChange(
	old: DesiredResource,
	next: DesiredResource,
	rule: TypeRule | null,
	leaves: readonly Leaf[],
): "same" | "wider" | "narrower" {
	const changed = Object.entries(rule?.grants ?? {}).filter(([path]) =>
		leaves.some((leaf) => covers(path, rulePath(leaf.path))),
	);
	const ways = changed.map(([path, grants]) => compareGrants(grants(old.inputs[path]), grants(next.inputs[path])));
	return ways.includes("wider") ? "wider" : ways.includes("narrower") ? "narrower" : "same";
}

/** Grant by grant: wider as soon as one of the new is within none of the old. */
export function compareGrants(before: readonly Grant[], after: readonly Grant[]): "same" | "wider" | "narrower" {
	const within = (grant: Grant, others: readonly Grant[]) => others.some((other) => includes(other, grant));
	if (after.some((grant) => !within(grant, before))) return "wider";
	return before.some((grant) => !within(grant, after)) ? "narrower" : "same";
}

function includes(outer: Grant, inner: Grant): boolean {
	const what = outer.what === "*" || outer.what === inner.what;
	return what && includesPorts(outer.ports, inner.ports) && includesWho(outer.who, inner.who);
}

function includesPorts(outer: Grant["ports"], inner: Grant["ports"]): boolean {
	if (outer === null) return true;
	return inner !== null && outer[0] <= inner[0] && inner[1] <= outer[1];
}

function includesWho(outer: string, inner: string): boolean {
	if (outer === "*" || outer === inner) return true;
	const [range, part] = [rangeOf(outer), rangeOf(inner)];
	// Every address of the internet includes groups of hosts and balancers, which are written by name.
	if (range?.family === "ipv4" && range.bits === 0 && part === null) return inner !== "*";
	if (range === null || part === null || range.family !== part.family || range.bits > part.bits) return false;
	const list = new BlockList();
	list.addSubnet(range.address, range.bits, range.family);
	return list.check(part.address, part.family);
}

function rangeOf(
	text: string,
): { readonly address: string; readonly bits: number; readonly family: "ipv4" | "ipv6" } | null {
	const [address = "", bits] = text.split("/");
	const version = isIP(address);
	if (version === 0) return null;
	const longest = version === 4 ? 32 : 128;
	const length = bits === undefined ? longest : Number(bits);
	if (!Number.isInteger(length) || length < 0 || length > longest) return null;
	return { address, bits: length, family: version === 4 ? "ipv4" : "ipv6" };
}
