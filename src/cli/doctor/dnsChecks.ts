import type { DnsFact } from "./facts.ts";
import { type Finding, missing, note, ok } from "./finding.ts";
import type { Needs } from "./needs.ts";

/** Whose name servers these are, by what they are called. */
const HOSTS: readonly (readonly [pattern: RegExp, host: string])[] = [
	[/\.digitalocean\.com$/, "digitalocean"],
	[/\.awsdns-\d+\.[a-z.]+$/, "aws"],
	[/\.ns\.cloudflare\.com$/, "cloudflare"],
];

/** Where to send a domain's name servers, by who is to serve it. */
const DELEGATE: Readonly<Record<string, string>> = {
	digitalocean: "delegate it to ns1, ns2 and ns3.digitalocean.com",
	aws: "delegate it to its Route 53 zone",
	cloudflare: "add it to Cloudflare and delegate it there",
};

/** For each domain: does a zone answer, and does the one serve it that the stack file counts on. */
export function checkDns(facts: readonly DnsFact[], needs: Needs): Finding[] {
	if (needs.domains.length === 0) return [note("no domain: the stack answers on its address, without TLS")];
	return facts.map(({ domain, zone }) => {
		if (zone === null) {
			return missing(`no name server answers for ${domain}`, "register the domain, or mend its delegation");
		}
		const host = HOSTS.find(([pattern]) => zone.servers.every((name) => pattern.test(name)))?.[1] ?? null;
		const who = host ?? zone.servers[0] ?? "nobody";
		const what = `${domain}: its zone ${zone.name} is served by ${who}`;
		if (needs.edge === "none") {
			return note(what, `after the first up, point ${domain} there at the address of: pulumi stack output address`);
		}
		const wanted = needs.edge === "provider" ? needs.provider : "cloudflare";
		if (host === wanted) return ok(what);
		return missing(`${what}, not by ${wanted}`, `${DELEGATE[wanted] ?? "delegate it"}, or set tierstack:edge to none`);
	});
}
