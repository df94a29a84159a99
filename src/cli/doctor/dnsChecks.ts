import type { DnsFact } from "./facts.ts";
import { type Finding, missing, note, ok } from "./finding.ts";
import type { Needs } from "./needs.ts";

/** Whose name servers these are, by what they are called. */
const HOSTS: readonly (readonly [pattern: RegExp, host: string])[] = [
	[/\.digitalocean\.com$/, "digitalocean"],
	[/\.awsdns-\d+\.[a-z.]+$/, "aws"],
	[/\.ns\.cloudflare\.com$/, "cloudflare"],
];

/** For each domain: does a zone answer, and can the stack write its records or must a person. */
export function checkDns(facts: readonly DnsFact[], needs: Needs): Finding[] {
	if (needs.domains.length === 0) return [note("no domain: the stack answers on its address, without TLS")];
	return facts.map(({ domain, zone }) => {
		if (zone === null) {
			return missing(`no name server answers for ${domain}`, "register the domain, or mend its delegation");
		}
		const server = zone.servers[0] ?? "nobody";
		const host = HOSTS.find(([pattern]) => zone.servers.every((name) => pattern.test(name)))?.[1] ?? null;
		if (host === needs.provider) return ok(`${domain}: its zone ${zone.name} is served by ${host}`);
		const who = host ?? server;
		if (host === "cloudflare" && needs.edge === "cloudflare") return ok(`${domain}: its zone is served by cloudflare`);
		const fix = `after the first up, point ${domain} at the stack's output there (pulumi stack output)`;
		return note(`${domain}: its zone ${zone.name} is served by ${who}, where the stack writes nothing`, fix);
	});
}
