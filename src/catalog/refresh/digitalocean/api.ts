import * as z from "zod";
import { problem, UserError } from "../../../errors.ts";

/*
 * DigitalOcean API v2: GET /v2/sizes, /v2/databases/options, /v2/regions, as specified in github.com/digitalocean/openapi
 * (7c1300c4: resources/sizes, resources/databases, resources/regions). Read-only; only the fields below are kept.
 */

const size = z.object({
	slug: z.string(),
	/** MiB. */
	memory: z.int().positive(),
	vcpus: z.int().positive(),
	/** GB. */
	disk: z.int().positive(),
	/** TB a month. */
	transfer: z.number().nonnegative(),
	price_monthly: z.number().nonnegative(),
	regions: z.array(z.string()),
	available: z.boolean(),
	description: z.string(),
});

const offer = z.object({
	regions: z.array(z.string()),
	layouts: z.array(z.object({ num_nodes: z.int().positive(), sizes: z.array(z.string()) })),
});

const region = z.object({ slug: z.string(), available: z.boolean() });

const next = { links: z.object({ pages: z.object({ next: z.string().optional() }).optional() }).optional() };
const sizesPage = z.object({ sizes: z.array(size), ...next });
const regionsPage = z.object({ regions: z.array(region), ...next });
const optionsAnswer = z.object({ options: z.object({ pg: offer, mysql: offer, valkey: offer }) });

export type Size = z.output<typeof size>;
export type EngineOffer = z.output<typeof offer>;
export type RegionOffer = z.output<typeof region>;

/** What DigitalOcean offers today, to the account whose token asked. */
export interface DigitalOceanOffer {
	readonly sizes: readonly Size[];
	readonly engines: { readonly pg: EngineOffer; readonly mysql: EngineOffer; readonly valkey: EngineOffer };
	readonly regions: readonly RegionOffer[];
}

export interface DigitalOceanAccess {
	/** Token with the scopes `sizes:read`, `regions:read` and `database:read`. It is only ever a header. */
	readonly token: string;
	/** Address of the API, `https://api.digitalocean.com` or an emulation of it. */
	readonly base: string;
	/** Longest wait for one answer, in ms. */
	readonly patienceMs: number;
}

/**
 * Asks for everything the catalog can learn from the API.
 *
 * @throws UserError when the API refuses the token, does not answer in time, or answers in an unknown form.
 */
export async function readOffer(access: DigitalOceanAccess): Promise<DigitalOceanOffer> {
	const [sizes, regions, { options }] = await Promise.all([
		readPages(access, "sizes", sizesPage, (page) => page.sizes),
		readPages(access, "regions", regionsPage, (page) => page.regions),
		readJson(access, "databases/options", optionsAnswer),
	]);
	return { sizes, regions, engines: options };
}

/** Page numbers are counted here rather than following `next`, so that the token goes to no other address. */
async function readPages<
	Page extends { links?: { pages?: { next?: string | undefined } | undefined } | undefined },
	Item,
>(
	access: DigitalOceanAccess,
	path: string,
	shape: z.ZodType<Page>,
	items: (page: Page) => readonly Item[],
): Promise<Item[]> {
	const all: Item[] = [];
	for (let number = 1; ; number++) {
		const page = await readJson(access, `${path}?per_page=200&page=${number}`, shape);
		const found = items(page);
		all.push(...found);
		if (page.links?.pages?.next === undefined || found.length === 0) return all;
	}
}

async function readJson<Answer>(access: DigitalOceanAccess, path: string, shape: z.ZodType<Answer>): Promise<Answer> {
	const asked = `GET /v2/${path}`;
	const answer = await ask(access, path);
	if (answer.status === 401 || answer.status === 403) {
		throw refusal(
			`DigitalOcean refused the token for ${asked} (HTTP ${answer.status}): it is wrong, expired or lacks a scope`,
		);
	}
	if (!answer.ok) throw refusal(`DigitalOcean answered ${asked} with HTTP ${answer.status}`);
	const parsed = shape.safeParse(await answer.json().catch(() => null));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw refusal(
		`DigitalOcean answered ${asked} in an unknown form: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
	);
}

async function ask({ base, token, patienceMs }: DigitalOceanAccess, path: string): Promise<Response> {
	try {
		const signal = AbortSignal.timeout(patienceMs);
		return await fetch(`${base}/v2/${path}`, { headers: { authorization: `Bearer ${token}` }, signal });
	} catch {
		throw refusal(`DigitalOcean did not answer GET /v2/${path} at ${base}`);
	}
}

function refusal(message: string): UserError {
	return new UserError([problem(message)]);
}
