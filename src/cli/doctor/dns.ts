import { resolveNs } from "node:dns/promises";
import type { DnsFact } from "./facts.ts";

type Resolve = (name: string) => Promise<string[]>;

/** For each domain, the nearest zone above it that names its servers. */
export function gatherDns(domains: readonly string[], resolve: Resolve = resolveNs): Promise<DnsFact[]> {
	return Promise.all(domains.map(async (domain) => ({ domain, zone: await findZone(domain, resolve) })));
}

async function findZone(domain: string, resolve: Resolve): Promise<DnsFact["zone"]> {
	const labels = domain.split(".");
	for (let skipped = 0; skipped < labels.length - 1; skipped += 1) {
		const name = labels.slice(skipped).join(".");
		const servers = await resolve(name).catch(() => []);
		if (servers.length > 0) return { name, servers: servers.map((each) => each.toLowerCase()).sort() };
	}
	return null;
}
