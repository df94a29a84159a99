import type { Plain, PlainRecord } from "../../../words.ts";
import type { Grant } from "../rule.ts";

/*
 * Who may reach what, read from this provider's ways to write it. A list that says "everybody" when it is empty must
 * read so here.
 */

const EVERYBODY: Grant = { what: "*", ports: null, who: "*" };

/** Trusted sources of a database: `{type, value}`; none = the whole internet. */
export function trustedSources(value: Plain | undefined): readonly Grant[] {
	const rules = recordsOf(value);
	if (rules.length === 0) return [EVERYBODY];
	return rules.map((rule) => ({ what: "connect", ports: null, who: sourceOf(text(rule.type), text(rule.value)) }));
}

function sourceOf(type: string, value: string): string {
	return type === "ip_addr" ? value : `${type}:${value}`;
}

/** Inbound rules of a firewall; none = nobody. */
export function inbound(value: Plain | undefined): readonly Grant[] {
	return firewallRules(value, [
		"sourceAddresses",
		"sourceTags",
		"sourceDropletIds",
		"sourceKubernetesIds",
		"sourceLoadBalancerUids",
	]);
}

/** Outbound rules of a firewall; none = nowhere. */
export function outbound(value: Plain | undefined): readonly Grant[] {
	return firewallRules(value, [
		"destinationAddresses",
		"destinationTags",
		"destinationDropletIds",
		"destinationKubernetesIds",
		"destinationLoadBalancerUids",
	]);
}

function firewallRules(value: Plain | undefined, ends: readonly string[]): readonly Grant[] {
	return recordsOf(value).flatMap((rule) =>
		ends.flatMap((end) =>
			textsOf(rule[end]).map((who) => ({
				what: text(rule.protocol),
				ports: portsOf(rule.portRange),
				who: end.endsWith("Addresses") ? who : `${end}:${who}`,
			})),
		),
	);
}

/** `22`, `8000-9000`, `all`, or nothing for all. */
function portsOf(value: Plain | undefined): readonly [number, number] {
	const [low, high] = /^(\d+)(?:-(\d+))?$/.exec(text(value))?.slice(1) ?? [];
	return low === undefined || Number(low) === 0 ? [0, 65535] : [Number(low), Number(high ?? low)];
}

/** Ranges a load balancer lets in, `cidr:...` or `ip:...`; no allow list = everybody. */
export function balancerFirewall(value: Plain | undefined): readonly Grant[] {
	const allowed = textsOf(recordOf(value).allows);
	if (allowed.length === 0 || allowed.includes("cidr:0.0.0.0/0")) return [EVERYBODY];
	return allowed.map((entry) => ({ what: "connect", ports: null, who: entry.replace(/^(cidr|ip):/, "") }));
}

/** Ports a load balancer answers on: 80 and 443 are what it is for. */
export function entryPorts(value: Plain | undefined): readonly Grant[] {
	const web = [80, 443];
	const ports = recordsOf(value).map((rule) => Number(rule.entryPort));
	return [...web, ...ports].map((port) => ({ what: "connect", ports: [port, port], who: "*" }));
}

/** Access lists of a bucket: everything but `private` lets strangers in. */
export function bucketAcl(value: Plain | undefined): readonly Grant[] {
	const acl = text(value);
	return acl === "" || acl === "private" ? [] : [{ what: acl, ports: null, who: "*" }];
}

/** What a key may do with which bucket. */
export function keyGrants(value: Plain | undefined): readonly Grant[] {
	return recordsOf(value).flatMap((grant) => {
		const permission = text(grant.permission);
		const who = text(grant.bucket) === "" ? "*" : text(grant.bucket);
		const each =
			permission === "readwrite" ? ["read", "readwrite"] : permission === "fullaccess" ? ["*"] : [permission];
		return each.map((what) => ({ what, ports: null, who }));
	});
}

function recordOf(value: Plain | undefined): PlainRecord {
	return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function isList(value: Plain): value is readonly Plain[] {
	return Array.isArray(value);
}

function recordsOf(value: Plain | undefined): readonly PlainRecord[] {
	return value !== undefined && isList(value) ? value.map(recordOf) : [];
}

function textsOf(value: Plain | undefined): readonly string[] {
	return value !== undefined && isList(value) ? value.map(text) : [];
}

function text(value: Plain | undefined): string {
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
