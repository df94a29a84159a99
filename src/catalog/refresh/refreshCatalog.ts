import { problem, UserError } from "../../errors.ts";
import { assertNever, type Provider } from "../../words.ts";
import type { CatalogTable } from "../rowKey.ts";
import type { Catalog } from "../rows.ts";
import { connectPriceList } from "./aws/priceList.ts";
import { awsTables } from "./aws/rows.ts";
import { diffTable, type RowChange } from "./diff.ts";
import { readOffer } from "./digitalocean/api.ts";
import { digitaloceanTables, unreadPlans } from "./digitalocean/rows.ts";
import { formatTable, readTables, type TableFile, tablePath } from "./tables.ts";

/** Whom to ask, and with what. */
export interface RefreshRequest {
	readonly provider: Provider;
	/** The catalog's folder, `src/catalog` of the project: its JSON files are what is compared. */
	readonly folder: string;
	/** ISO date the new figures are read at. */
	readonly today: string;
	/**
	 * `DIGITALOCEAN_TOKEN` (or `DIGITALOCEAN_ACCESS_TOKEN`), and `DIGITALOCEAN_API_URL` for another address of the API;
	 * `AWS_ENDPOINT_URL` for AWS, whose credentials its own client finds.
	 */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Longest wait for one answer, in ms. Default 20,000. */
	readonly patienceMs?: number;
}

/** What a provider's APIs tell today, beside what is checked in. Nothing is written yet: `writeTables` does that. */
export interface CatalogRefresh {
	readonly provider: Provider;
	/** Every row that differs, table by table, for a person to review. */
	readonly changes: readonly RowChange[];
	/** The tables with a change, with their new text. */
	readonly files: readonly TableFile[];
	/** Tables whose prices no API of the provider tells: read a document for them. */
	readonly pricesNotTold: readonly CatalogTable[];
	/** What the API listed and no row could be made of, by its name there. */
	readonly unread: readonly string[];
}

const TABLES = ["machines", "databases", "caches", "services", "regions"] as const;
const PATIENCE_MS = 20_000;

/**
 * Asks a provider's APIs for sizes and prices and compares them with the checked-in tables. The only network access of
 * the catalog.
 *
 * @throws UserError when a token or credentials are missing or refused, when an answer is not understood, or when it
 * lists fewer than half of the known rows of a table, which is an answer to distrust rather than a change of offer.
 */
export async function refreshCatalog(request: RefreshRequest): Promise<CatalogRefresh> {
	const { provider, folder } = request;
	const before = readTables(folder, provider);
	const { tables: after, unread } = await askProvider(request, before);
	const changes = TABLES.flatMap((table) => {
		refuseShrunk(table, before, after);
		return diffTable(table, before[table], after[table]);
	});
	const changed = new Set(changes.map(({ table }) => table));
	const files = TABLES.filter((table) => changed.has(table)).map((table) => ({
		path: tablePath(provider, table),
		text: formatTable(after[table]),
	}));
	return { provider, changes, files, pricesNotTold: PRICES_NOT_TOLD[provider], unread };
}

const PRICES_NOT_TOLD: Readonly<Record<Provider, readonly CatalogTable[]>> = {
	digitalocean: ["databases", "caches", "services"],
	aws: ["services"],
};

interface Answer {
	readonly tables: Catalog;
	readonly unread: readonly string[];
}

async function askProvider({ provider, env, today, ...rest }: RefreshRequest, before: Catalog): Promise<Answer> {
	const patienceMs = rest.patienceMs ?? PATIENCE_MS;
	switch (provider) {
		case "digitalocean": {
			const token = env.DIGITALOCEAN_TOKEN ?? env.DIGITALOCEAN_ACCESS_TOKEN ?? "";
			if (token === "")
				throw new UserError([problem("DIGITALOCEAN_TOKEN is not set: sizes are told to accounts only")]);
			const base = (env.DIGITALOCEAN_API_URL ?? "https://api.digitalocean.com").replace(/\/+$/, "");
			const offer = await readOffer({ token, base, patienceMs });
			return { tables: digitaloceanTables(before, offer, today), unread: unreadPlans(offer) };
		}
		case "aws": {
			const priceList = await connectPriceList({ endpoint: env.AWS_ENDPOINT_URL ?? null, patienceMs });
			return { tables: await awsTables(before, priceList, today), unread: [] };
		}
		default:
			return assertNever(provider, "provider");
	}
}

function refuseShrunk(table: CatalogTable, before: Catalog, after: Catalog): void {
	const [was, is] = [before[table].length, after[table].length];
	if (is * 2 >= was) return;
	const path = tablePath(before.provider, table);
	throw new UserError([
		problem(`the API listed what makes ${is} rows where ${was} are known; nothing is changed`, { file: path }),
	]);
}
