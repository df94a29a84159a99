import { afterEach, describe, expect, test } from "vitest";
import { refreshCatalog } from "../../../src/catalog/refresh/refreshCatalog.ts";
import { readTables, writeTables } from "../../../src/catalog/refresh/tables.ts";
import { dropletFacts } from "../dropletFacts.ts";
import { checkedIn, copyOfCatalog } from "./catalogFolder.ts";
import { type Answer, type Asked, type EmulatedApi, emulateApi } from "./emulatedApi.ts";

const TOKEN = "dop_v1_sentinel";
const known = readTables(checkedIn, "digitalocean");

/** DigitalOcean as the checked-in tables say it is: what a refresh asks for, in the form of its API. */
function offerAsKnown() {
	return {
		sizes: dropletFacts.map((fact) => {
			const row = known.machines.find(({ sku }) => sku === fact.slug);
			return {
				slug: fact.slug,
				memory: fact.memoryMib,
				vcpus: fact.vcpu,
				disk: fact.diskGb,
				transfer: (row?.transferGb ?? 1000) / 1000,
				price_monthly: fact.monthlyUsd,
				price_hourly: fact.hourlyUsd,
				regions: ["nyc1", "fra1"],
				available: true,
				description: fact.slug.startsWith("s-") ? "Basic" : "General Purpose",
			};
		}),
		regions: known.regions.map(({ region }) => ({ slug: region, name: region, available: true })),
		options: {
			pg: engineAsKnown(known.databases.filter(({ engine }) => engine === "postgres")),
			mysql: engineAsKnown(known.databases.filter(({ engine }) => engine === "mysql")),
			valkey: engineAsKnown(known.caches),
		},
	};
}

interface Plan {
	readonly sku: string;
	readonly nodes: { readonly max: number };
	readonly regions: readonly string[] | null;
}

function engineAsKnown(rows: readonly Plan[]) {
	const layouts = [1, 2, 3].map((count) => ({
		num_nodes: count,
		sizes: rows.filter(({ nodes }) => nodes.max >= count).map(({ sku }) => sku),
	}));
	return { regions: [...(rows[0]?.regions ?? [])], versions: ["17"], layouts };
}

/** Answers in pages of 100, whatever size of page is asked for, so that paging is seen. */
function answerWith(offer: ReturnType<typeof offerAsKnown>) {
	return ({ method, url, headers }: Asked): Answer => {
		if (method !== "GET") throw new Error(`a refresh must not ${method}`);
		if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { id: "Unauthorized" } };
		switch (url.pathname) {
			case "/v2/sizes":
				return page(url, "sizes", offer.sizes);
			case "/v2/regions":
				return page(url, "regions", offer.regions);
			case "/v2/databases/options":
				return { status: 200, body: { options: { kafka: {}, ...offer.options }, version_availability: {} } };
			default:
				throw new Error(`a refresh must not ask ${url.pathname}`);
		}
	};
}

function page(url: URL, name: string, items: readonly unknown[]): Answer {
	const at = Number(url.searchParams.get("page")) * 100;
	const links = at < items.length ? { pages: { next: `http://elsewhere.test${url.pathname}?page=2` } } : {};
	return { status: 200, body: { [name]: items.slice(at - 100, at), links, meta: { total: items.length } } };
}

let api: EmulatedApi | undefined;

async function refresh(offer: ReturnType<typeof offerAsKnown>, folder = checkedIn, token = TOKEN) {
	api = await emulateApi(answerWith(offer));
	const env = { DIGITALOCEAN_TOKEN: token, DIGITALOCEAN_API_URL: `${api.address}/` };
	return await refreshCatalog({ provider: "digitalocean", folder, today: "2026-11-21", env });
}

afterEach(async () => {
	await api?.close();
	api = undefined;
});

describe("asking DigitalOcean for its catalog", () => {
	test("learns the regions of every size, and finds nothing else new when nothing is", async () => {
		const { changes, files, unread, pricesNotTold } = await refresh(offerAsKnown());
		expect(changes).toHaveLength(138);
		for (const change of changes) {
			expect(change).toMatchObject({ kind: "changed", table: "machines" });
			if (change.kind !== "changed") continue;
			const fields = change.fields.map(({ field }) => field).filter((field) => field !== "transferGb");
			expect(fields, change.id).toEqual(["regions"]);
		}
		expect(files.map(({ path }) => path)).toEqual(["digitalocean/droplets.json"]);
		expect(unread).toEqual([]);
		expect(pricesNotTold).toEqual(["databases", "caches", "services"]);
		expect(api?.asked.filter(({ url }) => url.pathname === "/v2/sizes")).toHaveLength(2);
	});

	test("writes what a second refresh agrees with: it has nothing to change", async () => {
		const folder = copyOfCatalog();
		const { files } = await refresh(offerAsKnown(), folder);
		writeTables(folder, files);
		await api?.close();
		expect(await refresh(offerAsKnown(), folder)).toMatchObject({ changes: [], files: [] });
		const [row] = readTables(folder, "digitalocean").machines;
		expect(row).toMatchObject({
			regions: ["fra1", "nyc1"],
			mark: "A",
			source: "DigitalOcean API GET /v2/sizes",
			readAt: "2026-11-21",
		});
		expect(row).not.toHaveProperty("note");
	});

	test("tells a new price with the old one, first of all fields", async () => {
		const offer = offerAsKnown();
		const sizes = offer.sizes.map((size) => (size.slug === "s-1vcpu-2gb" ? { ...size, price_monthly: 13 } : size));
		const { changes } = await refresh({ ...offer, sizes });
		const change = changes.find(({ id }) => id === "s-1vcpu-2gb");
		expect(change?.kind === "changed" && change.fields[0]).toEqual({ field: "monthlyUsd", from: 12, to: 13 });
	});

	test("adds a size it did not know, and removes one that is no longer sold", async () => {
		const offer = offerAsKnown();
		const [smallest, ...others] = offer.sizes;
		if (smallest === undefined) throw new Error("there are no sizes");
		const sizes = [
			{ ...smallest, available: false },
			...others,
			{ ...smallest, slug: "s-3vcpu-6gb-amd", vcpus: 3, memory: 6144, disk: 90, transfer: 4.5, price_monthly: 33 },
			{ ...smallest, slug: "gpu-h100x1-80gb", price_monthly: 2522 },
		];
		const { changes, files } = await refresh({ ...offer, sizes });
		expect(changes).toContainEqual({ kind: "added", table: "machines", id: "s-3vcpu-6gb-amd", price: 33 });
		expect(changes).toContainEqual({ kind: "removed", table: "machines", id: smallest.slug, price: 4 });
		expect(changes.some(({ id }) => id.startsWith("gpu-"))).toBe(false);
		const line = files[0]?.text.split("\n").find((text) => text.includes("s-3vcpu-6gb-amd")) ?? "";
		expect(JSON.parse(line.replace(/,$/, ""))).toEqual({
			sku: "s-3vcpu-6gb-amd",
			provider: "digitalocean",
			family: "basic-amd",
			arch: "x86_64",
			vcpu: 3,
			memoryGib: 6,
			diskGb: 90,
			diskKind: null,
			sharedCpu: true,
			transferGb: 4500,
			regions: ["fra1", "nyc1"],
			monthlyUsd: 33,
			mark: "A",
			source: "DigitalOcean API GET /v2/sizes",
			readAt: "2026-11-21",
		});
	});

	test("keeps the prices of databases, which the API does not tell, and adds new plans without one", async () => {
		const offer = offerAsKnown();
		const { pg } = offer.options;
		const layouts = pg.layouts.map(({ num_nodes, sizes }) => ({
			num_nodes,
			sizes: [...sizes, "db-intel-32vcpu-128gb", "db-shiny-large"],
		}));
		const { changes, files, unread } = await refresh({
			...offer,
			options: { ...offer.options, pg: { ...pg, layouts } },
		});
		const ofDatabases = changes.filter(({ table }) => table === "databases");
		expect(ofDatabases).toEqual([
			{ kind: "added", table: "databases", id: "db-intel-32vcpu-128gb postgres", price: null },
		]);
		expect(unread).toEqual(["db-shiny-large"]);
		const text = files.find(({ path }) => path.endsWith("databases.json"))?.text ?? "";
		const lines = text.split("\n").filter((line) => line.includes("postgres"));
		expect(lines.find((line) => line.includes('"db-s-1vcpu-2gb"'))).toContain('"monthlyUsd":30.45,"mark":"C"');
		expect(lines.find((line) => line.includes("db-intel-32vcpu-128gb"))).toContain('"monthlyUsd":null,"mark":"?"');
	});

	test("learns that a plan takes a standby, and that a region has an engine, but not where buckets are", async () => {
		const offer = offerAsKnown();
		const { mysql, valkey } = offer.options;
		const layouts = mysql.layouts.map(({ num_nodes, sizes }) => ({
			num_nodes,
			sizes: num_nodes === 2 ? [...sizes, "db-s-1vcpu-1gb"] : sizes,
		}));
		const options = {
			...offer.options,
			mysql: { ...mysql, layouts },
			valkey: { ...valkey, regions: [...valkey.regions, "nyc2"] },
		};
		const { changes } = await refresh({ ...offer, options });
		expect(changes).toContainEqual({
			kind: "changed",
			table: "databases",
			id: "db-s-1vcpu-1gb mysql",
			fields: [{ field: "nodes", from: { min: 1, max: 1 }, to: { min: 1, max: 2 } }],
		});
		expect(changes.filter(({ table }) => table === "regions")).toEqual([
			{
				kind: "changed",
				table: "regions",
				id: "nyc2",
				fields: [{ field: "services", from: ["postgres", "mysql"], to: ["postgres", "mysql", "valkey"] }],
			},
		]);
	});
});

describe("an answer that cannot be trusted changes nothing", () => {
	test("too few sizes", async () => {
		const offer = offerAsKnown();
		await expect(refresh({ ...offer, sizes: offer.sizes.slice(0, 60) })).rejects.toThrow(
			"digitalocean/droplets.json: the API listed what makes 60 rows where 138 are known; nothing is changed",
		);
	});

	test("an unknown form", async () => {
		const offer = offerAsKnown();
		const sizes = offer.sizes.map((size) => ({ ...size, vcpus: Number.NaN }));
		await expect(refresh({ ...offer, sizes })).rejects.toThrow(
			"DigitalOcean answered GET /v2/sizes?per_page=200&page=1 in an unknown form: sizes.0.vcpus",
		);
	});

	test("a refused token, which is in no message", async () => {
		const refused = refresh(offerAsKnown(), checkedIn, "dop_v1_wrong");
		await expect(refused).rejects.toThrow("HTTP 401): it is wrong, expired or lacks a scope");
		await expect(refused).rejects.not.toThrow("dop_v1_wrong");
	});

	test("no token", async () => {
		await expect(
			refreshCatalog({ provider: "digitalocean", folder: checkedIn, today: "2026-11-21", env: {} }),
		).rejects.toThrow("DIGITALOCEAN_TOKEN is not set: sizes are told to accounts only");
	});

	test("an API that is out of order or not there", async () => {
		api = await emulateApi(() => ({ status: 500, body: "oops" }));
		const env = { DIGITALOCEAN_TOKEN: TOKEN, DIGITALOCEAN_API_URL: api.address };
		const request = { provider: "digitalocean", folder: checkedIn, today: "2026-11-21", env } as const;
		await expect(refreshCatalog(request)).rejects.toThrow(/DigitalOcean answered GET \/v2\/\S+ with HTTP 500/);
		await api.close();
		await expect(refreshCatalog(request)).rejects.toThrow(/DigitalOcean did not answer GET \/v2\/\S+ at http:/);
	});

	test("an API that does not answer in time", async () => {
		api = await emulateApi(() => new Promise(() => undefined));
		const env = { DIGITALOCEAN_TOKEN: TOKEN, DIGITALOCEAN_API_URL: api.address };
		await expect(
			refreshCatalog({ provider: "digitalocean", folder: checkedIn, today: "2026-11-21", env, patienceMs: 20 }),
		).rejects.toThrow("DigitalOcean did not answer GET /v2/");
	});
});
