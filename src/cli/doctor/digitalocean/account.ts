import { z } from "zod";
import type { AccountFacts, EngineFacts } from "../facts.ts";
import type { Env } from "../gather.ts";

/*
 * DigitalOcean API v2 (https://docs.digitalocean.com/reference/api): /account, /regions, /sizes, /databases/options,
 * /droplets, /account/keys, /domains. Read-only; only the fields below are kept.
 */

const account = z.object({
	account: z.object({ droplet_limit: z.number(), status: z.string(), status_message: z.string().optional() }),
});
const regions = z.object({ regions: z.array(z.object({ slug: z.string(), available: z.boolean() })) });
const sizes = z.object({
	sizes: z.array(z.object({ slug: z.string(), available: z.boolean(), regions: z.array(z.string()) })),
});
const layout = z.object({ num_nodes: z.number(), sizes: z.array(z.string()) });
const engine = z
	.object({ regions: z.array(z.string()), versions: z.array(z.string()), layouts: z.array(layout) })
	.partial();
const databases = z.object({ options: z.record(z.string(), engine) });
const keys = z.object({ ssh_keys: z.array(z.object({ fingerprint: z.string() })) });
const domains = z.object({ domains: z.array(z.object({ name: z.string() })) });
const total = z.object({ meta: z.object({ total: z.number() }) });

/** The API's names of engines, where they differ from ours. */
const ENGINE_NAMES: Readonly<Record<string, string>> = { pg: "postgres" };

/** The account's offer in a region, or a sentence why it could not be read. The token is only ever a header. */
export async function gatherDigitalOcean(env: Env, region: string, patienceMs: number): Promise<AccountFacts | string> {
	const token = env.DIGITALOCEAN_TOKEN ?? env.DIGITALOCEAN_ACCESS_TOKEN ?? "";
	if (token === "") return "there is no API token";
	const base = (env.DIGITALOCEAN_API_URL ?? "https://api.digitalocean.com").replace(/\/+$/, "");
	const get = <Shape extends z.ZodType>(path: string, shape: Shape) =>
		fetchJson(`${base}/v2/${path}`, token, shape, patienceMs);
	try {
		const [who, where, what, managed, used, known, served] = await Promise.all([
			get("account", account),
			get("regions?per_page=200", regions),
			get("sizes?per_page=500", sizes),
			get("databases/options", databases),
			get("droplets?per_page=1", total),
			get("account/keys?per_page=200", keys),
			get("domains?per_page=200", domains),
		]);
		const { droplet_limit: limit, status, status_message: message } = who.account;
		return {
			trouble: status === "active" ? null : (message ?? status),
			regions: where.regions.filter(({ available }) => available).map(({ slug }) => slug),
			machineSizes: new Set(
				what.sizes.filter((size) => size.available && size.regions.includes(region)).map(({ slug }) => slug),
			),
			engines: Object.fromEntries(
				Object.entries(managed.options).map(([name, offer]) => [ENGINE_NAMES[name] ?? name, engineFacts(offer)]),
			),
			quotas: [{ what: "machines", limit, used: used.meta.total }],
			sshFingerprints: new Set(known.ssh_keys.map(({ fingerprint }) => fingerprint)),
			zones: served.domains.map(({ name }) => name),
		};
	} catch (error) {
		return error instanceof Unanswered ? error.message : "the DigitalOcean API could not be reached";
	}
}

function engineFacts(offer: z.output<typeof engine>): EngineFacts {
	const layouts = (offer.layouts ?? []).flatMap(({ num_nodes: nodes, sizes: slugs }) =>
		slugs.map((slug) => `${nodes}:${slug}`),
	);
	return { regions: offer.regions ?? [], versions: offer.versions ?? [], layouts: new Set(layouts) };
}

class Unanswered extends Error {}

async function fetchJson<Shape extends z.ZodType>(
	url: string,
	token: string,
	shape: Shape,
	patienceMs: number,
): Promise<z.output<Shape>> {
	const signal = AbortSignal.timeout(patienceMs);
	const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
	if (answer.status === 401 || answer.status === 403) {
		throw new Unanswered(`the API refused the token (HTTP ${answer.status}): it is wrong, expired or lacks a scope`);
	}
	if (!answer.ok) throw new Unanswered(`the API answered HTTP ${answer.status}`);
	const parsed = shape.safeParse(await answer.json());
	if (!parsed.success) throw new Unanswered("the API answered in an unknown form");
	return parsed.data;
}
